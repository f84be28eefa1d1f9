package main

import (
	"context"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

func (a *app) notifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "notify",
		Short: "Try the configured notifiers out",
		Long: `Tries the notifiers of the configuration out, without an outage.

  outcry notify test ops`,
		Args: exactly(0, "a command: test"),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.notifyTestCommand())
	return c
}

func (a *app) notifyTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test NAME…",
		Short: "Send a sample, marked as a test, to configured notifiers",
		Long: `Sends two notices of an outage that does not exist, and that says so: that it is confirmed, and at
once that it is over, so that nothing is left open. Nothing else needs to run. Where a receiver does
not accept them, it says why and what to do.

  outcry notify test ops
  outcry notify test ops mail newsroom`,
		Args: atLeastOne("the name of a notifier"),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			return a.notifyTest(c.Context(), &cfg, args)
		},
	}
}

func (a *app) notifyTest(ctx context.Context, cfg *config, names []string) error {
	all, err := cfg.notifiers(tools{memory: newScratch()})
	if err != nil {
		return &usageError{err}
	}
	for _, name := range names {
		if all[name] == nil {
			return usagef("there is no notifier %q%s", name, didYouMean(name, keysOf(all)))
		}
	}
	failed := 0
	for _, name := range names {
		if err := a.sample(ctx, all[name]); err != nil {
			failed++
			what := "outcry would try again: this may pass"
			if alert.IsPermanent(err) {
				what = "outcry would not try again: mend it first"
			}
			_, _ = fmt.Fprintf(a.std.err, "%v (%s)\n", err, what)
			if wait := alert.RetryDelay(err); wait > 0 {
				_, _ = fmt.Fprintf(a.std.err, "the receiver asks to be left alone for %s\n", wait)
			}
			continue
		}
		a.ok("%s accepted the test", name)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d notifiers did not accept the test", failed, len(names))
	}
	return nil
}

// sample tells a notifier of the beginning and the end of an outage that does not exist.
func (a *app) sample(ctx context.Context, n alert.Notifier) error {
	events := sampleEvents(time.Now().UTC())
	for i := range events {
		if p, ok := n.(alert.Paced); ok && i > 0 {
			every, _ := p.Pace()
			select {
			case <-time.After(every):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		err := func() error {
			ctx, cancel := context.WithTimeout(ctx, attemptPatience)
			defer cancel()
			return n.Notify(ctx, alert.Notice{Event: events[i], Key: events[i].ID, Attempt: 1, At: time.Now()})
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// sampleEvents are the life of an outage that is clearly a test.
func sampleEvents(now time.Time) []event.Event {
	const name = "TEST, nothing is wrong: Example"
	onset, confirmed := now.Add(-4*time.Minute), now.Add(-time.Minute)
	o := event.Outage{
		ID: ulid.MustNew(ulid.Timestamp(now), ulid.DefaultEntropy()).String(), Seq: 1, Phase: event.Confirmed, Severity: event.Minor,
		OnsetAt: onset, DetectedAt: confirmed, ConfirmedAt: &confirmed, Name: name, Confidence: 0.99, Waves: 1,
		Services: []event.ServiceState{{ID: "example", Name: name, Role: event.RoleDown, Phase: event.Confirmed, Score: 12, Voices: 42, Usual: 1}},
		Scope:    event.Scope{Label: "regional", Countries: []event.CountryShare{{Code: "IT", Share: 0.6}, {Code: "FR", Share: 0.4}}, Places: []string{}},
		Symptoms: []event.Share{{ID: string(event.Connection), Share: 1}},
		Evidence: event.Evidence{Voices: 42, Posts: 50, Usual: 1, PValue: 1e-12, Sources: []string{"test"}, Languages: []string{"en"}, Phrases: []string{"this is a test"}, PostsSample: []event.PostRef{}},
		Cause:    &event.Cause{Service: "example", Basis: "self"},
	}
	over := o
	over.Seq, over.Phase, over.EndedAt = 2, event.Resolved, &now
	over.Services = []event.ServiceState{o.Services[0]}
	over.Services[0].Phase = event.Resolved
	return []event.Event{event.NewEvent(event.TypeConfirmed, "example", now, o), event.NewEvent(event.TypeResolved, "example", now, over)}
}
