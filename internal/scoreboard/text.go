package scoreboard

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteText writes the board as tables for a terminal.
func (b Board) WriteText(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	write := func(cells []string) { fmt.Fprintln(tw, strings.Join(cells, "\t")) } // Flush reports what failed
	write(rowHead())
	for _, r := range b.Rows {
		for _, line := range r.lines() {
			write(line)
		}
	}
	write(nil)
	for _, pair := range b.Summary().pairs() {
		write(pair[:])
	}
	for i, remark := range b.remarks() {
		if i == 0 {
			write(nil)
			write([]string{"roles that were not right:"})
		}
		write([]string{remark})
	}
	if len(b.Rivals) > 0 {
		write(nil)
		write(rivalHead())
		for _, line := range b.rivalLines() {
			write(line)
		}
	}
	return tw.Flush()
}

func rowHead() []string {
	return []string{"scenario", "outage", "found", "named", "roles", "suspected", "confirmed", "lead", "onset", "resolved", "false"}
}

// lines are the cells of a row: one line per outage, or one in all.
func (r *Row) lines() [][]string {
	alarms := ""
	for i, f := range r.FalseAlarms {
		if i > 0 {
			alarms += ", "
		}
		alarms += f.Name + " " + f.At.UTC().Format("15:04")
	}
	if len(r.Findings) == 0 {
		return [][]string{{r.Scenario, "none", "", "", "", "", "", "", "", "", alarms}}
	}
	var all [][]string
	for i := range r.Findings {
		all = append(all, append(r.Findings[i].cells(r.Scenario), alarms))
		alarms = ""
	}
	return all
}

func (f *Finding) cells(scenario string) []string {
	if !f.Found {
		return []string{scenario, f.Name, "MISSED", "", "", "", "", "", "", ""}
	}
	found := "yes"
	switch {
	case f.Merged:
		found = "merged"
	case f.Splits > 0:
		found = fmt.Sprintf("in %d parts", f.Splits+1)
	}
	roles := fmt.Sprintf("%d/%d", f.Roles.Right, f.Roles.Of)
	if n := len(f.Roles.Strangers); n > 0 {
		roles += fmt.Sprintf(" +%d", n)
	}
	lead := ""
	if f.Lead != nil {
		lead = brief(*f.Lead)
	}
	resolved := string(f.Ending)
	if f.Ending != Never {
		resolved += " " + brief(f.Resolved)
	}
	return []string{scenario, f.Name, found, yesNo(f.Named), roles, brief(f.Suspected), brief(f.Confirmed), lead, brief(f.OnsetError), resolved}
}

// pairs are the summary as names and values.
func (s Summary) pairs() [][2]string {
	return [][2]string{
		{"recall", fmt.Sprintf("%s (%d of %d)", percent(s.Recall), s.Found, s.Outages)},
		{"precision", percent(s.Precision)},
		{"false alarms", fmt.Sprintf("%d in %.1f service-years: %.2f a service-year", s.FalseAlarms, s.ServiceYears, s.FalsePerYear)},
		{"silent scenarios", fmt.Sprint(s.Silent)},
		{"suspected after", fmt.Sprintf("P50 %s, P90 %s", brief(s.SuspectedP50), brief(s.SuspectedP90))},
		{"confirmed after", fmt.Sprintf("P50 %s, P90 %s", brief(s.ConfirmedP50), brief(s.ConfirmedP90))},
		{"before the official word", fmt.Sprintf("P50 %s, in %s", brief(s.LeadP50), percent(s.Led))},
		{"error of onset", fmt.Sprintf("P50 %s, P90 %s", brief(s.OnsetP50), brief(s.OnsetP90))},
		{"named rightly", percent(s.Named)},
		{"told as one", percent(s.Whole)},
		{"roles", fmt.Sprintf("%s right, %d strangers drawn in", percent(s.Roles), s.Strangers)},
		{"recovering", fmt.Sprintf("P50 %s after the end", brief(s.RecoveringP50))},
		{"resolved", fmt.Sprintf("%s in time, %s too early, P50 %s after the end", percent(s.InTime), percent(s.TooEarly), brief(s.ResolvedP50))},
		{"scope, symptom, country, waves", fmt.Sprintf("%s, %s, %s, %s", percent(s.Scope), percent(s.Symptom), percent(s.Country), percent(s.Waves))},
		{"calibration error", fmt.Sprintf("%.3f", s.Calibration)},
	}
}

func rivalHead() []string {
	return []string{"detector", "recall", "precision", "delay P50", "delay P90", "false a service-year"}
}

// rivalLines are the simpler detectors, below the run's own line.
func (b Board) rivalLines() [][]string {
	s := b.Summary()
	all := [][]string{{
		"outcry", percent(s.Recall), percent(s.Precision), brief(s.ConfirmedP50), brief(s.ConfirmedP90), fmt.Sprintf("%.2f", s.FalsePerYear),
	}}
	for i := range b.Rivals {
		r := &b.Rivals[i]
		all = append(all, []string{
			r.Name, percent(r.Recall()), percent(r.Precision()), brief(r.Delay(.5)), brief(r.Delay(.9)), fmt.Sprintf("%.2f", r.FalsePerYear()),
		})
	}
	return all
}

func percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

func brief(d time.Duration) string { return d.Round(time.Second).String() }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "NO"
}
