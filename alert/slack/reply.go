package slack

import (
	"strings"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// takenBy is what stands in the thread about who has taken an outage over.
func takenBy(notice alert.Notice, language alert.Language) payload {
	w := language(&notice.Event)
	by, at := "", notice.Event.Time
	if notice.Ack != nil {
		by, at = notice.Ack.By, notice.Ack.At
	}
	taken := w.Taken(by, at)
	return payload{
		Text:   escape("👀 "+taken.Label+w.Colon+taken.Text, maxText),
		Blocks: []block{section("👀 " + marked(taken, w))},
	}
}

// replyTo is what stands in the thread about one event: what happened, and what of the rest is news with it.
func replyTo(notice alert.Notice, language alert.Language) payload {
	e := &notice.Event
	w := language(e)
	title := alert.Mark(e) + " " + w.Headline
	line := "*" + escape(title, maxField) + "*  " + w.Time(e.Time)
	var news []alert.Line
	switch kind := e.Kind(); {
	case notice.Reminder > 0:
		news = []alert.Line{w.Since, w.Where, w.Official}
	case kind == event.TypeAcknowledged:
		news = []alert.Line{w.Official}
	case kind == event.TypeResolved:
		news = []alert.Line{w.Since, w.Evidence, w.Peak, w.Official}
	default:
		news = []alert.Line{w.Progress, w.Where, w.Evidence}
	}
	all := []string{line}
	for _, one := range news {
		if one.Text != "" {
			all = append(all, marked(one, w))
		}
	}
	return payload{Text: notification(title, w), Blocks: []block{section(strings.Join(all, "\n"))}}
}
