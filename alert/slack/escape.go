package slack

import (
	"strings"
	"unicode/utf16"

	"github.com/outcry/outcry/alert"
)

// wordJoiner is invisible; after an '@' it keeps Slack from seeing a mention.
const wordJoiner = "\u2060"

// escape makes text fit for Slack, cut to limit: '&', '<' and '>' cannot open markup, '@' cannot mention anybody, and
// the signs of bold, code and strike-through are replaced by look-alikes.
func escape(text string, limit int) string {
	var b strings.Builder
	used := 0
	for _, r := range text {
		piece := escapeRune(r)
		size := length(piece)
		if used+size > limit-1 {
			b.WriteString("…")
			break
		}
		b.WriteString(piece)
		used += size
	}
	return b.String()
}

func escapeRune(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '@':
		return "@" + wordJoiner
	case '*':
		return "∗"
	case '`':
		return "ˋ"
	case '~':
		return "∼"
	}
	return string(r)
}

// length counts as Slack does at its strictest: in UTF-16 units.
func length(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// maxURL is the longest address that is linked; a longer one is left out, because half of one leads nowhere.
const maxURL = 500

// link is markup for a link with a label that is escaped already; "" if the address is not one that a browser opens.
func link(address, label string) string {
	if address = alert.CleanURL(address, maxURL); address == "" {
		return ""
	}
	return "<" + strings.ReplaceAll(address, "&", "&amp;") + "|" + label + ">"
}
