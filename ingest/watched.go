package ingest

import (
	"context"
	"sync"
)

// watched is the sink that a Runner gives to its source. It tells the feed's errors from the source's own.
type watched struct {
	feed Feed
	// state is told how long the feed takes.
	state   *condition
	heard   func(*Batch)
	refused func(error)
	// err is the feed's last error, nil once it has taken something over again.
	err error

	mu    sync.Mutex
	taken bool
	inUse bool
	// opened says that something was taken over: the source can be heard.
	opened bool
}

// take implements Sink.
func (w *watched) take(ctx context.Context, b Batch) error {
	w.note(true)
	defer w.note(false)
	w.state.gives()
	defer w.state.gave()
	if err := w.feed.Take(ctx, b); err != nil {
		w.err = err
		w.refused(err)
		return err
	}
	w.err = nil
	w.mu.Lock()
	w.opened = true
	w.mu.Unlock()
	w.heard(&b)
	return nil
}

// open reports whether the source can be heard.
func (w *watched) open() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.opened
}

func (w *watched) note(inUse bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken, w.inUse = true, inUse
}

// busy reports whether anything came since it was last asked.
func (w *watched) busy() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	was := w.taken || w.inUse
	w.taken = false
	return was
}
