package ingesttest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// book is a log of mentions with the cursor beside it. It counts as whoever counts mentions does: each identity once, and nothing that
// comes after its time was said to be complete.
type book struct {
	// before and after, if set, are asked at the n-th call, from 1, before and after it is stored whether the call fails.
	before, after func(n int) error

	mu     sync.Mutex
	calls  int
	seen   map[identity]bool
	counts map[string]int
	late   []string
	// at is up to when the time was said to be complete, newest the time of the newest post.
	at, newest time.Time
	cursor     string
	// wanted is how many different texts there are.
	wanted int
}

type identity struct{ source, post, service string }

func newBook(all []string) *book {
	different := map[string]bool{}
	for _, text := range all {
		if text != Poison {
			different[short(text)] = true
		}
	}
	return &book{seen: map[identity]bool{}, counts: map[string]int{}, wanted: len(different)}
}

// short is what is kept of a text: enough to tell it from the others, and that it is whole.
func short(text string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return fmt.Sprintf("%.12s… %x", text, h.Sum64())
}

// everything is a Matcher for which each post speaks of one of five services.
type everything struct{}

// Match implements ingest.Matcher.
func (everything) Match(dst []event.Mention, p *event.Post) []event.Mention {
	s := short(p.Text)
	return append(dst, event.Mention{
		Source: p.Source, Post: p.ID, Service: "s" + string('0'+s[len(s)-1]%5), At: p.CreatedAt, Kind: event.Report, Phrase: s,
	})
}

// funnel makes a Funnel into the book, as a process that has just started has.
func (b *book) funnel(source string) *ingest.Funnel {
	return ingest.NewFunnel(source, everything{}, b, b, ingest.FunnelConfig{Lateness: lateness}, nil)
}

// lateness is how late a post may be and still count.
const lateness = 15 * time.Second

// Append implements ingest.Log.
func (b *book) Append(_ context.Context, packs []event.Pack, marks []event.Mark) error {
	b.mu.Lock()
	b.calls++
	n := b.calls
	b.mu.Unlock()
	if b.before != nil {
		if err := b.before(n); err != nil {
			return err
		}
	}
	b.store(packs, marks)
	if b.after != nil {
		return b.after(n)
	}
	return nil
}

func (b *book) store(packs []event.Pack, marks []event.Mark) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range packs {
		for _, m := range packs[i].Mentions {
			id := identity{m.Source, m.Post, m.Service}
			if b.seen[id] {
				continue
			}
			if m.At.After(b.newest) {
				b.newest = m.At
			}
			b.seen[id] = true
			if m.At.Before(b.at) {
				b.late = append(b.late, m.Phrase)
				continue
			}
			b.counts[m.Phrase]++
		}
	}
	for _, m := range marks {
		if m.At.After(b.at) {
			b.at = m.At
		}
	}
}

// SaveCursor implements ingest.CursorSaver.
func (b *book) SaveCursor(_ context.Context, _, cursor string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cursor = cursor
	return nil
}

// lose forgets the cursor, so that the source begins anew.
func (b *book) lose() { _ = b.SaveCursor(context.Background(), "", "") }

// Cursor implements ingest.Cursors.
func (b *book) Cursor(context.Context, string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cursor, nil
}

func (b *book) complete() bool { return b.count() >= b.wanted }

// count is how many different texts there are so far.
func (b *book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.counts) + len(b.late)
}

// fill has the source read into the book, through a new Funnel after each crash, until the book is complete and nothing is left to go wrong.
func (b *book) fill(t *testing.T, s Subject, u Upstream, over func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var funnel *ingest.Funnel
	for {
		if funnel == nil {
			funnel = b.funnel(u.Source.Name())
		}
		reading, stop := context.WithCancelCause(ctx)
		crashed := errors.New("crash")
		cursor, _ := b.Cursor(ctx, "")
		err := u.Source.Read(reading, cursor, func(ctx context.Context, batch ingest.Batch) error {
			err := funnel.Take(ctx, batch)
			switch {
			case errors.Is(err, errCrash):
				stop(crashed)
			case err == nil && !s.Ends && b.complete() && over():
				stop(nil)
			case err == nil && !s.Ends && b.complete() && s.Resumes:
				b.lose() // the faster a connection is, the less comes twice, and the later all has gone wrong
				stop(nil)
			}
			return err
		})
		if errors.Is(context.Cause(reading), crashed) {
			funnel = nil
		}
		stop(nil)
		switch {
		case b.complete() && over() && (!s.Ends || err == nil):
			return
		case err == nil && b.complete() && s.Ends:
			return
		case err == nil:
			t.Fatalf("Read ended with %d of %d posts", len(b.counts), b.wanted)
		case ctx.Err() != nil:
			t.Fatalf("after %v, %d of %d posts are there; Read = %v", patience, len(b.counts), b.wanted, err)
		}
	}
}

// check holds the book against another, which nothing disturbed.
func (b *book) check(t *testing.T, undisturbed *book) {
	t.Helper()
	for _, text := range slices.Sorted(maps.Keys(undisturbed.counts)) {
		if got, want := b.counts[text], undisturbed.counts[text]; got != want {
			t.Errorf("%q counts %d times, want %d", text, got, want)
		}
	}
	if len(b.counts) != b.wanted || len(undisturbed.counts) != b.wanted {
		t.Errorf("%d mentions and %d too late, undisturbed %d and %d; want %d", len(b.counts), len(b.late), len(undisturbed.counts), len(undisturbed.late), b.wanted)
	}
	if u := undisturbed; u.newest.Sub(u.at) > lateness+event.Slot {
		t.Errorf("undisturbed, the newest post is of %v, and the time is complete only up to %v", u.newest, u.at)
	}
}

// run has a Runner fill the book.
func (b *book) run(t *testing.T, r *ingest.Runner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	b.after = func(int) error {
		if b.complete() {
			time.AfterFunc(0, cancel) // once the cursor is saved, or before: it is not read again
		}
		return nil
	}
	if err := r.Run(ctx); err != nil && !b.complete() {
		t.Fatalf("%d of %d posts are there; Run = %v", len(b.counts), b.wanted, err)
	}
}
