package match

import (
	"bytes"
	"unicode/utf8"
)

// stripMarkup appends the text of HTML as servers send it; false: it holds something that they do not send.
func stripMarkup(dst, s []byte) ([]byte, bool) {
	for {
		n := bytes.IndexAny(s, "<&")
		if n < 0 {
			return append(dst, s...), true
		}
		dst = append(dst, s[:n]...)
		s = s[n:]
		var size int
		if s[0] == '<' {
			var line bool
			if size, line = element(s); line {
				dst = append(dst, '\n')
			}
		} else {
			var r rune
			r, size = entity(s)
			if size > 0 {
				dst = utf8.AppendRune(dst, r)
			}
		}
		if size == 0 {
			return dst, false
		}
		s = s[size:]
	}
}

// element is the length of the tag at the start of s, and whether a new line begins with it; 0: it is no plain tag.
func element(s []byte) (size int, line bool) {
	i := 1
	closing := len(s) > 1 && s[1] == '/'
	if closing {
		i++
	}
	start := i
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] >= '0' && s[i] <= '9') {
		i++
	}
	name := s[start:i]
	end := bytes.IndexByte(s, '>')
	if i == start || s[start] <= '9' || end < i || !plainAttributes(s[i:end]) {
		return 0, false
	}
	switch string(name) {
	case "p", "br", "div", "li", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6":
		return end + 1, !closing
	case "a", "span", "em", "strong", "b", "i", "u", "s", "del", "code", "small", "sub", "sup", "ruby", "rt", "rp", "img":
		return end + 1, false
	}
	return 0, false
}

// plainAttributes reports whether s, which holds no '>', is a list of attributes whose quotes all close.
func plainAttributes(s []byte) bool {
	return len(s) == 0 || (s[0] == ' ' || s[0] == '/') && bytes.Count(s, []byte{'"'})%2 == 0 &&
		bytes.IndexByte(s, '\'') < 0 && bytes.IndexByte(s, '<') < 0
}

// named are the entities that servers write by name.
var named = []struct {
	text   string
	letter rune
}{{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&nbsp;", '\u00A0'}}

// entity reads the entity at the start of s; size 0: it is none of those that servers write.
func entity(s []byte) (r rune, size int) {
	if len(s) == 1 || !isASCIIWord(s[1]) && s[1] != '#' {
		return '&', 1
	}
	for _, e := range named {
		if bytes.HasPrefix(s, []byte(e.text)) {
			return e.letter, len(e.text)
		}
	}
	semi := bytes.IndexByte(s[:min(len(s), 10)], ';')
	if semi < 3 || s[1] != '#' {
		return 0, 0
	}
	digits, base := s[2:semi], rune(10)
	if digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	for _, c := range digits {
		switch {
		case c >= '0' && c <= '9':
			r = r*base + rune(c-'0')
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r*base + rune(c|0x20-'a'+10)
		default:
			return 0, 0
		}
	}
	// Browsers read the numbers from 0x80 to 0x9F as Windows does, and have no use for some others.
	if r == 0 || r >= 0x80 && r <= 0x9F || !utf8.ValidRune(r) {
		return 0, 0
	}
	return r, semi + 1
}

func isASCIIWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}
