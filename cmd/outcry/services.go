package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/catalogue"
)

func (a *app) servicesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "services [WORD…]",
		Short: "List the services that outcry knows, or search them",
		Long: `Lists the built-in catalogue with the services of your configuration. Words narrow it
down: they are looked for in ids, names, aliases, tags, handles, owners and trades.

  outcry services whats
  outcry services --json bank | jq -r .id`,
		RunE: func(_ *cobra.Command, args []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			know, err := learnServices(&cfg)
			if err != nil {
				return err
			}
			return a.listServices(catalogue.Search(know.services, strings.Join(args, " ")), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return c
}

func (a *app) listServices(services []event.Service, asJSON bool) error {
	if len(services) == 0 {
		return errors.New("no service fits; add your own under services: in the configuration")
	}
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		for i := range services {
			if err := encoder.Encode(&services[i]); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "ID\tNAME\tOWNER\tTRADE\tALIASES")
	for i := range services {
		s := &services[i]
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.ID, s.Name, s.Owner, s.Kind, strings.Join(s.Aliases, ", "))
	}
	return w.Flush()
}
