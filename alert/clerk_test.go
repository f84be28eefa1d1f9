package alert_test

import (
	"context"
	"errors"
	"iter"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// clerk is a process with a Desk. It runs as a coroutine that stops at every effect, where the evening decides what
// happens next: perhaps the other clerk goes on, perhaps this one dies.
type clerk struct {
	w      *evening
	number int
	desk   *alert.Desk
	// position and errand are what it works on; -1: nothing.
	position, errand int
	// cut is set while it cannot reach the server.
	cut  bool
	wake time.Time

	resume func() (struct{}, bool)
	stop   func()
	yield  func(struct{}) bool
}

// note is a receipt, and what it was before.
type note struct {
	text     string
	revision uint64
	before   *note
}

// killed is how a coroutine unwinds when its clerk is killed: nothing that the Desk would still do is done.
type killed struct{}

var errCut = errors.New("the server cannot be reached")

func (k *clerk) isAlive() bool { return k.resume != nil }

func (k *clerk) begin() {
	w := k.w
	k.position, k.errand, k.wake = -1, -1, time.Time{}
	cfg := alert.DeskConfig{Policy: w.policy, Now: k.now, Sleep: k.sleep, Jitter: w.rand.Float64, Past: k.past, Receipts: k}
	cfg.Policy.Damp = cfg.Policy.Damp && !w.broke.restless
	if w.broke.noMemory {
		cfg.Past, cfg.Receipts = nil, nil
	}
	k.desk = alert.NewDesk(cfg, k, k, zap.NewNop(), nil)
	if !w.broke.noMemory {
		k.desk.Seed(w.log[:min(len(w.log), w.acked+w.rand.IntN(3))]) // the log may hold more than was acknowledged
	}
	k.resume, k.stop = iter.Pull(func(yield func(struct{}) bool) {
		defer func() {
			if p := recover(); p != nil && p != any(killed{}) {
				panic(p)
			}
		}()
		k.yield = yield
		for {
			k.pause()
			k.work()
		}
	})
}

// proceed lets the clerk work until its next effect.
func (k *clerk) proceed() { k.resume() }

// kill ends the clerk where it is.
func (k *clerk) kill() {
	if k.isAlive() {
		k.stop()
	}
	k.resume, k.stop, k.desk, k.position, k.errand = nil, nil, nil, -1, -1
}

// pause lets the evening go on.
func (k *clerk) pause() {
	if !k.yield(struct{}{}) {
		panic(killed{})
	}
}

// work takes one event and does what is to be done with it.
func (k *clerk) work() {
	if k.cut {
		return
	}
	first, second := k.handle, k.look
	if k.w.chance(2) {
		first, second = second, first
	}
	if !first() {
		second()
	}
}

func (k *clerk) handle() bool {
	w := k.w
	position, ok := w.take(k)
	if !ok {
		return false
	}
	k.position = position
	if w.broke.acksFirst {
		w.ack(position)
	}
	w.tell("desk %d handles %s", k.number, w.log[position].ID)
	err := k.desk.Handle(context.Background(), w.log[position])
	k.pause()
	k.position = -1
	w.tell("desk %d handled %s: %v", k.number, w.log[position].ID, err)
	switch {
	case err != nil:
		delete(w.held, position)
	case k.cut || w.fault(8):
		w.tally.LostAcks++
	default:
		w.ack(position)
	}
	return true
}

func (k *clerk) look() bool {
	w := k.w
	position, ok := w.takeErrand(k)
	if !ok {
		return false
	}
	k.errand = position
	var again time.Duration
	var err error
	if !w.broke.neverLooks {
		again, err = k.desk.Look(context.Background(), w.log[position])
		if id := w.log[position].Data.ID; err == nil && w.adrift[id] == k {
			delete(w.adrift, id)
		}
		w.tell("desk %d looked at %s: %s %v", k.number, w.log[position].ID, again, err)
	}
	k.pause()
	k.errand = -1
	switch {
	case w.later[position].done: // by another one
	case err != nil:
		w.later[position] = errand{due: w.now.Add(time.Second)}
	case k.cut || w.fault(8):
		w.tally.LostAcks++
	default:
		w.looked(position, again)
	}
	return true
}

func (k *clerk) now() time.Time {
	if k.w.broke.clockAhead && k.number == 1 {
		return k.w.now.Add(30 * time.Minute)
	}
	return k.w.now
}

func (k *clerk) sleep(_ context.Context, d time.Duration) error {
	k.wake = k.w.now.Add(d)
	k.pause()
	return nil
}

// past is the log as it can be read at any time.
func (k *clerk) past(context.Context) ([]event.Event, error) {
	k.pause()
	if k.cut {
		return nil, errCut
	}
	if k.w.broke.blind {
		return nil, nil
	}
	return k.w.log[:len(k.w.log):len(k.w.log)], nil
}

// Load implements alert.Receipts.
func (k *clerk) Load(_ context.Context, key string) (string, uint64, error) {
	k.pause()
	if k.cut {
		return "", 0, errCut
	}
	n := k.w.notes[key]
	if k.w.broke.lags && n.before != nil && k.w.fault(6) {
		n = *n.before
	}
	return n.text, n.revision, nil
}

// Swap implements alert.Receipts.
func (k *clerk) Swap(_ context.Context, key, text string, revision uint64) (bool, error) {
	k.pause()
	n := k.w.notes[key]
	if k.cut {
		return false, errCut
	}
	if n.revision != revision {
		return false, nil
	}
	k.w.tell("desk %d notes %s", k.number, text)
	k.w.notes[key] = note{text: text, revision: revision + 1, before: &n}
	k.pause() // it is kept, but a clerk that dies here does not know
	return true, nil
}

// DeadLetter implements alert.DeadLetters.
func (k *clerk) DeadLetter(_ context.Context, _ string, e event.Event, _ string) error {
	k.pause()
	if k.cut || k.w.fault(5) {
		return errCut
	}
	if !k.w.broke.dropsLetters {
		k.w.dead[e.ID] = true
	}
	k.w.tally.DeadLetters++
	k.pause()
	return nil
}

// underWay lets the evening go on while a notice is under way, and the outage with it, as it does when it is least wanted.
func (k *clerk) underWay() {
	for range 1 + k.w.rand.IntN(4) {
		if len(k.w.script) > 0 && k.w.fault(6) {
			k.w.publish()
		}
		k.pause()
	}
}

// Name implements alert.Notifier.
func (*clerk) Name() string { return "ops" }

// TakesOver implements alert.Taker.
func (*clerk) TakesOver() {}

// Notify implements alert.Notifier: the receiver hears of it between two steps.
func (k *clerk) Notify(_ context.Context, n alert.Notice) error {
	w := k.w
	for _, other := range w.clerks {
		if other != k && other.isAlive() && (other.position >= 0 || other.errand >= 0) {
			w.tally.TwoAtOnce++
		}
	}
	if w.broke.keyPerAttempt && n.Attempt > 1 {
		n.Key += "x"
	}
	k.underWay()
	if isAside(&n.Event) {
		w.adrift[n.Event.Data.ID] = k
	}
	err := w.hear(n)
	w.tell("desk %d tells %s: %v", k.number, n.Key, err)
	k.pause()
	if w.broke.swallowsFaults && !alert.IsPermanent(err) {
		return nil
	}
	return err
}
