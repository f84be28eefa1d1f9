package bluesky

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// gapTolerance is how much later than asked for the first message may be: on this stream, something is posted every moment.
const gapTolerance = time.Minute

// maxAhead is how far the server's clock may go before ours.
const maxAhead = 10 * time.Minute

// batcher turns the messages of one connection into batches.
type batcher struct {
	cfg  *Config
	sink ingest.Sink
	// last is the newest time that was read; the cursor never goes back behind it.
	last time.Time
	// from is what the server was asked to begin with; zero once the first message has been held against it.
	from time.Time
	// clamped says that the server had less than was asked for, and told so.
	clamped bool
	// refused says that it was the sink that failed.
	refused bool

	format Jetstream
	posts  []event.Post
	batch  ingest.Batch
}

// give makes a batch of messages and hands it over.
func (b *batcher) give(ctx context.Context, messages [][]byte) error {
	for _, m := range messages {
		b.take(m)
	}
	b.batch.Posts = b.posts
	if err := b.sink(ctx, b.batch); err != nil {
		b.refused = true
		return err
	}
	clear(b.posts) // lets go of the texts
	b.posts, b.batch = b.posts[:0], ingest.Batch{}
	return nil
}

// take reads one message into the batch.
func (b *batcher) take(message []byte) {
	at, ok := b.format.Time(message)
	switch {
	case ok:
		b.advance(at, message)
		b.takeBack(message)
	case !b.from.IsZero() && isClamp(message):
		b.clamped = true
	}
	if ok && b.cfg.Sieve != nil && !b.cfg.Sieve.Pass(message) {
		b.batch.Seen += b.format.Count(message)
		return
	}
	before := len(b.posts)
	var err error
	b.posts, err = b.format.Decode(b.posts, message)
	b.batch.Seen += len(b.posts) - before
	b.batch.Drop(err)
}

// advance moves the time on, and holds the first time against what was asked for. A time from the future is a fault of
// the server, and as a cursor it would skip all that comes until then.
func (b *batcher) advance(at time.Time, message []byte) {
	place := witnessed(message, at)
	if now := b.cfg.Now(); at.Sub(now) > maxAhead || place.Sub(now) > maxAhead {
		return
	}
	if !b.from.IsZero() {
		if b.clamped && place.After(b.last) || place.Sub(b.from) > gapTolerance {
			b.gap(place)
		}
		b.from = time.Time{}
	}
	b.batch.See(at)
	if place.After(b.last) {
		b.last = place
		b.batch.Cursor = strconv.FormatInt(place.UnixMicro(), 10)
	}
}

// gap reports what the server no longer had.
func (b *batcher) gap(to time.Time) {
	b.batch.Gaps = append(b.batch.Gaps, ingest.Gap{From: b.last, To: to})
	if b.cfg.OnGap != nil {
		b.cfg.OnGap(b.last, to)
	}
}

// takeBack lets go of a post that its author deletes or changes before it was handed over. Of one that was, nothing is kept but
// that somebody said it; and its new words count as the same post's.
func (b *batcher) takeBack(message []byte) {
	if len(b.posts) == 0 || !bytes.Contains(message, rawPost) || !bytes.Contains(message, rawDelete) && !bytes.Contains(message, rawUpdate) {
		return
	}
	m, ok := parse(message)
	if !ok || m.collection != postCollection || m.operation != "delete" && m.operation != "update" {
		return
	}
	id := m.id()
	before := len(b.posts)
	b.posts = slices.DeleteFunc(b.posts, func(p event.Post) bool { return p.ID == id })
	if m.operation == "delete" {
		b.batch.Lose(ingest.ReasonDeleted, before-len(b.posts))
	}
}
