package alert_test

import (
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

var noon = time.Date(2024, 12, 11, 12, 0, 0, 0, time.UTC)

// told is an event of outage id, a minute of stream time per seq, as the Judge would give it.
func told(id string, seq int, kind event.Type) event.Event {
	phases := map[event.Type]event.Phase{
		event.TypeSuspected: event.Suspected, event.TypeRecovering: event.Recovering, event.TypeResolved: event.Resolved,
	}
	phase, ok := phases[kind]
	if !ok {
		phase = event.Confirmed
	}
	at := noon.Add(time.Duration(seq) * time.Minute)
	o := event.Outage{ID: id, Seq: seq, Phase: phase, Name: "WhatsApp", Severity: event.Major, OnsetAt: noon}
	if kind != event.TypeSuspected {
		o.ConfirmedAt = &noon
	}
	if kind == event.TypeResolved {
		o.EndedAt = &at
	}
	return event.NewEvent(kind, "whatsapp", at, o)
}

// unconfirmed is the same in an outage that was never confirmed.
func unconfirmed(id string, seq int, kind event.Type, phase event.Phase) event.Event {
	e := told(id, seq, kind)
	e.Data.ConfirmedAt, e.Data.Phase = nil, phase
	return e
}

func TestDecide(t *testing.T) {
	t.Parallel()
	wants := func(yes bool) alert.Policy {
		return alert.Policy{Wants: func(*event.Event, time.Time) alert.Reason {
			if yes {
				return ""
			}
			return alert.ReasonUnwanted
		}}
	}
	all := alert.Policy{Suspected: true}
	open3 := alert.State{Seq: 3, Opened: 2, HeardAt: noon}
	kept3 := alert.State{Seq: 3, HeardAt: noon}
	tests := []struct {
		name    string
		state   alert.State
		event   event.Event
		policy  alert.Policy
		verdict alert.Verdict
		reason  alert.Reason
	}{
		{"suspected", alert.State{}, told("a", 1, event.TypeSuspected), alert.Policy{}, alert.Skip, alert.ReasonUnconfirmed},
		{"suspected, wanted early", alert.State{}, told("a", 1, event.TypeSuspected), all, alert.Tell, alert.ReasonOpens},
		{"changed while suspected", kept3, unconfirmed("a", 4, event.TypeChanged, event.Suspected), alert.Policy{}, alert.Skip, alert.ReasonUnconfirmed},
		{"acknowledged while suspected", kept3, unconfirmed("a", 4, event.TypeAcknowledged, event.Suspected), alert.Policy{}, alert.Skip, alert.ReasonUnconfirmed},
		{"resolved, never confirmed", kept3, unconfirmed("a", 4, event.TypeResolved, event.Resolved), alert.Policy{}, alert.Skip, alert.ReasonUnconfirmed},
		{"resolved, never confirmed, told early", open3, unconfirmed("a", 4, event.TypeResolved, event.Resolved), all, alert.Tell, alert.ReasonFollows},
		{"confirmed", kept3, told("a", 4, event.TypeConfirmed), alert.Policy{}, alert.Tell, alert.ReasonOpens},
		{"resolved after confirmed", open3, told("a", 4, event.TypeResolved), alert.Policy{}, alert.Tell, alert.ReasonFollows},
		{"relapsed after resolved", open3, told("a", 4, event.TypeRelapsed), alert.Policy{}, alert.Tell, alert.ReasonFollows},
		{"the same again", open3, told("a", 3, event.TypeConfirmed), alert.Policy{}, alert.Skip, alert.ReasonRepeat},
		{"an earlier one again", open3, told("a", 2, event.TypeConfirmed), alert.Policy{}, alert.Skip, alert.ReasonLate},
		{"unwanted", alert.State{}, told("a", 1, event.TypeConfirmed), wants(false), alert.Skip, alert.ReasonUnwanted},
		{"wanted", alert.State{}, told("a", 1, event.TypeConfirmed), wants(true), alert.Tell, alert.ReasonOpens},
		{"the end of what was wanted once", open3, told("a", 4, event.TypeResolved), wants(false), alert.Tell, alert.ReasonFollows},
		{"the end of what was kept back", kept3, told("a", 4, event.TypeResolved), wants(true), alert.Skip, alert.ReasonOver},
		{"recovery of what was kept back", kept3, told("a", 4, event.TypeRecovering), wants(true), alert.Skip, alert.ReasonOver},
		{"the end of what a former run told", alert.State{}, told("a", 4, event.TypeResolved), alert.Policy{}, alert.Tell, alert.ReasonOpens},
		{"wanted only later", kept3, told("a", 4, event.TypeChanged), wants(true), alert.Tell, alert.ReasonOpens},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			verdict, reason := alert.Decide(test.state, &test.event, test.policy, test.event.Time)
			if verdict != test.verdict || reason != test.reason {
				t.Errorf("Decide() = %v, %s, want %v, %s", verdict, reason, test.verdict, test.reason)
			}
		})
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	confirmed, resolved := told("a", 2, event.TypeConfirmed), told("a", 3, event.TypeResolved)
	s := alert.State{}.Settle(&confirmed, alert.Tell)
	said := alert.Said{Phase: event.Confirmed, Severity: event.Major, At: confirmed.Time}
	if want := (alert.State{Seq: 2, Heard: 2, Opened: 2, HeardAt: confirmed.Time, Said: said}); s != want {
		t.Errorf("after confirmed: %+v, want %+v", s, want)
	}
	s = s.Settle(&resolved, alert.Tell)
	said.Phase, said.At = event.Resolved, resolved.Time
	if want := (alert.State{Seq: 3, Heard: 3, Opened: 2, HeardAt: resolved.Time, ResolvedAt: resolved.Time, Said: said}); s != want {
		t.Errorf("after resolved: %+v, want %+v", s, want)
	}
	if late := s.Settle(&confirmed, alert.Skip); late != s {
		t.Errorf("a late event changes the state to %+v, want %+v", late, s)
	}
	relapsed := told("a", 4, event.TypeRelapsed)
	if s = s.Settle(&relapsed, alert.Tell); !s.ResolvedAt.IsZero() {
		t.Errorf("after a relapse: %+v, want no ResolvedAt", s)
	}
}
