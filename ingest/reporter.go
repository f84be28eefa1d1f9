package ingest

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// StatusLog is where sources say how they fare.
type StatusLog interface {
	// PublishSource replaces what was last said of the source.
	PublishSource(ctx context.Context, s event.SourceStatus) error
}

// How a Reporter reports.
const (
	reportEvery   = 10 * time.Second
	reportTimeout = 5 * time.Second
)

// Reporter says how the sources of this process fare: every change at once, and everything every ten seconds, so that whoever
// hears nothing knows that the process is gone. It holds nothing up: while nobody takes what it says, only the newest is kept.
type Reporter struct {
	out     StatusLog
	metrics *Metrics
	log     *zap.Logger
	changed chan struct{}

	mu      sync.Mutex
	sources []interface{ Status() event.SourceStatus }
	// mute says that the last report did not arrive.
	mute bool
}

var _ Observer = (*Reporter)(nil)

// NewReporter makes a reporter of no source. metrics may be nil.
func NewReporter(out StatusLog, metrics *Metrics, log *zap.Logger) *Reporter {
	return &Reporter{out: out, metrics: metrics, log: log.Named("source"), changed: make(chan struct{}, 1)}
}

// Follow adds a source, for which the reporter should also be the Observer.
func (r *Reporter) Follow(source interface{ Status() event.SourceStatus }) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sources = append(r.sources, source)
}

// Observe implements Observer.
func (r *Reporter) Observe(s event.SourceStatus) {
	r.metrics.observe(&s)
	select {
	case r.changed <- struct{}{}:
	default: // a report is due already
	}
}

// Run reports until ctx ends (its error), and a last time then.
func (r *Reporter) Run(ctx context.Context) error {
	ticker := time.NewTicker(reportEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			r.report(context.WithoutCancel(ctx))
			return ctx.Err()
		case <-r.changed:
		case <-ticker.C:
		}
		r.report(ctx)
	}
}

// report says how every source fares.
func (r *Reporter) report(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, reportTimeout)
	defer cancel()
	r.mu.Lock()
	sources := r.sources
	r.mu.Unlock()
	for _, source := range sources {
		s := source.Status()
		if s.State == "" {
			continue // it has not begun
		}
		r.metrics.observe(&s)
		if err := r.out.PublishSource(ctx, s); err != nil {
			if !r.mute && ctx.Err() == nil {
				r.log.Warn("the state of a source could not be published; it will be said again", zap.Error(err))
			}
			r.mute = true
			return
		}
	}
	r.mute = false
}
