package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/terminal"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/internal/obs"
)

type demoFlags struct {
	seed   uint64
	speed  float64
	listen string
	stay   bool
}

func (a *app) demoCommand() *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use:   "demo",
		Short: "Play an evening with an outage, sped up, through the whole chain",
		Long: `Plays two hours of a made-up evening, in which TikTok fails and recovers and a cloud stumbles,
through the same chain that run uses: embedded NATS and Redis, the judge, notices (here, in the
terminal) and the page. Needs no network and leaves nothing behind.

  outcry demo
  outcry demo --speed 60 --stay       slower, to watch it on the page`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return a.demo(c.Context(), f) },
	}
	c.Flags().Uint64Var(&f.seed, "seed", 1, "chance: another seed, another evening of the same kind")
	c.Flags().Float64Var(&f.speed, "speed", 400, "seconds of the evening in one second")
	c.Flags().StringVar(&f.listen, "listen", "127.0.0.1:0", "address of the page; port 0 takes a free one")
	c.Flags().BoolVar(&f.stay, "stay", false, "keep the page open at the end, until Ctrl-C")
	return c
}

func (a *app) demo(ctx context.Context, f demoFlags) (err error) {
	if f.speed <= 0 {
		return usagef("--speed must be above 0")
	}
	dir, err := os.MkdirTemp("", "outcry-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	cfg := demoConfig(dir)
	if cfg.Web.Listen, err = freeAddress(ctx, f.listen); err != nil {
		return err
	}
	log, err := obs.NewLogger(obs.LogConfig{Level: "warn"}, a.std.err)
	if err != nil {
		return err
	}
	h, err := openHouse(ctx, &cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close(context.WithoutCancel(ctx))) }()
	return a.play(ctx, h, f)
}

// freeAddress puts a free port in the place of port 0.
func freeAddress(ctx context.Context, address string) (string, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return "", fmt.Errorf("the page cannot listen; choose another --listen: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// demoConfig is a house that nobody else can disturb.
func demoConfig(dir string) config {
	cfg := defaultConfig()
	cfg.Data = dir
	cfg.Sources = nil
	cfg.Roles = []string{roleCount, roleJudge, roleWeb}
	cfg.NATS.Listen = "127.0.0.1:0"
	return cfg
}

// play runs the evening to its end, and until everything that follows from it has been told.
func (a *app) play(ctx context.Context, h *house, f demoFlags) error {
	scenario := sim.Demo(time.Date(2023, 3, 9, 9, 0, 0, 0, time.UTC))
	source := sim.NewSource(scenario, f.seed, f.speed)
	funnel := ingest.NewFunnel(source.Name(), h.know.matcher, h.log, nil,
		ingest.FunnelConfig{Lateness: time.Duration(h.cfg.Lateness)}, ingest.NewMetrics(h.registry))
	loops, err := h.loops(ctx)
	if err != nil {
		return err
	}
	screen := terminal.New(terminal.Config{Out: a.std.out, Colour: a.colour()})
	desk, err := h.desk(ctx, screen, alert.Policy{Suspected: true}, nil)
	if err != nil {
		return err
	}
	loops = append(loops, desk)
	lasts := scenario.End.Sub(scenario.Start)
	_, _ = fmt.Fprintf(a.std.err, "%s\npage: http://%s (--stay keeps it open)\n%s\n%.0f minutes of an evening in about %.0f seconds\n\n",
		scenario.Title, h.cfg.Web.Listen, h.where(), lasts.Minutes(), lasts.Seconds()/f.speed)
	playing, stop := context.WithCancel(ctx)
	defer stop()
	evening := loop{roleCollect, "the evening", func(ctx context.Context) error {
		if err := source.Read(ctx, "", funnel.Take); err != nil {
			return err
		}
		if err := funnel.End(ctx); err != nil {
			return err
		}
		if err := h.settle(ctx); err != nil {
			return err
		}
		a.curtain(h, funnel.Summary(), f.stay)
		if f.stay {
			<-ctx.Done()
		}
		stop()
		return nil
	}}
	return runAll(playing, append([]loop{evening}, loops...), h.zap)
}

// settle waits until every consumer of the log has taken over all that is in it.
func (h *house) settle(ctx context.Context) error {
	const pause, quiet = 50 * time.Millisecond, 4
	for calm := 0; calm < quiet; {
		behind, err := h.log.Behind(ctx)
		if err != nil {
			return err
		}
		calm++
		for _, n := range behind {
			if n > 0 {
				calm = 0
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

// curtain says how the evening went.
func (a *app) curtain(h *house, s ingest.Summary, stay bool) {
	_, _ = fmt.Fprintf(a.std.err, "\nthe end: %d posts read, %d of them spoke of a service. Next: outcry run\n", s.Seen, s.Mentions)
	if stay {
		_, _ = fmt.Fprintf(a.std.err, "the page stays at http://%s until Ctrl-C\n", h.cfg.Web.Listen)
	}
}
