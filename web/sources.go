package web

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// maxSources bounds the sources that are remembered; there are as many as are configured.
const maxSources = 200

// sourceLost is the state of a source whose process has not been heard of for a while; the others are those of event.SourceState.
const sourceLost = "lost"

// SourceState is whether a source can be heard.
type SourceState struct {
	Name string `json:"name"`
	// State is an event.SourceState; "lost": nothing is heard of the process that read it. Of a source that says nothing of itself it
	// follows from the log: live, blind or done.
	State string `json:"state"`
	// At is the event time up to which the source is complete; null: not known.
	At *time.Time `json:"at"`
	// Status is what the source said of itself last; null: nothing.
	Status *event.SourceStatus `json:"status"`
}

// HandleMark takes how far a source has come.
func (b *Board) HandleMark(_ context.Context, m event.Mark) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	state := b.sources[m.Source]
	state.Name, state.State = m.Source, string(event.SourceLive)
	if !m.At.IsZero() {
		at := m.At.UTC()
		state.At = &at
	}
	switch {
	case m.Ended:
		state.State = string(event.SourceDone)
	case m.Blind:
		state.State = string(event.SourceBlind)
	}
	b.setSource(state)
	return nil
}

// HandleSource takes what a source says of itself.
func (b *Board) HandleSource(_ context.Context, s event.SourceStatus) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	state := b.sources[s.Source]
	state.Name, state.Status = s.Source, &s
	b.setSource(state)
	return nil
}

// blind takes over which sources a tick calls blind.
func (b *Board) blind(t event.Tick) {
	for name, state := range b.sources {
		if state.State == string(event.SourceBlind) && !slices.Contains(t.Blind, name) {
			state.State = string(event.SourceLive)
			b.sources[name] = state
		}
	}
	for _, name := range t.Blind {
		state := b.sources[name]
		state.Name, state.State = name, string(event.SourceBlind)
		b.setSource(state)
	}
}

func (b *Board) setSource(state SourceState) {
	before, known := b.sources[state.Name]
	if !known && len(b.sources) >= maxSources {
		return
	}
	b.sources[state.Name] = state
	if before.present(time.Time{}) != state.present(time.Time{}) || !sameTime(before.At, state.At) {
		b.tail.touch()
	}
}

func sameTime(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

// present is the state at a time of the wall clock: what the source says of itself counts for more than what follows from the log.
func (s SourceState) present(wall time.Time) string {
	switch {
	case s.Status == nil:
		return s.State
	case s.Status.Lost(wall):
		return sourceLost
	}
	return string(s.Status.State)
}

// Sources gives the state of all sources that were heard of, by name, at a time of the wall clock.
func (b *Board) Sources(wall time.Time) []SourceState {
	b.mu.RLock()
	defer b.mu.RUnlock()
	all := slices.SortedFunc(maps.Values(b.sources), func(x, y SourceState) int { return cmp.Compare(x.Name, y.Name) })
	for i := range all {
		all[i].State = all[i].present(wall)
	}
	return all
}
