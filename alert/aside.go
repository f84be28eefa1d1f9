package alert

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// aside is what there is to be told of an outage although nothing is new in the log: a reminder, or who has taken it over.
type aside struct {
	notice Notice
	done   receipt
}

// lookAfter tells what there is to be told beside the log of the outage of e, which is the newest of it, and of which the
// receiver was told. It is tried once a look. Then it says how soon there may be more.
//
// What is told beside the log has no place in its order. The log is looked at right before and right after, so that it is not
// the last word about an outage that ended meanwhile; only a Desk that loses the log between the two looks cannot mend that.
func (d *Desk) lookAfter(ctx context.Context, r receipt, e *event.Event) (time.Duration, error) {
	if isOver(e) {
		return 0, nil
	}
	what, next := d.aside(r, e)
	if what == nil || d.cfg.Policy.hushed(e, latest(what.notice.Event.Time, e.Time), true) != "" {
		return next, nil
	}
	if pause := d.circuit.wait(d.cfg.Now()); pause > 0 {
		return min(pause, next), nil
	}
	if err := d.awaitTurn(ctx); err != nil {
		return 0, err
	}
	// The last look at the log comes right before: what is new must not be overtaken.
	if after, err := d.after(ctx, e); err != nil || len(after) > 0 {
		return 0, err
	}
	err := d.attempt(ctx, what.notice)
	switch {
	case ctx.Err() != nil:
		return 0, fmt.Errorf("notifier %s: %s is not delivered: %w", d.notifier.Name(), what.notice.Key, ctx.Err())
	case err != nil:
		d.log.Warn("a notice beside the log was not delivered", zap.String("key", what.notice.Key), zap.Error(err))
		if !IsPermanent(err) {
			return min(max(d.circuit.wait(d.cfg.Now()), time.Second), next), nil
		}
	}
	if err := d.note(ctx, e, what.done); err != nil {
		return 0, err
	}
	return next, d.repeatNewer(ctx, e)
}

// aside is what the receiver is to be told now, if anything, and how soon there may be something.
func (d *Desk) aside(r receipt, e *event.Event) (what *aside, next time.Duration) {
	_, takes := d.notifier.(Taker)
	switch ack := d.cfg.Policy.ackOf(e.Data.ID); {
	case ack != nil && takes && !r.Taken:
		return &aside{d.taken(e, ack), receipt{Told: e.Data.Seq, Taken: true}}, lookSoon
	case ack != nil:
		return nil, 0
	}
	if d.cfg.Policy.Remind > 0 {
		what, next = d.dueReminder(r, e)
	}
	if takes && (next == 0 || next > lookSoon) {
		next = lookSoon
	}
	return what, next
}

// taken is the notice of who has taken the outage of e over. It is the same whoever makes it, and when.
func (d *Desk) taken(e *event.Event, ack *Ack) Notice {
	return Notice{Event: retyped(e, TypeTaken, ack.At), Key: fmt.Sprintf("%s-%s-taken", e.Data.ID, d.notifier.Name()), Attempt: 1}
}

// dueReminder is the reminder whose time has come: whenever Policy.Remind has gone by without news. One that is missed is not
// made up for.
func (d *Desk) dueReminder(r receipt, e *event.Event) (*aside, time.Duration) {
	remind, now := d.cfg.Policy.Remind, d.cfg.Now()
	if r.At.IsZero() {
		r.At = e.Time
	}
	number := int(now.Sub(r.At) / remind)
	next := r.At.Add(time.Duration(max(number, r.Again)+1) * remind).Sub(now)
	if number <= r.Again {
		return nil, next
	}
	return &aside{d.reminder(e, r.At, number), receipt{Told: e.Data.Seq, Again: number}}, next
}

// reminder is the notice by which a receiver that was told of e is reminded of it. It is the same whoever makes it, and when.
func (d *Desk) reminder(e *event.Event, told time.Time, number int) Notice {
	return Notice{
		Event: retyped(e, TypeReminder, told.Add(time.Duration(number)*d.cfg.Policy.Remind)),
		Key:   fmt.Sprintf("%s-%s-again-%d", e.ID, d.notifier.Name(), number), Reminder: number, Attempt: 1,
	}
}

// retyped is e as an event of another type, dated anew.
func retyped(e *event.Event, kind event.Type, at time.Time) event.Event {
	other := *e
	other.Type = event.NewEvent(kind, e.Subject, e.Time, e.Data).Type
	other.Time = at
	return other
}

// repeatNewer tells of what came into the log while the receiver was told something beside it. If another Desk has told it
// meanwhile it is told once more: what was told beside it may have arrived after it, and an end must be the last word.
func (d *Desk) repeatNewer(ctx context.Context, e *event.Event) error {
	after, err := d.after(ctx, e)
	if err != nil || len(after) == 0 {
		return err
	}
	newest := &after[len(after)-1]
	r, err := d.recall(ctx, e.Data.ID)
	if err == nil && r.Told >= newest.Data.Seq {
		return d.tell(ctx, newest, newest.Time)
	}
	if err != nil {
		return err
	}
	return d.overtaken(ctx, e)
}
