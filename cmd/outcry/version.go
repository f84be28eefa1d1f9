package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/internal/version"
)

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Say which outcry this is",
		Long: `Says which outcry this is: its version, the commit that it was built from, and by which Go.

  outcry version
  outcry version --json`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			info := version.Get()
			if asJSON {
				return json.NewEncoder(a.std.out).Encode(info)
			}
			_, err := fmt.Fprintln(a.std.out, info)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}
