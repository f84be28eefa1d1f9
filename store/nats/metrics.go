package nats

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what a Log counts.
type metrics struct {
	published  *prometheus.CounterVec
	handled    *prometheus.CounterVec
	failed     *prometheus.CounterVec
	dropped    *prometheus.CounterVec
	reconnects prometheus.Counter
}

// Reasons for which a message is not used.
const (
	reasonSyntax  = "syntax"   // a stranger's message that cannot be read
	reasonField   = "field"    // a stranger's message that lacks what it must have
	reasonTooLong = "too_long" // a mention that no message can hold
)

// newMetrics makes the metrics and registers them where reg is not nil. What is already registered there is shared.
func newMetrics(reg prometheus.Registerer) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return register(reg, prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "outcry", Subsystem: "log", Name: name, Help: help}, labels))
	}
	return &metrics{
		published: counter("published_total", "Messages that the log has acknowledged.", "stream"),
		handled:   counter("handled_total", "Messages that a consumer has taken over.", "stream", "consumer"),
		failed:    counter("handler_errors_total", "Times a consumer refused what it was given, which then came again.", "stream", "consumer"),
		dropped:   counter("dropped_total", "What could not be used, by reason.", "stream", "reason"),
		reconnects: register(reg, prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "outcry", Subsystem: "log", Name: "reconnects_total", Help: "Times the connection to NATS came back.",
		})),
	}
}

func register[C prometheus.Collector](reg prometheus.Registerer, c C) C {
	if reg == nil {
		return c
	}
	err := reg.Register(c)
	var already prometheus.AlreadyRegisteredError
	if errors.As(err, &already) {
		if existing, ok := already.ExistingCollector.(C); ok {
			return existing
		}
	}
	return c
}
