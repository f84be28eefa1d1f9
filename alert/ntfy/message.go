package ntfy

import (
	"encoding/json"
	"strings"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// The longest title, text (ntfy makes a file of what is over 4096 bytes) and address.
const (
	maxTitle = 250
	maxText  = 1000
	maxURL   = 1000
)

// message is what ntfy publishes.
type message struct {
	Topic    string   `json:"topic"`
	Title    string   `json:"title"`
	Message  string   `json:"message"`
	Tags     []string `json:"tags"`
	Priority int      `json:"priority"`
	Click    string   `json:"click,omitempty"`
}

// Message is e as the JSON of a push message for topic, which is plain text, in a language; nil is English.
func Message(e *event.Event, topic string, language alert.Language) ([]byte, error) {
	w := alert.InWords(e, language)
	return json.Marshal(message{
		Topic: topic, Title: alert.Shorten(w.Headline, maxTitle), Message: alert.Shorten(text(w), maxText),
		Tags: []string{tag(e)}, Priority: priority(e), Click: alert.CleanURL(e.Data.URL, maxURL),
	})
}

// text is what a phone shows below the headline: what matters most comes first, as the rest may be cut off.
func text(w alert.Words) string {
	var lines []string
	for _, line := range []alert.Line{w.Since, w.Where, w.Symptoms, w.Official, w.Progress, w.Sure, w.Evidence} {
		if line.Text != "" {
			lines = append(lines, line.Label+w.Colon+line.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// tag is the short code of the emoji before the title.
func tag(e *event.Event) string {
	switch e.Kind() {
	case event.TypeSuspected:
		return "yellow_circle"
	case event.TypeAcknowledged:
		return "mega"
	case event.TypeRecovering:
		return "orange_circle"
	case event.TypeResolved:
		return "white_check_mark"
	default:
		return "red_circle"
	}
}

// ntfy's priorities.
const (
	low    = 2
	normal = 3
	high   = 4
	urgent = 5
)

// priority is ntfy's, 1 to 5: what began wakes people up by how grave it is, and what goes on or ends does not.
func priority(e *event.Event) int {
	switch e.Kind() {
	case event.TypeSuspected, event.TypeChanged, event.TypeRecovering:
		return low
	case event.TypeAcknowledged, event.TypeResolved:
		return normal
	default:
		return alarm(e.Data.Severity)
	}
}

// alarm is the priority of what began.
func alarm(s event.Severity) int {
	switch s {
	case event.Critical:
		return urgent
	case event.Major:
		return high
	default:
		return normal
	}
}
