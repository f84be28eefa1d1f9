package main

import (
	"context"
	"time"

	"github.com/outcry/outcry/event"
)

// relived is what posts gave when they were replayed: the events, and how loud each service was.
type relived struct {
	events   []event.Event
	readings map[string][]event.Reading
}

var _ archive = (*relived)(nil)

// relive replays files of posts and keeps what comes of them.
func (a *app) relive(ctx context.Context, paths []string) (*relived, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	know, err := learn(&cfg)
	if err != nil {
		return nil, err
	}
	kept := &relived{readings: make(map[string][]event.Reading)}
	line, err := newPipeline(ctx, know.judgement(&cfg), func(_ context.Context, e event.Event) error {
		kept.events = append(kept.events, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	line.hear = func(r *event.Reading) {
		// What was said is in the events; how loud it was is all that is wanted besides.
		kept.readings[r.Service] = append(kept.readings[r.Service], event.Reading{Service: r.Service, At: r.At, Voices: r.Voices})
	}
	return kept, a.readThrough(ctx, &cfg, know, line, paths, 0)
}

// Outages implements archive.
func (r *relived) Outages(context.Context) ([]event.Event, error) { return r.events, nil }

// ReadingsOf implements archive.
func (r *relived) ReadingsOf(_ context.Context, service string, since time.Time, handle func(event.Reading) error) error {
	for _, reading := range r.readings[service] {
		if reading.At.Before(since) {
			continue
		}
		if err := handle(reading); err != nil {
			return err
		}
	}
	return nil
}
