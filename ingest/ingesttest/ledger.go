package ingesttest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// ledger is a sink that writes down what it took over and judges how it was given.
type ledger struct {
	t *testing.T
	// refuse, if set, is asked at the n-th call, from 1, whether to fail. block, if set, is called first.
	refuse func(n int) bool
	block  func(ctx context.Context, n int)

	mu      sync.Mutex
	inUse   bool
	calls   int
	wanted  map[string]bool
	want    []string
	taken   []string // first occurrences, in order
	again   int
	seen    int
	dropped int
	cursor  string
	cursors []mark
	done    func()
}

// mark is a cursor with how many posts were taken over when it was given.
type mark struct {
	cursor string
	taken  int
}

var errRefused = errors.New("the sink of the exam fails")

// newLedger makes a ledger that is complete when it holds all texts, poison apart.
func newLedger(t *testing.T, all []string) *ledger {
	l := &ledger{t: t, wanted: map[string]bool{}}
	for _, text := range all {
		if text != Poison {
			l.wanted[text] = false
			l.want = append(l.want, text)
		}
	}
	return l
}

// sink is the ingest.Sink.
func (l *ledger) sink(ctx context.Context, b ingest.Batch) error {
	n := l.enter()
	defer l.leave()
	if l.block != nil {
		l.block(ctx, n)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.refuse != nil && l.refuse(n) {
		return errRefused
	}
	l.write(&b)
	return nil
}

func (l *ledger) enter() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.inUse {
		l.t.Error("the sink was given a batch while it had another")
	}
	l.inUse = true
	l.calls++
	return l.calls
}

func (l *ledger) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inUse = false
}

func (l *ledger) write(b *ingest.Batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.Seen < len(b.Posts) {
		l.t.Errorf("a batch of %d posts says that %d were seen", len(b.Posts), b.Seen)
	}
	for i := range b.Posts {
		l.writePost(&b.Posts[i])
	}
	l.seen += b.Seen
	for _, n := range b.Dropped {
		l.dropped += n
	}
	if b.Cursor != "" {
		l.cursor = b.Cursor
		l.cursors = append(l.cursors, mark{b.Cursor, len(l.taken)})
	}
	if len(l.taken) == len(l.want) && l.done != nil {
		l.done()
	}
}

func (l *ledger) writePost(p *event.Post) {
	if err := p.Check(); err != nil {
		l.t.Errorf("post %q: %v", p.Text, err)
	}
	was, known := l.wanted[p.Text]
	switch {
	case !known:
		l.t.Errorf("nobody posted %q", p.Text)
	case was:
		l.again++
	default:
		l.wanted[p.Text] = true
		l.taken = append(l.taken, p.Text)
	}
}

// onComplete has stop called when everything is there, unless the source ends by itself.
func (l *ledger) onComplete(stop func(), ends bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !ends {
		l.done = stop
	}
}

func (l *ledger) safe() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cursor
}

func (l *ledger) missing() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.want) - len(l.taken)
}

func (l *ledger) complete() bool { return l.missing() == 0 }

func (l *ledger) firstMissing() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, text := range l.want {
		if !l.wanted[text] {
			return text
		}
	}
	return ""
}

// has reports whether the text was taken over.
func (l *ledger) has(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wanted[text]
}

// checkOrder holds the order of what was taken over, repeats apart, against the order in which it was posted.
func (l *ledger) checkOrder() {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, text := range l.taken {
		if l.want[i] != text {
			l.t.Fatalf("post number %d is %.20q, want %.20q", i, text, l.want[i])
		}
	}
}
