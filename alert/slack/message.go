package slack

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// maxPosts is how many sample posts are linked.
const maxPosts = 3

// maxID is the longest id of an outage that a button carries.
const maxID = 80

// Message is e as the JSON of a Slack message, in a language; nil is English.
func Message(e *event.Event, language alert.Language) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(compose(&alert.Notice{Event: *e}, language, false)); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

// compose is a notice as a message, with or without buttons.
func compose(n *alert.Notice, language alert.Language, buttons bool) payload {
	e := &n.Event
	w := alert.InWords(e, language)
	title := alert.Mark(e) + " " + w.Headline
	p := payload{Text: notification(title, w), Blocks: []block{header(escape(title, maxHeader))}}
	all := []block{glance(w), detail(w, n.Ack), quotes(w), footer(e, w)}
	if buttons {
		all = append(all, actions(n, w))
	}
	for _, b := range all {
		if b.Text != nil || len(b.Fields) > 0 || len(b.Elements) > 0 {
			p.Blocks = append(p.Blocks, b)
		}
	}
	return p
}

// notification is the line that a phone shows.
func notification(title string, w alert.Words) string {
	if w.Since.Text != "" {
		title += " · " + w.Since.Label + w.Colon + w.Since.Text
	}
	return escape(title, maxText)
}

// glance is what is read first: since when, where, how grave, how sure.
func glance(w alert.Words) block {
	var all []string
	for _, line := range []alert.Line{w.Since, w.Where, w.Severity, w.Sure} {
		if line.Text != "" {
			all = append(all, "*"+escape(line.Label, maxField)+"*\n"+escape(line.Text, maxField))
		}
	}
	return fields(all...)
}

// detail is one line each: who is at it, what people say, on what it rests, what the company says, who else is named.
func detail(w alert.Words, ack *alert.Ack) block {
	var all []string
	var taken alert.Line
	if ack != nil {
		taken = w.Taken(ack.By, ack.At)
	}
	for _, line := range append([]alert.Line{taken, w.Progress, w.Symptoms, w.Official, w.Evidence, w.Peak, w.Cities}, w.Bystanders...) {
		if line.Text != "" {
			all = append(all, marked(line, w))
		}
	}
	if len(all) == 0 {
		return block{}
	}
	return section(strings.Join(all, "\n"))
}

// marked is a line with its label in bold.
func marked(line alert.Line, w alert.Words) string {
	return "*" + escape(line.Label, maxField) + "*" + w.Colon + escape(line.Text, maxField)
}

// quotes are people's own words, in plain text, where nothing is markup.
func quotes(w alert.Words) block {
	if len(w.Phrases) == 0 {
		return block{}
	}
	return aside(text{Type: "plain_text", Text: escape("“"+strings.Join(w.Phrases, "”  “")+"”", maxContext)})
}

// actions are the buttons of an outage that lasts.
func actions(n *alert.Notice, w alert.Words) block {
	if n.Event.Kind() == event.TypeResolved {
		return block{}
	}
	b, id := block{Type: "actions"}, alert.Clean(n.Event.Data.ID, maxID)
	if n.Ack == nil {
		first := press(w.Buttons.TakeOver, actionTakeOver, id)
		first.Style = "primary"
		b.Elements = append(b.Elements, first)
	}
	b.Elements = append(b.Elements, press(w.Buttons.MuteHour, actionMuteHour, id), press(w.Buttons.Mute, actionMute, id))
	return b
}

// footer names the outage, and links its page and a few posts.
func footer(e *event.Event, w alert.Words) block {
	const refLength = 160
	parts := []string{escape(w.Moment+" · "+w.Reference, refLength)}
	if page := link(e.Data.URL, escape(w.Details, maxField)); page != "" {
		parts = append(parts, page)
	}
	posts := 0
	for _, post := range e.Data.Evidence.PostsSample {
		label := escape(alert.SourceName(post.Source)+" "+w.Time(post.At), 60)
		if l := link(post.URL, label); l != "" && posts < maxPosts {
			parts = append(parts, l)
			posts++
		}
	}
	return aside(text{Type: "mrkdwn", Text: strings.Join(parts, " · "), Verbatim: true})
}
