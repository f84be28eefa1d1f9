package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/replay"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/internal/baseline"
	"github.com/outcry/outcry/internal/scoreboard"
)

type backtestFlags struct {
	seeds           uint64
	only            []string
	asJSON, asTable bool
	rivals          bool
	quiet           float64
}

func (a *app) backtestCommand() *cobra.Command {
	var f backtestFlags
	c := &cobra.Command{
		Use:   "backtest [DIR]",
		Short: "Score outcry on evenings whose truth is known",
		Long: `Runs labelled scenarios through the chain and prints a scoreboard: what was found, how it was
named, how late, what was a false alarm, and what simpler detectors make of the same posts.

DIR holds a folder for each scenario with posts.ndjson (or .gz, .zst) and truth.json, as simulate
writes them. Without DIR the built-in scenarios are run.

  outcry backtest
  outcry backtest --seeds 20 --only tiktok-2023-03-09,meta-2021-10-04
  outcry backtest --quiet 100
  outcry simulate --out scenarios && outcry backtest scenarios --markdown > board.md`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("outcry backtest takes one directory; see outcry backtest --help")
			}
			cfg, err := a.config()
			if err != nil {
				return err
			}
			if f.quiet > 0 {
				return a.backtestQuiet(c.Context(), &cfg, f.quiet, f.seeds)
			}
			var trials []trial
			if len(args) == 1 {
				trials, err = recordedTrials(args[0], f.only)
			} else {
				trials, err = simulatedTrials(f.only, f.seeds)
			}
			if err != nil {
				return err
			}
			return a.backtest(c.Context(), &cfg, trials, f)
		},
	}
	c.Flags().Uint64Var(&f.seeds, "seeds", 1, "how many seeds of each built-in scenario")
	c.Flags().StringSliceVar(&f.only, "only", nil, "scenarios to run")
	c.Flags().BoolVar(&f.asJSON, "json", false, "the board as JSON")
	c.Flags().BoolVar(&f.asTable, "markdown", false, "the board as Markdown")
	c.Flags().Float64Var(&f.quiet, "quiet", 0, "instead of scenarios, count false alarms in so many quiet service-years")
	c.Flags().BoolVar(&f.rivals, "rivals", true, "run simpler detectors beside")
	return c
}

// trial is one scenario to be run: its truth and where its posts come from.
type trial struct {
	name   string
	truth  scoreboard.Truth
	source func(know *knowledge) (ingest.Source, error)
}

// simulatedTrials are built-in scenarios, each with seeds from 1.
func simulatedTrials(only []string, seeds uint64) ([]trial, error) {
	chosen, err := chooseScenarios(only)
	if err != nil {
		return nil, err
	}
	var trials []trial
	for _, s := range chosen {
		for seed := uint64(1); seed <= max(1, seeds); seed++ {
			trials = append(trials, trial{
				name: fmt.Sprintf("%s seed %d", s.ID, seed), truth: s.Truth,
				source: func(*knowledge) (ingest.Source, error) { return sim.NewSource(s, seed, 0), nil },
			})
		}
	}
	return trials, nil
}

// recordedTrials are the scenarios in a directory.
func recordedTrials(dir string, only []string) ([]trial, error) {
	found, err := filepath.Glob(filepath.Join(dir, "*", sim.TruthFile))
	if err != nil {
		return nil, err
	}
	var trials []trial
	for _, path := range found {
		folder := filepath.Dir(path)
		if len(only) > 0 && !slices.Contains(only, filepath.Base(folder)) {
			continue
		}
		truth, err := sim.ReadTruth(folder)
		if err != nil {
			return nil, err
		}
		posts, err := filepath.Glob(filepath.Join(folder, sim.PostsFile+"*"))
		if err != nil || len(posts) == 0 {
			return nil, errors.Join(err, fmt.Errorf("%s has a %s but no %s", folder, sim.TruthFile, sim.PostsFile))
		}
		trials = append(trials, trial{
			name: filepath.Base(folder), truth: truth,
			source: func(know *knowledge) (ingest.Source, error) {
				return replay.New(replay.Config{Paths: posts, Formats: formats(), Sieve: know.matcher})
			},
		})
	}
	if len(trials) == 0 {
		return nil, fmt.Errorf("%s holds no scenario: want folders with %s and %s, as outcry simulate --out %s makes them",
			dir, sim.PostsFile, sim.TruthFile, dir)
	}
	return trials, nil
}

// outcome is what one trial gave.
type outcome struct {
	row    scoreboard.Row
	alarms map[string][]baseline.Alarm
	watch  int
}

func (a *app) backtest(ctx context.Context, cfg *config, trials []trial, f backtestFlags) error {
	know, err := learn(cfg)
	if err != nil {
		return err
	}
	outcomes := make([]outcome, len(trials))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	progress := a.counting(len(trials), "scenarios")
	began := time.Now()
	for i := range trials {
		g.Go(func() error {
			o, err := trials[i].run(ctx, cfg, know, f.rivals)
			if err != nil {
				return fmt.Errorf("%s: %w", trials[i].name, err)
			}
			outcomes[i] = o
			progress.step(1)
			return nil
		})
	}
	err = g.Wait()
	progress.finish()
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(a.std.err, "%d scenarios in %s\n", len(trials), time.Since(began).Round(time.Millisecond))
	return a.printBoard(assemble(trials, outcomes, f.rivals), f)
}

// assemble makes the board, with the simpler detectors' rows where they ran.
func assemble(trials []trial, outcomes []outcome, rivals bool) scoreboard.Board {
	var board scoreboard.Board
	for i := range outcomes {
		board.Rows = append(board.Rows, outcomes[i].row)
	}
	if !rivals {
		return board
	}
	for _, m := range baseline.Methods() {
		rival := scoreboard.Rival{Name: m.Name}
		for i := range outcomes {
			var alarms []scoreboard.Alarm
			for _, al := range outcomes[i].alarms[m.Name] {
				alarms = append(alarms, scoreboard.Alarm(al))
			}
			rival.Add(trials[i].truth, alarms, outcomes[i].watch)
		}
		board.Rivals = append(board.Rivals, rival)
	}
	return board
}

func (a *app) printBoard(board scoreboard.Board, f backtestFlags) error {
	switch {
	case f.asJSON:
		return json.NewEncoder(a.std.out).Encode(board)
	case f.asTable:
		_, err := fmt.Fprint(a.std.out, board.Markdown())
		return err
	}
	return board.WriteText(a.std.out)
}

// run sends the scenario's posts through the chain.
func (t *trial) run(ctx context.Context, cfg *config, know *knowledge, rivals bool) (outcome, error) {
	if len(t.truth.Services) > 0 {
		own := *cfg
		own.Services = append(slices.Clone(cfg.Services), t.truth.Services...)
		var err error
		if know, err = learn(&own); err != nil {
			return outcome{}, err
		}
	}
	source, err := t.source(know)
	if err != nil {
		return outcome{}, err
	}
	var events []event.Event
	line, err := newPipeline(ctx, know.judgement(cfg), func(_ context.Context, e event.Event) error {
		events = append(events, e)
		return nil
	})
	if err != nil {
		return outcome{}, err
	}
	tap := &tapped{Log: line, keep: rivals}
	funnel := ingest.NewFunnel(source.Name(), know.matcher, tap, nil, ingest.FunnelConfig{Lateness: time.Duration(cfg.Lateness)}, nil)
	if err := source.Read(ctx, "", funnel.Take); err != nil {
		return outcome{}, err
	}
	if err := funnel.End(ctx); err != nil {
		return outcome{}, err
	}
	o := outcome{row: scoreboard.Score(t.truth, events, len(know.services)), watch: len(know.services)}
	if rivals {
		o.alarms = baseline.Run(slices.Values(tap.inOrder()), t.truth.Start, t.truth.End)
	}
	return o, nil
}

// tapped keeps the mentions that pass it on their way.
type tapped struct {
	ingest.Log
	keep     bool
	mentions []event.Mention
}

// Append implements ingest.Log.
func (t *tapped) Append(ctx context.Context, packs []event.Pack, marks []event.Mark) error {
	if t.keep {
		for i := range packs {
			t.mentions = append(t.mentions, packs[i].Mentions...)
		}
	}
	return t.Log.Append(ctx, packs, marks)
}

func (t *tapped) inOrder() []event.Mention {
	slices.SortStableFunc(t.mentions, func(a, b event.Mention) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Post, b.Post))
	})
	return t.mentions
}
