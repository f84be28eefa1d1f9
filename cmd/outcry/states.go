package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/nats"
)

func (a *app) sourcesCommand() *cobra.Command {
	var asJSON, watch bool
	c := &cobra.Command{
		Use:   "sources [NAME]",
		Short: "Show whether the sources of a running outcry can be heard",
		Long: `Asks a running outcry, through NATS, how its sources fare: whether each can be heard, how many posts
come a second, how late they come, and what is wrong where nothing comes.

  connecting    it is being reached for the first time, and nothing has come yet
  live          it can be heard
  stalled       it can be heard, but the log takes nothing over: see NATS
  backing_off   it failed a moment ago, and is tried again
  blind         it has failed for so long that its silence means nothing; it is tried again
  stopped       it is not tried again: its process has ended, or the error cannot mend itself
  done          it has given all it has
  lost          nothing has been heard for a minute of the process that read it

BUSY is the share of the last minute in which it waited for the log: near 100% more comes than can be
taken over, and the network holds the rest. LAG is how late the newest post was when it came. A source
that is asked now and then, or where few people write, has an old LAST POST and is well all the same.

  outcry sources                     the table, and below it what is wrong
  outcry sources bluesky --json      one object a line, with the cursor and the times
  outcry sources --watch             every change as it comes, until Ctrl-C
  outcry sources forget NAME         has a source begin anew, or takes one that is gone off the list

The exit code is 1 if a source is blind, stopped by an error or lost. Others read the same on the NATS
subjects outcry.sources.<name>.`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("outcry sources takes one name; see outcry sources --help")
			}
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				return a.sources(ctx, log, strings.Join(args, ""), asJSON, watch)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	c.Flags().BoolVar(&watch, "watch", false, "go on with every change, until Ctrl-C")
	c.AddCommand(a.forgetSourceCommand())
	return a.reach(c)
}

func (a *app) forgetSourceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "forget NAME",
		Short: "Forget how far a source has been read, and what it last said",
		Long: `Has a source begin anew, where it would without ever having been read: for one whose place cannot be
used any more, because its type, its files or its network have changed, and for one that is gone for
good and still in the list. A source that fails begins anew when it is tried again, one that is read
at this moment not at all: stop outcry before.

  outcry sources forget archive`,
		Args: exactly(1, "the name of a source"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				known, err := log.ForgetSource(ctx, args[0])
				switch {
				case err != nil:
					return err
				case !known:
					return fmt.Errorf("no source is called %q; outcry sources lists them", args[0])
				}
				_, _ = fmt.Fprintf(a.std.err, "forgotten: how far %s has been read\n", args[0])
				return nil
			})
		},
	}
}

func (a *app) sources(ctx context.Context, log *nats.Log, name string, asJSON, watch bool) error {
	if watch {
		return unlessEnded(ctx, a.watchSources(ctx, log, name, asJSON))
	}
	all, err := log.Sources(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(s event.SourceStatus) bool { return name != "" && s.Source != name })
	slices.SortFunc(all, func(x, y event.SourceStatus) int { return cmp.Compare(x.Source, y.Source) })
	if len(all) == 0 && name != "" {
		return fmt.Errorf("no source is called %q; outcry sources lists them", name)
	}
	return a.listSources(all, asJSON)
}

// listSources writes all there is; the error says that some of it is bad.
func (a *app) listSources(all []event.SourceStatus, asJSON bool) error {
	now := time.Now()
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		for i := range all {
			if err := encoder.Encode(&all[i]); err != nil {
				return err
			}
		}
	} else if err := tableOfSources(a.std.out, all, now); err != nil {
		return err
	}
	if len(all) == 0 {
		_, _ = fmt.Fprintln(a.std.err, "no source has said anything; is outcry run started with the role collect?")
	}
	unheard := 0
	for i := range all {
		if s := &all[i]; s.Spent != nil && !asJSON {
			_, _ = fmt.Fprintf(a.std.out, "\n%s: cost %s today and %s this month\n", s.Source, cost(s.Spent.DayUSD, s.Spent.BudgetDayUSD), cost(s.Spent.MonthUSD, s.Spent.BudgetMonthUSD))
		}
		if s := &all[i]; isUnheard(s, now) {
			unheard++
			if !asJSON {
				_, _ = fmt.Fprintf(a.std.out, "\n%s: %s\n", s.Source, whyUnheard(s, now))
			}
		}
	}
	if unheard > 0 {
		return fmt.Errorf("%d of %d sources cannot be heard", unheard, len(all))
	}
	return nil
}

// cost is what was spent, and of how much.
func cost(spent, budget float64) string {
	if budget == 0 {
		return fmt.Sprintf("$%.2f", spent)
	}
	return fmt.Sprintf("$%.2f of $%.2f", spent, budget)
}

// isUnheard reports whether somebody should look after a source.
func isUnheard(s *event.SourceStatus, now time.Time) bool {
	return s.Lost(now) || s.State == event.SourceBlind || s.State == event.SourceStopped && s.Error != ""
}

func whyUnheard(s *event.SourceStatus, now time.Time) string {
	switch {
	case s.Lost(now):
		return fmt.Sprintf("nothing was heard of its process since %s; is it still running?", s.At.Format(time.RFC3339))
	case s.State == event.SourceStopped:
		return s.Error + " (it is not tried again: mend it and start outcry again)"
	case s.NextTry.After(now):
		return fmt.Sprintf("%s (tried again in %s)", s.Error, s.NextTry.Sub(now).Round(time.Second))
	}
	return s.Error + " (it is being tried again)"
}

func tableOfSources(out io.Writer, all []event.SourceStatus, now time.Time) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "SOURCE\tSTATE\tFOR\tPOSTS/S\tBUSY\tPOSTS\tLAG\tLAST POST")
	for i := range all {
		_, _ = fmt.Fprintln(w, strings.Join(rowOfSource(&all[i], now), "\t"))
	}
	return w.Flush()
}

// rowOfSource are the columns of one source.
func rowOfSource(s *event.SourceStatus, now time.Time) []string {
	state, since := string(s.State), s.Since
	switch {
	case s.Lost(now):
		state, since = "lost", s.At
	case s.State == event.SourceBlind && !s.BlindSince.IsZero():
		since = s.BlindSince
	}
	lag, last := "-", "-"
	if !s.LastPost.IsZero() {
		lag = time.Duration(s.LagS * float64(time.Second)).Round(100 * time.Millisecond).String()
		last = s.LastPost.Format(time.RFC3339)
	}
	return []string{s.Source, state, now.Sub(since).Round(time.Second).String(), fmt.Sprintf("%.1f", s.Rate), fmt.Sprintf("%.0f%%", 100*s.Busy), fmt.Sprint(s.Posts), lag, last}
}

// watchSources writes what every source says of itself, at first and whenever its state or its error changes; as JSON, everything.
func (a *app) watchSources(ctx context.Context, log *nats.Log, name string, asJSON bool) error {
	_, _ = fmt.Fprintf(a.std.err, "watching the sources at %s; end with Ctrl-C\n", secret.Redact(log.ClientURL()))
	encoder := json.NewEncoder(a.std.out)
	said := make(map[string]string)
	return log.WatchSources(ctx, func(_ context.Context, s event.SourceStatus) error {
		news := string(s.State) + s.Error
		switch {
		case name != "" && s.Source != name:
			return nil
		case asJSON:
			return encoder.Encode(&s)
		case said[s.Source] == news:
			return nil
		}
		said[s.Source] = news
		_, err := fmt.Fprintln(a.std.out, strings.TrimSpace(fmt.Sprintf("%s  %s %s  %s", s.At.Format(time.RFC3339), s.Source, s.State, s.Error)))
		return err
	})
}
