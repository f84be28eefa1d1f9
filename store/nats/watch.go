package nats

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/pause"
)

// WatchOutages hands events that come from now on to handle, in order, without remembering a place, until ctx ends (its
// error), the log is closed (ErrClosed) or handle fails (its error). A lost connection loses nothing. subject is "" for
// all, a service ("whatsapp"), a service and a type ("whatsapp.confirmed", "*.resolved"), or a whole NATS subject
// ("outcry.outages.>").
func (l *Log) WatchOutages(ctx context.Context, subject string, handle func(context.Context, event.Event) error) error {
	info, err := l.streams[streamOutages].Info(ctx)
	if err != nil {
		return fmt.Errorf("ask for the state of stream %s: %w", streamOutages, err)
	}
	return l.watch(ctx, subject, info.State.LastSeq+1, handle)
}

// WatchAllOutages does the same, but begins with the events that the stream already holds.
func (l *Log) WatchAllOutages(ctx context.Context, subject string, handle func(context.Context, event.Event) error) error {
	return l.watch(ctx, subject, 1, handle)
}

// watcher is somebody who watches.
type watcher struct {
	log    *Log
	filter string
	handle func(context.Context, event.Event) error
	// next is the position from which to read. It is known from the beginning, and not "what is new", so that nothing is
	// missed when the connection breaks before the first event.
	next uint64
	// refused is the handler's error, with which watching ends.
	refused error
}

func (l *Log) watch(ctx context.Context, subject string, from uint64, handle func(context.Context, event.Event) error) error {
	filter := outageFilter(subject)
	if !strings.HasPrefix(filter, subjectOutages) {
		return fmt.Errorf("%q is no subject of events: write a service, a service and a type, or %s…", subject, subjectOutages)
	}
	ctx, done := l.alive(ctx)
	defer done()
	w := &watcher{log: l, filter: filter, handle: handle, next: from}
	for delay := retryMin; ; delay = min(2*delay, retryMax) {
		begin := time.Now()
		err := w.session(ctx)
		switch {
		case w.refused != nil:
			return w.refused
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case isFinal(err), isRefusal(err):
			return fmt.Errorf("watch %s: %w", w.filter, err)
		}
		if time.Since(begin) > retryMax {
			delay = retryMin
		}
		l.log.Warn("watching was interrupted and begins again", zap.String("subject", w.filter), zap.Error(err))
		if pause.For(ctx, delay) != nil {
			return context.Cause(ctx)
		}
	}
}

// isRefusal reports whether the server will never do what it was asked: the subject is none, or the stream is gone.
func isRefusal(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.Code >= 400 && api.Code < 500
}

// session watches through one subscription. It ends with an error, always.
func (w *watcher) session(ctx context.Context) error {
	consumer, err := w.log.streams[streamOutages].OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{w.filter}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: w.next,
	})
	if err != nil {
		return err
	}
	defer w.log.discard(ctx, streamOutages, consumer)
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		if meta.Sequence.Stream < w.next {
			continue
		}
		e, ok, err := w.log.decodeEvent(m, meta.Sequence.Stream)
		if err != nil {
			return err
		}
		if ok {
			if w.refused = w.handle(ctx, e); w.refused != nil {
				return w.refused
			}
		}
		w.next = meta.Sequence.Stream + 1
	}
}

// outageFilter makes a subject of what a person writes.
func outageFilter(subject string) string {
	switch {
	case subject == "":
		return subjectOutages + ">"
	case strings.HasPrefix(subject, "outcry."):
		return subject
	case strings.ContainsAny(subject, ".>"):
		return subjectOutages + subject
	}
	return subjectOutages + subject + ".*"
}
