package alerttest

import (
	"strings"
	"time"

	"github.com/outcry/outcry/event"
)

// Strange is an event with text, addresses and numbers of strangers wherever an event has such, count times over.
func Strange(name, phrase, url, kind, code string, x float64, seconds int64, count int) *event.Event {
	count = min(max(count, 0), 200)
	at := time.Unix(seconds&(1<<37-1), 0) // Up to the year 6325: JSON has no times after 9999.
	roles := []event.Role{event.RoleDown, event.RoleDependent, event.RoleBlamed, event.RoleRefuge, event.RoleJoke}
	phases := []event.Phase{event.Suspected, event.Confirmed, event.Recovering, event.Resolved, event.Phase(name)}
	o := event.Outage{
		ID: name, Seq: count, Phase: event.Phase(kind), Severity: event.Severity(phrase), OnsetAt: at.Add(-time.Hour), DetectedAt: at,
		Name: name, Confidence: x, URL: url, LeadTimeS: &x, AcknowledgedAt: &at, ConfirmedAt: &at, Waves: count,
		Scope:    event.Scope{Label: kind},
		Evidence: event.Evidence{Voices: x, Usual: -x, Posts: count},
	}
	for i := range count {
		tail := strings.Repeat("'", i%50)
		o.Services = append(o.Services, event.ServiceState{ID: code, Name: name + tail, Role: roles[i%len(roles)], Phase: phases[i%len(phases)]})
		o.Scope.Countries = append(o.Scope.Countries, event.CountryShare{Code: code + tail, Share: x})
		o.Scope.Places = append(o.Scope.Places, phrase+tail)
		o.Symptoms = append(o.Symptoms, event.Share{ID: phrase + tail, Share: x})
		o.Evidence.Phrases = append(o.Evidence.Phrases, tail+phrase)
		o.Evidence.Sources = append(o.Evidence.Sources, name+tail)
		o.Evidence.PostsSample = append(o.Evidence.PostsSample, event.PostRef{Source: name, URL: url, At: at})
	}
	e := event.NewEvent(event.Type(kind), code, at, o)
	return &e
}
