package x

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/gather"
	"github.com/outcry/outcry/internal/lines"
)

// pipe is what the streams of both APIs have in common: messages in lines, blank ones as signs of life, and nothing to resume by, so
// that what was read but not taken over is kept for the next time.
type pipe struct {
	// idle is how long the stream may say nothing at all; size and delay bound a pack of messages.
	idle  time.Duration
	size  int
	delay time.Duration
	// open makes the connection.
	open func(ctx context.Context) (*http.Response, error)
	// heard is told once something has come on a connection.
	heard func()
	// look looks at a message: keep says that it is to be handed over, end why it is the last one.
	look func(message []byte) (keep bool, end error)
	// held is what was read, and perhaps paid, but not taken over.
	held [][]byte
}

type giveFunc func(ctx context.Context, messages [][]byte) error

// giveHeld hands over what an earlier call read but could not get rid of.
func (p *pipe) giveHeld(ctx context.Context, give giveFunc) error {
	for len(p.held) > 0 {
		n := min(len(p.held), p.size)
		if err := give(ctx, p.held[:n]); err != nil {
			return err
		}
		p.held = slices.Delete(p.held, 0, n)
	}
	return nil
}

// run reads the stream until it breaks.
func (p *pipe) run(ctx context.Context, give giveFunc) error {
	ctx, watch := lines.NewWatch(ctx, p.idle)
	defer watch.Stop()
	resp, err := p.open(ctx)
	if err != nil {
		return watch.Cause(err)
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if err := give(ctx, nil); err != nil {   // it can be heard
		return watch.Cause(err)
	}
	left, err := gather.Run(ctx, gather.Config{Size: p.size, Delay: p.delay},
		func(ctx context.Context, send func([]byte) error) error {
			stop := context.AfterFunc(ctx, func() { _ = resp.Body.Close() }) // ends a Read that waits for more
			defer stop()
			return p.receive(lines.NewReader(watch.Reader(resp.Body), maxLine), send)
		}, give)
	p.held = append(p.held, left...)
	return watch.Cause(err)
}

// receive reads messages until the stream breaks or one is the last.
func (p *pipe) receive(l *lines.Reader, send func([]byte) error) error {
	for first := true; ; first = false {
		line, err := l.Next()
		if err != nil {
			return err
		}
		if first {
			p.heard()
		}
		if len(line) == 0 {
			continue
		}
		keep, end := p.look(line)
		if keep {
			if err := send(line); err != nil {
				return err
			}
		}
		if end != nil {
			return end
		}
	}
}

// read decodes messages into a batch.
func read(b *ingest.Batch, f ingest.Format, messages [][]byte, now time.Time) {
	for _, m := range messages {
		if at, ok := f.Time(m); ok && at.Sub(now) < time.Minute {
			b.See(at)
		}
		before := len(b.Posts)
		var err error
		b.Posts, err = f.Decode(b.Posts, m)
		b.Seen += len(b.Posts) - before
		b.Drop(err)
	}
}
