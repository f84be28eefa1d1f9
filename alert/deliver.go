package alert

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// deliver tells the receiver of e, or gives it up. An error means that neither is done.
func (d *Desk) deliver(ctx context.Context, e *event.Event) error {
	begun := d.cfg.Now()
	for attempt := 1; ; attempt++ {
		if err := d.awaitTurn(ctx); err != nil {
			return err
		}
		err := d.attempt(ctx, Notice{Event: *e, Key: e.ID, Attempt: attempt})
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("notifier %s: event %s is not delivered yet: %w", d.notifier.Name(), e.ID, ctx.Err())
		case IsPermanent(err):
			return d.giveUp(ctx, e, err.Error())
		case d.waitsTooLong(e, begun):
			return d.giveUp(ctx, e, fmt.Sprintf("given up at attempt %d, %s after the first: %s",
				attempt, d.cfg.Now().Sub(begun).Round(time.Second), err))
		}
		d.log.Warn("not delivered yet", zap.String("event", e.ID), zap.Int("attempt", attempt),
			zap.Duration("retry_in", d.circuit.wait(d.cfg.Now())), zap.Error(err))
	}
}

// awaitTurn waits until the receiver may be called: a failing one is left alone, and a limited one keeps its pace.
func (d *Desk) awaitTurn(ctx context.Context) error {
	if pause := d.circuit.wait(d.cfg.Now()); pause > 0 {
		if err := d.cfg.Sleep(ctx, pause); err != nil {
			return err
		}
	}
	now := d.cfg.Now()
	if pause := d.limit.ReserveN(now, 1).DelayFrom(now); pause > 0 {
		return d.cfg.Sleep(ctx, pause)
	}
	return ctx.Err()
}

// attempt tells the receiver once and takes note of how that went.
func (d *Desk) attempt(ctx context.Context, n Notice) error {
	at := d.cfg.Now()
	n.At, n.Ack = at, d.cfg.Policy.ackOf(n.Event.Data.ID)
	bounded, cancel := context.WithTimeout(ctx, d.cfg.Timeout)
	defer cancel()
	err := d.notifier.Notify(bounded, n)
	if err != nil && ctx.Err() != nil {
		return err // The program ends; that says nothing about the receiver.
	}
	now, outcome := d.cfg.Now(), outcomeSent
	switch {
	case err == nil:
		d.circuit.closed()
		d.metrics.delivered(d.notifier.Name(), n)
		d.log.Info("told", zap.String("event", n.Event.ID), zap.String("type", string(n.Event.Kind())),
			zap.Int("attempt", n.Attempt), zap.Int("reminder", n.Reminder))
	case IsPermanent(err):
		outcome = outcomePermanent
		d.circuit.closed()
	default:
		outcome = outcomeTemporary
		// What a stranger asks for is honoured up to the bound; longer would silence the receiver for good.
		d.circuit.failed(now, min(RetryDelay(err), d.cfg.Bound))
	}
	d.metrics.attempted(d.notifier.Name(), outcome, now.Sub(at))
	return err
}

// waitsTooLong reports whether the next attempt would come after the bound of e.
func (d *Desk) waitsTooLong(e *event.Event, begun time.Time) bool {
	bound := d.cfg.Bound
	if e.Kind() == event.TypeResolved {
		bound = max(bound, d.cfg.BoundResolved)
	}
	return d.circuit.retryAt.Sub(d.circuit.waitsSince(e.Time, begun)) > bound
}

// giveUp makes e a dead letter.
func (d *Desk) giveUp(ctx context.Context, e *event.Event, reason string) error {
	if err := d.dead.DeadLetter(ctx, d.notifier.Name(), *e, reason); err != nil {
		return fmt.Errorf("notifier %s: event %s can neither be delivered nor kept as a dead letter: %w",
			d.notifier.Name(), e.ID, err)
	}
	d.metrics.deadLetter(d.notifier.Name())
	d.log.Error("given up; kept as a dead letter", zap.String("event", e.ID), zap.String("reason", reason))
	return nil
}
