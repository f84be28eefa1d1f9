package ingest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/outcry/outcry/event"
)

// Matcher finds the mentions of services in a post.
type Matcher interface {
	// Match appends the mentions to dst.
	Match(dst []event.Mention, p *event.Post) []event.Mention
}

// Log is where mentions are safe.
type Log interface {
	// Append returns nil when all packs and then all marks are stored, in this order. Storing anything twice does no harm.
	Append(ctx context.Context, packs []event.Pack, marks []event.Mark) error
}

// CursorSaver remembers how far a source has been read.
type CursorSaver interface {
	SaveCursor(ctx context.Context, source, cursor string) error
}

// FunnelConfig says how a Funnel keeps time.
type FunnelConfig struct {
	// Lateness is how much older than the newest post a post may be and still be counted. 0 to 10 minutes.
	Lateness time.Duration
	// MaxAhead is how far ahead of Now a post may claim to be; ignored while Now is nil.
	MaxAhead time.Duration
	// Now is the wall clock, for live sources; nil where posts of any time are read.
	Now func() time.Time
	// Wall is the wall clock by which a source that was silent for a while before its first post counts as heard in that while, if
	// the post is of the present. Nil: time begins with the first post.
	Wall func() time.Time
}

// Summary counts what went through a Funnel.
type Summary struct {
	Seen, Mentions int
	Dropped        map[string]int
	// First is the time of the first post that may speak of a service, Last that of the newest post.
	First, Last time.Time
}

// Funnel takes the posts of one source: it matches them, publishes the mentions, marks the time that is complete and
// then saves the cursor, in this order, so that a crash in between repeats work and loses none.
type Funnel struct {
	source  string
	match   Matcher
	log     Log
	cursors CursorSaver
	cfg     FunnelConfig
	metrics *Metrics

	mu      sync.Mutex
	found   []event.Mention
	oldest  time.Time
	newest  time.Time
	silence time.Duration
	marked  time.Time
	blind   bool
	cursor  string
	summary Summary
}

// NewFunnel makes the funnel of one source. cursors may be nil for a source that is never resumed.
func NewFunnel(source string, m Matcher, log Log, cursors CursorSaver, cfg FunnelConfig, metrics *Metrics) *Funnel {
	return &Funnel{
		source: source, match: m, log: log, cursors: cursors, cfg: cfg, metrics: metrics,
		summary: Summary{Dropped: map[string]int{}},
	}
}

// Take is the Sink of the source. nil: all of the batch that says anything is in the log.
func (f *Funnel) Take(ctx context.Context, b Batch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.metrics.wait(f.source, time.Now())
	before := f.newest
	if err := f.append(ctx, f.packs(b.Posts), f.advance(&b)); err != nil {
		f.newest = before
		return err
	}
	f.silence = 0
	f.account(&b)
	return f.save(ctx, b.Cursor)
}

// packs matches the posts and groups the mentions by service, in order of appearance.
func (f *Funnel) packs(posts []event.Post) []event.Pack {
	f.found = f.found[:0]
	for i := range posts {
		if f.ahead(posts[i].CreatedAt) {
			f.drop(ReasonAhead)
			continue
		}
		f.found = f.match.Match(f.found, &posts[i])
	}
	if len(f.found) == 0 {
		return nil
	}
	index := make(map[string]int)
	var packs []event.Pack
	for i := range f.found {
		m := &f.found[i]
		n, ok := index[m.Service]
		if !ok {
			n = len(packs)
			index[m.Service] = n
			packs = append(packs, event.Pack{Service: m.Service})
		}
		packs[n].Mentions = append(packs[n].Mentions, *m)
		f.metrics.mention(f.source, string(m.Kind))
	}
	return packs
}

func (f *Funnel) ahead(t time.Time) bool {
	return f.cfg.Now != nil && t.Sub(f.cfg.Now()) > f.cfg.MaxAhead
}

// advance moves the source's time on and returns the marks that say so.
func (f *Funnel) advance(b *Batch) []event.Mark {
	if f.ahead(b.Through) || !b.Through.After(f.newest) {
		return nil
	}
	f.newest = b.Through
	if f.marked.IsZero() {
		return f.first(b)
	}
	var marks []event.Mark
	marked, blind := f.marked, f.blind
	for _, g := range b.Gaps {
		marks = append(marks,
			event.Mark{Source: f.source, At: later(marked, g.From.Truncate(event.Slot).Add(event.Slot)), Blind: true},
			event.Mark{Source: f.source, At: f.complete(g.To)})
		marked, blind = f.complete(g.To), false
	}
	if at := f.complete(b.Through); at.After(marked) || blind {
		marks = append(marks, event.Mark{Source: f.source, At: at})
	}
	return marks
}

// first makes the source's first mark, as soon as nothing older than its oldest post can come any more.
func (f *Funnel) first(b *Batch) []event.Mark {
	for _, from := range []time.Time{b.From, b.Through} {
		if !from.IsZero() && (f.oldest.IsZero() || from.Before(f.oldest)) {
			f.oldest = from
		}
	}
	f.backdate(b.Through)
	at := f.complete(b.Through)
	if !at.After(f.oldest) {
		return nil
	}
	return []event.Mark{f.mark(at)}
}

// presence is how far from the wall clock a post of the present may be.
const presence = 5 * time.Minute

// backdate lets the source's time begin with the silence before its first post, if that post is of the present: who has listened for
// an hour and heard nothing knows how silent it usually is.
func (f *Funnel) backdate(first time.Time) {
	waited := f.silence
	f.silence = 0
	if f.cfg.Wall == nil || waited < silenceGrace {
		return
	}
	now := f.cfg.Wall()
	if since := now.Add(-waited); now.Sub(first).Abs() <= presence && since.Before(f.oldest) {
		f.oldest = since
	}
}

// mark says that the source's time has come to at; the first one says since when.
func (f *Funnel) mark(at time.Time) event.Mark {
	m := event.Mark{Source: f.source, At: at}
	if f.marked.IsZero() {
		m.Since = f.oldest
	}
	return m
}

// complete is the time before which nothing comes any more once a post of time t has been seen.
func (f *Funnel) complete(t time.Time) time.Time { return t.Add(-f.cfg.Lateness).Truncate(event.Slot) }

// append publishes, and only then remembers what the marks said.
func (f *Funnel) append(ctx context.Context, packs []event.Pack, marks []event.Mark) error {
	if len(packs) == 0 && len(marks) == 0 {
		return nil
	}
	if err := f.log.Append(ctx, packs, marks); err != nil {
		return fmt.Errorf("publish mentions of source %s: %w", f.source, err)
	}
	for _, m := range marks {
		f.marked, f.blind = m.At, m.Blind
	}
	f.summary.Mentions += len(f.found)
	f.found = f.found[:0]
	return nil
}

func (f *Funnel) save(ctx context.Context, cursor string) error {
	if f.cursors == nil || cursor == "" || cursor == f.cursor {
		return nil
	}
	if err := f.cursors.SaveCursor(ctx, f.source, cursor); err != nil {
		return fmt.Errorf("save the cursor of source %s: %w", f.source, err)
	}
	f.cursor = cursor
	return nil
}

func (f *Funnel) drop(reason string) {
	f.summary.Dropped[reason]++
	f.metrics.drop(f.source, reason)
}

func (f *Funnel) account(b *Batch) {
	f.metrics.read(f.source, b)
	f.summary.Seen += b.Seen
	for reason, n := range b.Dropped {
		f.summary.Dropped[reason] += n
	}
	for i := range b.Posts {
		if at := b.Posts[i].CreatedAt; f.summary.First.IsZero() || at.Before(f.summary.First) {
			f.summary.First = at
		}
	}
	f.summary.Last = f.newest
}

// silenceGrace is how long a source may be silent before its time moves on by the wall clock.
const silenceGrace = 30 * time.Second

// Elapse takes note that d passed on the wall clock while the source was connected and silent. From the second half minute of
// silence on, the source's time moves with it.
func (f *Funnel) Elapse(ctx context.Context, d time.Duration) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.silence += d
	if f.newest.IsZero() || f.silence <= silenceGrace {
		return nil
	}
	at := f.complete(f.newest.Add(f.silence - silenceGrace))
	if !at.After(later(f.marked, f.oldest)) {
		return nil
	}
	return f.append(ctx, nil, []event.Mark{f.mark(at)})
}

// Blind says that the source cannot be heard any more, or never could. A source that has not said how far its time has come says so
// without a time: whoever knows an earlier mark of it goes on from there.
func (f *Funnel) Blind(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blind {
		return nil
	}
	f.silence = 0
	mark := event.Mark{Source: f.source, Blind: true}
	if !f.marked.IsZero() {
		mark.At = f.newest.Truncate(event.Slot)
	}
	return f.append(ctx, nil, []event.Mark{mark})
}

// End says that the source has given all it has: its time is complete to the end of the slot of its newest post.
func (f *Funnel) End(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.newest.IsZero() {
		return nil
	}
	end := f.newest.Truncate(event.Slot).Add(event.Slot)
	mark := f.mark(end)
	mark.Ended = true
	return f.append(ctx, nil, []event.Mark{mark})
}

// Summary gives the counts so far.
func (f *Funnel) Summary() Summary {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.summary
	s.Dropped = make(map[string]int, len(f.summary.Dropped))
	for k, v := range f.summary.Dropped {
		s.Dropped[k] = v
	}
	return s
}
