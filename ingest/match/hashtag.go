package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hashtag is a tag found in a text: Text[Start:End] is the tag with its mark or marks, by bytes.
type Hashtag struct {
	// Name is the tag without '#'.
	Name string
	// Start and End are byte offsets into the text.
	Start, End int
	// Topic says that it is written in Weibo's way, with a mark on either side.
	Topic bool
}

// Hashtags returns the hashtags of text in order, by the rules by which X finds them, together with Weibo's #…#.
func Hashtags(text string) []string {
	var names []string
	for h, ok := nextHashtag(text, 0); ok; h, ok = nextHashtag(text, h.End) {
		names = append(names, h.Name)
	}
	return names
}

// HashtagSpans is like Hashtags and says where each stands.
func HashtagSpans(text string) []Hashtag {
	var spans []Hashtag
	for h, ok := nextHashtag(text, 0); ok; h, ok = nextHashtag(text, h.End) {
		spans = append(spans, h)
	}
	return spans
}

// nextHashtag finds the first hashtag that starts at or after from.
func nextHashtag(text string, from int) (Hashtag, bool) {
	for i := from; i < len(text); {
		n := hashMark(text[i:])
		if n == 0 {
			i++
			continue
		}
		if h, ok := hashtagAt(text, i, n); ok {
			return h, true
		}
		i += n
	}
	return Hashtag{}, false
}

// hashMark is the length of the '#' or full-width '＃' at the start of s; 0: there is none.
func hashMark(s string) int {
	if s[0] == '#' {
		return 1
	}
	if strings.HasPrefix(s, "＃") {
		return len("＃")
	}
	return 0
}

// hashtagAt reads the hashtag whose mark of n bytes stands at text[i].
func hashtagAt(text string, i, n int) (Hashtag, bool) {
	if !mayPrecedeHashtag(text[:i]) {
		return Hashtag{}, false
	}
	body, lettered, han, kana := hashtagBody(text[i+n:])
	end := i + n + body
	rest := text[end:]
	if body == 0 || !lettered {
		return Hashtag{}, false
	}
	h := Hashtag{Name: text[i+n : end], Start: i, End: end}
	switch {
	case rest != "" && hashMark(rest) > 0:
		// X takes no tag that runs into another mark; on Weibo the second mark closes a topic.
		h.End += hashMark(rest)
		h.Topic = true
		return h, han && !kana
	case strings.HasPrefix(rest, "://"):
		return Hashtag{}, false
	}
	return h, !insideURL(text, i) && !cutOff(text, rest)
}

// shortened is how many characters a repost has that X shortened to fit, the '…' included.
const shortened = 140

// cutOff reports whether the tag before rest was cut when X shortened a repost: it is not the tag that was meant. Where
// the cut fell on a blank the blank is gone too, so that the text is a little shorter and the tag whole; a number
// before the cut is not taken for whole even then.
func cutOff(text, rest string) bool {
	if rest != "…" || !strings.HasPrefix(text, "RT @") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(text, rest))
	return utf8.RuneCountInString(text) >= shortened || unicode.IsDigit(before)
}

// mayPrecedeHashtag reports whether a hashtag may begin after before: at the beginning, or after anything that could
// not itself be part of a tag, save '&', which begins an entity such as "&#39;".
func mayPrecedeHashtag(before string) bool {
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	switch r {
	case '\uFE0E', '\uFE0F':
		return true
	case '&':
		return false
	}
	return !isHashtagLetter(r) && !isHashtagNumeral(r)
}

// hashtagBody is the length of the run of hashtag characters at the start of s, and what kinds of letter are in it.
func hashtagBody(s string) (n int, lettered, han, kana bool) {
	for i, r := range s {
		switch {
		case i == 0 && (r == '\uFE0F' || r == '\u20E3'):
			// "#️⃣" is the keycap emoji.
			return 0, false, false, false
		case r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z'):
			lettered = true
		case isHashtagLetter(r):
			lettered = true
			han = han || unicode.Is(unicode.Han, r)
			kana = kana || unicode.In(r, unicode.Hiragana, unicode.Katakana)
		case !isHashtagNumeral(r):
			return i, lettered, han, kana
		}
	}
	return len(s), lettered, han, kana
}

func isHashtagLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// isHashtagNumeral reports whether r may stand in a tag that has a letter elsewhere.
func isHashtagNumeral(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= '0' && r <= '9'
	}
	switch r {
	case '\u200C', '\u200D', '\uA67E', '\u05BE', '\u05F3', '\u05F4', '\uFF5E', '\u301C', '\u309B', '\u309C',
		'\u30A0', '\u30FB', '\u3003', '\u0F0B', '\u0F0C', '\u00B7':
		return true
	}
	return unicode.Is(unicode.Nd, r)
}

// maxURL bounds how far back the beginning of an address is sought.
const maxURL = 2048

// insideURL reports whether the mark at text[i] is part of an address ("example.com/#top"). No address holds a full-width mark.
func insideURL(text string, i int) bool {
	if text[i] != '#' {
		return false
	}
	word := text[max(0, i-maxURL):i]
	// An address reaches to the mark only where all behind one of its slashes may stand in a path.
	path := 1 + strings.LastIndexFunc(word, func(r rune) bool { return !isPathRune(r) })
	for k := max(0, path-1); k < len(word); k++ {
		if word[k] != '/' {
			continue
		}
		if host, ok := hostBefore(word[:k]); ok {
			return !isShortLink(host, word[k+1:])
		}
	}
	return false
}

// isShortLink reports whether an address is one of X's own, which end with their slug.
func isShortLink(host, path string) bool {
	end := strings.IndexFunc(path, func(r rune) bool { return !isSlugRune(r) })
	return strings.EqualFold(host, "t.co") && end > 0 && path[end] != '?'
}

// hostBefore returns the host that an address has before its first slash.
func hostBefore(s string) (string, bool) {
	start := 1 + strings.LastIndexFunc(s, func(r rune) bool { return !isHostRune(r) })
	host, before := s[start:], s[:start]
	if at := strings.LastIndexByte(host, ':'); at >= 0 && !isPort(host[at+1:]) {
		before, host = s[:start+at+1], host[at+1:]
	}
	for _, scheme := range []string{"http://", "https://"} {
		if n := len(before) - len(scheme); n >= 0 && strings.EqualFold(before[n:], scheme) {
			before = before[:n]
			return host, isHost(host) && !endsWith(before, isSlugRune) && !endsWith(before, isMarkRune)
		}
	}
	return host, isHost(host) && !endsWith(before, isMarkRune) && !strings.HasSuffix(before, "/")
}

// isMarkRune reports whether r makes of what follows it no address.
func isMarkRune(r rune) bool { return strings.ContainsRune("@＠#＃$", r) }

func endsWith(s string, is func(rune) bool) bool {
	r, size := utf8.DecodeLastRuneInString(s)
	return size > 0 && is(r)
}

func isPort(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func isSlugRune(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
}

func isHostRune(r rune) bool {
	return isSlugRune(r) || r == '.' || r == '-' || r == '_' || r == ':'
}

// isHost reports whether s looks like a name with a top-level domain, with or without a port.
func isHost(s string) bool {
	s, _, _ = strings.Cut(s, ":")
	dot := strings.LastIndexByte(s, '.')
	if dot < 1 || len(s)-dot-1 < 2 {
		return false
	}
	for _, r := range s[dot+1:] {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return false
		}
	}
	return true
}

func isPathRune(r rune) bool {
	return isSlugRune(r) || strings.ContainsRune("!*';:=+,.$/%#[]-_~@|&()?", r) || unicode.Is(unicode.Cyrillic, r)
}
