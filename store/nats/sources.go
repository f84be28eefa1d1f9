package nats

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/event"
)

// PublishSource replaces what was last said of a source, on outcry.sources.<source>.
func (l *Log) PublishSource(ctx context.Context, s event.SourceStatus) error {
	body, err := encode(&s)
	if err != nil {
		return fmt.Errorf("encode the state of source %s: %w", s.Source, err)
	}
	out := outgoing{subject: subjectSources + token(s.Source), body: body}
	if _, err := l.js.PublishMsg(ctx, out.message(), jetstream.WithExpectStream(streamSources)); err != nil {
		return fmt.Errorf("publish the state of source %s: %w", s.Source, explainPublish(err))
	}
	l.metrics.published.WithLabelValues(streamSources).Inc()
	return nil
}

// Sources gives what was last said of each source, in the order in which it was said.
func (l *Log) Sources(ctx context.Context) ([]event.SourceStatus, error) {
	var all []event.SourceStatus
	err := l.readRange(ctx, streamSources, readOptions{}, func(m jetstream.Msg, _ uint64) error {
		s, _, err := decodeSource(m.Subject(), m.Data())
		if err != nil {
			l.metrics.dropped.WithLabelValues(streamSources, reasonFor(err)).Inc()
			return nil // the state of the other sources can be told
		}
		all = append(all, s)
		return nil
	})
	return all, err
}

// WatchSources hands what was last said of each source, and what is said from now on, to handle, as WatchReadings does.
func (l *Log) WatchSources(ctx context.Context, handle func(context.Context, event.SourceStatus) error) error {
	return tail(ctx, l, &records[event.SourceStatus]{stream: streamSources, decode: decodeSource}, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy,
	}, func(ctx context.Context, records []event.SourceStatus) error {
		for _, s := range records {
			if err := handle(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetSource forgets how far a source has been read, and what it last said of itself; known: there was something to forget. A source that is
// being read has its place again with the next posts.
func (l *Log) ForgetSource(ctx context.Context, source string) (known bool, err error) {
	stream, err := l.js.Stream(ctx, streamSources)
	if err != nil {
		return false, fmt.Errorf("forget what %s said: %w", source, err)
	}
	said, err := stream.Info(ctx, jetstream.WithSubjectFilter(subjectSources+token(source)))
	if err != nil {
		return false, fmt.Errorf("forget what %s said: %w", source, err)
	}
	if err := stream.Purge(ctx, jetstream.WithPurgeSubject(subjectSources+token(source))); err != nil {
		return false, fmt.Errorf("forget what %s said: %w", source, err)
	}
	known = len(said.State.Subjects) > 0
	cursors, err := l.js.KeyValue(ctx, bucketCursors)
	if err != nil {
		return known, fmt.Errorf("forget the cursor of %s: %w", source, err)
	}
	switch _, err := cursors.Get(ctx, token(source)); {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return known, nil
	case err != nil:
		return known, fmt.Errorf("read the cursor of %s: %w", source, err)
	}
	if err := cursors.Purge(ctx, token(source)); err != nil {
		return known, fmt.Errorf("forget the cursor of %s: %w", source, err)
	}
	return true, nil
}

// decodeSource reads what was said of a source.
func decodeSource(subject string, data []byte) (event.SourceStatus, int, error) {
	var s event.SourceStatus
	if err := decodeOne(data, &s); err != nil {
		return s, 0, err
	}
	switch {
	case subject != subjectSources+token(s.Source):
		return s, 0, fmt.Errorf("%w: it speaks of %q", errSubject, s.Source)
	case s.Source == "" || s.State == "" || s.At.IsZero():
		return s, 0, fmt.Errorf("%w: source, state and at are", errField)
	}
	return s, 1, nil
}
