package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/event"
)

// LookAtOutages hands every event that the stream holds, and those that come, to look: one at a time, to one process at a
// time, and again after the time that look gives, until that is 0. The server keeps the time, so that neither a restart nor
// a second process makes an event come early, or twice. It ends as ConsumeOutages does.
func (l *Log) LookAtOutages(ctx context.Context, name string, look func(context.Context, event.Event) (again time.Duration, err error)) error {
	return l.consumeOutages(ctx, jetstream.ConsumerConfig{
		Durable: token(name), Description: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: notifyWait,
		MaxAckPending: -1, MaxDeliver: -1, DeliverPolicy: jetstream.DeliverAllPolicy,
	}, look)
}

// StartOutages gives a name that is new its place, for ConsumeOutages: first is asked which of the events that the stream
// holds, which are given in order, is the first to come; len(past) is the next one that is published. No event that is
// published later can be missed, however long it takes until somebody reads. A name that has its place keeps it.
func (l *Log) StartOutages(ctx context.Context, name string, first func(ctx context.Context, past []event.Event) (int, error)) error {
	ctx, done := l.alive(ctx)
	defer done()
	err := l.patiently(ctx, func(ctx context.Context) error {
		_, err := l.js.Consumer(ctx, streamOutages, token(name))
		return err
	})
	if !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return err
	}
	start, err := l.startOf(ctx, first)
	if err != nil {
		return fmt.Errorf("give consumer %s its place: %w", name, err)
	}
	cfg := inOrder(name)
	cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, start
	return l.patiently(ctx, func(ctx context.Context) error {
		_, err := l.durable(ctx, streamOutages, cfg)
		return err
	})
}

// startOf is the position of the event that first chooses.
func (l *Log) startOf(ctx context.Context, first func(ctx context.Context, past []event.Event) (int, error)) (uint64, error) {
	info, err := l.streams[streamOutages].Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("ask for the state of stream %s: %w", streamOutages, err)
	}
	var events []event.Event
	positions := []uint64{}
	if end := info.State.LastSeq; end > 0 {
		err = l.readRange(ctx, streamOutages, readOptions{until: end}, func(m jetstream.Msg, seq uint64) error {
			e, ok, err := l.decodeEvent(m, seq)
			if ok {
				events, positions = append(events, e), append(positions, seq)
			}
			return err
		})
	}
	if err != nil {
		return 0, err
	}
	i, err := first(ctx, events)
	if err != nil {
		return 0, err
	}
	return append(positions, info.State.LastSeq+1)[i], nil
}
