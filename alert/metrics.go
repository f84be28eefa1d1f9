package alert

import (
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/outcry/outcry/event"
)

// The outcomes of an attempt, as metric labels.
const (
	outcomeSent      = "sent"
	outcomeTemporary = "temporary"
	outcomePermanent = "permanent"
)

// Metrics counts what all Desks do, by notifier. A nil *Metrics counts nothing.
type Metrics struct {
	attempts    *prometheus.CounterVec
	seconds     *prometheus.HistogramVec
	skipped     *prometheus.CounterVec
	deadLetters *prometheus.CounterVec
	failing     *prometheus.GaugeVec
	sent        *prometheus.CounterVec
}

// NewMetrics makes the metrics and registers them.
func NewMetrics(registerer prometheus.Registerer) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "outcry", Subsystem: "alert", Name: name, Help: help,
		}, labels)
	}
	m := &Metrics{
		sent:        counter("notices_sent_total", "Notices that a receiver accepted, by type of event; reminders are a type of their own.", "notifier", "type"),
		attempts:    counter("attempts_total", "Attempts to deliver a notice, by outcome: sent, temporary, permanent.", "notifier", "outcome"),
		skipped:     counter("skipped_total", "Events of which a receiver is not told, by reason.", "notifier", "reason"),
		deadLetters: counter("dead_letters_total", "Notices that were given up.", "notifier"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "outcry", Subsystem: "alert", Name: "attempt_seconds", Help: "How long attempts took.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 15, 30},
		}, []string{"notifier"}),
		failing: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Namespace: "outcry", Subsystem: "alert", Name: "receiver_failing",
			Help: "1 while a receiver fails and is left alone between attempts, else 0.",
		}, []string{"notifier"}),
	}
	registerer.MustRegister(m.sent, m.attempts, m.skipped, m.deadLetters, m.seconds, m.failing)
	return m
}

// begin shows a notifier's counters from the start, at zero: a rate can then be taken of the very first failure.
func (m *Metrics) begin(notifier string) {
	if m == nil {
		return
	}
	for _, outcome := range []string{outcomeSent, outcomeTemporary, outcomePermanent} {
		m.attempts.WithLabelValues(notifier, outcome)
	}
	m.deadLetters.WithLabelValues(notifier)
	m.failing.WithLabelValues(notifier)
}

func (m *Metrics) attempted(notifier, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	m.attempts.WithLabelValues(notifier, outcome).Inc()
	m.seconds.WithLabelValues(notifier).Observe(took.Seconds())
	failing := 0.0
	if outcome == outcomeTemporary {
		failing = 1
	}
	m.failing.WithLabelValues(notifier).Set(failing)
}

// delivered counts by the type of event. Types that a later version may add are counted as one, so that labels stay few.
func (m *Metrics) delivered(notifier string, n Notice) {
	if m == nil {
		return
	}
	t := n.Event.Kind()
	if t != TypeReminder && t != TypeTaken && !slices.Contains(event.Types(), t) {
		t = "other"
	}
	m.sent.WithLabelValues(notifier, string(t)).Inc()
}

func (m *Metrics) skip(notifier string, reason Reason) {
	if m != nil {
		m.skipped.WithLabelValues(notifier, string(reason)).Inc()
	}
}

func (m *Metrics) deadLetter(notifier string) {
	if m != nil {
		m.deadLetters.WithLabelValues(notifier).Inc()
	}
}
