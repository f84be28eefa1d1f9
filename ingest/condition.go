package ingest

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/outcry/outcry/event"
)

// Bounds of what a status says in words.
const (
	maxSaidError  = 300
	maxSaidCursor = 200
)

// condition is how a source fares. It is safe for concurrent use.
type condition struct {
	observer Observer

	mu     sync.Mutex
	status event.SourceStatus
	posts  recent
	// waits sums up the seconds in which the source waited for the log; waiting is since when it does now.
	waits   recent
	waiting time.Time
	// began is when the source was first tried, well when it last could be heard, and away since when it has not been; zero: it has been
	// since it was last read.
	began, well, away time.Time
	// failure is why it failed last, and failures in which ways it did since it was last heard; "" and none: it could be heard since.
	failure  string
	failures []string
	// spent says what the source has cost; nil: it costs nothing.
	spent func() event.SourceSpent
}

func newCondition(s Source, observer Observer) *condition {
	c := &condition{observer: observer, status: event.SourceStatus{Source: s.Name()}}
	if spender, ok := s.(Spender); ok {
		c.spent = spender.Spent
	}
	return c
}

// Status is how the source fares now.
func (c *condition) Status() event.SourceStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now(time.Now())
}

// now completes the status; the caller holds mu.
func (c *condition) now(at time.Time) event.SourceStatus {
	s := c.status
	s.At, s.Rate = at.UTC(), c.posts.perSecond(at)
	waits := c.waits
	if !c.waiting.IsZero() {
		waits.add(at, at.Sub(c.waiting).Seconds())
	}
	s.Busy = min(1, waits.perSecond(at))
	if c.spent != nil {
		spent := c.spent()
		s.Spent = &spent
	}
	return s
}

// enter changes the state and tells the observer; changed: it was another one.
func (c *condition) enter(s event.SourceState, err error) (changed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if c.began.IsZero() {
		c.began = now
	}
	said := ""
	if err != nil {
		said = clip(err.Error(), maxSaidError)
	}
	if changed = c.status.State != s; !changed && c.status.Error == said {
		return false
	}
	if changed {
		c.status.Since = now.UTC()
	}
	c.status.State, c.status.Error, c.status.NextTry = s, said, time.Time{}
	switch s {
	case event.SourceBlind, event.SourceStopped:
		if c.status.BlindSince.IsZero() {
			c.status.BlindSince = later(c.began, c.well).UTC()
		}
	case event.SourceLive, event.SourceDone:
		c.status.BlindSince = time.Time{}
	default: // the others leave open whether it can be heard
	}
	if c.observer != nil {
		c.observer.Observe(c.now(now))
	}
	return changed
}

// took is told of every batch that is safe.
func (c *condition) took(b *Batch) {
	c.mu.Lock()
	now := time.Now()
	c.well, c.away = now, time.Time{}
	c.posts.add(now, float64(b.Seen))
	c.status.Posts += uint64(max(0, b.Seen))
	if b.Seen > 0 {
		c.status.HeardAt = now.UTC()
	}
	if newest := b.newest(); newest.After(c.status.LastPost) {
		c.status.LastPost = newest.UTC()
		c.status.LagS = max(0, now.Sub(newest).Round(time.Millisecond).Seconds())
	}
	if b.Cursor != "" {
		c.status.Cursor = clip(b.Cursor, maxSaidCursor)
	}
	c.mu.Unlock()
	c.enter(event.SourceLive, nil)
}

// gives is told when the source begins to hand a batch on.
func (c *condition) gives() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = time.Now()
}

// gave is told when the batch is handed on, or refused.
func (c *condition) gave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.waits.add(now, now.Sub(c.waiting).Seconds())
	c.waiting = time.Time{}
}

// resumes says from where the source is read first.
func (c *condition) resumes(cursor string) {
	c.note(func(s *event.SourceStatus) { s.Cursor = clip(cursor, maxSaidCursor) })
}

// alive is told that a source which may be quiet has not failed for a while.
func (c *condition) alive() {
	c.mu.Lock()
	c.well, c.away = time.Now(), time.Time{}
	stalled := c.status.State == event.SourceStalled
	c.mu.Unlock()
	if !stalled {
		c.enter(event.SourceLive, nil)
	}
}

// maxFailures bounds the failures that are remembered. A source that tries several endpoints in turn has one of each.
const maxFailures = 20

// fails notes why the source failed; news: it has not failed so since it was last heard.
func (c *condition) fails(err error) (news bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failure = err.Error()
	if slices.Contains(c.failures, c.failure) {
		return false
	}
	c.failures = append(c.failures[max(0, len(c.failures)+1-maxFailures):], c.failure)
	return true
}

// recovers notes that the source can be heard, and gives why it last could not; "": it could all the time.
func (c *condition) recovers() (failure string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	failure, c.failure, c.failures = c.failure, "", nil
	return failure
}

// missed is told of every failure of the source itself, and reports whether it has been away for too long.
func (c *condition) missed(err error) (blind bool) {
	c.mu.Lock()
	if c.away.IsZero() {
		c.away = time.Now()
	}
	blind = time.Since(c.away) >= blindAfter
	c.mu.Unlock()
	if !blind {
		c.enter(event.SourceBackingOff, err)
	}
	return blind
}

// untilBlind is how much longer the source may be away; away: it is, and is not blind yet.
func (c *condition) untilBlind() (left time.Duration, away bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away.IsZero() || c.status.State != event.SourceBackingOff {
		return 0, false
	}
	return max(0, blindAfter-time.Since(c.away)), true
}

// retries notes when the source will be tried again.
func (c *condition) retries(at time.Time) {
	c.note(func(s *event.SourceStatus) { s.NextTry = at.UTC() })
}

func (c *condition) note(change func(*event.SourceStatus)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.status)
}

// clip makes a text one line of bounded length.
func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
