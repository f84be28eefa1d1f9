package telegram

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf16"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// Telegram takes 4096 UTF-16 units after the markup is read; the bounds of the parts keep far below.
const (
	maxTitle = 300
	maxLine  = 300
	maxURL   = 500
	maxText  = 4096
)

type message struct {
	Chat      string  `json:"chat_id"`
	Text      string  `json:"text"`
	ParseMode string  `json:"parse_mode"`
	Preview   preview `json:"link_preview_options"`
	// Quiet messages ring no bell.
	Quiet bool `json:"disable_notification,omitempty"`
}

type preview struct {
	Disabled bool `json:"is_disabled"`
}

// Message is e as the JSON of a message to chat, in a language; nil is English.
func Message(e *event.Event, chat string, language alert.Language) ([]byte, error) {
	w := alert.InWords(e, language)
	blocks := []string{
		"<b>" + escape(alert.Mark(e)+" "+w.Headline, maxTitle) + "</b>",
		lines(w), quotes(w), footer(e, w),
	}
	var said []string
	size := 0
	for _, block := range blocks {
		// What would be too long is left out as a whole, so that no markup stays open.
		if size += length(block) + 2; block != "" && size <= maxText {
			said = append(said, block)
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(message{
		Chat: chat, Text: strings.Join(said, "\n\n"), ParseMode: "HTML", Preview: preview{true},
		Quiet: e.Kind() == event.TypeChanged || e.Kind() == event.TypeRecovering,
	})
	return bytes.TrimSpace(out.Bytes()), err
}

func lines(w alert.Words) string {
	var all []string
	for _, line := range w.Lines() {
		all = append(all, "<b>"+escape(line.Label, maxLine)+"</b>"+w.Colon+escape(line.Text, maxLine))
	}
	return strings.Join(all, "\n")
}

// quotes are people's own words, as code: in it nothing becomes a link, a mention or a command.
func quotes(w alert.Words) string {
	var all []string
	for _, phrase := range w.Phrases {
		all = append(all, "<code>"+escape(phrase, maxLine)+"</code>")
	}
	return strings.Join(all, "  ")
}

func footer(e *event.Event, w alert.Words) string {
	text := "<i>" + escape(w.Moment+" · "+w.Reference, maxLine) + "</i>"
	if page := alert.CleanURL(e.Data.URL, maxURL); page != "" {
		text += ` · <a href="` + escape(page, maxURL*6) + `">` + escape(w.Details, maxLine) + "</a>"
	}
	return text
}

// wordJoiner is invisible; after an '@' it keeps Telegram from seeing a mention.
const wordJoiner = "\u2060"

// escape makes text fit for Telegram's HTML and cuts it to limit characters.
func escape(text string, limit int) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "@", "@"+wordJoiner).
		Replace(alert.Shorten(text, limit))
}

// length counts as Telegram does at its strictest, markup included.
func length(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
