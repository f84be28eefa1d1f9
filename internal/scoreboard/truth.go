package scoreboard

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/outcry/outcry/event"
)

// Truth is what really happened in the time that a recording or a simulation covers.
type Truth struct {
	// Scenario is the id of the scenario, which is also the name of its folder.
	Scenario string `json:"scenario"`
	Title    string `json:"title"`
	// Seed is the seed with which the posts were made; 0 for a recording of the real world.
	Seed uint64 `json:"seed,omitempty"`
	// Start and End bound the posts: Start ≤ created_at < End.
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	// MustStaySilent says that no outage may be confirmed: there was none.
	MustStaySilent bool `json:"must_stay_silent"`
	// Outages are those that happened, by onset; empty when MustStaySilent.
	Outages []TrueOutage `json:"outages"`
	// Services are to be configured besides the built-in catalogue for this scenario.
	Services []event.Service `json:"services,omitempty"`
}

// TrueOutage is one outage that really happened.
type TrueOutage struct {
	// Name is what people call it: the service's name or the owner's.
	Name     string         `json:"name"`
	Services []ServiceTruth `json:"services"`
	// Onset is when the service began to fail.
	Onset time.Time `json:"onset"`
	// FirstBurst is when the complaints of one of the services that are down are expected to be more, within some minutes, than chance brings once in
	// a million at their usual rate, and at least five: nobody can tell an outage from the posts before it. Delays are counted from here.
	FirstBurst time.Time `json:"first_burst"`
	// Easing is when three in four had the service back; nil: nobody had it back before End.
	// An outage that is resolved after Easing is not resolved too early.
	Easing *time.Time `json:"easing,omitempty"`
	// End is when the service worked again for everybody.
	End time.Time `json:"end"`
	// Acknowledged is when the service first said so in public; nil: never, or not within the scenario.
	Acknowledged *time.Time `json:"acknowledged,omitempty"`
	// Scope is "global", "regional" or "partial", as in event.Scope.
	Scope string `json:"scope"`
	// Countries are ISO 3166 alpha-2 codes, most voices first.
	Countries []string `json:"countries"`
	// Symptoms are most frequent first.
	Symptoms []event.Symptom `json:"symptoms"`
	// Waves counts how often it broke out, from 1.
	Waves int `json:"waves"`
}

// ServiceTruth is the part that one service really played.
type ServiceTruth struct {
	ID   string     `json:"id"`
	Role event.Role `json:"role"`
	// Optional says that the service may be missed: so few spoke of it that nobody could be sure.
	Optional bool `json:"optional,omitempty"`
}

// Down lists the ids of the services whose own fault it was.
func (o *TrueOutage) Down() []string {
	var ids []string
	for _, s := range o.Services {
		if s.Role == event.RoleDown {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Role is the role of the service with this id, "" if it plays none.
func (o *TrueOutage) Role(id string) event.Role {
	for _, s := range o.Services {
		if s.ID == id {
			return s.Role
		}
	}
	return ""
}

// DecodeTruth reads a truth.json and checks it.
func DecodeTruth(data []byte) (Truth, error) {
	var t Truth
	if err := json.Unmarshal(data, &t); err != nil {
		return Truth{}, fmt.Errorf("truth is not valid JSON: %w", err)
	}
	return t, t.Check()
}

// Check reports what a truth lacks to be compared with; nil means that it can be.
func (t *Truth) Check() error {
	switch {
	case t.Scenario == "":
		return errors.New("truth names no scenario")
	case !t.Start.Before(t.End):
		return fmt.Errorf("truth of %s: start %s is not before end %s", t.Scenario, t.Start, t.End)
	case t.MustStaySilent == (len(t.Outages) > 0):
		return fmt.Errorf("truth of %s: must_stay_silent is %v with %d outages", t.Scenario, t.MustStaySilent, len(t.Outages))
	}
	for i := range t.Outages {
		if err := t.Outages[i].check(t); err != nil {
			return fmt.Errorf("truth of %s, outage %d: %w", t.Scenario, i+1, err)
		}
	}
	return nil
}

func (o *TrueOutage) check(t *Truth) error {
	switch {
	case o.Name == "":
		return errors.New("it has no name")
	case len(o.Down()) == 0:
		return errors.New("no service has the role down")
	case o.Onset.Before(t.Start) || o.End.After(t.End):
		return fmt.Errorf("%s to %s lies outside the scenario", o.Onset, o.End)
	case o.FirstBurst.Before(o.Onset) || !o.FirstBurst.Before(o.End):
		return fmt.Errorf("first_burst %s lies outside the outage", o.FirstBurst)
	case o.Easing != nil && (o.Easing.Before(o.FirstBurst) || o.Easing.After(o.End)):
		return fmt.Errorf("easing %s lies outside the outage", o.Easing)
	case o.Acknowledged != nil && (o.Acknowledged.Before(o.Onset) || !o.Acknowledged.Before(t.End)):
		return fmt.Errorf("acknowledged %s lies before the outage or after the scenario", o.Acknowledged)
	case o.Waves < 1:
		return errors.New("waves is less than 1")
	}
	return nil
}
