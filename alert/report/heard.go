package report

import (
	"time"

	"github.com/outcry/outcry/event"
)

// The time around an outage that is told of, and the most of it.
const (
	before = 45 * time.Minute
	most   = 26 * time.Hour
)

// Heard is how loud the services of an outage were, minute by minute. Readings may come in any order, and twice.
type Heard struct {
	from, until time.Time
	services    []string
	slots       map[string]map[time.Time]float64 // the voices of each service in the slot of event time that ends then
}

// Listen is for the readings of the services that are hit by the outage of e: from a while before it was felt, and up to until; zero: as
// far as there are any.
func Listen(e *event.Event, until time.Time) *Heard {
	end := until
	if end.IsZero() {
		end = e.Time
	}
	h := &Heard{from: e.Data.OnsetAt.Add(-before), until: until, slots: make(map[string]map[time.Time]float64)}
	if oldest := end.Add(-most); h.from.Before(oldest) {
		h.from = oldest
	}
	h.from = h.from.Truncate(time.Minute)
	for _, s := range e.Data.Services {
		if s.Role == event.RoleDown || s.Role == event.RoleDependent {
			h.services = append(h.services, s.ID)
			h.slots[s.ID] = make(map[time.Time]float64)
		}
	}
	return h
}

// Services are the ids of those whose readings are wanted.
func (h *Heard) Services() []string { return h.services }

// From is the time after which readings are wanted.
func (h *Heard) From() time.Time { return h.from }

// Add takes a reading. What is not wanted changes nothing.
func (h *Heard) Add(r event.Reading) {
	slots, wanted := h.slots[r.Service]
	if !wanted || !r.At.After(h.from) || !h.until.IsZero() && r.At.After(h.until) {
		return
	}
	slots[r.At] = r.Voices
}

// end is how far the minutes go: to until or, where that is open, to the newest reading, but not less far than to least.
func (h *Heard) end(least time.Time) time.Time {
	end := h.until
	if end.IsZero() {
		end = least
		for _, slots := range h.slots {
			for at := range slots {
				if at.After(end) {
					end = at
				}
			}
		}
	}
	return end.Truncate(time.Minute) // a minute that is not over would look as if it had grown quiet
}

// series is the voices of each minute from the first to the one that ends at end: of one service, or of all in sum where service is
// empty. Nothing was heard: none.
func (h *Heard) series(service string, end time.Time) []float64 {
	var values []float64
	silent := true
	for at := h.from; at.Before(end); at = at.Add(time.Minute) {
		sum := 0.0
		for _, id := range h.services {
			if service != "" && service != id {
				continue
			}
			for slot := at.Add(event.Slot); !slot.After(at.Add(time.Minute)); slot = slot.Add(event.Slot) {
				sum += h.slots[id][slot]
			}
		}
		silent = silent && sum == 0
		values = append(values, sum)
	}
	if silent {
		return nil
	}
	return values
}
