package alert

import (
	"context"
	"time"

	"github.com/outcry/outcry/event"
)

// How soon Look wants to see an event again: what is kept back, because silences can be ended before their time; what
// Handle has not settled yet; and anything else at the latest.
const (
	lookKept   = time.Minute
	lookSoon   = 3 * time.Second
	lookLatest = 10 * time.Minute
)

// Look is shown each event of the log, by any number of Desks one at a time, and again after the time that it returns;
// 0: it need not see this one again. It tells what was kept back once the silence, or the waiting of an escalation, is over
// and the outage is not: its newest event, once. And it reminds the receiver of outages that last. An error: as of Handle.
func (d *Desk) Look(ctx context.Context, e event.Event) (again time.Duration, err error) {
	if e.Check() != nil {
		return 0, nil
	}
	free, err := d.take(ctx)
	if err != nil {
		return 0, err
	}
	defer free()
	if d.isHistory(&e) {
		return 0, nil
	}
	r, err := d.recall(ctx, e.Data.ID)
	if err != nil {
		return 0, err
	}
	s := d.outages[e.Data.ID]
	switch {
	case e.Data.Seq < max(s.Heard, r.Told):
		return 0, nil
	case e.Data.Seq == r.Told:
		again, err = d.lookAfter(ctx, r, &e)
	default:
		again, err = d.lookKept(ctx, s, r, &e)
	}
	return min(again, lookLatest), err
}

// isHistory reports whether there is nothing to be told of the outage of e any more.
func (d *Desk) isHistory(e *event.Event) bool {
	p, age := &d.cfg.Policy, d.cfg.Now().Sub(e.Time)
	if isOver(e) {
		return !p.Damp || e.Data.Waves < 2 || age > rememberResolved
	}
	return age > rememberSilent || (p.People != nil && !p.People.ResolvedAt(e.Data.ID).IsZero())
}

// lookKept tells of e, which was not told, if it was kept back and nothing is in its way any more.
func (d *Desk) lookKept(ctx context.Context, s State, r receipt, e *event.Event) (time.Duration, error) {
	verdict, reason, wait := d.ripe(s, r, e)
	switch {
	case reason.keeps(e):
		return wait, nil
	case reason == ReasonAcked, reason == ReasonUnconfirmed:
		return 0, nil
	case verdict == Skip:
		return lookLatest, nil // another Desk may be telling the receiver of the outage right now
	case r.Kept < e.Data.Seq:
		return lookSoon, nil // it is for Handle to tell it, in its turn
	}
	if after, err := d.after(ctx, e); err != nil || len(after) > 0 {
		return 0, err
	}
	// Whoever handles what comes next either finds this note, or has published it before the log is read once more.
	if err := d.note(ctx, e, receipt{Trying: e.Data.Seq}); err != nil {
		return 0, err
	}
	if after, err := d.after(ctx, e); err != nil || len(after) > 0 {
		return 0, err
	}
	if err := d.tell(ctx, e, latest(e.Time, d.cfg.Now())); err != nil {
		return 0, err
	}
	return lookSoon, d.overtaken(ctx, e)
}

// ripe decides about e, which was not told, as things stand now, and says how soon that may change.
func (d *Desk) ripe(s State, r receipt, e *event.Event) (Verdict, Reason, time.Duration) {
	now := latest(e.Time, d.cfg.Now())
	s.Seq = max(r.Told, r.From-1)
	verdict, reason := Decide(s, e, d.cfg.Policy, now)
	switch due := d.cfg.Policy.dueAt(e); {
	case reason == ReasonOpens && due.After(now):
		return Skip, ReasonWaits, due.Sub(now)
	case reason == ReasonDamped:
		return Skip, reason, s.Said.dampedUntil(e).Sub(now)
	}
	return verdict, reason, d.cfg.Policy.hushedFor(e, now)
}

// latest is the later one of two times.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tellTried tells what another Desk may be telling just now although it is older than e: e comes after it. It gives what
// is known then.
func (d *Desk) tellTried(ctx context.Context, r receipt, e *event.Event) (receipt, error) {
	past, err := d.past(ctx, e)
	if err != nil {
		return r, err
	}
	for i := range past {
		if tried := &past[i]; tried.Data.ID == e.Data.ID && tried.Data.Seq == r.Trying {
			if err := d.tell(ctx, tried, tried.Time); err != nil {
				return r, err
			}
			break
		}
	}
	return d.recall(ctx, e.Data.ID)
}

// after are the events of the outage of e that come after it in the log.
func (d *Desk) after(ctx context.Context, e *event.Event) ([]event.Event, error) {
	past, err := d.past(ctx, e)
	if err != nil {
		return nil, err
	}
	var after []event.Event
	for i := range past {
		if past[i].Data.ID == e.Data.ID && past[i].Data.Seq > e.Data.Seq {
			after = append(after, past[i])
		}
	}
	return after, nil
}

// overtaken tells what came into the log after e while Look was telling of e. Another Desk may have settled it meanwhile, in
// the belief that the receiver knows nothing of the outage.
func (d *Desk) overtaken(ctx context.Context, e *event.Event) error {
	after, err := d.after(ctx, e)
	if err != nil {
		return err
	}
	for i := range after {
		if err := d.handle(ctx, &after[i]); err != nil {
			return err
		}
	}
	return nil
}
