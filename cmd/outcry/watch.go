package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert/terminal"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/nats"
)

func (a *app) watchCommand() *cobra.Command {
	var asJSON, past bool
	c := &cobra.Command{
		Use:   "watch [SUBJECT]",
		Short: "Print events of outages as they come",
		Long: `Subscribes to a running outcry and prints what happens, for people or as JSON lines.

SUBJECT is a service ("whatsapp"), a service and a type ("whatsapp.confirmed",
"*.resolved") or a whole NATS subject; without it, everything.

  outcry watch                         from the outcry on this machine
  outcry watch '*.confirmed' --json --nats nats://alerts.example.com:4222`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("outcry watch takes one subject; see outcry watch --help")
			}
			subject := ""
			if len(args) == 1 {
				subject = args[0]
			}
			return a.withLog(c.Context(), func(ctx context.Context, _ *config, log *nats.Log) error {
				return a.watch(ctx, log, subject, past, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one CloudEvents object a line")
	c.Flags().BoolVar(&past, "all", false, "begin with the events that are kept")
	return a.reach(c)
}

func (a *app) watch(ctx context.Context, log *nats.Log, subject string, past, asJSON bool) error {
	_, _ = fmt.Fprintf(a.std.err, "watching %s; end with Ctrl-C\n", secret.Redact(log.ClientURL()))
	watch := log.WatchOutages
	if past {
		watch = log.WatchAllOutages
	}
	return unlessEnded(ctx, watch(ctx, subject, a.shower(asJSON)))
}

// unlessEnded is err, unless ctx has ended, which is the way a watch ends.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

func (a *app) shower(asJSON bool) func(context.Context, event.Event) error {
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		return func(_ context.Context, e event.Event) error { return encoder.Encode(e) }
	}
	colour := a.colour()
	return func(_ context.Context, e event.Event) error {
		_, err := fmt.Fprint(a.std.out, terminal.Block(&e, colour))
		return err
	}
}

// colour reports whether standard output wants colours.
func (a *app) colour() bool {
	_, isFile := a.std.out.(*os.File)
	return isFile && obs.IsTerminal(a.std.out) && a.variable("NO_COLOR") == ""
}
