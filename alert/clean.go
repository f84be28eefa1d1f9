package alert

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The two joiners without which emoji and several scripts fall apart; all other invisible characters are taken out.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// Clean makes text that came from strangers fit to show on one line: valid UTF-8, without control characters (and so
// without terminal sequences), without invisible ones or those that turn the direction of writing, white space folded,
// and at most limit characters long, the last of which is '…' if anything was cut off.
func Clean(text string, limit int) string {
	var b strings.Builder
	gap, kept := false, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			gap = kept > 0
			continue
		case r == utf8.RuneError, unicode.IsControl(r), isInvisible(r):
			continue
		}
		if gap {
			b.WriteByte(' ')
			kept++
		}
		b.WriteRune(r)
		kept++
		gap = false
		if kept > limit {
			break
		}
	}
	return Shorten(b.String(), limit)
}

// Shorten cuts text to at most limit characters, the last of which is '…' if anything was cut off.
func Shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	if limit < 1 {
		return ""
	}
	runes := []rune(text)
	return strings.TrimRightFunc(string(runes[:limit-1]), unicode.IsSpace) + "…"
}

// CleanURL returns address if it leads to a web page and is at most limit bytes long, else "": what strangers call an
// address may be a script, or markup.
func CleanURL(address string, limit int) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return ""
	}
	clean := strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", `"`, "%22", "(", "%28", ")", "%29").Replace(u.String())
	if len(clean) > limit || clean != Clean(clean, limit) || strings.ContainsFunc(clean, unicode.IsSpace) {
		return ""
	}
	return clean
}

func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner && r != zeroWidthNonJoiner
}
