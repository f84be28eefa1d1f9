package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// maxAhead is how far ahead of our clock a live post may claim to be.
const maxAhead = 10 * time.Minute

// collectors are the loops that keep the sources running, and one that says how they fare, which ends after them.
func (h *house) collectors(context.Context) ([]loop, error) {
	metrics := ingest.NewMetrics(h.registry)
	reporter := ingest.NewReporter(h.log, metrics, h.zap)
	var all []loop
	var together listeners
	for i := range h.cfg.Sources {
		s := &h.cfg.Sources[i]
		source, err := h.source(s)
		if err != nil {
			return nil, err
		}
		funnel := ingest.NewFunnel(source.Name(), h.know.matcher, h.log, h.log, ingest.FunnelConfig{
			Lateness: time.Duration(h.cfg.Lateness), MaxAhead: maxAhead, Now: s.clock(), Wall: time.Now,
		}, metrics)
		runner := ingest.NewRunner(source, funnel, h.log, reporter, h.zap)
		reporter.Follow(runner)
		together.all = append(together.all, runner)
		all = append(all, loop{roleCollect, "source " + source.Name(), func(ctx context.Context) error {
			return together.keep(ctx, runner, h.zap.With(zap.String("source", source.Name())))
		}})
	}
	return append(all, loop{roleCollect, "state of the sources", reporter.Run}), nil
}

// listeners are the sources of one process.
type listeners struct{ all []*ingest.Runner }

// keep runs a source. One that stops for good does not take the others with it: the process goes on without it. Only where no source
// is left and none was ever heard is there nothing to wait for, and the process ends with the error.
func (l *listeners) keep(ctx context.Context, r *ingest.Runner, log *zap.Logger) error {
	err := r.Run(ctx)
	permanent := (*backoff.PermanentError)(nil)
	if !errors.As(err, &permanent) || ctx.Err() != nil {
		return err
	}
	if l.hopeless() {
		return fmt.Errorf("no source is left to listen to: %w", err)
	}
	log.Error("source stopped for good; mend it and start outcry again", zap.Error(err))
	return nil
}

// hopeless reports whether every source has stopped and none was ever heard.
func (l *listeners) hopeless() bool {
	for _, r := range l.all {
		if s := r.Status(); s.State != event.SourceStopped || !s.HeardAt.IsZero() {
			return false
		}
	}
	return true
}
