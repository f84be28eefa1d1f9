package nats

import (
	"context"
	"fmt"
	"strconv"

	"github.com/outcry/outcry/event"
)

// PublishReadings publishes what one partition has to say about one slot: the readings, and when all of them are
// acknowledged the tick. It returns nil when all is acknowledged. A repeat within ten minutes is folded; a later one
// appears twice, with the same content.
func (l *Log) PublishReadings(ctx context.Context, readings []event.Reading, tick event.Tick) error {
	w := l.newWindow(streamReadings)
	for i := range readings {
		r := &readings[i]
		if r.Service == "" || token(r.Service) != r.Service {
			return fmt.Errorf("service %q cannot be a subject: its id must be of small letters, digits and '-'", r.Service)
		}
		line, err := encode(r)
		if err != nil {
			return fmt.Errorf("encode a reading of %s: %w", r.Service, err)
		}
		id := r.Service + "@" + strconv.FormatInt(r.At.Unix(), 10)
		if err := w.send(ctx, &outgoing{subject: subjectReadings + r.Service, body: line, id: id}); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	line, err := encode(&tick)
	if err != nil {
		return fmt.Errorf("encode a tick: %w", err)
	}
	partition := strconv.Itoa(tick.Partition)
	id := "tick-" + partition + "-" + strconv.FormatInt(tick.At.Unix(), 10)
	if tick.Unheard {
		id += "-unheard" // an unheard time may end where a heard one of no length ends too
	}
	if err := w.send(ctx, &outgoing{subject: subjectTicks + partition, body: line, id: id}); err != nil {
		return err
	}
	return w.flush(ctx)
}

// ConsumeReadings does for the stream of readings what ConsumeMentions does for that of mentions.
func (l *Log) ConsumeReadings(ctx context.Context, name string, handle func(context.Context, []event.ReadingRecord) error) error {
	return follow(ctx, l, readingRecords(), name, handle)
}

// ReadReadings does for the stream of readings what ReadMentions does for that of mentions.
func (l *Log) ReadReadings(ctx context.Context, from, until uint64, handle func(context.Context, []event.ReadingRecord) error) error {
	return readRecords(ctx, l, readingRecords(), from, until, handle)
}

// ReadingsAcked is the position up to which ConsumeReadings under name has taken everything over; 0 if there is none.
func (l *Log) ReadingsAcked(ctx context.Context, name string) (uint64, error) {
	return l.acked(ctx, streamReadings, name)
}

func readingRecords() *records[event.ReadingRecord] {
	return &records[event.ReadingRecord]{
		stream: streamReadings,
		decode: decodeReading,
		number: func(r *event.ReadingRecord, seq uint64) { r.Seq = seq },
	}
}
