package hypertext

import (
	"strings"

	"golang.org/x/net/html"
)

// Text turns HTML into its text: tags go, line breaks and paragraphs stay, entities are undone.
func Text(content string) string {
	if !strings.ContainsAny(content, "<&") {
		return content
	}
	var b strings.Builder
	b.Grow(len(content))
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if breaksLine(string(name)) && b.Len() > 0 {
				b.WriteByte('\n')
			}
		default: // nothing that is read
		}
	}
}

// breaksLine reports whether a new line begins with the element.
func breaksLine(element string) bool {
	switch element {
	case "br", "p", "li", "blockquote", "div", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}
