package teams

import (
	"bytes"
	"encoding/json"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// The bounds of the parts; Teams takes 28 KB in all.
const (
	maxTitle = 250
	maxLine  = 300
	maxURL   = 1000
)

type message struct {
	Type        string       `json:"type"`
	Attachments []attachment `json:"attachments"`
}

type attachment struct {
	ContentType string  `json:"contentType"`
	ContentURL  *string `json:"contentUrl"`
	Content     card    `json:"content"`
}

type card struct {
	Schema  string   `json:"$schema"`
	Type    string   `json:"type"`
	Version string   `json:"version"`
	Width   width    `json:"msteams"`
	Summary string   `json:"fallbackText"`
	Body    []block  `json:"body"`
	Actions []action `json:"actions,omitempty"`
}

type width struct {
	Width string `json:"width"`
}

// block is a RichTextBlock: unlike a TextBlock it knows no markup, so that strangers' text is only text.
type block struct {
	Type      string `json:"type"`
	Inlines   []run  `json:"inlines"`
	Spacing   string `json:"spacing,omitempty"`
	Separator bool   `json:"separator,omitempty"`
}

type run struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Size   string `json:"size,omitempty"`
	Weight string `json:"weight,omitempty"`
	Colour string `json:"color,omitempty"`
	Subtle bool   `json:"isSubtle,omitempty"`
	Italic bool   `json:"italic,omitempty"`
}

type action struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Message is e as the JSON of a message with one Adaptive Card, in a language; nil is English.
func Message(e *event.Event, language alert.Language) ([]byte, error) {
	w := alert.InWords(e, language)
	title := alert.Mark(e) + " " + alert.Shorten(w.Headline, maxTitle)
	c := card{
		Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4",
		Width: width{"Full"}, Summary: title,
		Body: []block{{Type: "RichTextBlock", Inlines: []run{{Type: "TextRun", Text: title, Size: "Large", Weight: "Bolder", Colour: colour(e)}}}},
	}
	for _, line := range w.Lines() {
		c.Body = append(c.Body, block{Type: "RichTextBlock", Spacing: "Small", Inlines: []run{
			{Type: "TextRun", Text: alert.Shorten(line.Label, maxLine) + w.Colon, Weight: "Bolder"},
			{Type: "TextRun", Text: alert.Shorten(line.Text, maxLine)},
		}})
	}
	for _, phrase := range w.Phrases {
		c.Body = append(c.Body, block{Type: "RichTextBlock", Spacing: "Small", Inlines: []run{
			{Type: "TextRun", Text: "“" + phrase + "”", Italic: true},
		}})
	}
	c.Body = append(c.Body, block{Type: "RichTextBlock", Separator: true, Inlines: []run{
		{Type: "TextRun", Text: alert.Shorten(w.Moment+" · "+w.Reference, maxLine), Size: "Small", Subtle: true},
	}})
	if page := alert.CleanURL(e.Data.URL, maxURL); page != "" {
		c.Actions = []action{{Type: "Action.OpenUrl", Title: w.Details, URL: page}}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(message{Type: "message", Attachments: []attachment{{
		ContentType: "application/vnd.microsoft.card.adaptive", Content: c,
	}}})
	return bytes.TrimSpace(out.Bytes()), err
}

// colour is one that cards have names for.
func colour(e *event.Event) string {
	switch e.Kind() {
	case event.TypeSuspected, event.TypeRecovering:
		return "Warning"
	case event.TypeResolved:
		return "Good"
	default:
		return "Attention"
	}
}
