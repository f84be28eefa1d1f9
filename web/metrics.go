package web

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts what the web package does. A nil *Metrics counts nothing.
type Metrics struct {
	requests *prometheus.CounterVec
	events   *prometheus.CounterVec
	streams  prometheus.Gauge
}

// NewMetrics makes the metrics and registers them.
func NewMetrics(registerer prometheus.Registerer) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_web_requests_total",
			Help: "HTTP requests answered, by route and status code.",
		}, []string{"route", "code"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outcry_web_events_total",
			Help: "Outage events that came to the board, by result: new, known (a repeat) or refused (not an outage event).",
		}, []string{"result"}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "outcry_web_streams",
			Help: "Event streams that are open.",
		}),
	}
	registerer.MustRegister(m.requests, m.events, m.streams)
	return m
}

func (m *Metrics) request(route string, code int) {
	if m == nil {
		return
	}
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, strconv.Itoa(code)).Inc()
}

func (m *Metrics) event(result string) {
	if m != nil {
		m.events.WithLabelValues(result).Inc()
	}
}

func (m *Metrics) stream(change float64) {
	if m != nil {
		m.streams.Add(change)
	}
}
