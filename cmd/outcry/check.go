package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/replay"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/redis"
)

func (a *app) checkCommand() *cobra.Command {
	var offline, route bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, the catalogue and the connections",
		Long: `Reads the configuration as run would, and says what to mend, with the line. Then it connects to
the configured NATS and Redis, and asks X whether it would take our rules. Nothing is started
and nobody is told anything.

  outcry check
  outcry check --offline               only what can be known without a network
  outcry check --route                 what each notifier is told of
  outcry check --route events.ndjson   who would be told what of these events, and why; - reads
                                       them from standard input, as outcry replay writes them`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 || (len(args) == 1 && !route) {
				return usagef("outcry check takes no arguments, but with --route a file of events; see outcry check --help")
			}
			cfg, err := a.config()
			if err != nil {
				return err
			}
			if route {
				return a.checkRoutes(c.Context(), &cfg, strings.Join(args, ""))
			}
			return a.check(c.Context(), &cfg, offline)
		},
	}
	c.Flags().BoolVar(&a.asJSON, "json", false, "one JSON object a line")
	c.Flags().BoolVar(&offline, "offline", false, "do not connect to anything")
	c.Flags().BoolVar(&route, "route", false, "show who is told what")
	return c
}

// checkConfig says what is wrong with a configuration, as far as that shows without connecting to anything.
func checkConfig(cfg *config) (*knowledge, error) {
	if err := cfg.check(); err != nil {
		return nil, &usageError{err}
	}
	know, err := learnServices(cfg)
	if err != nil {
		return nil, err
	}
	if err := namesOf(know.services).checkRoutes(cfg.Routes); err != nil {
		return nil, &usageError{err}
	}
	return know, nil
}

func (a *app) check(ctx context.Context, cfg *config, offline bool) error {
	know, err := checkConfig(cfg)
	if err != nil {
		return err
	}
	log, err := obs.NewLogger(obs.LogConfig{Level: "warn", Format: obs.FormatConsole}, a.std.err) // what a source has to say of its configuration
	if err != nil {
		return err
	}
	h := &house{cfg: cfg, know: know, zap: log}
	sources, err := h.checkSources()
	if err != nil {
		return err
	}
	if err := cfg.checkFiles(); err != nil {
		return err
	}
	if len(cfg.Services) > 0 { // what the operator calls things has to be fit for matching; the built-in names are
		if _, err := learn(cfg); err != nil {
			return err
		}
	}
	a.ok("configuration: %d sources, %d notifiers, roles %v", len(cfg.Sources), len(cfg.Notifiers), cfg.Roles)
	a.ok("catalogue: %d services, %d of them yours", len(know.services), len(cfg.Services))
	if offline {
		return nil
	}
	return errors.Join(a.checkNATS(ctx, cfg), a.checkRedis(ctx, cfg), a.dryRun(ctx, sources)) // what one cannot reach says nothing of the others
}

// checkFiles looks whether the files that are to be replayed are there. A run goes on without one, because other sources may be heard.
func (c *config) checkFiles() error {
	for i := range c.Sources {
		s := &c.Sources[i]
		for _, path := range s.Paths {
			if _, err := os.Stat(path); path != replay.Stdin && err != nil {
				return usagef("%ssources: %s: %w", s.place, s.name(), err)
			}
		}
	}
	return nil
}

// dryRun asks X whether it would take our rules, and shows what would become of those that it has.
func (a *app) dryRun(ctx context.Context, sources []ingest.Source) error {
	for _, source := range sources {
		listener, ok := source.(*x.Source)
		if !ok {
			continue
		}
		plan, err := listener.DryRun(ctx)
		a.showRules("+", plan.Add)
		a.showRules("-", plan.Remove)
		if err != nil {
			return fmt.Errorf("%s: %w", source.Name(), err)
		}
		a.ok("%s: X takes the %d rules (%d to add, %d to remove, %d of others are left alone)",
			source.Name(), plan.Rules, len(plan.Add), len(plan.Remove), plan.Foreign)
	}
	return nil
}

// maxShown is how many rules are shown, and shownLength how much of each; a service has a rule or two.
const (
	maxShown    = 20
	shownLength = 160
)

// showRules shows rules that would be added or removed.
func (a *app) showRules(sign string, rules []x.Rule) {
	for i := range rules {
		if i == maxShown {
			_, _ = fmt.Fprintf(a.std.out, "  %s and %d more\n", sign, len(rules)-maxShown)
			return
		}
		value := []rune(rules[i].Value)
		if len(value) > shownLength {
			value = append(value[:shownLength], '…')
		}
		_, _ = fmt.Fprintf(a.std.out, "  %s %s (%d characters): %s\n", sign, rules[i].Tag, utf8.RuneCountInString(rules[i].Value), string(value))
	}
}

func (a *app) ok(format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	if a.asJSON {
		_ = json.NewEncoder(a.std.out).Encode(map[string]string{"ok": said})
		return
	}
	_, _ = fmt.Fprintln(a.std.out, "ok  "+said)
}

func (a *app) checkNATS(ctx context.Context, cfg *config) error {
	if !cfg.NATS.URL.IsSet() {
		a.ok("nats: embedded, under %s", cfg.Data)
		return nil
	}
	took, fresh, err := nats.Probe(ctx, cfg.NATS.client(), zap.NewNop())
	if err != nil {
		return err
	}
	streams := "has our streams"
	if fresh {
		streams = "outcry run will make its streams"
	}
	a.ok("nats: answers in %s, %s", took.Round(time.Microsecond), streams)
	return nil
}

func (a *app) checkRedis(ctx context.Context, cfg *config) error {
	if !cfg.Redis.configured() {
		a.ok("redis: embedded")
		return nil
	}
	view, err := redis.Open(ctx, cfg.Redis.client(), zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { _ = view.Close() }()
	if err := view.Ping(ctx); err != nil {
		return err
	}
	a.ok("redis: answers")
	return nil
}
