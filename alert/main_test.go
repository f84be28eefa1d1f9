package alert_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain gives the property tests the same cases in every run, unless -rapid.seed asks for others: a change is judged by
// what it changes, and not by the luck of the draw.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := seed.Value.Set("20211004"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}
