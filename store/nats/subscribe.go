package nats

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
)

// Bounds of a subscription to others' subjects.
const (
	subscribeBatch = 128
	subscribeAhead = 256
	subscribeBytes = 1 << 20
	// subscribeWait is how long a connection that is lost is waited for.
	subscribeWait = time.Second
	// subscribeBack is how far back a new subscription begins; what is older is no news.
	subscribeBack = 15 * time.Minute
)

// Subscribe hands messages that others publish on a subject to handle, in order and in batches, until ctx ends (its error), the log
// is closed (ErrClosed), handle fails (its error) or the subscription breaks. A stream of the operator's must keep the subject, since
// what nobody keeps cannot come again. Once it stands, handle is called without any. cursor is where to go on: what handle was given with the last messages that are safe; with "",
// or when the stream has been made anew since, it begins with the last quarter of an hour.
func (l *Log) Subscribe(ctx context.Context, subject, cursor string, handle func(ctx context.Context, messages [][]byte, cursor string) error) error {
	if err := CheckSubject(subject); err != nil {
		return err
	}
	ctx, done := l.alive(ctx)
	defer done()
	err := l.subscribe(ctx, subject, cursor, handle)
	if at, ok := ctx.Deadline(); ok && !time.Now().Before(at) {
		<-ctx.Done() // the library looks at the clock, and may be a moment ahead of the context
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// subscribe reads through one connection. When that is lost it ends at once, and does not wait for answers that will not come.
func (l *Log) subscribe(ctx context.Context, subject, cursor string, handle func(ctx context.Context, messages [][]byte, cursor string) error) error {
	connected, done := l.whileConnected(ctx)
	defer done()
	stream, err := l.keeper(connected, subject)
	if err != nil {
		return orLost(connected, err)
	}
	info := stream.CachedInfo()
	place := placeIn(info)
	consumer, err := stream.OrderedConsumer(connected, l.onFrom(place, cursor, subject, info))
	if err != nil {
		return orLost(connected, fmt.Errorf("read subject %s: %w", subject, err))
	}
	defer l.discard(ctx, info.Config.Name, consumer)
	messages, err := consumer.Messages(jetstream.PullMaxMessagesWithBytesLimit(subscribeAhead, subscribeBytes))
	if err != nil {
		return orLost(connected, fmt.Errorf("read subject %s: %w", subject, err))
	}
	defer messages.Stop()
	defer context.AfterFunc(connected, messages.Stop)() // the library does not look at a context while it begins anew
	if err := handle(ctx, nil, ""); err != nil {
		return err
	}
	for {
		bodies, last, err := collect(connected, messages)
		if err != nil {
			return orLost(connected, fmt.Errorf("read subject %s: %w", subject, err))
		}
		place.seq = last
		if err := handle(ctx, bodies, place.String()); err != nil {
			return err
		}
	}
}

var errLost = errors.New("the connection to NATS is lost; it comes back by itself")

// whileConnected gives a context that ends when the connection is lost. If it is now, it is waited for a moment.
func (l *Log) whileConnected(ctx context.Context) (connected context.Context, done func()) {
	ctx, lose := context.WithCancelCause(ctx)
	lost := l.nc.StatusChanged(natsgo.RECONNECTING, natsgo.CLOSED)
	back := l.nc.StatusChanged(natsgo.CONNECTED)
	defer l.nc.RemoveStatusListener(back)
	if !l.nc.IsConnected() {
		select {
		case <-back:
		case <-time.After(subscribeWait):
			lose(errLost)
		case <-ctx.Done():
		}
	}
	go func() {
		select {
		case <-lost:
			lose(errLost)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		lose(nil)
		l.nc.RemoveStatusListener(lost)
	}
}

// orLost is why reading failed: because the connection was lost, or err.
func orLost(connected context.Context, err error) error {
	if errors.Is(context.Cause(connected), errLost) {
		return errLost
	}
	return err
}

// keeper finds the stream that keeps a subject.
func (l *Log) keeper(ctx context.Context, subject string) (jetstream.Stream, error) {
	name, err := l.js.StreamNameBySubject(ctx, subject)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, fmt.Errorf("no stream keeps the subject %s: make one, such as with `nats stream add POSTS --subjects '%s'`: %w", subject, subject, err)
	}
	if err != nil {
		return nil, fmt.Errorf("find the stream that keeps the subject %s: %w", subject, err)
	}
	stream, err := l.js.Stream(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("find the stream %s: %w", name, err)
	}
	if is := stream.CachedInfo().Config.Retention; is != jetstream.LimitsPolicy {
		return nil, fmt.Errorf("stream %s lets go of what is acknowledged (retention %s), and posts have to come again after a failure; "+
			"keep them in one with the retention limits", name, is)
	}
	return stream, nil
}

// onFrom says what to read: what follows the cursor.
func (l *Log) onFrom(place place, cursor, subject string, info *jetstream.StreamInfo) jetstream.OrderedConsumerConfig {
	cfg := jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}, InactiveThreshold: readerExpiry, MaxResetAttempts: 1}
	at, ok := place.read(cursor)
	if ok && at <= info.State.LastSeq {
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, at+1
		if missing := info.State.FirstSeq; missing > at+1 {
			l.log.Warn("the stream no longer has all that was published since the subject was last read",
				zap.String("stream", info.Config.Name), zap.String("subject", subject), zap.Uint64("read", at), zap.Uint64("first", missing))
		}
		return cfg
	}
	if cursor != "" {
		l.log.Warn("the stream is not the one that was read before; it is read from the last quarter of an hour on",
			zap.String("stream", info.Config.Name), zap.String("subject", subject))
	}
	from := time.Now().Add(-subscribeBack)
	cfg.DeliverPolicy, cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &from
	return cfg
}

// place is a position in a stream. A stream that was deleted and made again is another one.
type place struct {
	stream string
	made   int64
	seq    uint64
}

func placeIn(info *jetstream.StreamInfo) place {
	return place{stream: info.Config.Name, made: info.Created.UnixNano()}
}

// String gives the cursor of a place.
func (p place) String() string { return fmt.Sprintf("%s/%d/%d", p.stream, p.made, p.seq) }

// read gives the position in a cursor; not ok: it is of another stream, or none.
func (p place) read(cursor string) (seq uint64, ok bool) {
	text, ok := strings.CutPrefix(cursor, fmt.Sprintf("%s/%d/", p.stream, p.made))
	if !ok {
		return 0, false
	}
	seq, err := strconv.ParseUint(text, 10, 64)
	return seq, err == nil
}

// CheckSubject reports why posts cannot be read from a subject; nil: they can, if a stream keeps it.
func CheckSubject(subject string) error {
	tokens := strings.Split(subject, ".")
	for i, t := range tokens {
		if t == "" || strings.ContainsFunc(t, unicode.IsSpace) || t == ">" && i < len(tokens)-1 {
			return fmt.Errorf("subject %q is none of NATS; write words with dots between them, such as posts.>", subject)
		}
	}
	if tokens[0] == "outcry" || tokens[0] == "*" || tokens[0] == ">" {
		return fmt.Errorf("subject %q has what outcry itself publishes; publish posts on another one, such as posts.>", subject)
	}
	return nil
}

// collect waits for a message, and gives it with those that are there too, and the position of the last.
func collect(ctx context.Context, messages jetstream.MessagesContext) (bodies [][]byte, last uint64, err error) {
	var wait jetstream.NextOpt = jetstream.NextContext(ctx)
	for len(bodies) < subscribeBatch {
		m, err := messages.Next(wait)
		switch {
		case len(bodies) > 0 && errors.Is(err, natsgo.ErrTimeout):
			return bodies, last, nil
		case err != nil:
			return nil, 0, err
		}
		meta, err := m.Metadata()
		if err != nil {
			return nil, 0, err
		}
		bodies, last = append(bodies, m.Data()), meta.Sequence.Stream
		wait = jetstream.NextMaxWait(linger)
	}
	return bodies, last, nil
}
