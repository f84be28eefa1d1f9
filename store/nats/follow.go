package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/pause"
)

// Bounds of following.
const (
	followAhead = 512
	followBytes = 8 << 20
	// linger is how long a batch waits for more once it has something.
	linger     = 2 * time.Millisecond
	ackPending = 4096
	retryMin   = 50 * time.Millisecond
	retryMax   = 5 * time.Second
	makeRoomIn = time.Second
	// A pull must end well before a silent owner loses its place (Config.Standby); the library asks for a second at least.
	pullExpiryMin    = time.Second
	pullExpiryMax    = 5 * time.Second
	pullHeartbeatMin = 500 * time.Millisecond
	// ownerGroup is the name of the group whose one member is served; the others stand by.
	ownerGroup = "owner"
)

// follower reads a stream in order under a durable name.
//
// The durable consumer on the server says whose turn it is, where we are and that something has come. It does not say in
// which order: after a crash it gives new messages first, and those that the dead reader had not acknowledged only when
// their time is up. So the follower counts for itself, reads whatever was left out straight from the stream, and passes
// over what comes again. As acknowledging a message acknowledges all before it, it acknowledges only what it has handed
// over without a gap.
type follower[T any] struct {
	log      *Log
	records  *records[T]
	name     string
	handle   func(context.Context, []T) error
	consumer jetstream.Consumer
	messages jetstream.MessagesContext

	batch batch[T]
	// next is the position that comes next; 0: not yet known.
	next uint64
	// handled is the position up to which all is handed over.
	handled uint64
	// last is the newest message taken into the batch, by which the batch is acknowledged.
	last jetstream.Msg
	// pin is the server's name for us as the one that is served; empty: we stand by, or do not know yet.
	pin string
}

// follow runs a follower until ctx ends, the log is closed or reading cannot go on.
func follow[T any](ctx context.Context, l *Log, r *records[T], name string, handle func(context.Context, []T) error) error {
	if name == "" {
		return errors.New("a consumer needs a name under which its place is kept")
	}
	ctx, done := l.alive(ctx)
	defer done()
	f := &follower[T]{log: l, records: r, name: name, handle: handle}
	return l.againAndAgain(ctx, r.stream, name, f.session)
}

// againAndAgain reads through one session after the other until ctx ends, the log is closed or reading cannot go on.
func (l *Log) againAndAgain(ctx context.Context, stream, name string, session func(context.Context) error) error {
	for delay := retryMin; ; delay = min(2*delay, retryMax) {
		begin := time.Now()
		err := session(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if isFinal(err) {
			return err
		}
		if time.Since(begin) > retryMax {
			delay = retryMin
		}
		l.log.Warn("reading was interrupted and begins again",
			zap.String("stream", stream), zap.String("consumer", name), zap.Error(err))
		if pause.For(ctx, delay) != nil {
			return context.Cause(ctx)
		}
	}
}

// isFinal reports whether reading cannot go on without a person.
func isFinal(err error) bool {
	var corrupt *CorruptError
	var replaced *ReplacedError
	return errors.As(err, &corrupt) || errors.As(err, &replaced) || errors.Is(err, errStreamGone)
}

// session reads through one subscription. It ends with an error, always.
func (f *follower[T]) session(ctx context.Context) error {
	if err := f.attach(ctx); err != nil {
		return err
	}
	defer func() {
		f.messages.Stop()
		f.makeRoom(ctx)
		// What was taken in but not handed over comes again.
		f.batch, f.last, f.next = batch[T]{}, nil, f.rewound()
	}()
	for {
		if err := f.collect(ctx); err != nil {
			return err
		}
		if err := f.give(ctx); err != nil {
			return err
		}
	}
}

// rewound is the position after what is handed over, or 0 if nothing is known yet.
func (f *follower[T]) rewound() uint64 {
	if f.next == 0 {
		return 0
	}
	return f.handled + 1
}

// headerPin tells the consumer that is served its name.
const headerPin = "Nats-Pin-Id"

// makeRoom gives up our place, if it is ours, so that another one need not wait until it is clear that we are gone.
func (f *follower[T]) makeRoom(ctx context.Context) {
	if f.pin == "" || !f.log.nc.IsConnected() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), makeRoomIn)
	defer cancel()
	info, err := f.consumer.Info(ctx)
	if err != nil {
		return // the place is lost by itself after a while
	}
	for _, group := range info.PriorityGroups {
		if group.PinnedClientID != f.pin {
			continue
		}
		if err := f.log.streams[f.records.stream].UnpinConsumer(ctx, info.Name, ownerGroup); err != nil {
			f.log.log.Debug("giving up the place failed", zap.String("consumer", f.name), zap.Error(err))
		}
	}
	f.pin = ""
}

// attach finds the durable consumer, or makes it where we are, and subscribes.
func (f *follower[T]) attach(ctx context.Context) error {
	consumer, err := f.log.durable(ctx, f.records.stream, f.config())
	if err != nil {
		return err
	}
	if f.next > 0 {
		info, err := f.log.streams[f.records.stream].Info(ctx)
		if err != nil {
			return fmt.Errorf("ask for the state of stream %s: %w", f.records.stream, err)
		}
		if info.State.LastSeq < f.handled {
			return &ReplacedError{Stream: f.records.stream, Last: info.State.LastSeq, Read: f.handled}
		}
	}
	f.consumer = consumer
	expiry := min(max(f.log.cfg.Standby/3, pullExpiryMin), pullExpiryMax)
	f.messages, err = consumer.Messages(
		jetstream.PullMaxMessagesWithBytesLimit(followAhead, followBytes), jetstream.PullPriorityGroup(ownerGroup),
		jetstream.PullExpiry(expiry), jetstream.PullHeartbeat(max(expiry/2, pullHeartbeatMin)),
	)
	if err != nil {
		return fmt.Errorf("subscribe to stream %s: %w", f.records.stream, err)
	}
	return nil
}

func (f *follower[T]) config() jetstream.ConsumerConfig {
	cfg := jetstream.ConsumerConfig{
		Durable: token(f.name), Description: f.name, AckPolicy: jetstream.AckAllPolicy, AckWait: f.log.cfg.Standby,
		MaxAckPending: ackPending, MaxDeliver: -1, DeliverPolicy: jetstream.DeliverAllPolicy,
		PriorityPolicy: jetstream.PriorityPolicyPinned, PriorityGroups: []string{ownerGroup}, PinnedTTL: f.log.cfg.Standby,
	}
	if f.handled > 0 {
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, f.handled+1
	}
	return cfg
}

// collect fills the batch with what is there, and waits for the first message as long as it takes.
func (f *follower[T]) collect(ctx context.Context) error {
	var until time.Time
	for !f.batch.full() {
		var wait jetstream.NextOpt = jetstream.NextContext(ctx)
		if f.last != nil {
			left := time.Until(until)
			if left <= 0 {
				return nil
			}
			wait = jetstream.NextMaxWait(left)
		}
		m, err := f.messages.Next(wait)
		switch {
		case err == nil:
			if err := f.take(ctx, m); err != nil {
				return err
			}
			if until.IsZero() {
				until = time.Now().Add(linger)
			}
		case f.last != nil && errors.Is(err, natsgo.ErrTimeout):
			return nil
		case errors.Is(err, jetstream.ErrNoHeartbeat):
			if err := f.check(ctx); err != nil {
				return err
			}
		default:
			return fmt.Errorf("read stream %s: %w", f.records.stream, err)
		}
	}
	return nil
}

// check asks whether the consumer still exists when the server has been silent for too long.
func (f *follower[T]) check(ctx context.Context) error {
	if _, err := f.consumer.Info(ctx); errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("consumer %s of stream %s is gone: %w", f.name, f.records.stream, err)
	}
	return nil
}

// take puts a message in its place: into the batch, after whatever was left out before it, or aside if it came before.
func (f *follower[T]) take(ctx context.Context, m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return fmt.Errorf("read stream %s: %w", f.records.stream, err)
	}
	seq := meta.Sequence.Stream
	f.pin = m.Headers().Get(headerPin)
	if seq != f.next {
		if err := f.align(ctx, seq); err != nil {
			return err
		}
	}
	if seq < f.next {
		if seq <= f.handled {
			f.ack(m) // the first acknowledgement was lost
		}
		return nil
	}
	if err := f.records.add(f.log, &f.batch, m, seq); err != nil {
		return f.corrupt(ctx, err)
	}
	f.next, f.last = seq+1, m
	return nil
}

// align brings next to seq, unless seq lies behind: by what others have acknowledged under our name, and then by reading
// what was left out.
func (f *follower[T]) align(ctx context.Context, seq uint64) error {
	if f.next > seq {
		return nil
	}
	info, err := f.consumer.Info(ctx)
	if err != nil {
		return fmt.Errorf("ask for the place of consumer %s: %w", f.name, err)
	}
	if floor := info.AckFloor.Stream + 1; floor > f.next {
		// Somebody else has taken over what lies between; what we had collected before it is theirs too.
		f.batch, f.last = batch[T]{}, nil
		f.next, f.handled = floor, floor-1
	}
	if f.next >= seq {
		return nil
	}
	return f.log.readRange(ctx, f.records.stream, readOptions{from: f.next, until: seq - 1}, func(m jetstream.Msg, at uint64) error {
		if err := f.records.add(f.log, &f.batch, m, at); err != nil {
			return f.corrupt(ctx, err)
		}
		f.next = at + 1
		if f.batch.full() {
			return f.give(ctx)
		}
		return nil
	})
}

// corrupt hands over what came before a message that cannot be read, and then reports it.
func (f *follower[T]) corrupt(ctx context.Context, err error) error {
	if given := f.give(ctx); given != nil {
		return given
	}
	return err
}

// give hands the batch over until it is taken, and then acknowledges it.
func (f *follower[T]) give(ctx context.Context) error {
	if len(f.batch.records) > 0 {
		if err := f.persist(ctx); err != nil {
			return err
		}
		f.log.metrics.handled.WithLabelValues(f.records.stream, f.name).Add(float64(len(f.batch.records)))
	}
	if f.next > 0 {
		f.handled = f.next - 1
	}
	if f.last != nil {
		f.ack(f.last)
	}
	f.batch, f.last = batch[T]{}, nil
	return nil
}

// persist calls the handler until it returns nil.
func (f *follower[T]) persist(ctx context.Context) error {
	for delay := retryMin; ; delay = min(2*delay, retryMax) {
		err := f.handle(ctx, f.batch.records)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f.log.metrics.failed.WithLabelValues(f.records.stream, f.name).Inc()
		f.log.log.Warn("records were refused and come again",
			zap.String("stream", f.records.stream), zap.String("consumer", f.name), zap.Int("records", len(f.batch.records)),
			zap.Duration("after", delay), zap.Error(err))
		if err := pause.For(ctx, delay); err != nil {
			return err
		}
	}
}

// ack acknowledges a message and all before it. A lost acknowledgement is made up for when the message comes again.
func (f *follower[T]) ack(m jetstream.Msg) {
	if err := m.Ack(); err != nil && !errors.Is(err, jetstream.ErrMsgAlreadyAckd) {
		f.log.log.Debug("acknowledgement failed", zap.String("stream", f.records.stream), zap.Error(err))
	}
}

// errStreamGone says that a stream was deleted while it was read.
var errStreamGone = errors.New("the stream was deleted; restart outcry, which makes it again")

// durable finds a consumer, or makes it. An existing one keeps its place and takes over the times that are configured now.
func (l *Log) durable(ctx context.Context, stream string, cfg jetstream.ConsumerConfig) (jetstream.Consumer, error) {
	consumer, err := l.js.Consumer(ctx, stream, cfg.Durable)
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound):
		consumer, err = l.js.CreateConsumer(ctx, stream, cfg)
		if errors.Is(err, jetstream.ErrConsumerExists) {
			consumer, err = l.js.Consumer(ctx, stream, cfg.Durable) // somebody else made it in this moment
		}
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return nil, fmt.Errorf("stream %s: %w", stream, errStreamGone)
	case err == nil:
		is := consumer.CachedInfo().Config
		if is.AckWait != cfg.AckWait || is.PinnedTTL != cfg.PinnedTTL || is.MaxAckPending != cfg.MaxAckPending {
			is.AckWait, is.PinnedTTL, is.MaxAckPending = cfg.AckWait, cfg.PinnedTTL, cfg.MaxAckPending
			consumer, err = l.js.UpdateConsumer(ctx, stream, is)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("consumer %s of stream %s: %w", cfg.Durable, stream, err)
	}
	return consumer, nil
}

// acked is the position up to which a durable consumer has acknowledged everything.
func (l *Log) acked(ctx context.Context, stream, name string) (uint64, error) {
	consumer, err := l.js.Consumer(ctx, stream, token(name))
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("ask for the place of consumer %s: %w", name, err)
	}
	return consumer.CachedInfo().AckFloor.Stream, nil
}
