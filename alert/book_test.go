package alert_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// book is what the receiver of an evening keeps: repeats are folded by key.
type book struct {
	// sick is how many calls it still fails.
	sick int
	// seen is what it was told first of each event, and order when; last is what was told last of an outage.
	seen  map[string]map[int]arrival
	order map[string][]int
	last  map[string]alert.Notice
	// asides are those that arrived beside the log, by key, with their time.
	asides map[string]time.Time
	// adrift are the outages of which something was told beside the log by a Desk that could not look at the log again: it was
	// cut off, or died. What it told may be the last word, and nobody can know.
	adrift map[string]*clerk
	// dead are the dead letters, and refused the keys that it refuses for good.
	dead, refused map[string]bool
}

type arrival struct {
	alert.Notice
	at time.Time
}

func newBook() book {
	return book{
		seen: map[string]map[int]arrival{}, order: map[string][]int{}, last: map[string]alert.Notice{},
		asides: map[string]time.Time{}, adrift: map[string]*clerk{}, dead: map[string]bool{}, refused: map[string]bool{},
	}
}

// hear is the receiver: it may fail, before or after it has taken the notice in.
func (w *evening) hear(n alert.Notice) error {
	if w.fault(20) {
		w.sick = 1 + w.rand.IntN(6)
	}
	if w.sick > 0 {
		w.sick--
		w.tally.Failures++
		if w.chance(3) {
			return alert.RetryAfter(time.Duration(w.rand.IntN(60))*time.Second, errDown)
		}
		return errDown
	}
	if _, again := w.seen[n.Event.Data.ID][n.Event.Data.Seq]; w.refused[n.Key] || (!again && w.fault(60)) {
		w.refused[n.Key] = true
		w.tally.Refusals++
		return alert.Permanent(errDown)
	}
	w.takeIn(n)
	if w.fault(18) {
		w.tally.Failures++
		return errDown // taken in, but the answer is lost
	}
	return nil
}

// takeIn writes a notice into the book.
func (w *evening) takeIn(n alert.Notice) {
	id, seq := n.Event.Data.ID, n.Event.Data.Seq
	w.tell("told %s (%s)", n.Key, n.Event.Kind())
	if isAside(&n.Event) {
		w.takeAside(n)
		return
	}
	if w.seen[id] == nil {
		w.seen[id] = map[int]arrival{}
	}
	first, again := w.seen[id][seq]
	if !again {
		w.judgePace(&n.Event)
	}
	if seq >= w.last[id].Event.Data.Seq {
		w.last[id] = n
	}
	if again {
		w.tally.Repeats++
		if first.Key != n.Key || first.Event.ID != n.Event.ID || !first.Event.Time.Equal(n.Event.Time) {
			w.tally.OtherKeys++
		}
		return
	}
	w.seen[id][seq] = arrival{n, w.now}
	if len(w.order[id]) == 0 && isGoodNews(&n.Event) && !w.hasDead(id) {
		w.tally.NoBeginning++
		w.tell("%s is the first that is told of its outage", n.Key)
	}
	w.order[id] = append(w.order[id], seq)
	w.tally.Told++
	if w.isMuted(id, n.Event.Time) || w.policy.After > 0 {
		w.tally.KeptTold++
	}
}

func isAside(e *event.Event) bool {
	return e.Kind() == alert.TypeReminder || e.Kind() == alert.TypeTaken
}

func takenKey(id string) string { return id + "-ops-taken" }

func (w *evening) isTaken(id string) bool {
	return !w.asides[takenKey(id)].IsZero() || w.refused[takenKey(id)]
}

// hasDead reports whether an event of an outage is a dead letter.
func (w *evening) hasDead(id string) bool {
	for key := range w.dead {
		if strings.HasPrefix(key, id+"-") {
			return true
		}
	}
	return false
}

// judgePace holds good news of an outage that flaps to having lasted for a while, where the receiver is to be spared. Where
// letters are dead, the receiver knows less than the Desk has settled.
func (w *evening) judgePace(e *event.Event) {
	before := w.last[e.Data.ID].Event.Data
	better := e.Data.Phase == event.Recovering || e.Data.Phase == event.Resolved
	graver := before.Severity == event.Minor && e.Data.Severity == event.Major
	if w.policy.Damp && !w.hasDead(e.Data.ID) && e.Kind() != event.TypeAcknowledged && better && before.Phase == event.Confirmed && !graver &&
		e.Data.Waves > 1 && w.now.Before(e.Time.Add(15*time.Minute)) {
		w.tally.TooSoon++
		w.tell("too soon: %s", e.ID)
	}
}

// takeAside holds what is told beside the log to its time: each reminder of each event, and who took an outage over, come once,
// folded by key, and not too soon.
func (w *evening) takeAside(n alert.Notice) {
	id, seq := n.Event.Data.ID, n.Event.Data.Seq
	w.last[id] = n
	key, soon := takenKey(id), n.Ack == nil
	if n.Event.Kind() == alert.TypeReminder {
		key = fmt.Sprintf("%s-ops-again-%d", n.Event.ID, n.Reminder)
		soon = w.now.Before(w.seen[id][seq].at.Add(time.Duration(n.Reminder) * w.policy.Remind))
	}
	if n.Key != key {
		w.tally.OtherKeys++
	}
	if first, again := w.asides[n.Key]; again {
		w.tally.Repeats++
		if !first.Equal(n.Event.Time) {
			w.tally.OtherKeys++
		}
		return
	}
	w.asides[n.Key] = n.Event.Time
	w.tally.Asides++
	if _, ok := w.seen[id][seq]; soon || (!ok && !w.dead[n.Event.ID]) {
		w.tally.TooSoon++
		w.tell("too soon: %s", n.Key)
	}
}

// isTold reports whether e was told, or given up.
func (w *evening) isTold(e *event.Event) bool {
	_, told := w.seen[e.Data.ID][e.Data.Seq]
	return told || w.dead[e.ID]
}

// judge holds the receiver's book against the log.
func (w *evening) judge() {
	lives := map[string][]event.Event{}
	for _, e := range w.log {
		if life := lives[e.Data.ID]; len(life) < e.Data.Seq {
			lives[e.Data.ID] = append(life, e)
		}
	}
	for id, life := range lives {
		w.judgeLife(id, life)
	}
}

func (w *evening) judgeLife(id string, life []event.Event) {
	if !slices.IsSorted(w.order[id]) {
		w.tally.OutOfOrder++
		w.tell("outage %s was told in the order %v", id, w.order[id])
	}
	begun := false
	for i := range life {
		e := &life[i]
		muted := w.isMuted(id, e.Time) && (e.Kind() != event.TypeResolved || !begun)
		spared := begun && w.isSpared(life, i)
		if w.mustOpen(e, muted) || w.isTold(e) {
			begun = true
		}
		if !begun || muted || spared {
			continue
		}
		w.tally.Events++
		if !w.isTold(e) {
			w.tally.Lost++
			w.tell("event %s was lost", e.ID)
		}
	}
	end := &life[len(life)-1]
	if last, ok := w.last[id]; ok && begun && !w.dead[end.ID] && w.adrift[id] == nil && (isAside(&last.Event) || last.Event.Data.Seq < end.Data.Seq) {
		w.tally.LastWords++
		w.tell("the last word of %s is %s", id, last.Key)
	}
}

// isSpared reports whether the receiver may be spared the event i of a life: it is not the last, nor the official word, nor
// graver than all before.
func (w *evening) isSpared(life []event.Event, i int) bool {
	return w.policy.Damp && i < len(life)-1 && life[i].Kind() != event.TypeAcknowledged && life[i].Data.Severity == life[i-1].Data.Severity
}

func isGoodNews(e *event.Event) bool {
	return e.Kind() == event.TypeRecovering || e.Kind() == event.TypeResolved
}

// mustOpen reports whether e is news that the receiver cannot miss, whatever it was told before.
func (w *evening) mustOpen(e *event.Event, muted bool) bool {
	return w.policy.After == 0 && !muted && e.Data.ConfirmedAt != nil && !isGoodNews(e) &&
		(w.policy.Wants == nil || w.policy.Wants(e, e.Time) == "")
}
