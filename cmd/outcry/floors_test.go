package main

import (
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/internal/scoreboard"
)

// floorScenarios are a few of the outages, in several languages, and of the evenings on which nothing may fire; outcry backtest
// runs them all.
func floorScenarios() []string {
	return []string{
		"tiktok-2023-03-09", "telegram-2020-12-16", "meta-2024-12-11", "kakaotalk-kr", "line-jp", "two-at-once", "city-metro",
		"ring-whatsapp", "share-price", "hoax", "refuge-only", "boat-th",
	}
}

// TestTheBoardDoesNotSink runs scenarios through the chain and holds the board to what was reached.
func TestTheBoardDoesNotSink(t *testing.T) {
	t.Parallel()
	cfg := defaultConfig()
	know, err := learn(&cfg)
	if err != nil {
		t.Fatal(err)
	}
	trials, err := simulatedTrials(floorScenarios(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var board scoreboard.Board
	for i := range trials {
		o, err := trials[i].run(t.Context(), &cfg, know, false)
		if err != nil {
			t.Fatalf("%s: %v", trials[i].name, err)
		}
		board.Rows = append(board.Rows, o.row)
	}
	below := board.Below(scoreboard.Floors{
		Recall: 1, Precision: 1, Named: 1, Whole: 1, Roles: 1, InTime: 0.7,
		ConfirmedP50: 90 * time.Second, ConfirmedP90: 4 * time.Minute, SilentOnly: true,
	})
	if len(below) > 0 {
		var text strings.Builder
		if err := board.WriteText(&text); err != nil {
			t.Fatal(err)
		}
		t.Errorf("the board has sunk:\n%s\n\n%s", strings.Join(below, "\n"), text.String())
	}
}
