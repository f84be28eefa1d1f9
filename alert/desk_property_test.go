package alert_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/zap"
	"pgregory.net/rapid"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// TestWhateverTheLogDoes crashes and restarts a Desk at random, with a log that repeats itself, and a receiver that
// fails at random. Who folds repeats by key must see each outage in order, every event from its confirmation on, and
// nothing of an outage that was never confirmed.
func TestWhateverTheLogDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		log := randomLog(t)
		w := &world{t: t, seen: map[string][]int{}}
		for next := 0; next < len(log); {
			desk := alert.NewDesk(alert.DeskConfig{Now: w.Now, Sleep: w.Sleep}, w, w, zap.NewNop(), nil)
			if rapid.Bool().Draw(t, "seeded") {
				desk.Seed(log[:rapid.IntRange(next, len(log)).Draw(t, "seeded up to")])
			}
			// What was handled after the last acknowledgement comes again after a crash.
			for position := next; position < len(log); position++ {
				if err := desk.Handle(t.Context(), log[position]); err != nil {
					t.Fatal(err)
				}
				if rapid.IntRange(0, 9).Draw(t, "crash before acknowledgement") == 0 {
					break
				}
				next = position + 1
				if rapid.IntRange(0, 9).Draw(t, "crash") == 0 {
					break
				}
			}
		}
		for id, want := range wanted(log) {
			if got := w.seen[id]; !slices.Equal(got, want) {
				t.Errorf("of outage %s the receiver saw %v, want %v", id, got, want)
			}
			delete(w.seen, id)
		}
		if len(w.seen) > 0 {
			t.Errorf("the receiver saw %v, which it should not have heard of", w.seen)
		}
	})
}

// randomLog interleaves the lives of a few outages, some never confirmed, and repeats some events later on.
func randomLog(t *rapid.T) []event.Event {
	lives := map[string][]event.Event{}
	var ids []string
	for i := range rapid.IntRange(1, 3).Draw(t, "outages") {
		id := fmt.Sprint("o", i)
		ids = append(ids, id)
		lives[id] = randomLife(t, id)
	}
	var log []event.Event
	for len(ids) > 0 {
		id := rapid.SampledFrom(ids).Draw(t, "whose event")
		log = append(log, lives[id][0])
		if lives[id] = lives[id][1:]; len(lives[id]) == 0 {
			ids = slices.DeleteFunc(ids, func(other string) bool { return other == id })
		}
		if rapid.IntRange(0, 4).Draw(t, "repeat the last") == 0 {
			log = append(log, log[len(log)-1])
		}
	}
	return log
}

func randomLife(t *rapid.T, id string) []event.Event {
	if rapid.IntRange(0, 3).Draw(t, "never confirmed") == 0 {
		return []event.Event{told(id, 1, event.TypeSuspected), unconfirmed(id, 2, event.TypeResolved, event.Resolved)}
	}
	life := []event.Event{told(id, 1, event.TypeSuspected), told(id, 2, event.TypeConfirmed)}
	middle := []event.Type{event.TypeChanged, event.TypeAcknowledged, event.TypeRecovering, event.TypeRelapsed, event.TypeResolved}
	for _, kind := range rapid.SliceOfN(rapid.SampledFrom(middle), 0, 4).Draw(t, "life") {
		life = append(life, told(id, len(life)+1, kind))
	}
	return append(life, told(id, len(life)+1, event.TypeResolved))
}

// wanted is what a receiver is to see of each outage.
func wanted(log []event.Event) map[string][]int {
	want := map[string][]int{}
	for _, e := range log {
		if e.Data.ConfirmedAt != nil && !slices.Contains(want[e.Data.ID], e.Data.Seq) {
			want[e.Data.ID] = append(want[e.Data.ID], e.Data.Seq)
		}
	}
	return want
}

// world is a receiver that folds repeats by key, and the clock.
type world struct {
	t    *rapid.T
	now  time.Time
	keys []string
	seen map[string][]int
}

func (*world) Name() string { return "ops" }

// Notify fails now and then, before or after the receiver has taken the notice in.
func (w *world) Notify(_ context.Context, n alert.Notice) error {
	outcome := rapid.IntRange(0, 5).Draw(w.t, "outcome")
	if outcome == 0 {
		return errDown
	}
	if !slices.Contains(w.keys, n.Key) {
		w.keys = append(w.keys, n.Key)
		w.seen[n.Event.Data.ID] = append(w.seen[n.Event.Data.ID], n.Event.Data.Seq)
	}
	if outcome == 1 {
		return errDown
	}
	return nil
}

func (w *world) DeadLetter(_ context.Context, _ string, e event.Event, reason string) error {
	w.t.Errorf("event %s became a dead letter: %s", e.ID, reason)
	return nil
}

func (w *world) Now() time.Time { return w.now }

func (w *world) Sleep(ctx context.Context, d time.Duration) error {
	w.now = w.now.Add(d)
	return ctx.Err()
}
