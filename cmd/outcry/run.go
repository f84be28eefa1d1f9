package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/secret"
)

// runFlags are the settings that have a flag of their own.
type runFlags struct {
	roles, nats, redis, data, listen string
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run",
		Short: "Listen, judge and tell, until it is stopped",
		Long: `Runs the whole chain in one process: reads Bluesky (no key needed), counts in an embedded
Redis, keeps everything that matters in an embedded NATS JetStream under --data, judges,
tells the configured notifiers and shows a page. A file named outcry.yaml beside it
configures it; every key is also an OUTCRY_ variable (OUTCRY_NATS_URL is nats.url).

  outcry run
  outcry run --nats nats://nats:4222 --redis redis://redis:6379   servers of your own
  outcry run --roles collect                                      only read posts

Ctrl-C finishes what is in flight. After a crash it goes on where it was.`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			f.apply(&cfg)
			if err := cfg.check(); err != nil {
				return &usageError{err}
			}
			return a.runHouse(c.Context(), &cfg)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.roles, "roles", "", "parts to play: "+strings.Join(allRoles(), ",")+" (default all)")
	flags.StringVar(&f.data, "data", "", "directory of the embedded NATS (default outcry-data)")
	flags.StringVar(&f.nats, "nats", "", "address of a NATS server of your own (default: embedded)")
	flags.StringVar(&f.redis, "redis", "", "address of a Redis of your own (default: embedded)")
	flags.StringVar(&f.listen, "listen", "", "address of the page (default 127.0.0.1:8080)")
	return c
}

// apply lets the flags that were given win over file and environment.
func (f *runFlags) apply(cfg *config) {
	if f.roles != "" {
		cfg.Roles = strings.Split(f.roles, ",")
	}
	if f.nats != "" {
		cfg.NATS.URL = secret.NewURL(f.nats)
	}
	if f.redis != "" {
		cfg.Redis.URL = secret.NewURL(f.redis)
	}
	if f.data != "" {
		cfg.Data = f.data
	}
	if f.listen != "" {
		cfg.Web.Listen = f.listen
	}
}

// check finds what can be known to be wrong before anything is started.
func (c *config) check() error {
	for _, role := range c.Roles {
		if !slices.Contains(allRoles(), role) {
			return fmt.Errorf("roles: unknown role %q%s", role, didYouMean(role, allRoles()))
		}
	}
	if len(c.Roles) == 0 {
		return errors.New("roles: no role is left to play; leave roles out to play all")
	}
	if err := (obs.LogConfig{Level: c.Log.Level}).Check(); err != nil {
		return err
	}
	if !c.NATS.URL.IsSet() {
		if err := c.NATS.embedded(c.Data).Check(); err != nil {
			return err
		}
	}
	if c.Lateness < 0 || c.Lateness > maxLateness {
		return fmt.Errorf("lateness: must lie between 0s and %s", maxLateness)
	}
	if c.Partitions < 1 || c.Partitions > maxPartitions {
		return fmt.Errorf("partitions: must lie between 1 and %d", maxPartitions)
	}
	if err := c.checkSources(); err != nil {
		return err
	}
	all, err := c.notifiers(tools{memory: newScratch()})
	if err != nil {
		return err
	}
	if err := c.routes(nil).Check(keysOf(all)); err != nil {
		return fmt.Errorf("routes: %w", err)
	}
	if !slices.Contains(c.Roles, roleWeb) {
		return nil
	}
	return c.Web.Check()
}

func (a *app) runHouse(ctx context.Context, cfg *config) (err error) {
	log, err := obs.NewLogger(obs.LogConfig{Level: cfg.Log.Level}, a.std.err)
	if err != nil {
		return &usageError{err}
	}
	h, err := openHouse(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close(context.WithoutCancel(ctx))) }()
	loops, err := h.loops(ctx)
	if err != nil {
		return err
	}
	a.announce(h)
	err = runAll(ctx, loops, log)
	log.Info("stopped", zap.Bool("by_request", ctx.Err() != nil))
	return err
}

// announce says for people where things are.
func (a *app) announce(h *house) {
	if h.page != "" {
		_, _ = fmt.Fprintf(a.std.err, "page: %s\n", h.page)
	}
	_, _ = fmt.Fprintf(a.std.err, "%s\n", h.where())
	if slices.Contains(h.cfg.Roles, roleCollect) {
		var names []string
		for i := range h.cfg.Sources {
			names = append(names, h.cfg.Sources[i].name())
		}
		_, _ = fmt.Fprintf(a.std.err, "listening to: %s; services known: %d\n", strings.Join(names, ", "), len(h.know.services))
	}
	_, _ = fmt.Fprintln(a.std.err, "ready; outcry watch shows what happens, Ctrl-C stops")
}
