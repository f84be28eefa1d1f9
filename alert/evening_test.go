package alert_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// evening is one run of the simulation: a server with the log and two consumers, two Desks, the receiver and the clock. One
// thing happens at a time, and which one is decided by the seed.
type evening struct {
	rand  *rand.Rand
	now   time.Time
	broke sabotage
	// script is what has not been published yet, and log what has.
	script, log []event.Event
	// acked is the place of the consumer of Handle; held are the events that are with a Desk, by position.
	acked int
	held  map[int]*clerk
	// later is the consumer of Look, by position.
	later  []errand
	notes  map[string]note
	ledger *alert.Ledger
	policy alert.Policy
	clerks []*clerk
	// healed is set when there have been faults enough, so that the evening can end.
	healed bool
	book
	story strings.Builder
	tally tally
}

// errand is an event that Look has not done with.
type errand struct {
	due  time.Time
	done bool
	with *clerk
}

// How long an evening has faults, and how long it may last.
const (
	stepsOfFaults = 600
	stepsAtMost   = 20_000
)

func playEvening(seed uint64, broke sabotage) tally {
	w := &evening{
		rand: rand.New(rand.NewPCG(seed, 4)), now: noon, broke: broke, held: map[int]*clerk{}, notes: map[string]note{},
		ledger: alert.NewLedger(), book: newBook(),
	}
	w.script = w.randomLog()
	w.policy = w.randomPolicy()
	clerks := 2
	if broke.peaceful {
		clerks = 1
	}
	for i := range clerks {
		w.clerks = append(w.clerks, &clerk{w: w, number: i})
	}
	steps := 0
	for ; !w.isOver() && steps < stepsAtMost; steps++ {
		if steps == stepsOfFaults {
			w.heal()
		}
		w.step()
	}
	for _, k := range w.clerks {
		k.kill()
	}
	if steps == stepsAtMost {
		w.tally.Stuck++
		w.tell("stuck: %d of %d settled", w.acked, len(w.log))
	}
	w.judge()
	w.tally.story = w.story.String()
	return w.tally
}

// chance is true once in n times.
func (w *evening) chance(n int) bool { return w.rand.IntN(n) == 0 }

// fault is true once in n times while there are faults.
func (w *evening) fault(n int) bool { return !w.healed && !w.broke.peaceful && w.chance(n) }

func (w *evening) tell(format string, args ...any) {
	fmt.Fprintf(&w.story, "%s %s\n", w.now.Format("15:04:05"), fmt.Sprintf(format, args...))
}

// isOver reports whether everything was published and settled.
func (w *evening) isOver() bool {
	return len(w.script) == 0 && w.acked >= len(w.log) && !slices.ContainsFunc(w.later, func(e errand) bool { return !e.done })
}

// randomLog interleaves the lives of a few outages, every one of which is confirmed and ends.
func (w *evening) randomLog() []event.Event {
	middle := []event.Type{event.TypeChanged, event.TypeAcknowledged, event.TypeRecovering, event.TypeRelapsed, event.TypeResolved}
	var lives [][]event.Event
	for i := range 1 + w.rand.IntN(3) {
		id := fmt.Sprint("o", i)
		life := []event.Event{unconfirmed(id, 1, event.TypeSuspected, event.Suspected), told(id, 2, event.TypeConfirmed)}
		for range w.rand.IntN(6) {
			life = append(life, told(id, len(life)+1, middle[w.rand.IntN(len(middle))]))
		}
		lives = append(lives, w.inWaves(append(life, told(id, len(life)+1, event.TypeResolved))))
	}
	var log []event.Event
	for len(lives) > 0 {
		i := w.rand.IntN(len(lives))
		log = append(log, lives[i][0])
		if lives[i] = lives[i][1:]; len(lives[i]) == 0 {
			lives = slices.Delete(lives, i, i+1)
		}
	}
	return log
}

// inWaves counts how often a life breaks out, and lets it become graver on the way.
func (w *evening) inWaves(life []event.Event) []event.Event {
	waves, graver := 1, w.rand.IntN(2*len(life))
	for i := range life {
		o := &life[i].Data
		if life[i].Kind() == event.TypeRelapsed {
			waves++
		}
		if o.Waves = waves; i < graver {
			o.Severity = event.Minor
		}
	}
	return life
}

func (w *evening) randomPolicy() alert.Policy {
	p := alert.Policy{People: w.ledger}
	if w.chance(4) {
		p.After = 10 * time.Minute
	}
	if w.chance(3) {
		p.Remind = 6 * time.Minute
	}
	if w.chance(3) {
		p.Wants = wantsConfirmation
	}
	p.Damp = w.chance(3)
	return p
}

// wantsConfirmation is a route that fits an event of an outage and not those that follow.
func wantsConfirmation(e *event.Event, _ time.Time) alert.Reason {
	if e.Kind() == event.TypeConfirmed {
		return ""
	}
	return alert.ReasonUnwanted
}

// step lets one thing happen.
func (w *evening) step() {
	w.pass(time.Duration(w.rand.IntN(20)) * time.Second)
	if w.chance(60) {
		w.pass(time.Duration(w.rand.IntN(15)) * time.Minute)
	}
	switch {
	case len(w.script) > 0 && w.chance(25):
		w.publish()
	case w.fault(30):
		w.trouble()
	case !w.healed && w.chance(80):
		w.people()
	}
	w.expire()
	k := w.clerks[w.rand.IntN(len(w.clerks))]
	if !k.isAlive() {
		if w.healed || w.chance(3) {
			k.begin()
		}
		return
	}
	if k.wake.After(w.now) {
		return
	}
	k.proceed()
}

func (w *evening) pass(d time.Duration) { w.now = w.now.Add(d) }

// publish lets the next event happen now. What a crashed Judge publishes once more is in the log twice.
func (w *evening) publish() {
	e := w.script[0]
	w.script = w.script[1:]
	e.Time = w.now
	for i := range w.log {
		if first := &w.log[i]; first.Data.ID == e.Data.ID && first.Kind() == event.TypeConfirmed {
			e.Data.ConfirmedAt = &first.Time
			break
		}
	}
	if e.Kind() == event.TypeConfirmed {
		e.Data.ConfirmedAt = &e.Time
	}
	w.append(e)
	if w.chance(8) {
		w.append(w.log[w.rand.IntN(len(w.log))])
	}
}

func (w *evening) append(e event.Event) {
	w.log = append(w.log, e)
	w.later = append(w.later, errand{due: w.now})
	_ = w.ledger.Handle(nil, e) //nolint:staticcheck // it needs no context and never fails
	w.tell("published %s %s", e.ID, e.Kind())
}

// trouble kills a Desk, or cuts it off from the server, or mends that.
func (w *evening) trouble() {
	k := w.clerks[w.rand.IntN(len(w.clerks))]
	switch {
	case w.chance(2) && k.isAlive():
		w.tally.Kills++
		w.tell("desk %d is killed", k.number)
		k.kill()
	case k.cut:
		k.cut = false
	default:
		w.tally.Cuts++
		w.tell("desk %d is cut off", k.number)
		k.cut = true
	}
}

// heal ends the faults.
func (w *evening) heal() {
	w.healed, w.sick = true, 0
	for _, k := range w.clerks {
		k.cut = false
	}
}

// people silence or take over one of the outages, or end a silence before its time.
func (w *evening) people() {
	if len(w.log) == 0 {
		return
	}
	if all := w.ledger.Silences(); len(all) > 0 && w.chance(4) {
		s := all[w.rand.IntN(len(all))]
		if !s.IsOver(w.now) {
			w.tell("silence %s ends now", s.ID)
			s.Until = new(w.now)
			w.ledger.PutSilence(s)
		}
		return
	}
	id := w.log[w.rand.IntN(len(w.log))].Data.ID
	if w.chance(4) {
		w.tally.Acks++
		w.tell("%s is acknowledged", id)
		w.ledger.PutAck(alert.Ack{Outage: id, At: w.now})
		return
	}
	w.tally.Silences++
	until := w.now.Add(time.Duration(w.rand.IntN(60)) * time.Minute)
	w.tell("%s is muted until %s", id, until.Format("15:04:05"))
	w.ledger.PutSilence(alert.Silence{ID: fmt.Sprint(w.tally.Silences), Outage: id, From: w.now, Until: &until})
}

// expire gives events again that a Desk has had for too long: because it is dead or cut off, or only slow.
func (w *evening) expire() {
	for _, position := range slices.Sorted(maps.Keys(w.held)) {
		k := w.held[position]
		lost := !k.isAlive() || k.position != position
		if (lost && w.chance(5)) || (k.cut && w.chance(10)) || w.fault(100) {
			if !lost {
				w.tally.Redeliveries++
			}
			delete(w.held, position)
		}
	}
	for i := range w.later {
		if k := w.later[i].with; k != nil && (!k.isAlive() || k.errand != i || (k.cut && w.chance(10)) || w.fault(200)) {
			w.later[i].with = nil
		}
	}
}

// take hands the next event that is to be handled to k; false: there is none, or it is with another Desk.
func (w *evening) take(k *clerk) (position int, ok bool) {
	for position = w.acked; position < min(w.acked+max(w.broke.inFlight, 1), len(w.log)); position++ {
		if w.held[position] == nil {
			w.held[position] = k
			return position, true
		}
	}
	return 0, false
}

// ack moves the place, whoever acknowledges.
func (w *evening) ack(position int) {
	delete(w.held, position)
	if position == w.acked {
		w.acked++
	}
}

// takeErrand hands an event that is to be looked at to k.
func (w *evening) takeErrand(k *clerk) (position int, ok bool) {
	for i := range w.later {
		if e := &w.later[i]; !e.done && e.with == nil && !e.due.After(w.now) {
			e.with = k
			return i, true
		}
	}
	return 0, false
}

// looked takes note of how soon an event is to be looked at again.
func (w *evening) looked(position int, again time.Duration) {
	w.later[position] = errand{due: w.now.Add(again), done: again == 0}
	if again > 0 {
		return
	}
	if e := &w.log[position]; w.isForgotten(e) {
		w.tally.Forgotten++
		w.tell("forgotten: %s, or who took it over, was never told, and nobody looks after it", e.ID)
	}
}

// isForgotten reports whether the receiver should hear of e, the newest of an outage that lasts, or of who took it over, and
// was not told.
func (w *evening) isForgotten(e *event.Event) bool {
	newest := w.newest(e.Data.ID)
	wanted := w.policy.Wants == nil || w.policy.Wants(e, w.now) == "" || len(w.seen[e.Data.ID]) > 0
	opens := len(w.seen[e.Data.ID]) > 0 || e.Kind() != event.TypeRecovering
	acked := w.ledger.AckOf(e.Data.ID) != nil
	due := wanted && opens && (!acked || w.policy.After == 0) && !w.isTold(e)
	untaken := acked && w.isTold(e) && !w.isTaken(e.Data.ID)
	return newest.ID == e.ID && newest.Kind() != event.TypeResolved && e.Data.ConfirmedAt != nil && (due || untaken) && !w.isMuted(e.Data.ID, w.now)
}

// newest is the newest event of an outage in the log.
func (w *evening) newest(id string) (newest event.Event) {
	for i := range w.log {
		if e := &w.log[i]; e.Data.ID == id && e.Data.Seq > newest.Data.Seq {
			newest = *e
		}
	}
	return newest
}

func (w *evening) isMuted(id string, at time.Time) bool {
	return slices.ContainsFunc(w.ledger.Silences(), func(s alert.Silence) bool {
		return s.Outage == id && !at.Before(s.From) && !s.IsOver(at)
	})
}
