package web

import (
	"sync"

	"github.com/outcry/outcry/event"
)

// maxTail is how many events a stream that was cut can catch up with.
const maxTail = 1000

// tail keeps the last events in the order in which they came, and wakes those who wait for more. Readers keep their own
// position, so that a slow one costs nothing.
type tail struct {
	limit int

	mu      sync.Mutex
	first   int // position of events[0]
	events  []event.Event
	changed chan struct{} // closed at the next change
}

func newTail(limit int) *tail {
	return &tail{limit: limit, changed: make(chan struct{})}
}

// add appends an event and wakes the readers.
func (t *tail) add(e event.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, e)
	if over := len(t.events) - t.limit; over > 0 {
		t.events = append(t.events[:0:0], t.events[over:]...)
		t.first += over
	}
	t.wake()
}

// touch wakes the readers for something that is no event.
func (t *tail) touch() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wake()
}

func (t *tail) wake() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// end is the position after the last event.
func (t *tail) end() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.first + len(t.events)
}

// after is the position after the event with the given id; false if it is not, or no longer, there.
func (t *tail) after(id string) (int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := len(t.events) - 1; i >= 0; i-- {
		if streamID(t.events[i]) == id {
			return t.first + i + 1, true
		}
	}
	return 0, false
}

// since gives the events from a position on, and a channel that is closed when there is more. ok is false if events after
// that position are already gone.
func (t *tail) since(position int) (events []event.Event, changed <-chan struct{}, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if position < t.first {
		return nil, t.changed, false
	}
	// What was handed in is never changed, and add never writes below the length of a slice it gave out.
	return t.events[position-t.first : len(t.events) : len(t.events)], t.changed, true
}
