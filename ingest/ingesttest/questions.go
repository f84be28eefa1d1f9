package ingesttest

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/outcry/outcry/ingest"
)

// inOrder: without any failure, every post comes once and in order.
func inOrder(t *testing.T, s Subject) {
	all := texts(2500, 0)
	l := newLedger(t, all)
	drain(t, s, s.Start(t, all), l)
	l.checkOrder()
	if l.again != 0 || l.seen != len(all) || l.dropped != 0 {
		t.Errorf("%d posts came again, %d were seen, %d dropped; want 0, %d, 0", l.again, l.seen, l.dropped, len(all))
	}
}

// redelivery: what the sink refuses comes again, and nothing is acknowledged before it is safe.
func redelivery(t *testing.T, s Subject) {
	all := texts(2500, 0)
	l := newLedger(t, all)
	u := s.Start(t, all)
	l.refuse = func(n int) bool { return n%2 == 1 && n < 12 }
	l.block = func(context.Context, int) { checkAcked(t, u, l) }
	drain(t, s, u, l)
	l.checkOrder()
}

func checkAcked(t *testing.T, u Upstream, l *ledger) {
	t.Helper()
	if u.Acked == nil {
		return
	}
	for _, text := range u.Acked() {
		if !l.has(text) {
			t.Errorf("%.20q was acknowledged, but no sink has it", text)
		}
	}
}

// maxResumes is at about how many of the cursors the exam resumes.
const maxResumes = 8

// resume: from the cursor of any batch on, everything comes that came after it.
func resume(t *testing.T, s Subject) {
	all := texts(2500, 0)
	first := newLedger(t, all)
	u := s.Start(t, all)
	drain(t, s, u, first)
	if len(first.cursors) < 2 {
		t.Fatalf("%d cursors; the exam needs at least 2", len(first.cursors))
	}
	for i, m := range first.cursors {
		if m.taken == len(all) || i%(1+len(first.cursors)/maxResumes) != 0 {
			continue
		}
		rest := newLedger(t, all)
		rest.cursor = m.cursor
		for _, text := range all[:m.taken] { // what came before counts as there, and may come again
			rest.wanted[text] = true
		}
		rest.taken = slices.Clone(all[:m.taken])
		drain(t, s, u, rest)
		rest.checkOrder()
	}
}

// everyByte is up to which byte of a connection it is broken: beyond the answer to a request, and beyond a few messages.
const everyByte = 700

// cut: at whatever byte a connection breaks, nothing is lost.
func cut(t *testing.T, s Subject) {
	all := texts(300, 0)
	u := s.Start(t, all)
	u.Wire.breakEach(everyByte)
	l := newLedger(t, all)
	l.block = func(context.Context, int) { checkAcked(t, u, l) }
	drain(t, s, u, l)
	l.checkOrder()
}

// poison: a message that cannot be read is counted and does no harm to its neighbours.
func poison(t *testing.T, s Subject) {
	all := texts(300, 0)
	for i := 0; i < len(all); i += 7 {
		all = slices.Insert(all, i, Poison)
	}
	poisoned := 0
	for _, text := range all {
		if text == Poison {
			poisoned++
		}
	}
	l := newLedger(t, all)
	drain(t, s, s.Start(t, all), l)
	l.checkOrder()
	if l.dropped < poisoned-1 { // the last one may come after the last post
		t.Errorf("%d messages dropped, want %d", l.dropped, poisoned)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// shutdown: when told to stop in the middle of a batch, Read ends with the context's error, and nothing that the sink
// does not have is acknowledged.
func shutdown(t *testing.T, s Subject) {
	all := texts(2500, 0)
	l := newLedger(t, all)
	u := s.Start(t, all)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	l.block = func(ctx context.Context, n int) {
		if n == 2 {
			cancel()
			<-ctx.Done()
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- u.Source.Read(ctx, "", l.sink) }()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Read = %v, want context.Canceled", err)
		}
	case <-time.After(patience):
		t.Fatalf("Read goes on %v after it was told to stop", patience)
	}
	calls := l.calls
	checkAcked(t, u, l)
	l.block = nil
	drain(t, s, u, l)
	l.checkOrder()
	if calls != 2 {
		t.Errorf("the sink was called %d times, although it was stopped in the second", calls)
	}
}

// while is how long a source that cannot be heard is watched.
const while = 300 * time.Millisecond

// silence: a source that may be quiet says that it can be heard although nobody says anything, and does not while nothing comes through.
func silence(t *testing.T, s Subject) {
	u := s.Start(t, nil)
	if q, ok := u.Source.(ingest.Quiet); !ok || !q.MayBeQuiet() {
		return // its silence is a failure
	}
	if u.Wire != nil && !s.Listens {
		u.Wire.swallow(true)
		ctx, cancel := context.WithTimeout(t.Context(), while)
		_ = u.Source.Read(ctx, "", func(context.Context, ingest.Batch) error {
			t.Error("the source says that it can be heard, although nothing comes through")
			return nil
		})
		cancel()
		u.Wire.swallow(false)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	heard := false
	for ctx.Err() == nil && !heard {
		_ = u.Source.Read(ctx, "", func(context.Context, ingest.Batch) error {
			heard = true
			cancel()
			return nil
		})
	}
	if !heard {
		t.Error("the source does not say that it can be heard, although it is only that nobody says anything")
	}
}
