package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/ingest/sim"
)

func (a *app) simulateCommand() *cobra.Command {
	var seed uint64
	var out string
	var list, asJSON bool
	c := &cobra.Command{
		Use:   "simulate [SCENARIO…]",
		Short: "Make posts of evenings whose truth is known",
		Long: `Makes the posts of seeded scenarios: evenings with outages, and evenings on which nothing may
fire. One scenario without --out is printed as NDJSON; otherwise each becomes a folder with
posts.ndjson.gz and truth.json, as backtest reads them. The same seed makes the same posts.

  outcry simulate --list
  outcry simulate tiktok-2023-03-09 | outcry replay -
  outcry simulate --out scenarios && outcry backtest scenarios`,
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				return a.listScenarios(asJSON)
			}
			chosen, err := chooseScenarios(args)
			if err != nil {
				return err
			}
			if out == "" {
				if len(chosen) != 1 {
					return usagef("name one scenario to print, or --out DIR for several; outcry simulate --list lists them")
				}
				return a.printScenario(c.Context(), chosen[0], seed)
			}
			return a.writeScenarios(c.Context(), out, chosen, seed)
		},
	}
	c.Flags().Uint64Var(&seed, "seed", 1, "chance: another seed, another evening of the same kind")
	c.Flags().StringVar(&out, "out", "", "directory in which each scenario becomes a folder")
	c.Flags().BoolVar(&list, "list", false, "list the scenarios")
	c.Flags().BoolVar(&asJSON, "json", false, "the list as one JSON object a line")
	return c
}

// chooseScenarios finds the scenarios by id; none named: all.
func chooseScenarios(ids []string) ([]sim.Scenario, error) {
	all := sim.Scenarios()
	if len(ids) == 0 {
		return all, nil
	}
	byID := make(map[string]sim.Scenario, len(all))
	for _, s := range all {
		byID[s.ID] = s
	}
	var chosen []sim.Scenario
	for _, id := range ids {
		s, ok := byID[id]
		if !ok {
			return nil, usagef("unknown scenario %q%s; outcry simulate --list lists them", id, didYouMean(id, keysOf(byID)))
		}
		chosen = append(chosen, s)
	}
	return chosen, nil
}

func (a *app) listScenarios(asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		for _, s := range sim.Scenarios() {
			if err := encoder.Encode(map[string]string{"id": s.ID, "title": s.Title}); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	for _, s := range sim.Scenarios() {
		_, _ = fmt.Fprintf(w, "%s\t%s\n", s.ID, s.Title)
	}
	return w.Flush()
}

func (a *app) writeScenarios(ctx context.Context, dir string, chosen []sim.Scenario, seed uint64) error {
	for i, s := range chosen {
		n, err := sim.WriteScenario(ctx, dir, s, seed)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(a.std.err, "%d of %d  %s: %d posts\n", i+1, len(chosen), s.ID, n)
	}
	return nil
}

func (a *app) printScenario(ctx context.Context, s sim.Scenario, seed uint64) error {
	encoder := json.NewEncoder(a.std.out)
	encoder.SetEscapeHTML(false)
	for p := range s.Posts(seed) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := encoder.Encode(&p); err != nil {
			return err
		}
	}
	return nil
}
