package alert_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

func minute(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// silence is one from minute 0 to minute until; a negative until has no end.
func silence(until int, change func(*alert.Silence)) alert.Silence {
	s := alert.Silence{ID: "s", From: noon}
	if until >= 0 {
		s.Until = new(minute(until))
	}
	change(&s)
	return s
}

func TestSilences(t *testing.T) {
	t.Parallel()
	service := func(s *alert.Silence) { s.Services = []string{"whatsapp"} }
	outage := func(s *alert.Silence) { s.Outage = "a" }
	opened := alert.State{Seq: 2, Opened: 2, HeardAt: minute(2)}
	global := told("a", 3, event.TypeConfirmed)
	global.Data.Scope = event.Scope{Label: "global", Countries: []event.CountryShare{{Code: "IT", Share: 0.5}}}
	local := global
	local.Data.Scope.Label = "regional"
	tests := []struct {
		name    string
		silence alert.Silence
		state   alert.State
		event   event.Event
		verdict alert.Verdict
		reason  alert.Reason
	}{
		{"by service", silence(60, service), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Skip, alert.ReasonSilenced},
		{"by service, told before", silence(60, service), opened, told("a", 3, event.TypeChanged), alert.Skip, alert.ReasonSilenced},
		{"by service, told before, resolved", silence(60, service), opened, told("a", 3, event.TypeResolved), alert.Tell, alert.ReasonFollows},
		{"by another service", silence(60, func(s *alert.Silence) { s.Services = []string{"x"} }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"over", silence(3, service), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"not begun", silence(60, func(s *alert.Silence) { service(s); s.From = minute(4) }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"by owner", silence(60, func(s *alert.Silence) { s.Owners = []string{"meta"} }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Skip, alert.ReasonSilenced},
		{"by kind", silence(60, func(s *alert.Silence) { s.Kinds = []string{"bank", "messaging"} }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Skip, alert.ReasonSilenced},
		{"by another kind", silence(60, func(s *alert.Silence) { s.Kinds = []string{"bank"} }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"by country", silence(60, func(s *alert.Silence) { s.Countries = []string{"IT"} }), alert.State{}, local, alert.Skip, alert.ReasonSilenced},
		{"by country, worldwide", silence(60, func(s *alert.Silence) { s.Countries = []string{"IT"} }), alert.State{}, global, alert.Tell, alert.ReasonOpens},
		{"by severity", silence(60, func(s *alert.Silence) { s.Severity = event.Major }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Skip, alert.ReasonSilenced},
		{"graver than silenced", silence(60, func(s *alert.Silence) { s.Severity = event.Minor }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"by service and owner, one of which is another", silence(60, func(s *alert.Silence) { service(s); s.Owners = []string{"x"} }), alert.State{}, told("a", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"muted until resolved", silence(-1, outage), opened, told("a", 3, event.TypeChanged), alert.Skip, alert.ReasonMuted},
		{"muted until resolved, resolved", silence(-1, outage), opened, told("a", 3, event.TypeResolved), alert.Skip, alert.ReasonMuted},
		{"muted for a time, resolved", silence(60, outage), opened, told("a", 3, event.TypeResolved), alert.Tell, alert.ReasonFollows},
		{"muted for a time", silence(60, outage), opened, told("a", 3, event.TypeRelapsed), alert.Skip, alert.ReasonMuted},
		{"another is muted", silence(-1, outage), alert.State{}, told("b", 3, event.TypeConfirmed), alert.Tell, alert.ReasonOpens},
		{"a repeat is a repeat", silence(-1, outage), opened, told("a", 2, event.TypeConfirmed), alert.Skip, alert.ReasonRepeat},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ledger := alert.NewLedger()
			ledger.PutSilence(test.silence)
			policy := alert.Policy{People: ledger, Service: func(string) event.Service { return event.Service{Owner: "meta", Kind: "messaging"} }}
			verdict, reason := alert.Decide(test.state, &test.event, policy, test.event.Time)
			if verdict != test.verdict || reason != test.reason {
				t.Errorf("Decide() = %v, %s; want %v, %s", verdict, reason, test.verdict, test.reason)
			}
			if err := test.silence.Check(); err != nil {
				t.Errorf("Check() = %v", err)
			}
		})
	}
}

func TestSilencesAreChecked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		silence alert.Silence
		want    string
	}{
		{"no id", alert.Silence{From: noon, Outage: "a"}, "id"},
		{"no beginning", alert.Silence{ID: "s", Outage: "a"}, "beginning"},
		{"everything", silence(5, func(*alert.Silence) {}), "everything"},
		{"no end", silence(-1, func(s *alert.Silence) { s.Services = []string{"x"} }), "for how long"},
		{"no severity", silence(5, func(s *alert.Silence) { s.Severity = "grave" }), `"critical"`},
	}
	for _, test := range tests {
		if err := test.silence.Check(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Check() = %v, want an error that says %q", test.name, err, test.want)
		}
	}
}

func TestLedgerForgetsTheOldest(t *testing.T) {
	t.Parallel()
	l := alert.NewLedger()
	for i := range 1100 {
		l.PutSilence(alert.Silence{ID: fmt.Sprint(i), Outage: "a", From: minute(i)})
	}
	l.PutSilence(alert.Silence{ID: "1099", Outage: "b", From: minute(1099)})
	all := l.Silences()
	if len(all) != 1000 || all[0].ID != "100" || all[999].Outage != "b" {
		t.Errorf("%d silences from %s to %+v, want the newest thousand", len(all), all[0].ID, all[len(all)-1])
	}
	for i := range 5100 {
		l.PutAck(alert.Ack{Outage: fmt.Sprint(i), At: minute(i)})
	}
	if l.AckOf("99") != nil || l.AckOf("100") == nil {
		t.Error("the oldest acks are to be forgotten, and only they")
	}
	l.PutAck(alert.Ack{Outage: "200", At: minute(9999)})
	if a := l.AckOf("200"); a == nil || !a.At.Equal(minute(200)) {
		t.Errorf("acked at %s, want the first time", a)
	}
	for _, e := range []event.Event{told("a", 2, event.TypeResolved), told("a", 1, event.TypeConfirmed)} {
		_ = l.Handle(t.Context(), e) // it never fails
	}
	if at := l.ResolvedAt("a"); !at.Equal(minute(2)) {
		t.Errorf("resolved at %s, want minute 2, whatever comes late", at)
	}
	_ = l.Handle(t.Context(), told("a", 3, event.TypeRelapsed)) // it never fails
	if at := l.ResolvedAt("a"); !at.IsZero() {
		t.Errorf("resolved at %s after a relapse, want never", at)
	}
	far := told("b", 1, event.TypeResolved)
	_ = l.Handle(t.Context(), far) // it never fails
	later := told("c", 1, event.TypeConfirmed)
	later.Time = far.Time.AddDate(0, 2, 0)
	_ = l.Handle(t.Context(), later) // it never fails
	if at := l.ResolvedAt("b"); !at.IsZero() {
		t.Error("what ended two months ago is remembered")
	}
}

func TestFallback(t *testing.T) {
	t.Parallel()
	e := told("a", 1, event.TypeConfirmed)
	tests := []struct {
		name   string
		script func(call int, n alert.Notice) error
		calls  int
		got    []string
	}{
		{"told", nil, 1, []string{"a-1#1"}},
		{"told at last", func(call int, _ alert.Notice) error {
			if call < 3 {
				return errDown
			}
			return nil
		}, 3, []string{"a-1#3"}},
		{"down too", alwaysDown, 3, nil},
		{"refuses", func(int, alert.Notice) error { return alert.Permanent(errDown) }, 1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r, dead := newReceiver(test.script), &letters{}
				f := &alert.Fallback{Dead: dead, To: r, Log: zap.NewNop()}
				broken := newReceiver(func(int, alert.Notice) error { return alert.Permanent(errDown) })
				handle(t, newDesk(alert.DeskConfig{}, broken, f), e)
				if len(r.calls) != test.calls || len(dead.got) != 1 {
					t.Errorf("%d calls and %d dead letters, want %d and 1", len(r.calls), len(dead.got), test.calls)
				}
				diff(t, "the fallback was told", test.got, r.got)
			})
		})
	}
	t.Run("told by its own desk", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			life := []event.Event{told("a", 1, event.TypeConfirmed), told("a", 2, event.TypeResolved)}
			kept, r := newDrawer(), newReceiver(nil)
			handle(t, newDesk(alert.DeskConfig{Receipts: kept}, r, &letters{}), life...)
			f := &alert.Fallback{Dead: &letters{}, To: r, Log: zap.NewNop(), Receipts: kept}
			for _, e := range append(life, told("b", 1, event.TypeConfirmed)) {
				if err := f.DeadLetter(t.Context(), "broken", e, "down"); err != nil {
					t.Error(err)
				}
			}
			diff(t, "told once, and never of a beginning after the end", []string{"a-1#1", "a-2#1", "b-1#1"}, r.got)
		})
	})
	dead := &letters{err: errors.New("disk full")}
	r := newReceiver(nil)
	f := &alert.Fallback{Dead: dead, To: r, Log: zap.NewNop()}
	if err := f.DeadLetter(t.Context(), "ops", e, "down"); !errors.Is(err, dead.err) || len(r.calls) != 0 {
		t.Errorf("DeadLetter() = %v with %d calls; want the error, and nobody told before the letter is kept", err, len(r.calls))
	}
}
