package discord

import (
	"encoding/json"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// Discord's limits, in characters; an embed as a whole has 6000.
const (
	maxTitle = 256
	maxValue = 400 // Discord allows 1024; nothing that long can be read at a glance.
	maxURL   = 500
)

type message struct {
	Username string  `json:"username"`
	Embeds   []embed `json:"embeds"`
	// AllowedMentions with an empty list: nobody is ever pinged, whatever the text says.
	AllowedMentions mentions `json:"allowed_mentions"`
}

type mentions struct {
	Parse []string `json:"parse"`
}

type embed struct {
	Title       string  `json:"title"`
	URL         string  `json:"url,omitempty"`
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color"`
	Fields      []field `json:"fields,omitempty"`
	Footer      footer  `json:"footer"`
	Timestamp   string  `json:"timestamp"`
}

type field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

type footer struct {
	Text string `json:"text"`
}

// Message is e as the JSON of a Discord message, in a language; nil is English.
func Message(e *event.Event, language alert.Language) ([]byte, error) {
	w := alert.InWords(e, language)
	mark, colour := look(e)
	one := embed{
		Title: mark + " " + escape(w.Headline, maxTitle-2), URL: alert.CleanURL(e.Data.URL, maxURL),
		Description: quote(w.Phrases, maxValue), Color: colour,
		Footer:    footer{w.Reference},
		Timestamp: e.Time.UTC().Format(time.RFC3339),
	}
	short := map[string]bool{w.Since.Label: true, w.Where.Label: true, w.Severity.Label: true, w.Sure.Label: true, w.Cities.Label: true}
	for _, line := range w.Lines() {
		one.Fields = append(one.Fields, field{Name: line.Label, Value: escape(line.Text, maxValue), Inline: short[line.Label]})
	}
	return json.Marshal(message{Username: "outcry", Embeds: []embed{one}, AllowedMentions: mentions{Parse: []string{}}})
}

// look is the mark and the colour of an event.
func look(e *event.Event) (mark string, colour int) {
	const red, orange, yellow, green, blue = 0xD7263D, 0xF46036, 0xF2C14E, 0x2E933C, 0x3E7CB1
	switch e.Kind() {
	case event.TypeSuspected:
		return "🟡", yellow
	case event.TypeAcknowledged:
		return "📣", blue
	case event.TypeRecovering:
		return "🟠", orange
	case event.TypeResolved:
		return "✅", green
	default:
		return "🔴", red
	}
}
