package nats

import (
	"context"
	"fmt"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Bounds of what one call may have waiting for its acknowledgement. More brings no more throughput, but takes memory.
const (
	inFlight      = 512
	inFlightBytes = 8 << 20
)

// outgoing is a message to be published.
type outgoing struct {
	subject string
	body    []byte
	// id folds repeats within the stream's window; empty: do not fold.
	id string
	// header holds further headers, as pairs of name and value.
	header []string
}

// headerFormat marks our own messages: one that bears it and cannot be read is corruption, not a stranger's nonsense.
const (
	headerFormat = "Outcry-Format"
	formatOne    = "1"
)

func (o *outgoing) message() *natsgo.Msg {
	m := natsgo.NewMsg(o.subject)
	m.Data = o.body
	m.Header[headerFormat] = []string{formatOne}
	if o.id != "" {
		m.Header[jetstream.MsgIDHeader] = []string{o.id}
	}
	for i := 0; i+1 < len(o.header); i += 2 {
		m.Header[o.header[i]] = []string{o.header[i+1]}
	}
	return m
}

// window publishes messages with a bounded number of them in flight.
type window struct {
	log     *Log
	stream  string
	pending []jetstream.PubAckFuture
	bytes   int
}

func (l *Log) newWindow(stream string) *window {
	return &window{log: l, stream: stream}
}

// send publishes one message, after the oldest ones in flight are acknowledged if there are too many.
func (w *window) send(ctx context.Context, o *outgoing) error {
	for len(w.pending) >= inFlight || len(w.pending) > 0 && w.bytes+len(o.body) > inFlightBytes {
		if err := w.await(ctx, w.pending[0]); err != nil {
			return err
		}
		w.pending = w.pending[1:]
	}
	future, err := w.log.js.PublishMsgAsync(o.message())
	if err != nil {
		return fmt.Errorf("publish to %s: %w", o.subject, err)
	}
	w.pending = append(w.pending, future)
	w.bytes += len(o.body)
	return nil
}

// flush returns when every message sent is acknowledged.
func (w *window) flush(ctx context.Context) error {
	for _, future := range w.pending {
		if err := w.await(ctx, future); err != nil {
			return err
		}
	}
	w.pending = w.pending[:0]
	return nil
}

func (w *window) await(ctx context.Context, future jetstream.PubAckFuture) error {
	select {
	case <-future.Ok():
		w.log.metrics.published.WithLabelValues(w.stream).Inc()
		w.bytes -= len(future.Msg().Data)
		return nil
	case err := <-future.Err():
		return fmt.Errorf("publish to %s: %w", future.Msg().Subject, explainPublish(err))
	case <-ctx.Done():
		return ctx.Err()
	case <-w.log.closed:
		return ErrClosed
	}
}
