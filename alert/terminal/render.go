package terminal

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// The codes of the colours (ECMA-48, select graphic rendition).
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	yellow = "1;33"
	green  = "1;32"
	cyan   = "1;36"
)

// The longest id of an outage, and the longest address of its page, that are shown whole.
const (
	idLength = 80
	maxURL   = 300
)

// OneLine is an event on one line, with its line break: time, mark, headline, place and id.
func OneLine(e *event.Event, colour bool) string {
	w := alert.English(e)
	p := painter(colour)
	mark, code := look(e)
	var b strings.Builder
	b.WriteString(p.paint(faint, e.Time.UTC().Format("15:04:05")) + "  " + p.paint(code, mark+" "+w.Headline))
	var more []string
	for _, line := range []alert.Line{w.Severity, w.Where} {
		if line.Text != "" {
			more = append(more, line.Text)
		}
	}
	b.WriteString("  " + p.paint(faint, strings.Join(append(more, "["+alert.Clean(e.ID, idLength)+"]"), " · ")) + "\n")
	return b.String()
}

// Block is an event as a short block of lines that ends with an empty line.
func Block(e *event.Event, colour bool) string {
	w := alert.English(e)
	p := painter(colour)
	mark, code := look(e)
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", p.paint(faint, e.Time.UTC().Format("2006-01-02 15:04:05")), p.paint(code, mark+" "+w.Headline))
	lines := w.Lines()
	if len(w.Phrases) > 0 {
		lines = append(lines, alert.Line{Label: "In their words", Text: "“" + strings.Join(w.Phrases, "”, “") + "”"})
	}
	lines = append(lines, alert.Line{Label: "Outage", Text: outage(e)})
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line.Label))
	}
	for _, line := range lines {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(line.Label))
		fmt.Fprintf(&b, "    %s%s  %s\n", p.paint(faint, line.Label), pad, line.Text)
	}
	b.WriteString("\n")
	return b.String()
}

// outage names the outage and the event of it, and its page if there is one.
func outage(e *event.Event) string {
	text := fmt.Sprintf("%s, event %d", alert.Clean(e.Data.ID, idLength), e.Data.Seq)
	if page := alert.CleanURL(e.Data.URL, maxURL); page != "" {
		text += ", " + page
	}
	return text
}

// look is the mark and the colour of an event. The mark tells the same as the colour to those who do not see colours.
func look(e *event.Event) (mark, code string) {
	switch e.Kind() {
	case event.TypeSuspected:
		return "?", yellow
	case event.TypeAcknowledged:
		return "!", cyan
	case event.TypeRecovering:
		return "↗", yellow
	case event.TypeResolved:
		return "✓", green
	case event.TypeConfirmed, event.TypeRelapsed:
		return "●", red
	default:
		return "○", bold
	}
}

// painter writes colours, or does not.
type painter bool

func (p painter) paint(code, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
