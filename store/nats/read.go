package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/internal/pause"
)

// Bounds of reading without acknowledgement.
const (
	readAhead    = 512
	readBytes    = 8 << 20
	readAgain    = 2 * time.Second
	readerExpiry = time.Minute
	readPatience = 30 * time.Second
)

// readOptions says what readRange reads.
type readOptions struct {
	from, until uint64
	subject     string // a filter; empty: all
	headersOnly bool
}

// reading is one way through a stream: next is the place where it goes on after an interruption.
type reading struct {
	log    *Log
	stream string
	next   uint64
	readOptions
	each func(m jetstream.Msg, seq uint64) error
}

// readRange hands the stored messages from..until to each, in order, and returns at each's first error. A cluster that
// is choosing a leader, or a connection that broke, is waited for up to readPatience without a message.
func (l *Log) readRange(ctx context.Context, stream string, o readOptions, each func(m jetstream.Msg, seq uint64) error) error {
	r := reading{log: l, stream: stream, next: max(o.from, 1), readOptions: o, each: each}
	waited := time.Duration(0)
	for delay := retryMin; ; delay = min(2*delay, retryMax) {
		before := r.next
		refused, err := r.attempt(ctx)
		switch {
		case refused != nil:
			return refused
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		if r.next > before {
			waited, delay = 0, retryMin
		}
		if waited += delay; waited > readPatience || isFinal(err) || isRefusal(err) {
			return fmt.Errorf("read stream %s: %w", stream, err)
		}
		if err := pause.For(ctx, delay); err != nil {
			return context.Cause(ctx)
		}
	}
}

// attempt reads on from the place that was reached. refused is each's error, err everything else.
func (r *reading) attempt(ctx context.Context) (refused, err error) {
	info, err := r.log.streams[r.stream].Info(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for its state: %w", err)
	}
	last := info.State.LastSeq
	if r.until > 0 {
		last = min(last, r.until)
	}
	from := max(r.next, info.State.FirstSeq)
	if info.State.Msgs == 0 || from > last {
		return nil, nil
	}
	cfg := jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: from,
		HeadersOnly: r.headersOnly, InactiveThreshold: readerExpiry,
	}
	if r.subject != "" {
		cfg.FilterSubjects = []string{r.subject}
	}
	consumer, err := r.log.streams[r.stream].OrderedConsumer(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer r.log.discard(ctx, r.stream, consumer)
	return r.drain(ctx, consumer, last)
}

// discard takes a reader that is done off the server, which would keep it for a while and counts what it keeps. One that
// cannot be taken off goes by itself.
func (l *Log) discard(ctx context.Context, stream string, consumer jetstream.Consumer) {
	info := consumer.CachedInfo()
	if info == nil || !l.nc.IsConnected() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), makeRoomIn)
	defer cancel()
	if err := l.js.DeleteConsumer(ctx, stream, info.Name); err != nil {
		l.log.Debug("a reader that is done stays for a while", zap.String("stream", stream), zap.Error(err))
	}
}

func (r *reading) drain(ctx context.Context, consumer jetstream.Consumer, until uint64) (refused, err error) {
	messages, err := consumer.Messages(jetstream.PullMaxMessagesWithBytesLimit(readAhead, readBytes))
	if err != nil {
		return nil, err
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Stop)()
	for {
		m, err := messages.Next(jetstream.NextMaxWait(readAgain))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, natsgo.ErrTimeout):
			// What was left may have expired meanwhile, so that nothing comes any more.
			if left, err := consumer.Info(ctx); err == nil && left.NumPending == 0 {
				return nil, nil
			}
			continue
		case err != nil:
			return nil, err
		}
		meta, err := m.Metadata()
		if err != nil {
			return nil, err
		}
		seq := meta.Sequence.Stream
		if seq > until {
			return nil, nil
		}
		if err := r.each(m, seq); err != nil {
			return err, nil
		}
		r.next = seq + 1
		if seq == until || meta.NumPending == 0 {
			return nil, nil
		}
	}
}

// readRecords hands the records from..until to handle, in batches. The next batch is read while one is handled: this is
// how state is made anew after a loss, with everything else waiting.
func readRecords[T any](ctx context.Context, l *Log, r *records[T], from, until uint64, handle func(context.Context, []T) error) error {
	ctx, done := l.alive(ctx)
	defer done()
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan []T, 1)
	group.Go(func() error {
		defer close(batches)
		return readBatches(ctx, l, r, from, until, batches)
	})
	group.Go(func() error {
		for records := range batches {
			if err := handle(ctx, records); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

func readBatches[T any](ctx context.Context, l *Log, r *records[T], from, until uint64, batches chan<- []T) error {
	var b batch[T]
	give := func() error {
		select {
		case batches <- b.records:
			b = batch[T]{}
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	err := l.readRange(ctx, r.stream, readOptions{from: from, until: until}, func(m jetstream.Msg, seq uint64) error {
		if err := r.add(l, &b, m, seq); err != nil {
			return err
		}
		// Latency is no concern here, so only the weight bounds a batch.
		if b.weight >= batchWeight {
			return give()
		}
		return nil
	})
	if err != nil || len(b.records) == 0 {
		return err
	}
	return give()
}
