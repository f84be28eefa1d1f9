package hypertext

import (
	"html"
	"net/url"
	"strings"
	"unicode"
)

// Writer writes HTML. Tags and the names of attributes are the caller's own; text and the values of attributes may come from
// strangers and are escaped here, in the only two places that write them. The zero value is empty.
type Writer struct{ b strings.Builder }

// String is what was written so far.
func (w *Writer) String() string { return w.b.String() }

// Doctype begins a page.
func (w *Writer) Doctype() { w.b.WriteString("<!doctype html>\n") }

// Append writes what another Writer has written.
func (w *Writer) Append(part *Writer) { w.b.WriteString(part.b.String()) }

// Open writes a start tag. attributes are names and values in turn.
func (w *Writer) Open(tag string, attributes ...string) {
	w.b.WriteString("<" + tag)
	for i := 0; i+1 < len(attributes); i += 2 {
		w.b.WriteString(" " + attributes[i] + `="` + html.EscapeString(Tame(attributes[i+1])) + `"`)
	}
	w.b.WriteString(">")
}

// Shut writes end tags.
func (w *Writer) Shut(tags ...string) {
	for _, tag := range tags {
		w.b.WriteString("</" + tag + ">")
	}
}

// Text writes text.
func (w *Writer) Text(text string) { w.b.WriteString(html.EscapeString(Tame(text))) }

// Element writes a tag with nothing but text in it.
func (w *Writer) Element(tag, text string, attributes ...string) {
	w.Open(tag, attributes...)
	w.Text(text)
	w.Shut(tag)
}

// Style writes a style sheet of the caller's own, as it is.
func (w *Writer) Style(sheet string) {
	w.Open("style")
	w.b.WriteString(sheet)
	w.Shut("style")
}

// Line breaks the source for whoever reads it.
func (w *Writer) Line() { w.b.WriteByte('\n') }

// Link writes an address that came from outside as a link if a browser may follow it, else as text.
func (w *Writer) Link(text, address string) {
	parsed, err := url.Parse(address)
	if err != nil || (parsed.Scheme != "https" && parsed.Scheme != "http") || parsed.Host == "" {
		w.Element("bdi", text)
		return
	}
	w.Element("a", text, "href", address, "rel", "noopener noreferrer nofollow")
}

// Tame drops what strangers' text can do to the text around it: control characters, and marks that turn its direction.
func Tame(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, text)
}
