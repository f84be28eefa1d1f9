package scoreboard

import (
	"fmt"
	"time"
)

// Floors are how bad a board may be. Zero values ask for nothing.
type Floors struct {
	// At least, as shares:
	Recall, Precision, Named, Roles, Whole, InTime float64
	// At most:
	ConfirmedP50, ConfirmedP90 time.Duration
	FalsePerYear               float64
	Calibration                float64
	// SilentOnly asks that no scenario that must stay silent has a false alarm.
	SilentOnly bool
}

// Below says in which respects the board is worse than the floors, in words; nil: in none.
func (b Board) Below(f Floors) []string {
	s := b.Summary()
	var bad []string
	least := func(what string, got, floor float64) {
		if floor > 0 && !(got >= floor) { // not "got < floor": a share of nothing is not good enough either
			bad = append(bad, fmt.Sprintf("%s is %.3f, want at least %.3f", what, got, floor))
		}
	}
	least("recall", s.Recall, f.Recall)
	least("precision", s.Precision, f.Precision)
	least("share named rightly", s.Named, f.Named)
	least("share of right roles", s.Roles, f.Roles)
	least("share told as one outage", s.Whole, f.Whole)
	least("share resolved in time", s.InTime, f.InTime)
	most := func(what string, got, ceiling time.Duration) {
		if ceiling > 0 && (got > ceiling || s.Found == 0) {
			bad = append(bad, fmt.Sprintf("%s is %s, want at most %s", what, got, ceiling))
		}
	}
	most("median delay until confirmed", s.ConfirmedP50, f.ConfirmedP50)
	most("90th percentile of the delay until confirmed", s.ConfirmedP90, f.ConfirmedP90)
	if f.FalsePerYear > 0 && !(s.FalsePerYear <= f.FalsePerYear) {
		bad = append(bad, fmt.Sprintf("false alarms per service-year are %.3f, want at most %.3f", s.FalsePerYear, f.FalsePerYear))
	}
	if f.Calibration > 0 && !(s.Calibration <= f.Calibration) {
		bad = append(bad, fmt.Sprintf("calibration error is %.3f, want at most %.3f", s.Calibration, f.Calibration))
	}
	if f.SilentOnly {
		bad = append(bad, b.loud()...)
	}
	return bad
}

// loud lists the scenarios that must stay silent and did not.
func (b Board) loud() []string {
	var bad []string
	for _, r := range b.Rows {
		if r.MustStaySilent && len(r.FalseAlarms) > 0 {
			bad = append(bad, fmt.Sprintf("%s must stay silent, but %s was confirmed", r.Scenario, r.FalseAlarms[0].Name))
		}
	}
	return bad
}
