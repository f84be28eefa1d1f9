package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/people"
	"github.com/outcry/outcry/alert/terminal"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
)

func (a *app) outagesCommand() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{
		Use:   "outages [ID]",
		Short: "List the outages of a running outcry, or show one",
		Long: `Lists the outages that are open, or with --all every one that is kept, newest first. With an
id (its beginning is enough), shows what happened to that one.

  outcry outages                          what is down now
  outcry outages 01GV2T                   the life of one, event by event
  outcry outages --all --json | jq -r '.data.name + " " + .data.onset_at'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("outcry outages takes one id; see outcry outages --help")
			}
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				return a.outages(ctx, log, args, all, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one CloudEvents object a line")
	c.Flags().BoolVar(&all, "all", false, "resolved ones too")
	return a.reach(c)
}

func (a *app) outages(ctx context.Context, log *nats.Log, args []string, all, asJSON bool) error {
	events, err := log.Outages(ctx)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return a.showOutage(events, args[0], asJSON)
	}
	acks, err := log.Acks(ctx)
	if err != nil {
		return err
	}
	acked, err := (&people.Book{Acks: acks}).Acked(ctx)
	if err != nil {
		return err
	}
	return a.listOutages(newest(events, all), acked, asJSON)
}

// newest gives the last event of each outage, the latest outage first.
func newest(events []event.Event, all bool) []event.Event {
	last := make(map[string]int)
	var order []string
	for i := range events {
		id := events[i].Data.ID
		if _, ok := last[id]; !ok {
			order = append(order, id)
		}
		last[id] = i
	}
	var out []event.Event
	for i := len(order) - 1; i >= 0; i-- {
		if e := events[last[order[i]]]; all || e.Data.Phase != event.Resolved {
			out = append(out, e)
		}
	}
	return out
}

func (a *app) listOutages(events []event.Event, acked map[string]alert.Ack, asJSON bool) error {
	if asJSON {
		return a.encodeEvents(events)
	}
	if len(events) == 0 {
		_, _ = fmt.Fprintln(a.std.err, "no outage is open; --all lists the resolved ones too")
		return nil
	}
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "ID\tNAME\tPHASE\tSEVERITY\tSINCE\tVOICES\tTAKEN OVER BY")
	for i := range events {
		o := &events[i].Data
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%.0f\t%s\n", o.ID, o.Name, o.Phase, o.Severity, o.OnsetAt.Format(time.RFC3339), o.Evidence.Voices, acked[o.ID].By)
	}
	return w.Flush()
}

func (a *app) showOutage(events []event.Event, id string, asJSON bool) error {
	var life []event.Event
	for i := range events {
		if full := events[i].Data.ID; len(full) >= len(id) && full[:len(id)] == id {
			life = append(life, events[i])
		}
	}
	if len(life) == 0 {
		return fmt.Errorf("no outage begins with %q; outcry outages --all lists them", id)
	}
	if asJSON {
		return a.encodeEvents(life)
	}
	for i := range life {
		if _, err := fmt.Fprint(a.std.out, terminal.Block(&life[i], a.colour())); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) encodeEvents(events []event.Event) error {
	encoder := json.NewEncoder(a.std.out)
	for i := range events {
		if err := encoder.Encode(&events[i]); err != nil {
			return err
		}
	}
	return nil
}
