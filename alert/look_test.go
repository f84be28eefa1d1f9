package alert_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// live moves an event to the present of a synctest bubble: confirmed at its beginning.
func live(begun time.Time, e event.Event) event.Event {
	shift := begun.Sub(noon)
	e.Time = e.Time.Add(shift)
	if e.Data.ConfirmedAt != nil {
		e.Data.ConfirmedAt = new(e.Data.ConfirmedAt.Add(shift))
	}
	return e
}

// look does what a Desk's second consumer does: it shows each event, and again when it is asked to, until the test ends or
// stop is called, which returns when no more is shown.
func look(t *testing.T, d *alert.Desk, events ...event.Event) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var shown sync.WaitGroup
	for _, e := range events {
		shown.Go(func() {
			for {
				again, err := d.Look(ctx, e)
				if err != nil || again == 0 {
					return
				}
				select {
				case <-time.After(again):
				case <-ctx.Done():
					return
				}
			}
		})
	}
	return func() {
		cancel()
		shown.Wait()
	}
}

// scene is a Desk on a log that grows by the wall clock of a synctest bubble, and what its receiver hears, with the time.
type scene struct {
	t      *testing.T
	begun  time.Time
	ledger *alert.Ledger
	desk   *alert.Desk
	policy alert.Policy
	kept   *drawer
	// stops end what is shown to the Desk.
	stops []func()
	// severity is that of the events that happen; "": major.
	severity event.Severity
	// takes says that the receiver shows who has taken an outage over.
	takes bool

	mu  sync.Mutex
	log []event.Event
	// fails is how many of the next calls the receiver fails.
	fails int
	got   []string
}

func newScene(t *testing.T, policy alert.Policy) *scene {
	t.Helper()
	s := &scene{t: t, begun: time.Now(), ledger: alert.NewLedger(), kept: newDrawer(), policy: policy}
	s.policy.People = s.ledger
	s.restart()
	return s
}

// stop ends the Desk.
func (s *scene) stop() {
	for _, stop := range s.stops {
		stop()
	}
	s.desk, s.stops = nil, nil
}

// restart puts a new Desk in the place of the old one.
func (s *scene) restart() {
	s.stop()
	past := func(context.Context) ([]event.Event, error) { return s.past(), nil }
	var n alert.Notifier = s
	if s.takes {
		n = taker{s}
	}
	s.desk = alert.NewDesk(alert.DeskConfig{Policy: s.policy, Past: past, Receipts: s.kept}, n, &letters{}, zap.NewNop(), nil)
	s.desk.Seed(s.past())
}

// past is the log so far.
func (s *scene) past() []event.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// told are what the receiver has heard.
func (s *scene) told() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

// forget lets the receiver forget what it heard after the first n.
func (s *scene) forget(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = s.got[:min(n, len(s.got))]
}

// fail has the receiver fail the next n calls.
func (s *scene) fail(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails = n
}

// show has the Desk look at what the log holds.
func (s *scene) show() {
	s.t.Helper()
	s.stops = append(s.stops, look(s.t, s.desk, s.past()...))
}

func (s *scene) Name() string { return "ops" }

func (s *scene) Notify(_ context.Context, n alert.Notice) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails > 0 {
		s.fails--
		return errDown
	}
	s.got = append(s.got, fmt.Sprintf("%s %s", n.Key, time.Since(s.begun)))
	return nil
}

// taker is a receiver that shows who has taken an outage over.
type taker struct{ *scene }

func (taker) TakesOver() {}

var _ alert.Taker = taker{}

// happens lets an event of outage a happen now.
func (s *scene) happens(kind event.Type) {
	s.t.Helper()
	synctest.Wait() // what is due at this very moment goes first
	e := live(s.begun, told("a", len(s.past())+1, kind))
	e.Time, e.Data.Waves = time.Now(), 1
	if s.severity != "" {
		e.Data.Severity = s.severity
	}
	for _, past := range append(s.past(), e) {
		if past.Kind() == event.TypeRelapsed {
			e.Data.Waves++
		}
	}
	s.mu.Lock()
	s.log = append(s.log, e)
	s.mu.Unlock()
	_ = s.ledger.Handle(s.t.Context(), e) // it never fails
	handle(s.t, s.desk, e)
	s.stops = append(s.stops, look(s.t, s.desk, e))
}

func (s *scene) silence(lasting time.Duration) {
	s.ledger.PutSilence(alert.Silence{ID: "s", From: time.Now(), Until: new(time.Now().Add(lasting)), Services: []string{"whatsapp"}})
}

func (s *scene) ack() { s.ledger.PutAck(alert.Ack{Outage: "a", At: time.Now()}) }

// graver changes the severity of what happens from now on.
func (s *scene) graver(severity event.Severity) { s.severity = severity }

// play lets one event after the other happen, a while apart.
func (s *scene) play(every time.Duration, kinds ...event.Type) {
	for _, kind := range kinds {
		s.happens(kind)
		time.Sleep(every)
	}
}

// TestLook plays outages in the course of an hour or more.
func TestLook(t *testing.T) {
	t.Parallel()
	escalation, hourly, calm := alert.Policy{After: 10 * time.Minute}, alert.Policy{Remind: time.Hour}, alert.Policy{Damp: true}
	// The bubble begins at midnight, UTC.
	byDay := alert.Policy{Wants: alert.Routes{List: []alert.Route{{
		Receivers: []string{"ops"}, Windows: []alert.Window{{From: 8 * time.Hour, Until: 18 * time.Hour}},
	}}}.Wants("ops")}
	const confirmed, changed, relapsed, recovering, resolved = event.TypeConfirmed, event.TypeChanged, event.TypeRelapsed, event.TypeRecovering, event.TypeResolved
	tests := []struct {
		name   string
		policy alert.Policy
		play   func(s *scene)
		want   []string
	}{
		{"an escalation tells how it stands", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(4 * time.Minute)
			s.happens(event.TypeChanged)
			time.Sleep(20 * time.Minute)
			s.happens(event.TypeResolved)
		}, []string{"a-2 10m0s", "a-3 24m0s"}},
		{"taken over in time", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(5 * time.Minute)
			s.ack()
		}, nil},
		{"taken over too late", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(12 * time.Minute)
			s.ack()
		}, []string{"a-1 10m0s"}},
		{"over in time", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(7 * time.Minute)
			s.happens(event.TypeResolved)
		}, nil},
		{"an escalation across a restart", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(3 * time.Minute)
			s.restart()
			handle(s.t, s.desk, s.past()...)
			s.show()
		}, []string{"a-1 10m0s"}},
		{"an escalation that was due while nothing ran", escalation, func(s *scene) {
			s.happens(event.TypeConfirmed)
			s.stop()
			time.Sleep(time.Hour)
			s.restart()
			s.show()
		}, []string{"a-1 1h0m0s"}},
		{"a silence that ends", alert.Policy{}, func(s *scene) {
			s.silence(30 * time.Minute)
			s.happens(event.TypeConfirmed)
			time.Sleep(10 * time.Minute)
			s.happens(event.TypeChanged)
			time.Sleep(time.Hour)
			s.happens(event.TypeResolved)
		}, []string{"a-2 30m0s", "a-3 1h10m0s"}},
		{"a silence that is ended before its time", alert.Policy{}, func(s *scene) {
			s.silence(30 * time.Minute)
			s.happens(event.TypeConfirmed)
			time.Sleep(10*time.Minute + time.Second)
			s.silence(0)
		}, []string{"a-1 11m0s"}},
		{"over before the silence is", alert.Policy{}, func(s *scene) {
			s.silence(30 * time.Minute)
			s.happens(event.TypeConfirmed)
			time.Sleep(10 * time.Minute)
			s.happens(event.TypeResolved)
		}, nil},
		{"a silence in the middle", alert.Policy{}, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(time.Minute)
			s.silence(30 * time.Minute)
			s.happens(event.TypeChanged)
		}, []string{"a-1 0s", "a-2 31m0s"}},
		{"news as the silence ends", alert.Policy{}, func(s *scene) {
			s.silence(time.Minute)
			s.happens(event.TypeConfirmed)
			time.Sleep(time.Minute + 1)
			s.happens(event.TypeChanged)
		}, []string{"a-1 1m0s", "a-2 1m0.000000001s"}},
		{"muted for good", alert.Policy{}, func(s *scene) {
			s.ledger.PutSilence(alert.Silence{ID: "m", Outage: "a", From: s.begun})
			s.happens(event.TypeConfirmed)
			time.Sleep(time.Hour)
			s.happens(event.TypeResolved)
		}, nil},
		{"reminders", hourly, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(3*time.Hour - time.Minute)
			s.happens(event.TypeChanged)
			time.Sleep(90 * time.Minute)
			s.happens(event.TypeResolved)
		}, []string{"a-1 0s", "a-1-ops-again-1 1h0m0s", "a-1-ops-again-2 2h0m0s", "a-2 2h59m0s", "a-2-ops-again-1 3h59m0s", "a-3 4h29m0s"}},
		{"nobody is reminded of what is taken over", hourly, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(90 * time.Minute)
			s.ack()
		}, []string{"a-1 0s", "a-1-ops-again-1 1h0m0s"}},
		{"nobody is reminded within a silence", hourly, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(time.Minute)
			s.silence(150 * time.Minute)
			time.Sleep(210 * time.Minute)
			s.ack()
		}, []string{"a-1 0s", "a-1-ops-again-3 3h0m0s"}},
		{"reminders across a restart", hourly, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(90 * time.Minute)
			s.restart()
			handle(s.t, s.desk, s.past()...)
			s.show()
			time.Sleep(time.Hour)
			s.ack()
		}, []string{"a-1 0s", "a-1-ops-again-1 1h0m0s", "a-1-ops-again-2 2h0m0s"}},
		{"a reminder is tried again, and not made up for", hourly, func(s *scene) {
			s.happens(event.TypeConfirmed)
			time.Sleep(time.Minute)
			s.fail(5)
			time.Sleep(time.Hour)
			if told := s.told(); len(told) > 2 {
				s.t.Errorf("told %q, want at most one reminder", told)
			}
			time.Sleep(20 * time.Minute)
			s.forget(1)
			s.ack()
		}, []string{"a-1 0s"}},
		{"who works by day is told in the morning", byDay, func(s *scene) {
			s.play(time.Hour, confirmed, changed)
		}, []string{"a-2 8h0m0s"}},
		{"who works by day is not told of what ended by night", byDay, func(s *scene) {
			s.play(time.Hour, confirmed, changed, resolved)
		}, nil},
		{"who works by day is told the rest of it in any case", byDay, func(s *scene) {
			s.play(17*time.Hour, confirmed, changed, resolved)
		}, []string{"a-1 8h0m0s", "a-2 17h0m0s", "a-3 34h0m0s"}},
		{"one end of one wave is told at once", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, recovering, resolved)
		}, []string{"a-1 0s", "a-2 10m0s", "a-3 20m0s"}},
		{"what breaks out again is told at once, its end once it has lasted", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, resolved, relapsed, recovering, resolved)
		}, []string{"a-1 0s", "a-2 10m0s", "a-3 20m0s", "a-5 55m0s"}},
		{"an outage that flaps for seven hours", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, resolved)
			for range 20 {
				s.play(10*time.Minute, relapsed, resolved)
			}
		}, []string{"a-1 0s", "a-2 10m0s", "a-3 20m0s", "a-9 1h20m0s", "a-21 3h20m0s", "a-42 7h50m0s"}},
		{"small news in quick succession", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, changed, changed, changed, changed, changed)
			time.Sleep(6 * time.Hour)
			s.play(0, resolved)
		}, []string{"a-1 0s", "a-2 10m0s", "a-6 2h10m0s", "a-7 7h0m0s"}},
		// The evenings of AWS, 20 October 2025, and of X, 10 March 2025.
		{"an outage that grows, for half a day", calm, func(s *scene) {
			s.graver(event.Minor)
			s.play(5*time.Minute, confirmed)
			s.graver(event.Major)
			s.play(5*time.Minute, changed)
			s.graver(event.Critical)
			s.play(5*time.Minute, changed)
			s.play(15*time.Minute, changed)
			s.play(10*time.Hour, event.TypeAcknowledged)
			s.play(20*time.Minute, recovering, resolved)
		}, []string{"a-1 0s", "a-2 5m0s", "a-3 10m0s", "a-5 30m0s", "a-6 10h30m0s", "a-7 10h50m0s"}},
		{"an outage with an aftermath", calm, func(s *scene) {
			s.graver(event.Minor)
			s.play(5*time.Minute, confirmed)
			s.graver(event.Major)
			s.play(73*time.Minute, changed)
			s.play(4*time.Minute, recovering)
			s.play(39*time.Minute, resolved)
			s.play(73*time.Minute, relapsed)
			s.play(6*time.Minute, recovering, resolved)
		}, []string{"a-1 0s", "a-2 5m0s", "a-3 1h18m0s", "a-4 1h22m0s", "a-5 2h1m0s", "a-7 3h35m0s"}},
		{"the official word does not wait", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, changed, changed, event.TypeAcknowledged, resolved)
		}, []string{"a-1 0s", "a-2 10m0s", "a-4 30m0s", "a-5 40m0s"}},
		{"calm across a restart", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, resolved, relapsed, resolved)
			s.restart()
			handle(s.t, s.desk, s.past()...)
			s.show()
		}, []string{"a-1 0s", "a-2 10m0s", "a-3 20m0s", "a-4 45m0s"}},
		{"what flaps is muted", calm, func(s *scene) {
			s.play(10*time.Minute, confirmed, resolved, relapsed, resolved)
			s.ledger.PutSilence(alert.Silence{ID: "m", Outage: "a", From: s.begun})
		}, []string{"a-1 0s", "a-2 10m0s", "a-3 20m0s"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newScene(t, test.policy)
				test.play(s)
				time.Sleep(12 * time.Hour)
				diff(t, "told", test.want, s.told())
				s.stop()
			})
		})
	}
}

// TestBeginAsksTheRoutes: what lasted before a receiver was there is told to it only if it is for it as it stands now.
func TestBeginAsksTheRoutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		past := []event.Event{live(begun, told("a", 1, event.TypeConfirmed)), live(begun, told("a", 2, event.TypeChanged))}
		r := newReceiver(nil)
		d := newDesk(alert.DeskConfig{Receipts: newDrawer(), Policy: alert.Policy{Wants: wantsConfirmation}}, r, &letters{})
		first, err := d.Begin(t.Context(), past)
		if err != nil {
			t.Fatal(err)
		}
		d.Seed(past)
		handle(t, d, past[first:]...)
		handle(t, d, live(begun, told("a", 3, event.TypeResolved)), live(begun, told("b", 1, event.TypeConfirmed)))
		diff(t, "told", []string{"b-1#1"}, r.got)
	})
}

// TestWhatAnotherDeskKeptBack: a Desk that has not heard of a silence yet goes by the note that something was kept back, and
// tells of no end without a beginning.
func TestWhatAnotherDeskKeptBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, r := newDrawer(), newReceiver(nil)
		life := []event.Event{told("a", 1, event.TypeConfirmed), told("a", 2, event.TypeResolved)}
		ledger := alert.NewLedger()
		ledger.PutSilence(silence(60, func(s *alert.Silence) { s.Outage = "a" }))
		handle(t, newDesk(alert.DeskConfig{Receipts: kept, Policy: alert.Policy{People: ledger}}, r, &letters{}), life[0])
		other := newDesk(alert.DeskConfig{Receipts: kept, Policy: alert.Policy{People: alert.NewLedger()}}, r, &letters{})
		other.Seed(life)
		handle(t, other, life[1]) // the first was settled
		if len(r.got) > 0 {
			t.Errorf("told %q, want nothing", r.got)
		}
	})
}

// TestBegin gives a Desk the log of the time before it: it is told how the outages stand that last, and what follows.
func TestBegin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		at := func(id string, seq int, kind event.Type) event.Event {
			e := live(begun, told(id, seq, kind))
			if id == "forgotten" {
				e.Time = begun.AddDate(0, -2, 0)
			}
			return e
		}
		past := []event.Event{
			at("forgotten", 1, event.TypeConfirmed), at("long over", 1, event.TypeConfirmed), at("long over", 2, event.TypeResolved),
			at("lasts", 1, event.TypeSuspected), at("lasts", 2, event.TypeConfirmed), at("over", 1, event.TypeConfirmed), at("new", 1, event.TypeSuspected),
			at("lasts", 3, event.TypeChanged), at("over", 2, event.TypeResolved),
		}
		past[6] = unconfirmed("new", 1, event.TypeSuspected, event.Suspected)
		past[6].Time = begun
		next := []event.Event{at("new", 2, event.TypeConfirmed), at("lasts", 4, event.TypeResolved)}
		r, kept := newReceiver(nil), newDrawer()
		first := 0
		for _, err := range []error{errors.New("disk full"), nil} { // it is tried again
			d := newDesk(alert.DeskConfig{Receipts: kept}, r, &letters{})
			kept.err = err
			var got error
			if first, got = d.Begin(t.Context(), past); !errors.Is(got, err) {
				t.Errorf("Begin() = %v, want %v", got, err)
			}
		}
		if first != 6 {
			t.Errorf("Begin() = %d, want 6: the suspicion of what is new", first)
		}
		log := append(past, next...)
		for range 2 { // and after a restart
			d := newDesk(alert.DeskConfig{Receipts: kept, Past: func(context.Context) ([]event.Event, error) { return log, nil }}, r, &letters{})
			d.Seed(log)
			stop := look(t, d, log...)
			handle(t, d, log[first:]...)
			time.Sleep(time.Hour)
			stop()
		}
		diff(t, "told", []string{"lasts-3#1", "new-2#1", "lasts-4#1"}, r.got)
	})
}
