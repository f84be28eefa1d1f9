package detect

import (
	"time"

	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// Shares of the sufferers' peaks. Of dozens that fail from one cause there is always a small one that lags behind, or has
// trouble of its own: an outage goes on, or is not over yet, while that holds for goesOn of it, and it breaks out again
// with breaksOut.
const (
	goesOn    = 0.25
	breaksOut = 0.35
)

// vigour is how much of an outage is left: the peaks of its sufferers, of those that are confirmed, and of those that are not
// over, and the liveliest phase.
type vigour struct {
	total, confirmed, left float64
	best                   event.Phase
}

// derive is the outage's phase from those of its sufferers.
func (o *outage) derive(j *Judge) event.Phase {
	v := vigour{best: event.Resolved}
	for _, id := range sortedKeys(o.Members) {
		m, p := o.Members[id], j.service(id).Machine.Phase
		if !m.suffers() {
			continue
		}
		if rankPhase(p) > rankPhase(m.Phase) || p == event.Confirmed {
			m.Phase = p
		}
		v.add(m.Peak, p)
	}
	if o.ConfirmedAt == nil {
		return v.best
	}
	return v.phase(o.Phase)
}

func (v *vigour) add(peak float64, p event.Phase) {
	v.total += peak
	if liveliness(p) > 0 {
		v.left += peak
	}
	if p == event.Confirmed {
		v.confirmed += peak
	}
	if liveliness(p) > liveliness(v.best) {
		v.best = p
	}
}

// phase is what follows on before in the life of an outage that was confirmed.
func (v *vigour) phase(before event.Phase) event.Phase {
	need := breaksOut
	if before == event.Confirmed {
		need = goesOn
	}
	switch {
	case v.best == event.Confirmed && v.confirmed >= need*v.total:
		return event.Confirmed
	case v.best == event.Suspected:
		// A latecomer that is only suspected neither ends a recovery nor begins one.
		return before
	case before == event.Resolved, v.left < goesOn*v.total:
		return event.Resolved
	}
	return event.Recovering
}

// liveliness orders phases by how much of an outage is left.
func liveliness(p event.Phase) int {
	switch p {
	case event.Confirmed:
		return 3
	case event.Suspected:
		return 2
	case event.Recovering:
		return 1
	case event.Resolved, step.Quiet:
	}
	return 0
}

// rankPhase orders phases by when they come in a life.
func rankPhase(p event.Phase) int {
	switch p {
	case event.Suspected:
		return 1
	case event.Confirmed:
		return 2
	case event.Recovering:
		return 3
	case event.Resolved:
		return 4
	case step.Quiet:
	}
	return 0
}

// turn names the event that a change of phase is, and notes what it means.
func (o *outage) turn(before event.Phase, t time.Time) (event.Type, bool) {
	if o.Phase == before {
		return "", false
	}
	switch o.Phase {
	case event.Suspected:
		return event.TypeSuspected, before == step.Quiet
	case event.Confirmed:
		o.Waves++
		if o.ConfirmedAt != nil {
			o.EndedAt = nil
			return event.TypeRelapsed, true
		}
		at := t
		o.ConfirmedAt = &at
		return event.TypeConfirmed, true
	case event.Recovering:
		return event.TypeRecovering, true
	case event.Resolved:
		at := t
		o.EndedAt = &at
		return event.TypeResolved, before != step.Quiet
	case step.Quiet:
	}
	return "", false
}
