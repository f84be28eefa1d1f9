package nats

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/event"
)

// ReadingsOf hands the readings of one service that were published since a moment of the wall clock to handle, oldest
// first, and returns at handle's first error.
func (l *Log) ReadingsOf(ctx context.Context, service string, since time.Time, handle func(event.Reading) error) error {
	if service == "" || token(service) != service {
		return fmt.Errorf("service %q cannot have readings: its id must be of small letters, digits and '-'", service)
	}
	from, err := l.firstSince(ctx, streamReadings, since)
	if err != nil || from == 0 {
		return err
	}
	return l.readRange(ctx, streamReadings, readOptions{from: from, subject: subjectReadings + service}, func(m jetstream.Msg, seq uint64) error {
		var r event.Reading
		if err := decodeOne(m.Data(), &r); err != nil {
			return fmt.Errorf("reading %d of %s: %w", seq, service, err)
		}
		return handle(r)
	})
}

// firstSince is the position of the first message of a stream since a moment; 0: there is none.
func (l *Log) firstSince(ctx context.Context, stream string, since time.Time) (uint64, error) {
	consumer, err := l.streams[stream].CreateConsumer(ctx, jetstream.ConsumerConfig{
		AckPolicy: jetstream.AckNonePolicy, DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &since,
		HeadersOnly: true, MemoryStorage: true, InactiveThreshold: readerExpiry,
	})
	if err != nil {
		return 0, fmt.Errorf("read stream %s: %w", stream, err)
	}
	// Left alone it would expire, but until then it would count as one that is behind.
	defer func() { _ = l.streams[stream].DeleteConsumer(context.WithoutCancel(ctx), consumer.CachedInfo().Name) }()
	batch, err := consumer.FetchNoWait(1)
	if err != nil {
		return 0, fmt.Errorf("read stream %s: %w", stream, err)
	}
	m, ok := <-batch.Messages()
	if !ok {
		return 0, batch.Error()
	}
	meta, err := m.Metadata()
	if err != nil {
		return 0, fmt.Errorf("read stream %s: %w", stream, err)
	}
	return meta.Sequence.Stream, nil
}
