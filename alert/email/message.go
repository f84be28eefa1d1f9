package email

import (
	"html"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// maxSubject and maxURL bound what is written on one line.
const (
	maxSubject = 200
	maxURL     = 1000
)

// compose writes the mail. Every attempt has the same Message-ID, so that a mail that came twice is shown once; all mails of
// one outage refer to a common one, so that they are shown together.
func (n *Notifier) compose(notice *alert.Notice) (*mail.Msg, error) {
	e := &notice.Event
	w := alert.InWords(e, n.cfg.Language)
	m := mail.NewMsg()
	m.FromMailAddress(n.sender)
	if err := m.To(n.cfg.To...); err != nil {
		return nil, err
	}
	domain := "outcry.invalid"
	if _, after, ok := strings.Cut(n.sender.Address, "@"); ok {
		domain = after
	}
	thread := "<" + messageID(e.Data.ID) + "@" + domain + ">"
	m.SetMessageIDWithValue(messageID(notice.Key) + "@" + domain)
	m.SetGenHeader(mail.HeaderInReplyTo, thread)
	m.SetGenHeader(mail.HeaderReferences, thread)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetDateWithValue(notice.At)
	m.Subject(alert.Shorten(alert.Mark(e)+" "+w.Headline, maxSubject))
	m.SetBodyString(mail.TypeTextPlain, Text(e, w))
	m.AddAlternativeString(mail.TypeTextHTML, HTML(e, w))
	return m, nil
}

// messageID keeps of an id what may stand in one.
func messageID(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return '_'
	}, alert.Shorten(id, maxSubject))
}

// Text is the mail as plain text.
func Text(e *event.Event, w alert.Words) string {
	var b strings.Builder
	b.WriteString(w.Headline + "\r\n\r\n")
	for _, line := range w.Lines() {
		b.WriteString(line.Label + w.Colon + line.Text + "\r\n")
	}
	for _, phrase := range w.Phrases {
		b.WriteString("  “" + phrase + "”\r\n")
	}
	if page := alert.CleanURL(e.Data.URL, maxURL); page != "" {
		b.WriteString("\r\n" + w.Details + w.Colon + page + "\r\n")
	}
	b.WriteString("\r\n-- \r\n" + w.Moment + " · " + w.Reference + "\r\n")
	return b.String()
}

// HTML is the mail as a page without pictures, scripts or anything that is fetched.
func HTML(e *event.Event, w alert.Words) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><body style="font-family:sans-serif;color:#1d1c1d;max-width:42em">` +
		`<h2 style="margin:0 0 .6em;border-left:6px solid ` + colour(e) + `;padding-left:.5em">` + html.EscapeString(w.Headline) + `</h2><table style="border-spacing:0">`)
	for _, line := range w.Lines() {
		b.WriteString(`<tr><td style="padding:.15em 1em .15em 0;vertical-align:top;color:#616061;white-space:nowrap">` + html.EscapeString(line.Label) +
			`</td><td style="padding:.15em 0">` + html.EscapeString(line.Text) + `</td></tr>`)
	}
	b.WriteString(`</table>`)
	for _, phrase := range w.Phrases {
		b.WriteString(`<p style="margin:.4em 0;font-style:italic">“` + html.EscapeString(phrase) + `”</p>`)
	}
	if page := alert.CleanURL(e.Data.URL, maxURL); page != "" {
		b.WriteString(`<p><a href="` + html.EscapeString(page) + `">` + html.EscapeString(w.Details) + `</a></p>`)
	}
	b.WriteString(`<p style="color:#616061;font-size:small">` + html.EscapeString(w.Moment+" · "+w.Reference) + `</p></body></html>`)
	return b.String()
}

func colour(e *event.Event) string {
	switch e.Kind() {
	case event.TypeSuspected:
		return "#e0b400"
	case event.TypeRecovering:
		return "#e08000"
	case event.TypeResolved:
		return "#1a7f3c"
	default:
		return "#d02030"
	}
}
