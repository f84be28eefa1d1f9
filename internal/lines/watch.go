package lines

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// ErrSilent says that nothing at all came for too long.
var ErrSilent = errors.New("no sign of life on the stream")

// Watch ends a context when nothing was read for too long.
type Watch struct {
	ctx   context.Context //nolint:containedctx // it is what the watch ends
	end   context.CancelCauseFunc
	idle  time.Duration
	timer *time.Timer
}

// NewWatch begins to watch: the context that it gives ends idle after the last byte that a Reader of the Watch has seen.
// Stop must be called in the end.
func NewWatch(ctx context.Context, idle time.Duration) (context.Context, *Watch) {
	ctx, end := context.WithCancelCause(ctx)
	w := &Watch{ctx: ctx, end: end, idle: idle}
	w.timer = time.AfterFunc(idle, func() { end(fmt.Errorf("%w for %v", ErrSilent, idle)) })
	return ctx, w
}

// Stop ends the watch and its context.
func (w *Watch) Stop() {
	w.timer.Stop()
	w.end(nil)
}

// Touch takes something else than a byte for a sign of life.
func (w *Watch) Touch() { w.timer.Reset(w.idle) }

// Cause is why reading failed: the silence, if it was that, or err.
func (w *Watch) Cause(err error) error {
	if c := context.Cause(w.ctx); errors.Is(c, ErrSilent) {
		return c
	}
	return err
}

// Reader passes r on and takes every byte as a sign of life.
func (w *Watch) Reader(r io.Reader) io.Reader { return &watched{r, w} }

type watched struct {
	r io.Reader
	w *Watch
}

// Read implements io.Reader.
func (r *watched) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if n > 0 {
		r.w.Touch()
	}
	return n, err
}
