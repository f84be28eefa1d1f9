package window

import (
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// Recall is how long a voice is remembered: within it, a voice that complains again counts once.
const Recall = 30 * time.Minute

const recallSlots = int64(Recall / event.Slot)

// lengths are the sliding windows that a reading reports, shortest first.
func lengths() [3]time.Duration { return [3]time.Duration{time.Minute, 5 * time.Minute, Recall} }

// SlotOf is the number of the slot of time in which t lies.
func SlotOf(t time.Time) int64 { return floorDiv(t.Unix(), int64(event.Slot/time.Second)) }

// EndOf is the end of a slot of time: the At of its reading.
func EndOf(slot int64) time.Time { return time.Unix((slot+1)*int64(event.Slot/time.Second), 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// sum is the weight of the fresh voices of one closed slot.
type sum struct {
	Slot   int64
	Voices float64
}

// Windows are the voices of one service over the last half hour and in the slots that are still open.
type Windows struct {
	service string
	slots   map[int64]*slot
	closed  []int64 // ascending, within Recall
	sums    []sum   // ascending, within Recall
	crowd   crowd
	changes *Changes
}

// New makes the windows of a service. changes collects what has to be stored; nil: nothing is.
func New(service string, changes *Changes) *Windows {
	return &Windows{service: service, slots: make(map[int64]*slot), crowd: newCrowd(), changes: changes}
}

// Add takes in a mention whose slot is still open.
func (w *Windows) Add(m *event.Mention) {
	n := SlotOf(m.At)
	s, ok := w.slots[n]
	if !ok {
		s = newSlot()
		w.slots[n] = s
	}
	k, changed, evicted, full := s.add(m)
	if full {
		w.changes.drop(w.service, n, evicted)
	}
	if changed {
		w.changes.put(w.service, n, k, s)
	}
}

// Idle reports that nothing is remembered and nothing is open.
func (w *Windows) Idle() bool { return len(w.slots) == 0 }

// Close closes a slot and gives its reading; false: the service was silent in it. Slots are closed in rising order.
func (w *Windows) Close(n int64) (event.Reading, bool) {
	w.Expire(n)
	s, ok := w.slots[n]
	if !ok {
		return event.Reading{}, false
	}
	var t teller
	r := event.Reading{Service: w.service, At: EndOf(n)}
	scale := s.scale()
	for _, rec := range s.inOrder() {
		w.hear(rec, scale, &r, &t)
	}
	w.closed = append(w.closed, n)
	if r.Voices > 0 {
		w.sums = append(w.sums, sum{n, r.Voices})
		w.changes.putSum(w.service, n, r.Voices)
	}
	r.Tally = t.total()
	r.Windows = w.windows(n)
	return r, true
}

// hear weighs one record and makes it part of the crowd.
func (w *Windows) hear(rec *record, scale float64, r *event.Reading, t *teller) {
	m := &rec.Mention
	known := w.crowd.knows(m)
	switch {
	case m.Kind.IsComplaint():
		r.Posts += int(float64(len(rec.Posts))*scale + 0.5)
		if !known {
			weight := w.crowd.weight(m)
			if !m.Repost { // what is passed on stands for nobody but itself
				weight *= scale
			}
			r.Voices += weight
			t.complain(m, weight)
		}
	case m.Kind == event.Official:
		t.pronounce(m)
	case !known:
		t.remark(m, reWeight(m)*scale)
	}
	w.crowd.count(rec, 1)
}

func reWeight(m *event.Mention) float64 {
	if m.Repost {
		return repostWeight
	}
	return 1
}

// Expire forgets the closed slots that lie Recall before slot n.
func (w *Windows) Expire(n int64) {
	for len(w.closed) > 0 && w.closed[0] <= n-recallSlots {
		old := w.closed[0]
		s := w.slots[old]
		for _, rec := range s.records {
			w.crowd.count(rec, -1)
		}
		w.changes.forget(w.service, old, s)
		delete(w.slots, old)
		w.closed = slices.Delete(w.closed, 0, 1)
	}
	for len(w.sums) > 0 && w.sums[0].Slot <= n-recallSlots {
		w.changes.forgetSum(w.service, w.sums[0].Slot)
		w.sums = slices.Delete(w.sums, 0, 1)
	}
}

func (w *Windows) windows(n int64) []event.Window {
	var out []event.Window
	for _, length := range lengths() {
		slots := int64(length / event.Slot)
		total := 0.0
		for _, s := range w.sums {
			if s.Slot > n-slots {
				total += s.Voices
			}
		}
		out = append(out, event.Window{Seconds: int(length / time.Second), Voices: total})
	}
	return out
}

// Settle rebuilds what follows from the restored fields; slots below open are closed.
func (w *Windows) Settle(open int64) {
	slices.SortFunc(w.sums, func(a, b sum) int { return int(a.Slot - b.Slot) })
	for n, s := range w.slots {
		if n >= open {
			continue
		}
		w.closed = append(w.closed, n)
		for _, rec := range s.records {
			w.crowd.count(rec, 1)
		}
	}
	slices.Sort(w.closed)
}

// Open lists the slots from slot open on that hold something.
func (w *Windows) Open(open int64) []int64 {
	var ns []int64
	for n := range w.slots {
		if n >= open {
			ns = append(ns, n)
		}
	}
	return ns
}
