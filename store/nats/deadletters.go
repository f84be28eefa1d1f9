package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/event"
)

// ErrNoLetter says that there is no dead letter of a number.
var ErrNoLetter = errors.New("there is no such dead letter")

// Letter is a dead letter: a notice that could not be delivered.
type Letter struct {
	// Seq is its number in the stream.
	Seq uint64 `json:"id"`
	// At is when it was given up, by the server's clock.
	At       time.Time   `json:"at"`
	Notifier string      `json:"notifier"`
	Reason   string      `json:"reason"`
	Event    event.Event `json:"event"`
}

// letterBody is a Letter in the stream, where the server knows number and time.
type letterBody struct {
	Notifier string      `json:"notifier"`
	Reason   string      `json:"reason"`
	Event    event.Event `json:"event"`
}

// DeadLetter keeps a notice that notifier could not deliver. reason must hold no secret.
func (l *Log) DeadLetter(ctx context.Context, notifier string, e event.Event, reason string) error {
	body, err := encode(&letterBody{Notifier: notifier, Reason: reason, Event: e})
	if err != nil {
		return fmt.Errorf("encode the dead letter of event %s: %w", e.ID, err)
	}
	out := outgoing{subject: subjectDeadLetters + token(notifier), body: body, id: notifier + "@" + e.ID}
	if _, err := l.js.PublishMsg(ctx, out.message(), jetstream.WithExpectStream(streamDeadLetters)); err != nil {
		return fmt.Errorf("keep the dead letter of event %s: %w", e.ID, explainPublish(err))
	}
	l.metrics.published.WithLabelValues(streamDeadLetters).Inc()
	return nil
}

// Letters returns the dead letters, oldest first. What strangers put there is passed over and counted.
func (l *Log) Letters(ctx context.Context) ([]Letter, error) {
	var letters []Letter
	err := l.readRange(ctx, streamDeadLetters, readOptions{}, func(m jetstream.Msg, seq uint64) error {
		var body letterBody
		if err := decodeOne(m.Data(), &body); err != nil {
			if m.Headers().Get(headerFormat) != "" {
				return &CorruptError{Stream: streamDeadLetters, Subject: m.Subject(), Seq: seq, Err: err}
			}
			l.metrics.dropped.WithLabelValues(streamDeadLetters, reasonSyntax).Inc()
			return nil
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("read stream %s: %w", streamDeadLetters, err)
		}
		letters = append(letters, Letter{
			Seq: seq, At: meta.Timestamp.UTC(), Notifier: body.Notifier, Reason: body.Reason, Event: body.Event,
		})
		return nil
	})
	return letters, err
}

// ForgetLetter removes a dead letter, once its notice was delivered after all or is not wanted any more.
func (l *Log) ForgetLetter(ctx context.Context, seq uint64) error {
	err := l.streams[streamDeadLetters].DeleteMsg(ctx, seq)
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful):
		return fmt.Errorf("%w: %d", ErrNoLetter, seq)
	case err != nil:
		return fmt.Errorf("remove dead letter %d: %w", seq, err)
	}
	return nil
}
