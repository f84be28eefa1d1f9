package nats

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/pause"
)

// WatchReadings hands the readings and ticks that come from now on, and those of the time since before, to handle, without
// remembering a place, until ctx ends (its error) or handle fails (its error). It is for showing, not for judging: what
// cannot be read is passed over, and after a broken connection some may come twice.
func (l *Log) WatchReadings(ctx context.Context, since time.Duration, handle func(context.Context, []event.ReadingRecord) error) error {
	start := time.Now().Add(-since)
	return tail(ctx, l, readingRecords(), jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &start,
	}, handle)
}

// WatchMarks hands each source's last mark, and those that come from now on, to handle, as WatchReadings does.
func (l *Log) WatchMarks(ctx context.Context, handle func(context.Context, event.Mark) error) error {
	return tail(ctx, l, mentionRecords(), jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy, FilterSubjects: []string{subjectMarks + "*"},
	}, func(ctx context.Context, records []event.MentionRecord) error {
		for i := range records {
			if m := records[i].Mark; m != nil {
				if err := handle(ctx, *m); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// tail follows a stream from where cfg says.
func tail[T any](ctx context.Context, l *Log, r *records[T], cfg jetstream.OrderedConsumerConfig, handle func(context.Context, []T) error) error {
	ctx, done := l.alive(ctx)
	defer done()
	for delay := retryMin; ; delay = min(2*delay, retryMax) {
		refused, err := tailOnce(ctx, l, r, cfg, handle)
		switch {
		case refused != nil:
			return refused
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case isFinal(err):
			return fmt.Errorf("watch stream %s: %w", r.stream, err)
		}
		l.log.Warn("watching was interrupted and begins again", zap.String("stream", r.stream), zap.Error(err))
		if pause.For(ctx, delay) != nil {
			return context.Cause(ctx)
		}
	}
}

// tailOnce follows through one subscription. refused is handle's error, err everything else.
func tailOnce[T any](ctx context.Context, l *Log, r *records[T], cfg jetstream.OrderedConsumerConfig, handle func(context.Context, []T) error) (refused, err error) {
	consumer, err := l.streams[r.stream].OrderedConsumer(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer l.discard(ctx, r.stream, consumer)
	messages, err := consumer.Messages()
	if err != nil {
		return nil, err
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return nil, err
		}
		record, _, err := r.decode(m.Subject(), m.Data())
		if err != nil {
			l.metrics.dropped.WithLabelValues(r.stream, reasonFor(err)).Inc()
			continue
		}
		if err := handle(ctx, []T{record}); err != nil {
			return err, nil
		}
	}
}
