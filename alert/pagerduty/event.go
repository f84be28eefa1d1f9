package pagerduty

import (
	"encoding/json"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// PagerDuty's limits, in characters.
const (
	maxDedupKey = 255
	maxSummary  = 1024
	maxURL      = 1000
)

// message is an event of PagerDuty's Events API v2.
type message struct {
	RoutingKey  string  `json:"routing_key"`
	EventAction string  `json:"event_action"`
	DedupKey    string  `json:"dedup_key"`
	Client      string  `json:"client"`
	ClientURL   string  `json:"client_url,omitempty"`
	Payload     payload `json:"payload"`
}

type payload struct {
	Summary       string            `json:"summary"`
	Source        string            `json:"source"`
	Severity      string            `json:"severity"`
	Timestamp     string            `json:"timestamp"`
	Component     string            `json:"component,omitempty"`
	Group         string            `json:"group,omitempty"`
	Class         string            `json:"class"`
	CustomDetails map[string]string `json:"custom_details,omitempty"`
}

// Action is what PagerDuty is to do about e: "trigger", "acknowledge", "resolve", or "" for nothing. The company's own official
// word is no "acknowledge": that is the word of whoever takes the outage over. That an outage recovers is not told, nor that word meanwhile:
// PagerDuty knows no such state, and a trigger would page whoever has closed the incident already.
func Action(e *event.Event) string {
	recovers := e.Data.Phase == event.Recovering
	switch {
	case e.Kind() == event.TypeRecovering, recovers && (e.Kind() == alert.TypeReminder || e.Kind() == event.TypeAcknowledged):
		return ""
	case e.Kind() == event.TypeResolved:
		return "resolve"
	case e.Kind() == alert.TypeTaken:
		return "acknowledge"
	default:
		return "trigger"
	}
}

// Event is e as the JSON of a PagerDuty event. All events of one outage have the same dedup_key, so that PagerDuty has
// one incident for it.
func Event(e *event.Event, action string, key secret.String, language alert.Language) ([]byte, error) {
	w := alert.InWords(e, language)
	details := map[string]string{}
	for _, line := range w.Lines() {
		details[line.Label] = line.Text
	}
	return json.Marshal(message{
		RoutingKey: key.Reveal(), EventAction: action, DedupKey: alert.Shorten(e.Data.ID, maxDedupKey),
		Client: "outcry", ClientURL: alert.CleanURL(e.Data.URL, maxURL),
		Payload: payload{
			Summary: alert.Shorten(w.Headline, maxSummary), Source: "outcry", Severity: severity(e),
			Timestamp: e.Time.UTC().Format(time.RFC3339), Component: alert.Clean(e.Subject, maxDedupKey),
			Group: alert.Clean(e.Data.Name, maxDedupKey), Class: "outage", CustomDetails: details,
		},
	})
}

// severity is ours in PagerDuty's words; a suspicion is for information only.
func severity(e *event.Event) string {
	if e.Data.Phase == event.Suspected {
		return "info"
	}
	switch e.Data.Severity {
	case event.Critical:
		return "critical"
	case event.Major:
		return "error"
	default:
		return "warning"
	}
}
