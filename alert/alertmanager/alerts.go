package alertmanager

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// maxText and maxURL are the longest label and address that are sent whole.
const (
	maxText = 200
	maxURL  = 1000
)

// entry is one alert of Alertmanager's API v2. Its labels are its identity.
type entry struct {
	Labels       map[string]string `json:"labels"`
	Annotations  map[string]string `json:"annotations"`
	StartsAt     time.Time         `json:"startsAt"`
	EndsAt       time.Time         `json:"endsAt"`
	GeneratorURL string            `json:"generatorURL,omitempty"`
}

// Alerts is e as the JSON of Alertmanager's alerts. An outage is one alert a severity, because severity is a label to
// route by, and a label makes another alert: that of its present severity fires until expire after e, and those of
// the others are over. Alertmanager tells nobody of the end of an alert that never fired.
func Alerts(e *event.Event, expire time.Duration, language alert.Language) ([]byte, error) {
	alerts := make([]entry, 0, len(severities()))
	for _, severity := range severities() {
		fires := severity == severityOf(e) && e.Kind() != event.TypeResolved
		alerts = append(alerts, one(e, severity, fires, expire, language))
	}
	return json.Marshal(alerts)
}

func one(e *event.Event, severity event.Severity, fires bool, expire time.Duration, language alert.Language) entry {
	start, end := e.Data.OnsetAt.UTC(), e.Time.UTC()
	if start.IsZero() {
		start = end
	}
	if fires {
		end = end.Add(expire)
	}
	if !end.After(start) {
		end = start.Add(time.Second) // Alertmanager refuses an alert that ends before it starts.
	}
	return entry{
		Labels: map[string]string{
			"alertname": "Outage", "job": "outcry", "outage": alert.Clean(e.Data.ID, maxText), "severity": string(severity),
		},
		Annotations: annotations(alert.InWords(e, language), e.Subject), StartsAt: start, EndsAt: end, GeneratorURL: alert.CleanURL(e.Data.URL, maxURL),
	}
}

// annotations have names that every version of Alertmanager accepts, whatever the language of the texts.
func annotations(w alert.Words, service string) map[string]string {
	all := map[string]string{
		"summary": w.Headline, "service": alert.Clean(service, maxText), "since": w.Since.Text, "where": w.Where.Text,
		"cities": w.Cities.Text, "confidence": w.Sure.Text, "symptoms": w.Symptoms.Text, "evidence": w.Evidence.Text,
		"official_word": w.Official.Text, "services": w.Progress.Text,
	}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return all
}

// severityOf is the outage's severity; a word that is none counts as the least.
func severityOf(e *event.Event) event.Severity {
	for _, severity := range severities() {
		if e.Data.Severity == severity {
			return severity
		}
	}
	return event.Minor
}

func severities() []event.Severity { return []event.Severity{event.Minor, event.Major, event.Critical} }
