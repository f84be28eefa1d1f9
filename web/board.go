package web

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/outcry/outcry/event"
)

// How much a Board remembers.
const (
	maxOutages = 1000 // the oldest resolved ones are forgotten first
	maxEvents  = 200  // of one outage: the first, and the newest
	maxIDBytes = 200
)

// recently is for how long after its last event a resolved outage counts as recent.
const recently = 24 * time.Hour

// Board is what is known now: the newest state of each outage and how it came to it, how loud services were in the last
// hour, and which sources are heard. It is a fold: events may come twice, late, or from the very beginning of the log
// again. It is safe for concurrent use, and its memory is bounded.
type Board struct {
	metrics *Metrics
	tail    *tail

	mu      sync.RWMutex
	outages map[string][]event.Event // by outage, rising by Seq
	pulses  map[string]*pulse
	sources map[string]SourceState
	now     time.Time
}

// NewBoard returns an empty board. metrics may be nil.
func NewBoard(metrics *Metrics) *Board {
	return &Board{
		metrics: metrics,
		tail:    newTail(maxTail),
		outages: map[string][]event.Event{},
		pulses:  map[string]*pulse{},
		sources: map[string]SourceState{},
	}
}

// Handle folds one event of an outage in. An event that is already known, or that no outage can have sent, changes
// nothing and is counted. The error is always nil; the event must not be changed afterwards.
func (b *Board) Handle(_ context.Context, e event.Event) error {
	if e.Check() != nil || !isPlain(e.Data.ID) {
		b.metrics.event("refused")
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	events := b.outages[e.Data.ID]
	at, known := slices.BinarySearchFunc(events, e.Data.Seq, func(have event.Event, seq int) int { return have.Data.Seq - seq })
	if known {
		b.metrics.event("known")
		return nil
	}
	events = slices.Insert(events, at, e)
	if len(events) > maxEvents {
		events = slices.Delete(events, 1, 2)
	}
	b.outages[e.Data.ID] = events
	b.forget()
	b.advance(e.Time)
	b.tail.add(e)
	b.metrics.event("new")
	return nil
}

// isPlain reports whether an id can stand in addresses, logs and streams as it is.
func isPlain(id string) bool {
	return len(id) <= maxIDBytes && !strings.ContainsFunc(id, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar
	})
}

// HandleTick takes the progress of event time, and which sources are blind.
func (b *Board) HandleTick(_ context.Context, t event.Tick) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t.At.Before(b.now) {
		return nil
	}
	b.advance(t.At)
	b.blind(t)
	return nil
}

func (b *Board) advance(at time.Time) {
	if at.After(b.now) {
		b.now = at.UTC()
		b.tail.touch()
	}
}

// forget drops the oldest outage, a resolved one if there is one, when there are too many.
func (b *Board) forget() {
	if len(b.outages) <= maxOutages {
		return
	}
	var oldest *event.Event
	for _, events := range b.outages {
		candidate := &events[len(events)-1]
		if oldest == nil || goesBefore(candidate, oldest) {
			oldest = candidate
		}
	}
	delete(b.outages, oldest.Data.ID)
}

// goesBefore reports whether a is forgotten before b.
func goesBefore(a, b *event.Event) bool {
	if over := a.Data.Phase == event.Resolved; over != (b.Data.Phase == event.Resolved) {
		return over
	}
	if !a.Time.Equal(b.Time) {
		return a.Time.Before(b.Time)
	}
	return a.Data.ID < b.Data.ID
}

// Now is how far event time has come; zero while nothing was heard.
func (b *Board) Now() time.Time {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.now
}

// Current gives the newest state of every outage that is not over, the gravest first.
func (b *Board) Current() []event.Event {
	current := b.newest(func(e event.Event) bool { return e.Data.Phase != event.Resolved })
	slices.SortStableFunc(current, func(x, y event.Event) int { return gravity(y) - gravity(x) })
	return current
}

// Recent gives the last state of every outage that was resolved within a day before Now, newest first.
func (b *Board) Recent() []event.Event {
	since := b.Now().Add(-recently)
	return b.newest(func(e event.Event) bool { return e.Data.Phase == event.Resolved && e.Time.After(since) })
}

// All gives the newest state of every outage that is remembered, newest first.
func (b *Board) All() []event.Event {
	return b.newest(func(event.Event) bool { return true })
}

// History gives the events of one outage, rising by Seq; none if it is not known.
func (b *Board) History(id string) []event.Event {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Clone(b.outages[id])
}

// newest gives the last event of each outage that keep wants, the newest first.
func (b *Board) newest(keep func(event.Event) bool) []event.Event {
	b.mu.RLock()
	defer b.mu.RUnlock()
	found := []event.Event{}
	for _, events := range b.outages {
		if last := events[len(events)-1]; keep(last) {
			found = append(found, last)
		}
	}
	slices.SortFunc(found, func(x, y event.Event) int {
		if c := y.Time.Compare(x.Time); c != 0 {
			return c
		}
		return strings.Compare(x.Data.ID, y.Data.ID)
	})
	return found
}

// gravity orders outages for people: what is certain before what is suspected, then by severity.
func gravity(e event.Event) int {
	rank := 0
	switch e.Data.Severity {
	case event.Critical:
		rank = 3
	case event.Major:
		rank = 2
	case event.Minor:
		rank = 1
	}
	if e.Data.Phase != event.Suspected {
		rank += 10
	}
	return rank
}
