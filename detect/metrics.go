package detect

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts what Counters do. A nil *Metrics is valid and counts nothing.
type Metrics struct {
	readings prometheus.Counter
	lates    prometheus.Counter
	earlies  prometheus.Counter
}

// NewMetrics registers the Counters' metrics.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		readings: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "outcry_readings_total", Help: "Readings published."}),
		lates: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "outcry_mentions_late_total", Help: "Mentions that came after their slot was closed and were not counted."}),
		earlies: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "outcry_mentions_early_total", Help: "Mentions too far ahead of everybody else's time to be kept."}),
	}
	r.MustRegister(m.readings, m.lates, m.earlies)
	return m
}

// JudgeMetrics counts what a Judge does. A nil *JudgeMetrics is valid and counts nothing.
type JudgeMetrics struct {
	events    *prometheus.CounterVec
	watermark prometheus.Gauge
	open      prometheus.Gauge
}

// NewJudgeMetrics registers the Judge's metrics.
func NewJudgeMetrics(r prometheus.Registerer) *JudgeMetrics {
	m := &JudgeMetrics{
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_outage_events_total", Help: "Outage events published, by type."}, []string{"type"}),
		watermark: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "outcry_watermark_seconds", Help: "Event time up to which everything is judged, Unix seconds."}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "outcry_outages_open", Help: "Outages that are not resolved."}),
	}
	r.MustRegister(m.events, m.watermark, m.open)
	return m
}

func (m *Metrics) late() {
	if m != nil {
		m.lates.Inc()
	}
}

func (m *Metrics) early() {
	if m != nil {
		m.earlies.Inc()
	}
}

func (m *Metrics) read(n int) {
	if m != nil {
		m.readings.Add(float64(n))
	}
}

func (m *JudgeMetrics) event(kind string) {
	if m != nil {
		m.events.WithLabelValues(kind).Inc()
	}
}

func (m *JudgeMetrics) judged(unix int64, open int) {
	if m != nil {
		m.watermark.Set(float64(unix))
		m.open.Set(float64(open))
	}
}
