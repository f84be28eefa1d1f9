package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// contentType is that of a CloudEvent in structured mode.
const contentType = "application/cloudevents+json"

// Bounds of delivering events to a notifier.
const (
	notifyWait     = 10 * time.Second
	notifyRetryMin = time.Second
	notifyRetryMax = 30 * time.Second
)

// PublishOutage publishes an event on its subject and returns nil when the stream has acknowledged it. An event whose
// outage has already come as far in the stream is not published again, however long ago that was and whoever did it:
// each publication names the position after which it must come, so that two publishers cannot miss each other.
func (l *Log) PublishOutage(ctx context.Context, e event.Event) error {
	message, err := outageMessage(&e)
	if err != nil {
		return err
	}
	k := &l.outages
	k.mu.Lock()
	defer k.mu.Unlock()
	for {
		if k.newest == nil {
			if err := k.catchUp(ctx, l); err != nil {
				return err
			}
		}
		if k.has(&e) {
			return nil
		}
		ack, err := l.js.PublishMsg(ctx, message,
			jetstream.WithMsgID(e.ID), jetstream.WithExpectStream(streamOutages), jetstream.WithExpectLastSequence(k.through))
		switch {
		case isWrongSequence(err):
			if err := k.catchUp(ctx, l); err != nil {
				return err
			}
			continue
		case err != nil:
			return fmt.Errorf("publish event %s: %w", e.ID, explainPublish(err))
		}
		l.metrics.published.WithLabelValues(streamOutages).Inc()
		if ack.Duplicate {
			return k.catchUp(ctx, l)
		}
		k.add(e.Data.ID, e.Data.Seq, ack.Sequence)
		return nil
	}
}

func isWrongSequence(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// outageMessage is the event in structured mode, with its attributes in headers as well so that nobody needs to decode
// the body to route it.
func outageMessage(e *event.Event) (*natsgo.Msg, error) {
	if err := e.Check(); err != nil {
		return nil, fmt.Errorf("event cannot be published: %w", err)
	}
	if token(e.Subject) != e.Subject {
		return nil, fmt.Errorf("event %s cannot be published: its subject %q is not of small letters, digits and '-'", e.ID, e.Subject)
	}
	body, err := encode(e)
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.ID, err)
	}
	out := outgoing{subject: e.Topic(), body: body, header: []string{
		"content-type", contentType,
		"ce-specversion", e.SpecVersion, headerID, e.ID, "ce-source", e.Source, "ce-type", e.Type,
		"ce-subject", e.Subject, "ce-time", e.Time.Format(time.RFC3339Nano),
	}}
	return out.message(), nil
}

// Outages returns all events that the stream still holds, in order.
func (l *Log) Outages(ctx context.Context) ([]event.Event, error) {
	var events []event.Event
	err := l.readRange(ctx, streamOutages, readOptions{}, func(m jetstream.Msg, seq uint64) error {
		e, ok, err := l.decodeEvent(m, seq)
		if ok {
			events = append(events, e)
		}
		return err
	})
	return events, err
}

// decodeEvent gives the event of a message. False: it is a stranger's, cannot be used, and has been counted.
func (l *Log) decodeEvent(m jetstream.Msg, seq uint64) (event.Event, bool, error) {
	var e event.Event
	err := decodeOne(m.Data(), &e)
	if err == nil {
		err = e.Check()
	}
	if err == nil && e.Topic() != m.Subject() {
		err = errSubject
	}
	if err == nil {
		return e, true, nil
	}
	if m.Headers().Get(headerFormat) != "" {
		return event.Event{}, false, &CorruptError{Stream: streamOutages, Subject: m.Subject(), Seq: seq, Err: err}
	}
	reason := reasonFor(err)
	l.metrics.dropped.WithLabelValues(streamOutages, reason).Inc()
	l.log.Warn("a message that is not ours cannot be used and is passed over",
		zap.String("stream", streamOutages), zap.Uint64("seq", seq), zap.String("subject", m.Subject()), zap.String("reason", reason), zap.Error(err))
	return event.Event{}, false, nil
}

// ConsumeOutages hands events to handle one at a time and in order, until ctx ends (its error), the log is closed
// (ErrClosed) or an event of our own cannot be read (*CorruptError). The place is kept under name: nil moves it, an error
// brings the same event again after a while, and nothing after it comes before. A name that is new begins with the
// events that come from now on, or where StartOutages said.
func (l *Log) ConsumeOutages(ctx context.Context, name string, handle func(context.Context, event.Event) error) error {
	return l.consumeOutages(ctx, inOrder(name), func(ctx context.Context, e event.Event) (time.Duration, error) {
		return 0, handle(ctx, e)
	})
}

// inOrder is the consumer that gets one event after the other.
func inOrder(name string) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: token(name), Description: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: notifyWait,
		// One event in flight is what keeps the order: the next one comes when this one is acknowledged.
		MaxAckPending: 1, MaxDeliver: -1, DeliverPolicy: jetstream.DeliverNewPolicy,
	}
}

// consumeOutages delivers events through one subscription after the other. Its handler says how soon an event is to come
// again; 0: never.
func (l *Log) consumeOutages(ctx context.Context, cfg jetstream.ConsumerConfig, handle outageHandler) error {
	if cfg.Description == "" {
		return errors.New("a consumer needs a name under which its place is kept")
	}
	ctx, done := l.alive(ctx)
	defer done()
	return l.againAndAgain(ctx, streamOutages, cfg.Description, func(ctx context.Context) error { return l.notify(ctx, cfg, handle) })
}

type outageHandler func(ctx context.Context, e event.Event) (again time.Duration, err error)

// notify delivers events through one subscription. It ends with an error, always.
func (l *Log) notify(ctx context.Context, cfg jetstream.ConsumerConfig, handle outageHandler) error {
	consumer, err := l.durable(ctx, streamOutages, cfg)
	if err != nil {
		return err
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(1), jetstream.PullExpiry(pullExpiryMax), jetstream.PullHeartbeat(pullExpiryMax/5))
	if err != nil {
		return fmt.Errorf("subscribe to stream %s: %w", streamOutages, err)
	}
	defer handBack(messages)
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		switch {
		case errors.Is(err, jetstream.ErrNoHeartbeat):
			if _, err := consumer.Info(ctx); errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
				return fmt.Errorf("consumer %s of stream %s is gone: %w", cfg.Description, streamOutages, err)
			}
		case err != nil:
			return fmt.Errorf("read stream %s: %w", streamOutages, err)
		default:
			if err := l.notifyOne(ctx, cfg.Description, m, handle); err != nil {
				return err
			}
		}
	}
}

// handBack ends a subscription and returns what was already on its way, so that whoever comes next need not wait for it.
func handBack(messages jetstream.MessagesContext) {
	messages.Drain()
	for {
		m, err := messages.Next(jetstream.NextMaxWait(makeRoomIn))
		if err != nil || m.Nak() != nil {
			messages.Stop()
			return
		}
	}
}

func (l *Log) notifyOne(ctx context.Context, name string, m jetstream.Msg, handle outageHandler) error {
	meta, err := m.Metadata()
	if err != nil {
		return fmt.Errorf("read stream %s: %w", streamOutages, err)
	}
	e, ok, err := l.decodeEvent(m, meta.Sequence.Stream)
	if err != nil {
		return err
	}
	again := time.Duration(0)
	if ok {
		err = l.whileHolding(ctx, m, func() (err error) {
			again, err = handle(ctx, e)
			return err
		})
	}
	switch {
	case err == nil && again > 0:
		return m.NakWithDelay(again)
	case err == nil:
		l.metrics.handled.WithLabelValues(streamOutages, name).Inc()
		return m.DoubleAck(ctx)
	}
	l.metrics.failed.WithLabelValues(streamOutages, name).Inc()
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), m.Nak())
	}
	delay := min(notifyRetryMin<<min(meta.NumDelivered-1, 10), notifyRetryMax)
	l.log.Warn("an event was refused and comes again",
		zap.String("consumer", name), zap.String("event", e.ID), zap.Duration("after", delay), zap.Error(err))
	return m.NakWithDelay(delay)
}

// whileHolding tells the server, while work runs, that the message is still in good hands.
func (l *Log) whileHolding(ctx context.Context, m jetstream.Msg, work func() error) error {
	done := make(chan struct{})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		ticker := time.NewTicker(notifyWait / 3)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				if err := m.InProgress(); err != nil {
					l.log.Debug("sign of life failed", zap.Error(err))
				}
			case <-done:
				return
			case <-ctx.Done():
				return
			}
		}
	}()
	err := work()
	close(done)
	<-finished
	return err
}
