package alert

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// Silence is something that people do not want to be told of. A condition that is empty holds for every outage; several
// hold together. It holds from From on and before Until: for what comes in its turn by event time, so that it decides the
// same after a restart.
type Silence struct {
	ID string `json:"id"`
	// Outage is the id of one outage, which is muted.
	Outage string `json:"outage,omitempty"`
	// Services are ids of services that are down or suffer with another; one of them must be among the outage's.
	Services []string `json:"services,omitempty"`
	// Owners are ids of companies; one of them must own a service of the outage, or be its cause.
	Owners []string `json:"owners,omitempty"`
	// Kinds are trades, as of services in the catalogue: "bank"; one of the outage's services must be of one.
	Kinds []string `json:"kinds,omitempty"`
	// Countries are ISO 3166 alpha-2 codes; one of them must have a tenth of the voices. A worldwide outage is never
	// silenced for one country's sake.
	Countries []string `json:"countries,omitempty"`
	// Severity is the highest severity that is silenced.
	Severity event.Severity `json:"severity,omitempty"`
	From     time.Time      `json:"from"`
	// Until is its end; nil, which only a muted outage may have: until the outage is resolved, and of that nobody is
	// told either.
	Until *time.Time `json:"until,omitempty"`
	// By is who wants it, and Why is their reason.
	By  string `json:"by,omitempty"`
	Why string `json:"why,omitempty"`
}

// Check reports what keeps a silence from being used.
func (s *Silence) Check() error {
	switch {
	case s.ID == "":
		return errors.New("the silence has no id")
	case s.From.IsZero():
		return errors.New("the silence has no beginning")
	case s.Outage == "" && len(s.Services)+len(s.Owners)+len(s.Kinds)+len(s.Countries) == 0 && s.Severity == "":
		return errors.New("it would silence everything; name a service, an owner, a kind, a country or a severity")
	case s.Until == nil && s.Outage == "":
		return errors.New("it has no end; say for how long")
	case s.Severity != "" && rank(s.Severity) < 0:
		return fmt.Errorf("there is no severity %q; the severities are %q", s.Severity, severities())
	}
	return nil
}

// IsOver reports whether the silence has ended at a moment.
func (s *Silence) IsOver(at time.Time) bool { return s.Until != nil && !at.Before(*s.Until) }

// holds reports whether e is among what is silenced now.
func (s *Silence) holds(e *event.Event, now time.Time, service func(id string) event.Service) bool {
	o := &e.Data
	known := Routes{Service: service}
	return !now.Before(s.From) && !s.IsOver(now) &&
		(s.Outage == "" || s.Outage == o.ID) &&
		(len(s.Services) == 0 || anyHit(e, func(id string) bool { return slices.Contains(s.Services, id) })) &&
		(len(s.Owners) == 0 || known.isOwnedBy(s.Owners, e)) &&
		(len(s.Kinds) == 0 || known.isOfKind(s.Kinds, e)) &&
		(len(s.Countries) == 0 || (o.Scope.Label != "global" && isFeltIn(s.Countries, &o.Scope))) &&
		(s.Severity == "" || rank(o.Severity) <= rank(s.Severity))
}

// Ack says that somebody has taken an outage over.
type Ack struct {
	Outage string    `json:"outage"`
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
}
