package alert

import (
	"time"

	"github.com/outcry/outcry/event"
)

// Policy is what one receiver wants to be told.
type Policy struct {
	// Suspected tells also of outages that are not confirmed yet. Without it a receiver hears of an outage from its
	// confirmation on, and never of one that was not confirmed.
	Suspected bool
	// Wants chooses the outages that the receiver is told of at a time; nil: all. It says "", or why not. It is asked until it
	// says "" once: who was told that something began is always told how it went on and that it ended. It must not keep or
	// change the event.
	Wants func(e *event.Event, now time.Time) Reason
	// People is what people want and do; nil: nobody silences or takes over anything.
	People People
	// Service gives what is known of a service, for silences by owner and kind; nil: nothing is.
	Service func(id string) event.Service
	// After makes the receiver an escalation: it is told only of outages that still last and that nobody took over this
	// long after they were confirmed. Zero: it is told at once.
	After time.Duration
	// Remind is after how long without news the receiver is reminded of an outage that lasts, again and again, until it
	// is over or somebody takes it over. Zero: never.
	Remind time.Duration
	// Damp spares the receiver what comes too often: the ups and downs of an outage that flaps, and small news in quick
	// succession. It is told how things stand once they have stood so for a while.
	Damp bool
}

// State is what a Desk remembers of one outage. The zero value is an outage never heard of.
type State struct {
	// Seq is the highest sequence number that is settled: told, kept back, or given up.
	Seq int
	// Heard is the highest sequence number heard of, settled or not.
	Heard int
	// Opened is the sequence number of the first event that this receiver is told of; 0 while there is none.
	Opened int
	// ResolvedAt is the event time of the end; zero while it lasts.
	ResolvedAt time.Time
	// HeardAt is the newest event time heard of the outage.
	HeardAt time.Time
	// Said is what the receiver was told last.
	Said Said
}

// Verdict is whether a receiver is told.
type Verdict bool

// The verdicts.
const (
	Tell Verdict = true
	Skip Verdict = false
)

// Reason names why a verdict was given. Reasons are metric labels, so there are few.
type Reason string

// The reasons to tell.
const (
	ReasonOpens   Reason = "opens"   // the first that this receiver hears of the outage
	ReasonFollows Reason = "follows" // the receiver has been told of the outage before
)

// The reasons to skip.
const (
	ReasonRepeat      Reason = "repeat"      // this very event was settled before
	ReasonLate        Reason = "late"        // a later event of the outage was settled before
	ReasonUnconfirmed Reason = "unconfirmed" // the outage has not been confirmed
	ReasonUnwanted    Reason = "unwanted"    // the receiver does not want this outage
	ReasonOver        Reason = "over"        // the end of an outage whose beginning was kept back
)

// Decide tells whether a receiver with policy p, for whom the outage stands at s, is told of e now, and why. By the time at
// which e comes in its turn, now is e.Time, so that the same log gives the same verdicts.
func Decide(s State, e *event.Event, p Policy, now time.Time) (Verdict, Reason) {
	switch {
	case s.Seq > 0 && e.Data.Seq == s.Seq:
		return Skip, ReasonRepeat
	case e.Data.Seq < s.Seq:
		return Skip, ReasonLate
	case s.Opened > 0 && e.Data.Seq >= s.Opened:
		if reason := p.hushed(e, now, true); reason != "" {
			return Skip, reason
		}
		if p.Damp && s.Said.dampedUntil(e).After(now) {
			return Skip, ReasonDamped
		}
		return Tell, ReasonFollows
	case !p.Suspected && !wasConfirmed(e):
		return Skip, ReasonUnconfirmed
	case !s.HeardAt.IsZero() && isEnding(e):
		return Skip, ReasonOver
	}
	for _, reason := range []Reason{p.unwanted(e, now), p.hushed(e, now, false), p.settled(e)} {
		if reason != "" {
			return Skip, reason
		}
	}
	return Tell, ReasonOpens
}

// Settle returns the state after e was settled with verdict v.
func (s State) Settle(e *event.Event, v Verdict) State {
	s = s.heard(e, v)
	s.Seq = max(s.Seq, e.Data.Seq)
	if v == Tell {
		s.Said = s.Said.next(e, e.Time)
	}
	return s
}

// heard returns the state after it became known that e exists and what its verdict is, without settling it.
func (s State) heard(e *event.Event, v Verdict) State {
	s.Heard = max(s.Heard, e.Data.Seq)
	if s.Opened == 0 && v == Tell {
		s.Opened = e.Data.Seq
	}
	if e.Data.Seq < s.Seq || e.Time.Before(s.HeardAt) {
		return s
	}
	s.HeardAt = e.Time
	s.ResolvedAt = time.Time{}
	if e.Kind() == event.TypeResolved {
		s.ResolvedAt = e.Time
	}
	return s
}

// unwanted reports why the receiver does not want e now; "" if it does.
func (p *Policy) unwanted(e *event.Event, now time.Time) Reason {
	if p.Wants == nil {
		return ""
	}
	return p.Wants(e, now)
}

// wasConfirmed reports whether the outage of e is, or ever was, confirmed.
func wasConfirmed(e *event.Event) bool {
	return e.Data.ConfirmedAt != nil || e.Data.Phase == event.Confirmed || e.Kind() == event.TypeConfirmed
}

// isEnding reports whether e speaks of an end: news to nobody who did not hear of the beginning.
func isEnding(e *event.Event) bool {
	return e.Kind() == event.TypeRecovering || e.Kind() == event.TypeResolved
}
