package main

import (
	"context"
	"fmt"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
)

// folder is what folds the records of a log: a Counter or a Judge.
type folder[R any] interface {
	Pos() uint64
	Apply(ctx context.Context, records []R) error
	Rebuild(ctx context.Context, records []R) error
}

var (
	_ folder[event.MentionRecord] = (*detect.Counter)(nil)
	_ folder[event.ReadingRecord] = (*detect.Judge)(nil)
)

// follower keeps a folder in step with its log: it opens it when records come, rebuilds it from the log where the view has
// lost something, and opens it anew after every error and every gap. So a stand-by that takes over, a view that was
// emptied and a write that failed all end in the same way.
type follower[R any] struct {
	seq  func(*R) uint64
	open func(ctx context.Context) (folder[R], error)
	read func(ctx context.Context, from, until uint64, handle func(context.Context, []R) error) error
	now  folder[R]
}

// handle is the edge of the durable consumer: nil acknowledges the records.
func (f *follower[R]) handle(ctx context.Context, records []R) error {
	if len(records) == 0 {
		return nil
	}
	first := f.seq(&records[0])
	if f.now != nil && f.now.Pos()+1 < first {
		f.now = nil
	}
	if f.now == nil {
		if err := f.restore(ctx, first); err != nil {
			return err
		}
	}
	if err := f.now.Apply(ctx, records); err != nil {
		f.now = nil
		return err
	}
	return nil
}

// restore opens the folder, and brings it up to the record before first: those were acknowledged, so what follows from them
// has been published.
func (f *follower[R]) restore(ctx context.Context, first uint64) error {
	now, err := f.open(ctx)
	if err != nil {
		return err
	}
	if from := now.Pos() + 1; from < first {
		if err := f.read(ctx, from, first-1, now.Rebuild); err != nil {
			return fmt.Errorf("rebuild from the log: %w", err)
		}
	}
	f.now = now
	return nil
}
