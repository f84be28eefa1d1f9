package nats

import (
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
)

// Bounds of what is handed over at once.
const (
	batchMessages = 512
	batchWeight   = 4096
)

// records says how the messages of a stream become records of type T.
type records[T any] struct {
	stream string
	// decode gives the record of a message and how many mentions or readings it holds.
	decode func(subject string, data []byte) (T, int, error)
	// number sets the record's position.
	number func(record *T, seq uint64)
}

// batch is records that are handed over at once.
type batch[T any] struct {
	records []T
	// weight is how many mentions or readings the records hold.
	weight int
}

func (b *batch[T]) full() bool { return len(b.records) >= batchMessages || b.weight >= batchWeight }

// add decodes a message into the batch. A stranger's message that cannot be read is counted, logged and left out; one of
// our own is a *CorruptError.
func (r *records[T]) add(l *Log, b *batch[T], m jetstream.Msg, seq uint64) error {
	record, weight, err := r.decode(m.Subject(), m.Data())
	if err == nil {
		r.number(&record, seq)
		b.records = append(b.records, record)
		b.weight += weight
		return nil
	}
	if m.Headers().Get(headerFormat) != "" {
		return &CorruptError{Stream: r.stream, Subject: m.Subject(), Seq: seq, Err: err}
	}
	reason := reasonFor(err)
	l.metrics.dropped.WithLabelValues(r.stream, reason).Inc()
	l.log.Warn("a message that is not ours cannot be used and is passed over",
		zap.String("stream", r.stream), zap.Uint64("seq", seq), zap.String("subject", m.Subject()), zap.String("reason", reason), zap.Error(err))
	return nil
}
