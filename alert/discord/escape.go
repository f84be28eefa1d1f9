package discord

import (
	"strings"

	"github.com/outcry/outcry/alert"
)

// wordJoiner is invisible; between "://" and a host it keeps Discord from making a link.
const wordJoiner = "\u2060"

// escape makes text fit for Discord, cut to limit characters: a backslash before every sign that could be markup or
// begin a mention, and no address that becomes a link.
func escape(text string, limit int) string {
	var b strings.Builder
	used := 0
	for _, r := range strings.ReplaceAll(text, "://", ":"+wordJoiner+"//") {
		size := 1
		if strings.ContainsRune("\\*_~`|<@[]", r) {
			size = 2
		}
		if used+size > limit-1 {
			b.WriteString("…")
			break
		}
		if size == 2 {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		used += size
	}
	return b.String()
}

// quote shows people's own words as code, in which nothing is markup.
func quote(phrases []string, limit int) string {
	quoted := make([]string, 0, len(phrases))
	for _, phrase := range phrases {
		quoted = append(quoted, "`"+alert.Shorten(strings.ReplaceAll(phrase, "`", "ˋ"), limit)+"`")
	}
	return strings.Join(quoted, "  ")
}
