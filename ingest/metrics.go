package ingest

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/outcry/outcry/event"
)

// Metrics counts what goes through funnels. A nil *Metrics is valid and counts nothing.
type Metrics struct {
	seen     *prometheus.CounterVec
	dropped  *prometheus.CounterVec
	mentions *prometheus.CounterVec
	through  *prometheus.GaugeVec
	blind    *prometheus.GaugeVec
	state    *prometheus.GaugeVec
	waited   *prometheus.CounterVec
	lag      *prometheus.GaugeVec
	last     *prometheus.GaugeVec
	since    *prometheus.GaugeVec
	spent    *prometheus.GaugeVec
	budget   *prometheus.GaugeVec
}

// NewMetrics registers the funnels' metrics.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		seen: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_posts_read_total", Help: "Posts read, those included that speak of no service.",
		}, []string{"source"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_posts_dropped_total", Help: "Posts and lines that could not be used, by reason.",
		}, []string{"source", "reason"}),
		mentions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_mentions_total", Help: "Mentions of services published, by kind.",
		}, []string{"source", "kind"}),
		through: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_event_time_seconds", Help: "Newest event time read from the source, Unix seconds.",
		}, []string{"source"}),
		blind: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_blind", Help: "1 while the source cannot be heard.",
		}, []string{"source"}),
		state: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_state", Help: "1 for the state in which the source is, 0 for those in which it was.",
		}, []string{"source", "state"}),
		waited: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_source_waited_seconds_total", Help: "Seconds in which the source waited for the log to take over what it gave.",
		}, []string{"source"}),
		lag: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_lag_seconds", Help: "How late the newest post of the source was when it came.",
		}, []string{"source"}),
		last: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_last_post_seconds", Help: "The time that the newest post of the source claims, Unix seconds.",
		}, []string{"source"}),
		since: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_blind_since_seconds", Help: "Since when the source cannot be heard, Unix seconds; 0 while it can.",
		}, []string{"source"}),
		spent: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_spent_dollars", Help: "What the source has cost in the present day and month of UTC, in US dollars.",
		}, []string{"source", "period"}),
		budget: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "outcry_source_budget_dollars", Help: "What the source may cost in a day and a month, in US dollars.",
		}, []string{"source", "period"}),
	}
	r.MustRegister(m.seen, m.dropped, m.mentions, m.through, m.blind, m.state, m.waited, m.lag, m.last, m.since, m.spent, m.budget)
	return m
}

func (m *Metrics) read(source string, b *Batch) {
	if m == nil {
		return
	}
	m.seen.WithLabelValues(source).Add(float64(b.Seen))
	for reason, n := range b.Dropped {
		m.dropped.WithLabelValues(source, reason).Add(float64(n))
	}
	if !b.Through.IsZero() {
		m.through.WithLabelValues(source).Set(seconds(b.Through))
	}
}

func (m *Metrics) wait(source string, since time.Time) {
	if m != nil {
		m.waited.WithLabelValues(source).Add(time.Since(since).Seconds())
	}
}

func (m *Metrics) drop(source, reason string) {
	if m != nil {
		m.dropped.WithLabelValues(source, reason).Inc()
	}
}

func (m *Metrics) mention(source, kind string) {
	if m != nil {
		m.mentions.WithLabelValues(source, kind).Inc()
	}
}

func (m *Metrics) setBlind(source string, blind bool) {
	if m == nil {
		return
	}
	v := 0.0
	if blind {
		v = 1
	}
	m.blind.WithLabelValues(source).Set(v)
}

// observe follows the state of a source.
func (m *Metrics) observe(s *event.SourceStatus) {
	if m == nil {
		return
	}
	for _, state := range []event.SourceState{
		event.SourceConnecting, event.SourceLive, event.SourceStalled, event.SourceBackingOff, event.SourceBlind, event.SourceStopped, event.SourceDone,
	} {
		v := 0.0
		if state == s.State {
			v = 1
		}
		m.state.WithLabelValues(s.Source, string(state)).Set(v)
	}
	switch s.State {
	case event.SourceConnecting, event.SourceLive, event.SourceDone:
		m.setBlind(s.Source, false)
	case event.SourceBlind:
		m.setBlind(s.Source, true)
	case event.SourceStopped:
		m.setBlind(s.Source, s.Error != "")
	default: // the others leave open whether it can be heard
	}
	m.figures(s)
}

// figures follows what a source says of itself in numbers.
func (m *Metrics) figures(s *event.SourceStatus) {
	m.since.WithLabelValues(s.Source).Set(seconds(s.BlindSince))
	if !s.LastPost.IsZero() {
		m.lag.WithLabelValues(s.Source).Set(s.LagS)
		m.last.WithLabelValues(s.Source).Set(seconds(s.LastPost))
	}
	if s.Spent == nil {
		return
	}
	for period, usd := range map[string][2]float64{"day": {s.Spent.DayUSD, s.Spent.BudgetDayUSD}, "month": {s.Spent.MonthUSD, s.Spent.BudgetMonthUSD}} {
		m.spent.WithLabelValues(s.Source, period).Set(usd[0])
		if usd[1] > 0 {
			m.budget.WithLabelValues(s.Source, period).Set(usd[1])
		}
	}
}

// seconds is a time as Prometheus has it; 0: none.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
