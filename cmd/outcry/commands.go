package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
)

// app is what every command shares.
type app struct {
	std     streams
	environ []string
	// path is the configuration file; empty: outcry.yaml, if it is there.
	path string
	// nats is where a running outcry is asked for; empty: where the configuration says.
	nats string
	// asJSON says that what is found is for machines to read.
	asJSON bool
}

func execute(ctx context.Context, args []string, std streams, environ []string) error {
	a := &app{std: std, environ: environ}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	return root.ExecuteContext(ctx)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "outcry",
		Short: "Hear that an online service is down from the people who use it",
		Long: `outcry reads public posts, notices when unusually many people say that a service is
down, and tells whoever needs to know: over NATS, by webhook, on Slack, on a page.

Try it:
  outcry demo                    an evening with an outage, in half a minute, without a network
  outcry run                     listen to Bluesky now; the page is at http://127.0.0.1:8080
  outcry replay posts.ndjson     find the outages in a file of posts`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, c.CommandPath())
	})
	root.PersistentFlags().StringVar(&a.path, "config", "", "configuration file (default outcry.yaml, if it is there)")
	for _, group := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Start:", []*cobra.Command{a.runCommand(), a.demoCommand()}},
		{"Ask a running outcry:", []*cobra.Command{a.outagesCommand(), a.watchCommand(), a.sourcesCommand(), a.reportCommand()}},
		{"Tell a running outcry:", []*cobra.Command{a.ackCommand(), a.muteCommand(), a.silenceCommand(), a.silencesCommand(), a.noticesCommand()}},
		{"Look into posts and series:", []*cobra.Command{a.replayCommand(), a.matchCommand(), a.scoreCommand()}},
		{"Set up:", []*cobra.Command{a.checkCommand(), a.servicesCommand(), a.notifyCommand(), a.versionCommand()}},
		{"Measure:", []*cobra.Command{a.backtestCommand(), a.simulateCommand()}},
	} {
		root.AddGroup(&cobra.Group{ID: group.title, Title: group.title})
		for _, c := range group.commands {
			c.GroupID = group.title
			root.AddCommand(c)
		}
	}
	root.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		var names []string
		for _, sub := range c.Commands() {
			names = append(names, sub.Name())
		}
		return usagef("unknown command %q%s", args[0], didYouMean(args[0], names))
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// config loads the configuration.
func (a *app) config() (config, error) {
	path := a.path
	if path == "" {
		path = a.variable("OUTCRY_CONFIG")
	}
	cfg, err := loadConfig(path, a.environ)
	if err != nil {
		return cfg, &usageError{err}
	}
	return cfg, nil
}

func (a *app) variable(name string) string {
	for _, entry := range a.environ {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// exactly is cobra.ExactArgs with an error that counts as wrong usage.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%s takes %s; see %s --help", c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}

// atLeastOne is cobra.MinimumNArgs(1) with an error that counts as wrong usage.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%s needs %s; see %s --help", c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}
