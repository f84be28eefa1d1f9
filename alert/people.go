package alert

import (
	"time"

	"github.com/outcry/outcry/event"
)

// People is what people want and do about outages. *Ledger is one.
type People interface {
	// Silences are all silences, those that are over too.
	Silences() []Silence
	// AckOf says who took the outage over, and when; nil: nobody has.
	AckOf(outage string) *Ack
	// ResolvedAt is the event time at which the outage was resolved; zero: it lasts, or is not known.
	ResolvedAt(outage string) time.Time
}

// The reasons to skip for people's sake.
const (
	ReasonMuted    Reason = "muted"    // somebody muted this outage
	ReasonSilenced Reason = "silenced" // somebody silenced outages of this sort
	ReasonAcked    Reason = "acked"    // somebody took it over before it was this receiver's turn
	ReasonWaits    Reason = "waits"    // it is not this receiver's turn yet, or not its time of day
	ReasonDamped   Reason = "damped"   // it has been told enough for now
)

// keeps reports whether e, which is skipped for this reason, is told once the reason is gone, if it is the newest then.
func (r Reason) keeps(e *event.Event) bool {
	switch r {
	case ReasonDamped:
		return true
	case ReasonMuted, ReasonSilenced, ReasonWaits:
		return !isOver(e)
	default:
		return false
	}
}

// hushed reports why nobody is to be told of e now; "" if nothing is in the way. told says whether the receiver was told
// of the outage before: who was is told that it is resolved, unless the outage is muted until then.
func (p *Policy) hushed(e *event.Event, now time.Time, told bool) (why Reason) {
	p.eachSilence(e, now, func(s *Silence) {
		switch {
		case why != "":
		case s.Outage != "" && (s.Until == nil || !told || !isOver(e)):
			why = ReasonMuted
		case s.Outage == "" && (!told || !isOver(e)):
			why = ReasonSilenced
		}
	})
	return why
}

// hushedFor is how long it is worth waiting before asking again whether e is hushed.
func (p *Policy) hushedFor(e *event.Event, now time.Time) time.Duration {
	wait := lookKept
	p.eachSilence(e, now, func(s *Silence) {
		if s.Until != nil {
			wait = min(wait, s.Until.Sub(now))
		}
	})
	return wait
}

// eachSilence calls do with the silences that hold for e now.
func (p *Policy) eachSilence(e *event.Event, now time.Time, do func(*Silence)) {
	if p.People == nil {
		return
	}
	silences := p.People.Silences()
	for i := range silences {
		if silences[i].holds(e, now, p.Service) {
			do(&silences[i])
		}
	}
}

// dueAt is when a receiver that is told only After a while is to be told; zero for all others.
func (p *Policy) dueAt(e *event.Event) time.Time {
	switch {
	case p.After <= 0:
		return time.Time{}
	case e.Data.ConfirmedAt != nil:
		return e.Data.ConfirmedAt.Add(p.After)
	}
	return e.Time.Add(p.After)
}

// ackOf is who took the outage over; nil: nobody has.
func (p *Policy) ackOf(outage string) *Ack {
	if p.People == nil {
		return nil
	}
	return p.People.AckOf(outage)
}

// settled reports why an outage that is due for an escalation is none: somebody took it over, or it ended, before.
func (p *Policy) settled(e *event.Event) Reason {
	due := p.dueAt(e)
	if due.IsZero() || p.People == nil {
		return ""
	}
	if ack := p.ackOf(e.Data.ID); ack != nil && ack.At.Before(due) {
		return ReasonAcked
	}
	if ended := p.People.ResolvedAt(e.Data.ID); !ended.IsZero() && ended.Before(due) {
		return ReasonOver
	}
	return ""
}
