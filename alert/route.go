package alert

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// Route says which outages go to which receivers. A condition that is empty holds for every outage; several hold together.
type Route struct {
	// Services are ids of services that are down or suffer with another; one of them must be among the outage's.
	Services []string
	// Owners are ids of companies; one of them must own a service of the outage, or be its cause.
	Owners []string
	// Kinds are trades, as of services in the catalogue: "bank"; one of the outage's services must be of one.
	Kinds []string
	// Severity is the least severity.
	Severity event.Severity
	// Phases are the phases in which an outage is taken up. Who was told of it once is told the rest in any case.
	Phases []event.Phase
	// Countries are ISO 3166 alpha-2 codes; one of them must have a tenth of the voices, or the outage be a global one.
	Countries []string
	// Languages are ISO 639 codes; people must complain in one of them.
	Languages []string
	// Confidence is the least probability, 0 to 1, that this is an outage.
	Confidence float64
	// Windows are times of the week; an outage must last in one of them.
	Windows []Window
	// Receivers are the names of notifiers.
	Receivers []string
	// Continue goes on to the next route; without it the first route that matches is the last.
	Continue bool
}

// Routes are tried in order.
type Routes struct {
	List []Route
	// Service gives what is known of a service; nil: nothing is known of any.
	Service func(id string) event.Service
}

// tenth is the share of the voices that makes a country count.
const tenth = 0.1

// Receivers are the names of those to whom e goes at a time, each once, in the order of the routes.
func (r Routes) Receivers(e *event.Event, now time.Time) []string {
	var names []string
	for i := range r.List {
		route := &r.List[i]
		if !route.isOpen(now) || !r.matches(route, e) {
			continue
		}
		for _, name := range route.Receivers {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if !route.Continue {
			break
		}
	}
	return names
}

// Wants is the Policy.Wants of one receiver. Without any route every receiver wants everything. An outage for which it is not
// the time of day waits.
func (r Routes) Wants(receiver string) func(e *event.Event, now time.Time) Reason {
	if len(r.List) == 0 {
		return nil
	}
	return func(e *event.Event, now time.Time) Reason {
		switch {
		case slices.Contains(r.Receivers(e, now), receiver):
			return ""
		case r.comesTo(e, receiver):
			return ReasonWaits
		}
		return ReasonUnwanted
	}
}

// comesTo reports whether e goes to the receiver at any time of the week.
func (r Routes) comesTo(e *event.Event, receiver string) bool {
	for i := range r.List {
		route := &r.List[i]
		switch {
		case !r.matches(route, e):
		case slices.Contains(route.Receivers, receiver):
			return true
		case !route.Continue && len(route.Windows) == 0:
			return false // it is the last at any time
		}
	}
	return false
}

// isOpen reports whether a time is in one of the windows, if there are any.
func (r *Route) isOpen(now time.Time) bool {
	return len(r.Windows) == 0 || slices.ContainsFunc(r.Windows, func(w Window) bool { return w.Holds(now) })
}

// Check reports the first mistake in the routes: a receiver that is not among known, or a word that does not exist.
func (r Routes) Check(known []string) error {
	for i := range r.List {
		if err := r.List[i].check(known); err != nil {
			return fmt.Errorf("route %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *Route) check(known []string) error {
	if len(r.Receivers) == 0 {
		return errors.New("it has no receivers; name at least one notifier")
	}
	for _, name := range r.Receivers {
		if !slices.Contains(known, name) {
			return fmt.Errorf("there is no notifier %q; the notifiers are %q", name, known)
		}
	}
	if r.Severity != "" && rank(r.Severity) < 0 {
		return fmt.Errorf("there is no severity %q; the severities are %q", r.Severity, severities())
	}
	phases := []event.Phase{event.Suspected, event.Confirmed, event.Recovering, event.Resolved}
	for _, phase := range r.Phases {
		if !slices.Contains(phases, phase) {
			return fmt.Errorf("there is no phase %q; the phases are %q", phase, phases)
		}
	}
	for _, code := range r.Countries {
		if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
			return fmt.Errorf("%q is not the code of a country; write two capital letters, such as \"IT\"", code)
		}
	}
	if !(r.Confidence >= 0 && r.Confidence <= 1) {
		return fmt.Errorf("confidence is %v; write a number from 0 to 1", r.Confidence)
	}
	return nil
}

// matches reports whether every condition of route holds but its windows.
func (r Routes) matches(route *Route, e *event.Event) bool {
	o := &e.Data
	return (len(route.Services) == 0 || anyHit(e, func(id string) bool { return slices.Contains(route.Services, id) })) &&
		(len(route.Owners) == 0 || r.isOwnedBy(route.Owners, e)) &&
		(len(route.Kinds) == 0 || r.isOfKind(route.Kinds, e)) &&
		(route.Severity == "" || rank(o.Severity) >= rank(route.Severity)) &&
		(len(route.Phases) == 0 || slices.Contains(route.Phases, o.Phase)) &&
		(len(route.Countries) == 0 || isFeltIn(route.Countries, &o.Scope)) &&
		(len(route.Languages) == 0 || slices.ContainsFunc(o.Evidence.Languages, func(l string) bool { return slices.Contains(route.Languages, l) })) &&
		o.Confidence >= route.Confidence
}

// anyHit reports whether is holds for a service that is down or dependent, or for the subject.
func anyHit(e *event.Event, is func(id string) bool) bool {
	return is(e.Subject) || slices.ContainsFunc(e.Data.Services, func(s event.ServiceState) bool {
		return (s.Role == event.RoleDown || s.Role == event.RoleDependent) && is(s.ID)
	})
}

func (r Routes) isOwnedBy(owners []string, e *event.Event) bool {
	if cause := e.Data.Cause; cause != nil && slices.Contains(owners, cause.Service) {
		return true
	}
	return r.Service != nil && anyHit(e, func(id string) bool { return slices.Contains(owners, r.Service(id).Owner) })
}

func (r Routes) isOfKind(kinds []string, e *event.Event) bool {
	return r.Service != nil && anyHit(e, func(id string) bool { return slices.Contains(kinds, r.Service(id).Kind) })
}

func isFeltIn(countries []string, s *event.Scope) bool {
	return s.Label == "global" || slices.ContainsFunc(s.Countries, func(c event.CountryShare) bool {
		return c.Share >= tenth && slices.Contains(countries, c.Code)
	})
}

// severities are in rising order.
func severities() []event.Severity { return []event.Severity{event.Minor, event.Major, event.Critical} }

// rank is the place of s among the severities; -1 if it is none.
func rank(s event.Severity) int { return slices.Index(severities(), s) }
