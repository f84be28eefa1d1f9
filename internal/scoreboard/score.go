package scoreboard

import (
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
)

// The tolerances of a score.
const (
	// Grace is how long after the true end an outage that is resolved counts as resolved in time.
	Grace = 10 * time.Minute
	// wake is how long after its true end an outage may still be found in the posts.
	wake = 30 * time.Minute
)

// Ending says whether an outage was resolved at the right time.
type Ending string

// The endings.
const (
	InTime Ending = "in time" // from the time when most had it back to Grace after the end
	Early  Ending = "early"
	Late   Ending = "late"
	Never  Ending = "never" // not within the scenario
)

// Row is the score of one scenario.
type Row struct {
	Scenario, Title string
	MustStaySilent  bool
	Findings        []Finding
	FalseAlarms     []FalseAlarm
	// ServiceYears is how much was watched.
	ServiceYears float64
	// Stated are the confidences stated, each with whether it was right.
	Stated []Stated
}

// Stated is one confidence, 0 to 1, and whether there was such an outage.
type Stated struct {
	Confidence float64
	True       bool
}

// FalseAlarm is a confirmed outage that did not happen.
type FalseAlarm struct {
	ID, Name string
	Services []string
	At       time.Time
}

// Finding is what a run made of one true outage.
type Finding struct {
	Name string
	// Found: an outage was confirmed that overlaps it, with one of its services as down.
	Found bool
	// ID is the outage that was told; empty if not found.
	ID string
	// Named: it was called by the right name.
	Named bool
	Roles Roles
	// Splits is how many further outages were confirmed for the same one; Merged says that the outage told is another true one's too.
	Splits int
	Merged bool
	// Suspected and Confirmed are the delays from the first burst to the events "suspected" and "confirmed", in stream time.
	Suspected, Confirmed time.Duration
	// OnsetError is the onset told minus the true one.
	OnsetError time.Duration
	Ending     Ending
	// Resolved is the time told minus the true end; meaningless when Ending is Never.
	Resolved time.Duration
	// Recovering is when it was last said to recover, minus the true end; nil: it never was.
	Recovering *time.Duration
	// Lead is how long before the official word it was confirmed; nil: there was no official word.
	Lead *time.Duration
	// Scope, Symptom and Country say whether the label, the leading symptom and the leading country were among the true ones.
	Scope, Symptom, Country bool
	// Waves says whether it was told to break out as often as it did.
	Waves bool
}

// Score compares the events of a run, in order, with the truth. services is how many services were watched.
func Score(truth Truth, events []event.Event, services int) Row {
	row := Row{
		Scenario: truth.Scenario, Title: truth.Title, MustStaySilent: truth.MustStaySilent,
		ServiceYears: float64(services) * truth.End.Sub(truth.Start).Hours() / (24 * 365.25),
	}
	all := fold(events)
	used := make(map[string]int)
	for i := range truth.Outages {
		row.Findings = append(row.Findings, find(&truth, &truth.Outages[i], all, used))
	}
	for _, t := range all {
		real := happened(&truth, t)
		row.Stated = append(row.Stated, Stated{t.confidence(), real})
		if !real && t.confirmed() {
			row.FalseAlarms = append(row.FalseAlarms, falseAlarm(t))
		}
	}
	return row
}

func falseAlarm(t *told) FalseAlarm {
	at, _ := t.first(time.Time{}, event.TypeConfirmed)
	f := FalseAlarm{ID: t.id, Name: t.last.Name, At: at}
	for _, s := range t.last.Services {
		if s.Role == event.RoleDown {
			f.Services = append(f.Services, s.ID)
		}
	}
	return f
}

// overlaps says that what was told and what happened share some time, the wake of the outage included.
func overlaps(truth *Truth, o *TrueOutage, t *told) bool {
	from, to := t.span(truth.End)
	return !from.After(o.End.Add(wake)) && !to.Before(o.Onset)
}

// happened says that some true outage of a service that was called down, or that suffered from another's, overlaps.
func happened(truth *Truth, t *told) bool {
	for i := range truth.Outages {
		o := &truth.Outages[i]
		if !overlaps(truth, o, t) {
			continue
		}
		if calls(o, t, event.RoleDown, event.RoleDependent) {
			return true
		}
	}
	return false
}

// find looks for the outage among those told and measures the first that fits and is nobody else's yet; used counts how
// often each was taken.
func find(truth *Truth, o *TrueOutage, all []*told, used map[string]int) Finding {
	f := Finding{Name: o.Name, Ending: Never}
	var best *told
	parts := 0
	for _, t := range all {
		if !t.confirmed() || !overlaps(truth, o, t) || !calls(o, t, event.RoleDown, event.RoleDependent) {
			continue
		}
		if used[t.id] == 0 {
			parts++
		}
		if calls(o, t, event.RoleDown) && (best == nil || used[best.id] > 0 && used[t.id] == 0) {
			best = t
		}
	}
	if best == nil {
		return f
	}
	f.Merged = used[best.id] > 0
	f.Splits = max(0, parts-1)
	used[best.id]++
	f.measure(o, best)
	return f
}

// calls says that a service that truly plays one of the roles was called down.
func calls(o *TrueOutage, t *told, roles ...event.Role) bool {
	for _, s := range o.Services {
		if slices.Contains(roles, s.Role) && (t.everDown[s.ID] || t.roles[s.ID] == event.RoleDown) {
			return true
		}
	}
	return false
}

func (f *Finding) measure(o *TrueOutage, t *told) {
	f.Found, f.ID = true, t.id
	f.Named = named(o, t)
	f.Roles = compareRoles(o, t)
	suspected, _ := t.first(time.Time{}, event.TypeSuspected, event.TypeConfirmed)
	f.Suspected = suspected.Sub(o.FirstBurst)
	at, ok := t.first(o.Onset, event.TypeConfirmed, event.TypeRelapsed)
	if !ok {
		at, _ = t.first(time.Time{}, event.TypeConfirmed)
	}
	f.Confirmed = at.Sub(o.FirstBurst)
	f.OnsetError = t.last.OnsetAt.Sub(o.Onset)
	if o.Acknowledged != nil {
		lead := o.Acknowledged.Sub(at)
		f.Lead = &lead
	}
	f.ending(o, t)
	f.describe(o, t)
}

// named says that the outage has its true name, or, if one service is at fault, that service's name in the catalogue.
func named(o *TrueOutage, t *told) bool {
	if strings.EqualFold(t.last.Name, o.Name) {
		return true
	}
	down := o.Down()
	return len(down) == 1 && slices.ContainsFunc(t.last.Services, func(s event.ServiceState) bool {
		return s.ID == down[0] && s.Name == t.last.Name
	})
}

func (f *Finding) ending(o *TrueOutage, t *told) {
	if at, ok := t.recovering(); ok {
		after := at.Sub(o.End)
		f.Recovering = &after
	}
	at, ok := t.resolved()
	if !ok {
		return
	}
	f.Resolved = at.Sub(o.End)
	earliest := o.End
	if o.Easing != nil {
		earliest = *o.Easing
	}
	switch {
	case at.Before(earliest):
		f.Ending = Early
	case at.After(o.End.Add(Grace)):
		f.Ending = Late
	default:
		f.Ending = InTime
	}
}

// describe compares what is told about the outage beside its services, as it stood before it was resolved.
func (f *Finding) describe(o *TrueOutage, t *told) {
	f.Scope = t.last.Scope.Label == o.Scope
	f.Waves = t.last.Waves == o.Waves
	f.Symptom = len(o.Symptoms) == 0
	if len(t.last.Symptoms) > 0 {
		for _, s := range o.Symptoms[:min(2, len(o.Symptoms))] {
			f.Symptom = f.Symptom || string(s) == t.last.Symptoms[0].ID
		}
	}
	f.Country = len(o.Countries) == 0
	if len(t.last.Scope.Countries) > 0 {
		for _, c := range o.Countries[:min(2, len(o.Countries))] {
			f.Country = f.Country || c == t.last.Scope.Countries[0].Code
		}
	}
}
