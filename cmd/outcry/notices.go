package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/terminal"
	"github.com/outcry/outcry/store/nats"
)

func (a *app) noticesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "notices",
		Short: "List the notices that could not be delivered",
		Long: `Lists the dead letters: notices that a receiver refused, or that were given up after the bound
of retries, oldest first. Their numbers are what outcry notices show and redrive take.

  outcry notices
  outcry notices show 7          all of it
  outcry notices redrive 7       deliver it after all`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				return a.listLetters(ctx, log, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	c.AddCommand(a.showLetterCommand(), a.redriveCommand())
	return a.reach(c)
}

func (a *app) showLetterCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show ID…",
		Short: "Show dead letters whole: to whom, why not, and what was to be told",
		Long: `Shows dead letters whole: to whom each was to go, why it did not, and what it was to tell. outcry notices
has the numbers.

  outcry notices show 7
  outcry notices show 7 8 --json`,
		Args: atLeastOne("the number of a dead letter; outcry notices lists them"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				letters, err := log.Letters(ctx)
				if err != nil {
					return err
				}
				if letters, err = pick(letters, args, false); err != nil {
					return err
				}
				return a.showLetters(letters, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return c
}

func (a *app) showLetters(letters []nats.Letter, asJSON bool) error {
	for i := range letters {
		l := &letters[i]
		if asJSON {
			if err := json.NewEncoder(a.std.out).Encode(l); err != nil {
				return err
			}
			continue
		}
		_, err := fmt.Fprintf(a.std.out, "%d, to %s, given up at %s:\n    %s\n\n%s", l.Seq, l.Notifier,
			l.At.Format("2006-01-02 15:04:05 UTC"), alert.Clean(l.Reason, maxReasonWhole), terminal.Block(&l.Event, a.colour()))
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *app) redriveCommand() *cobra.Command {
	var all, drop, force bool
	var to string
	c := &cobra.Command{
		Use:   "redrive ID…",
		Short: "Deliver dead letters after all, and remove them",
		Long: `Tells the receivers of the dead letters once more, in order, with the keys of the first attempts,
and removes each letter that was accepted. The notifiers are those of the configuration here. A
letter that is older than what its receiver was told since is not told, so that nobody reads that
something is down after it was said to be back.

  outcry notices redrive 7 8
  outcry notices redrive --all
  outcry notices redrive 7 --to ops      to another notifier
  outcry notices redrive 7 --drop        remove it without telling anybody
  outcry notices redrive 7 --force       tell it however old it is`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !all {
				return usagef("outcry notices redrive needs ids, or --all; outcry notices lists them")
			}
			return a.withLog(c.Context(), func(ctx context.Context, cfg *config, log *nats.Log) error {
				kept, err := log.Letters(ctx)
				if err != nil {
					return err
				}
				letters, err := pick(kept, args, all)
				if err != nil {
					return err
				}
				if drop {
					return a.dropLetters(ctx, log, letters)
				}
				return a.redrive(ctx, cfg, redriving{log: log, kept: kept, to: to, force: force}, letters)
			})
		},
	}
	c.Flags().BoolVar(&all, "all", false, "every dead letter")
	c.Flags().BoolVar(&drop, "drop", false, "remove them without telling anybody")
	c.Flags().BoolVar(&force, "force", false, "those too that are older than what their receiver was told since")
	c.Flags().StringVar(&to, "to", "", "another notifier than the one that was meant")
	return c
}

func (a *app) listLetters(ctx context.Context, log *nats.Log, asJSON bool) error {
	letters, err := log.Letters(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		for i := range letters {
			if err := encoder.Encode(&letters[i]); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "ID\tGIVEN UP\tNOTIFIER\tNOTICE\tREASON")
	for i := range letters {
		l := &letters[i]
		_, _ = fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", l.Seq, l.At.Format(time.RFC3339), l.Notifier,
			alert.English(&l.Event).Headline, alert.Clean(l.Reason, maxReason))
	}
	if len(letters) == 0 {
		_, _ = fmt.Fprintln(a.std.err, "every notice was delivered")
	}
	return w.Flush()
}

// pick finds the letters with these numbers, in the order of the log.
func pick(letters []nats.Letter, ids []string, all bool) ([]nats.Letter, error) {
	wanted := make(map[uint64]bool)
	for _, id := range ids {
		seq, err := strconv.ParseUint(id, 10, 64)
		if err != nil {
			return nil, usagef("%q is no number of a dead letter; outcry notices lists them", id)
		}
		wanted[seq] = true
	}
	var picked []nats.Letter
	for _, l := range letters {
		if all || wanted[l.Seq] {
			picked = append(picked, l)
			delete(wanted, l.Seq)
		}
	}
	for seq := range wanted {
		return nil, fmt.Errorf("%w: %d; outcry notices lists them", nats.ErrNoLetter, seq)
	}
	return picked, nil
}

func (a *app) dropLetters(ctx context.Context, log *nats.Log, letters []nats.Letter) error {
	for i := range letters {
		if err := log.ForgetLetter(ctx, letters[i].Seq); err != nil {
			return err
		}
		_, _ = fmt.Fprintf(a.std.out, "%d dropped\n", letters[i].Seq)
	}
	return nil
}

// redriving is how letters are told after all.
type redriving struct {
	log *nats.Log
	// kept are all dead letters that there are.
	kept []nats.Letter
	// to is another notifier than the one that was meant; empty: that one.
	to    string
	force bool
}

// redrive tells of the letters in order. One that fails stays, and the others have their turn.
func (a *app) redrive(ctx context.Context, cfg *config, r redriving, letters []nats.Letter) error {
	all, err := cfg.notifiers(tools{memory: &lateNotes{open: r.log.Notes}})
	if err != nil {
		return &usageError{err}
	}
	if _, ok := all[r.to]; r.to != "" && !ok {
		return usagef("there is no notifier %q%s", r.to, didYouMean(r.to, keysOf(all)))
	}
	receipts, err := r.log.Notes(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for i := range letters {
		l := &letters[i]
		name := cmp.Or(r.to, l.Notifier)
		err := r.check(ctx, receipts, l, name)
		if err == nil {
			err = a.redriveOne(ctx, r.log, l, name, all[name])
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%d: %w", l.Seq, err))
		}
	}
	return errors.Join(errs...)
}

// check refuses a letter that is older than what the receiver was told since. What was given up, too, it was not told.
func (r *redriving) check(ctx context.Context, receipts alert.Receipts, l *nats.Letter, name string) error {
	if r.force {
		return nil
	}
	told, err := alert.Told(ctx, receipts, name, l.Event.Data.ID)
	if err != nil || told <= l.Event.Data.Seq {
		return err
	}
	isDead := func(other nats.Letter) bool {
		return other.Notifier == name && other.Event.Data.ID == l.Event.Data.ID && other.Event.Data.Seq == told
	}
	if slices.ContainsFunc(r.kept, isDead) {
		return nil
	}
	return fmt.Errorf("%s has been told newer things of this outage since; --drop removes the letter, --force tells it all the same", name)
}

func (a *app) redriveOne(ctx context.Context, log *nats.Log, l *nats.Letter, name string, n alert.Notifier) error {
	if n == nil {
		return fmt.Errorf("notifier %s is not configured any more; choose another one with --to, or --drop it", name)
	}
	ctx, cancel := context.WithTimeout(ctx, attemptPatience)
	defer cancel()
	if err := n.Notify(ctx, alert.Notice{Event: l.Event, Key: l.Event.ID, Attempt: 1, At: time.Now()}); err != nil {
		return err
	}
	if err := log.ForgetLetter(ctx, l.Seq); err != nil && !errors.Is(err, nats.ErrNoLetter) {
		return fmt.Errorf("it is told, but stays: %w", err)
	}
	_, err := fmt.Fprintf(a.std.out, "%d told: %s, to %s\n", l.Seq, alert.English(&l.Event).Headline, name)
	return err
}

// maxReason bounds a reason in the list, and maxReasonWhole where it is shown whole.
const (
	maxReason      = 200
	maxReasonWhole = 2000
)

// attemptPatience is how long a person waits for one attempt.
const attemptPatience = 30 * time.Second
