package scoreboard

import (
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// told is everything that a run told about one outage.
type told struct {
	id     string
	events []event.Event
	// last is the newest state.
	last event.Outage
	// roles is the last role that each service was given.
	roles map[string]event.Role
	// everDown are the services that were called down while the outage was confirmed.
	everDown map[string]bool
}

// fold groups events by outage, in order of first appearance; repeats of one (id, seq) count once.
func fold(events []event.Event) []*told {
	byID := make(map[string]*told)
	seen := make(map[string]bool)
	var all []*told
	for _, e := range events {
		if seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		t := byID[e.Data.ID]
		if t == nil {
			t = &told{id: e.Data.ID, roles: make(map[string]event.Role), everDown: make(map[string]bool)}
			byID[e.Data.ID] = t
			all = append(all, t)
		}
		t.events = append(t.events, e)
	}
	for _, t := range all {
		t.settle()
	}
	return all
}

func (t *told) settle() {
	slices.SortStableFunc(t.events, func(a, b event.Event) int { return a.Data.Seq - b.Data.Seq })
	for _, e := range t.events {
		t.last = e.Data
		for _, s := range e.Data.Services {
			t.roles[s.ID] = s.Role
			if s.Role == event.RoleDown && e.Data.ConfirmedAt != nil {
				t.everDown[s.ID] = true
			}
		}
	}
}

// first is the time of the first event of one of the types at or after from.
func (t *told) first(from time.Time, types ...event.Type) (time.Time, bool) {
	for _, e := range t.events {
		if !e.Time.Before(from) && slices.Contains(types, e.Kind()) {
			return e.Time, true
		}
	}
	return time.Time{}, false
}

// confirmed says that the outage was confirmed at some time.
func (t *told) confirmed() bool {
	_, ok := t.first(time.Time{}, event.TypeConfirmed)
	return ok
}

// resolved is the last time at which it was said to be over; false: it never was, or it relapsed after that.
func (t *told) resolved() (time.Time, bool) {
	for i := len(t.events) - 1; i >= 0; i-- {
		switch t.events[i].Kind() {
		case event.TypeResolved:
			return t.events[i].Time, true
		case event.TypeRelapsed, event.TypeConfirmed:
			return time.Time{}, false
		default:
		}
	}
	return time.Time{}, false
}

// recovering is the last time at which it was said to recover.
func (t *told) recovering() (time.Time, bool) {
	for i := len(t.events) - 1; i >= 0; i-- {
		if t.events[i].Kind() == event.TypeRecovering {
			return t.events[i].Time, true
		}
	}
	return time.Time{}, false
}

// confidence is the one stated when it was confirmed, or the highest stated if it never was.
func (t *told) confidence() float64 {
	best := 0.0
	for _, e := range t.events {
		if e.Kind() == event.TypeConfirmed {
			return e.Data.Confidence
		}
		best = max(best, e.Data.Confidence)
	}
	return best
}

// span is from the onset stated last to the end told, or to end if none was.
func (t *told) span(end time.Time) (from, to time.Time) {
	from, to = t.last.OnsetAt, end
	if at, ok := t.resolved(); ok {
		to = at
	}
	return from, to
}
