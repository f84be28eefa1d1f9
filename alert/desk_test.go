package alert_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// receiver answers each call by script, which may be nil, and notes what it accepted and when it was called.
type receiver struct {
	script func(call int, n alert.Notice) error
	got    []string
	calls  []time.Duration
	begun  time.Time
}

func newReceiver(script func(call int, n alert.Notice) error) *receiver {
	return &receiver{script: script, begun: time.Now()}
}

func (r *receiver) Name() string { return "ops" }

func (r *receiver) Notify(ctx context.Context, n alert.Notice) error {
	r.calls = append(r.calls, time.Since(r.begun))
	if !n.At.Equal(time.Now()) {
		return alert.Permanent(fmt.Errorf("the notice says that it is %s", n.At))
	}
	if r.script != nil {
		if err := r.script(len(r.calls), n); err != nil {
			return err
		}
	}
	r.got = append(r.got, fmt.Sprintf("%s#%d", n.Key, n.Attempt))
	return ctx.Err()
}

// letters are the dead letters.
type letters struct {
	got []string
	err error
}

func (l *letters) DeadLetter(_ context.Context, notifier string, e event.Event, reason string) error {
	if l.err == nil {
		l.got = append(l.got, notifier+" "+e.ID+": "+reason)
	}
	return l.err
}

func newDesk(cfg alert.DeskConfig, n alert.Notifier, dead alert.DeadLetters) *alert.Desk {
	return alert.NewDesk(cfg, n, dead, zap.NewNop(), nil)
}

func handle(t *testing.T, d *alert.Desk, events ...event.Event) {
	t.Helper()
	for _, e := range events {
		if err := d.Handle(t.Context(), e); err != nil {
			t.Fatalf("Handle(%s): %v", e.ID, err)
		}
	}
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

var errDown = errors.New("down")

func alwaysDown(int, alert.Notice) error { return errDown }

func TestALifeIsToldOnceInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		registry := prometheus.NewRegistry()
		d := alert.NewDesk(alert.DeskConfig{}, r, &letters{}, zap.NewNop(), alert.NewMetrics(registry))
		handle(t, d,
			told("a", 1, event.TypeSuspected), told("b", 1, event.TypeSuspected),
			told("a", 2, event.TypeConfirmed), told("a", 2, event.TypeConfirmed),
			unconfirmed("b", 2, event.TypeResolved, event.Resolved),
			told("a", 3, event.TypeResolved), told("a", 2, event.TypeConfirmed), told("a", 3, event.TypeResolved),
			told("a", 4, event.TypeRelapsed))
		diff(t, "told", []string{"a-2#1", "a-3#1", "a-4#1"}, r.got)
		for reason, want := range map[alert.Reason]float64{alert.ReasonUnconfirmed: 3, alert.ReasonRepeat: 2, alert.ReasonLate: 1} {
			if got := counter(t, registry, "outcry_alert_skipped_total", string(reason)); got != want {
				t.Errorf("skipped as %s: %v, want %v", reason, got, want)
			}
		}
		if got := testutil.CollectAndCount(registry, "outcry_alert_notices_sent_total"); got != 3 {
			t.Errorf("notices are counted by %d types, want 3", got)
		}
	})
}

// counter finds the value of the counter that has a label of this value.
func counter(t *testing.T, g prometheus.Gatherer, name, label string) float64 {
	t.Helper()
	families, err := g.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			for _, pair := range metric.GetLabel() {
				if family.GetName() == name && pair.GetValue() == label {
					return metric.GetCounter().GetValue()
				}
			}
		}
	}
	return 0
}

func TestRetriesUntilItWorks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(func(call int, _ alert.Notice) error {
			if call <= 5 {
				return errDown
			}
			return nil
		})
		dead := &letters{}
		handle(t, newDesk(alert.DeskConfig{}, r, dead), told("a", 1, event.TypeConfirmed))
		diff(t, "told", []string{"a-1#6"}, r.got)
		diff(t, "dead letters", []string(nil), dead.got)
		for i, mean := 1, time.Second; i < len(r.calls); i, mean = i+1, 2*mean {
			pause := r.calls[i] - r.calls[i-1]
			if pause < mean/2 || pause > mean*3/2 {
				t.Errorf("pause %d is %s, want half to one and a half of %s", i, pause, mean)
			}
		}
	})
}

func TestGivesUpAfterTheBoundAndGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(alwaysDown)
		dead := &letters{}
		registry := prometheus.NewRegistry()
		d := alert.NewDesk(alert.DeskConfig{}, r, dead, zap.NewNop(), alert.NewMetrics(registry))
		handle(t, d, told("a", 1, event.TypeConfirmed))
		if took := time.Since(r.begun); took < 50*time.Minute || took > time.Hour {
			t.Errorf("given up after %s, want nearly the hour", took)
		}
		if n := len(r.calls); n < 15 || n > 30 {
			t.Errorf("%d attempts in the hour, want 15 to 30", n)
		}
		if len(dead.got) != 1 || counter(t, registry, "outcry_alert_dead_letters_total", "ops") != 1 {
			t.Errorf("dead letters: %q, want one", dead.got)
		}
		before := len(r.calls)
		r.script = nil
		handle(t, d, told("a", 2, event.TypeChanged))
		if len(r.calls) != before+1 || len(r.got) != 1 {
			t.Errorf("after the receiver mended: %d more calls and told %q, want one of each", len(r.calls)-before, r.got)
		}
	})
}

func TestWhatPiledUpWaitsTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(alwaysDown)
		dead := &letters{}
		d := newDesk(alert.DeskConfig{}, r, dead)
		// Live events: they happen now, by the wall clock.
		var events []event.Event
		for i := range 10 {
			e := told("a", i+1, event.TypeChanged)
			e.Time = time.Now().Add(time.Duration(i) * time.Minute)
			events = append(events, e)
		}
		handle(t, d, events...)
		if took := time.Since(r.begun); len(dead.got) != 10 || took > 2*time.Hour {
			t.Errorf("%d dead letters in %s, want 10 in less than 2 h", len(dead.got), took)
		}
		// One that happens only now has an hour of its own.
		fresh := told("b", 1, event.TypeConfirmed)
		fresh.Time = time.Now()
		handle(t, d, fresh)
		if took := time.Since(fresh.Time); took < 50*time.Minute || took > time.Hour+10*time.Minute {
			t.Errorf("the fresh event was given up after %s, want about the hour", took)
		}
	})
}

// TestAnOldEventHasItsTime replays what happened long ago: its waiting begins when the receiver fails, not when it happened.
func TestAnOldEventHasItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(alwaysDown)
		dead := &letters{}
		old := told("a", 1, event.TypeConfirmed)
		old.Time = time.Now().AddDate(-1, 0, 0)
		handle(t, newDesk(alert.DeskConfig{}, r, dead), old)
		if took := time.Since(r.begun); took < 50*time.Minute || len(dead.got) != 1 {
			t.Errorf("%d dead letters after %s, want one after nearly the hour", len(dead.got), took)
		}
	})
}

func TestResolvedIsRetriedForLonger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(alwaysDown)
		dead := &letters{}
		handle(t, newDesk(alert.DeskConfig{}, r, dead), told("a", 2, event.TypeResolved))
		if took := time.Since(r.begun); took < 5*time.Hour || len(dead.got) != 1 {
			t.Errorf("%d dead letters after %s, want one after nearly 6 h", len(dead.got), took)
		}
	})
}

func TestPermanentIsNotRetried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(func(int, alert.Notice) error { return fmt.Errorf("ops: %w", alert.Permanent(errDown)) })
		dead := &letters{}
		handle(t, newDesk(alert.DeskConfig{}, r, dead), told("a", 1, event.TypeConfirmed), told("a", 2, event.TypeResolved))
		diff(t, "calls", []time.Duration{0, 0}, r.calls)
		diff(t, "dead letters", []string{"ops a-1: ops: down", "ops a-2: ops: down"}, dead.got)
	})
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(func(call int, _ alert.Notice) error {
			if call == 1 {
				return fmt.Errorf("busy: %w", alert.RetryAfter(7*time.Minute, errDown))
			}
			return nil
		})
		handle(t, newDesk(alert.DeskConfig{}, r, &letters{}), told("a", 1, event.TypeConfirmed))
		diff(t, "calls", []time.Duration{0, 7 * time.Minute}, r.calls)
	})
}

func TestRetryAfterCannotSilenceForGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(func(call int, _ alert.Notice) error {
			if call == 1 {
				return alert.RetryAfter(1000*time.Hour, errDown)
			}
			return nil
		})
		dead := &letters{}
		d := newDesk(alert.DeskConfig{}, r, dead)
		first := told("a", 1, event.TypeConfirmed)
		first.Time = time.Now().Add(-time.Minute)
		handle(t, d, first, told("a", 2, event.TypeChanged))
		if len(dead.got)+len(r.got) != 2 || r.calls[1] > time.Hour {
			t.Errorf("calls at %v, told %q, dead letters %q; want the second call within the hour", r.calls, r.got, dead.got)
		}
	})
}

type pacedReceiver struct{ *receiver }

func (pacedReceiver) Pace() (time.Duration, int) { return time.Second, 2 }

func TestKeepsThePace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		d := newDesk(alert.DeskConfig{}, pacedReceiver{r}, &letters{})
		for i := range 5 {
			handle(t, d, told("a", i+1, event.TypeChanged))
		}
		diff(t, "calls", []time.Duration{0, 0, 1 * time.Second, 2 * time.Second, 3 * time.Second}, r.calls)
	})
}

func TestShutdownWhileRetrying(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(alwaysDown)
		dead := &letters{}
		d := newDesk(alert.DeskConfig{}, r, dead)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err := d.Handle(ctx, told("a", 1, event.TypeConfirmed))
		if !errors.Is(err, context.DeadlineExceeded) || len(dead.got) != 0 {
			t.Errorf("Handle() = %v with dead letters %q, want the context's error and none", err, dead.got)
		}
		if took := time.Since(r.begun); took != 10*time.Second {
			t.Errorf("Handle returned after %s, want at once when the context ended", took)
		}
		r.script = nil
		handle(t, d, told("a", 1, event.TypeConfirmed))
		diff(t, "told once the event came again", []string{"a-1#1"}, r.got)
	})
}

func TestShutdownDuringAnAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		registry, dead := prometheus.NewRegistry(), &letters{}
		d := alert.NewDesk(alert.DeskConfig{}, &hangs{}, dead, zap.NewNop(), alert.NewMetrics(registry))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := d.Handle(ctx, told("a", 1, event.TypeConfirmed)); !errors.Is(err, context.DeadlineExceeded) || len(dead.got) != 0 {
			t.Errorf("Handle() = %v with dead letters %q, want the context's error and none", err, dead.got)
		}
		if counter(t, registry, "outcry_alert_attempts_total", "temporary") != 0 {
			t.Error("an attempt that the end of the program broke off counts against the receiver")
		}
	})
}

func TestAnAttemptIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hang := &hangs{}
		dead := &letters{}
		handle(t, newDesk(alert.DeskConfig{Bound: time.Minute, BoundResolved: time.Minute}, hang, dead), told("a", 1, event.TypeConfirmed))
		if len(dead.got) != 1 || hang.calls < 2 {
			t.Errorf("%d calls, dead letters %q; want some calls and one dead letter", hang.calls, dead.got)
		}
	})
}

type hangs struct{ calls int }

func (*hangs) Name() string { return "ops" }

func (h *hangs) Notify(ctx context.Context, _ alert.Notice) error {
	h.calls++
	<-ctx.Done()
	return ctx.Err()
}

func TestADeadLetterThatCannotBeKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(func(int, alert.Notice) error { return alert.Permanent(errDown) })
		dead := &letters{err: errors.New("disk full")}
		d := newDesk(alert.DeskConfig{}, r, dead)
		if err := d.Handle(t.Context(), told("a", 1, event.TypeConfirmed)); !errors.Is(err, dead.err) {
			t.Errorf("Handle() = %v, want the error of the dead letters", err)
		}
		dead.err = nil
		handle(t, d, told("a", 1, event.TypeConfirmed))
		diff(t, "dead letters", []string{"ops a-1: down"}, dead.got)
	})
}

func TestWhatIsNoEventIsADeadLetter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		dead := &letters{}
		e := told("a", 1, event.TypeConfirmed)
		e.SpecVersion = "2.0"
		handle(t, newDesk(alert.DeskConfig{}, r, dead), e)
		diff(t, "dead letters", []string{`ops a-1: the event cannot be used: specversion is "2.0", want "1.0"`}, dead.got)
		diff(t, "told", []string(nil), r.got)
	})
}

// TestRestart restarts the Desk after every event, at its worst moment: told, but not acknowledged.
func TestRestart(t *testing.T) {
	t.Parallel()
	life := []event.Event{
		told("a", 1, event.TypeSuspected), told("a", 2, event.TypeConfirmed), told("b", 1, event.TypeSuspected),
		told("a", 3, event.TypeChanged), unconfirmed("b", 2, event.TypeResolved, event.Resolved), told("a", 4, event.TypeResolved),
	}
	policy := alert.Policy{Wants: wantsConfirmation}
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		for i := range life {
			d := newDesk(alert.DeskConfig{Policy: policy}, r, &letters{})
			d.Seed(life) // The log may hold more than was acknowledged.
			handle(t, d, life[i:min(i+2, len(life))]...)
		}
		diff(t, "told", []string{"a-2#1", "a-2#1", "a-3#1", "a-3#1", "a-4#1", "a-4#1"}, r.got)
	})
}

func TestForgetsADayAfterTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		d := newDesk(alert.DeskConfig{}, r, &letters{})
		end := told("a", 2, event.TypeResolved)
		later := func(id string, d time.Duration) event.Event {
			e := told(id, 1, event.TypeConfirmed)
			e.Time = end.Time.Add(d)
			return e
		}
		handle(t, d, told("a", 1, event.TypeConfirmed), end, later("b", 24*time.Hour), end)
		diff(t, "told within the day", []string{"a-1#1", "a-2#1", "b-1#1"}, r.got)
		handle(t, d, later("c", 25*time.Hour), end)
		diff(t, "told after the day", []string{"a-1#1", "a-2#1", "b-1#1", "c-1#1", "a-2#1"}, r.got)
	})
}
