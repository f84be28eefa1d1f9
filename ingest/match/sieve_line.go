package match

import (
	"bytes"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/outcry/outcry/internal/jetline"
	"github.com/outcry/outcry/internal/rawjson"
)

// line is the reading of one raw line by the sieve.
type line struct {
	m *Matcher
	s *scratch
	// inner says that this is JSON within a string of JSON.
	inner bool
	// warned says that there is a content warning, which is read as one text with the content; named that any text may
	// hold a name.
	warned, named bool
	// stated are the languages that the line has stated so far, and judged says that a text was held back without more of them.
	stated stated
	judged bool
}

// begun is the length of the beginning of a line of which it is known that it says nothing; 0: it is not known.
func (v *sieve) begun(raw []byte) int {
	if v.numbers || !jetline.Begins(raw) {
		return 0 // If accounts are known by number, the author may be one of them.
	}
	return jetline.Len
}

// read goes over every string of raw and reports whether one of them makes the line pass. Keys hold no words, and the
// values of many keys are no words of people: they are skipped without a look.
func (l *line) read(raw []byte) bool {
	for i := l.m.sieve.begun(raw); ; {
		if i = quote(raw, i); i < 0 {
			return false
		}
		start := i + 1
		first := load(raw, start)
		end := start + firstQuote(first)
		if end == start+wordLen || raw[end-1] == '\\' {
			if end = stringEnd(raw, start); end < 0 {
				return true
			}
		}
		i = end + 1
		colon := blanked(raw, i)
		if colon >= len(raw) || raw[colon] != ':' {
			if l.value(raw[start:end], anything) {
				return true
			}
			continue
		}
		what := l.m.sieve.keys.meaning(first, raw[start:end])
		if i = l.member(raw, blanked(raw, colon+1), what); i < 0 {
			return true
		}
	}
}

// blanked is the index of the first byte at or after raw[i] that is no white space. Machines write none.
func blanked(raw []byte, i int) int {
	if i < len(raw) && raw[i] > ' ' {
		return i
	}
	return rawjson.Space(raw, i)
}

// member looks at the value at raw[i], whose key means what, and returns where to go on; -1: the line passes. Values that
// are neither strings nor lists of them are left to read.
func (l *line) member(raw []byte, i int, what meant) int {
	if i >= len(raw) {
		return -1
	}
	switch {
	case what == odd || what == topics && !empty(raw[i:]):
		return -1
	case what == language:
		return l.states(raw, i)
	case what == answered && raw[i] == '{':
		return i + jetline.Reply(raw[i:])
	case raw[i] == '[' && what == metadata:
		return skipList(raw, i+1)
	case raw[i] != '"':
		return i
	}
	end := stringEnd(raw, i+1)
	if end < 0 || what != metadata && l.value(raw[i+1:end], what) {
		return -1
	}
	return end + 1
}

// skipList skips strings from raw[i] on, as far as nothing else stands between them; -1: one of them does not end.
func skipList(raw []byte, i int) int {
	for {
		if i = rawjson.Space(raw, i); i >= len(raw) || raw[i] != '"' {
			return i
		}
		end := stringEnd(raw, i+1)
		if end < 0 {
			return -1
		}
		if i = rawjson.Space(raw, end+1); i < len(raw) && raw[i] == ',' {
			i++
		}
	}
}

// stringEnd is the index of the quote that ends the string whose first byte is raw[i]; -1: it does not end.
func stringEnd(raw []byte, i int) int {
	for from := i; ; {
		n := bytes.IndexByte(raw[from:], '"')
		end := from + n
		if n < 0 {
			return -1
		}
		if end == i || raw[end-1] != '\\' {
			return end
		}
		slash := end
		for slash > i && raw[slash-1] == '\\' {
			slash--
		}
		if (end-slash)&1 == 0 {
			return end
		}
		from = end + 1
	}
}

// firstQuote is the place of the first quote in eight bytes; wordLen: there is none.
func firstQuote(x uint64) int {
	x ^= '"' * eachByte
	return bits.TrailingZeros64((x-eachByte)&^x&highBits) / 8
}

// quote is the index of the first quote at or after raw[i]; -1: there is none. It is seldom far away.
func quote(raw []byte, i int) int {
	if n := firstQuote(load(raw, i)); n < wordLen {
		return i + n
	}
	if n := bytes.IndexByte(raw[i:], '"'); n >= 0 {
		return i + n
	}
	return -1
}

// empty reports whether raw begins with null, "" or an empty list.
func empty(raw []byte) bool {
	switch {
	case bytes.HasPrefix(raw, []byte("null")), bytes.HasPrefix(raw, []byte(`""`)):
		return true
	case len(raw) > 0 && raw[0] == '[':
		i := rawjson.Space(raw, 1)
		return i < len(raw) && raw[i] == ']'
	}
	return false
}

// value reports whether a string, as it stands between its quotes, makes the line pass.
func (l *line) value(s []byte, what meant) bool {
	if len(s) == 0 {
		return false
	}
	if bytes.IndexByte(s, '\\') >= 0 {
		b := l.s
		var ok bool
		if b.plain, ok = unescape(b.plain[:0], s); !ok {
			return true
		}
		s = b.plain
	}
	switch what {
	case number:
		return (l.m.sieve.numbers || !isNumber(s)) && l.m.isAccount(s)
	case identity:
		return l.m.isAccount(s)
	case payload:
		return l.within(s)
	case label:
		return l.m.labels(l.s, s)
	case home:
		if l.m.mayBeAccount(s) {
			return true
		}
	case warning:
		l.warned = true
	case content:
		if l.markup(s) {
			return true
		}
	}
	return hasEntity(s) && l.undone(s) || l.text(s)
}

// undone reports whether a value makes the line pass once the entities are undone that X writes in plain texts.
func (l *line) undone(s []byte) bool {
	b := l.s
	b.markup = b.markup[:0]
	for len(s) > 0 {
		n := 1
		switch {
		case bytes.HasPrefix(s, []byte("&amp;")):
			b.markup, n = append(b.markup, '&'), len("&amp;")
		case bytes.HasPrefix(s, []byte("&lt;")):
			b.markup, n = append(b.markup, '<'), len("&lt;")
		case bytes.HasPrefix(s, []byte("&gt;")):
			b.markup, n = append(b.markup, '>'), len("&gt;")
		default:
			b.markup = append(b.markup, s[0])
		}
		s = s[n:]
	}
	return l.text(b.markup)
}

// markup reports whether a value that may be HTML, or else is as it stands, makes the line pass as HTML.
func (l *line) markup(s []byte) bool {
	if !bytes.ContainsAny(s, "<&") {
		return false
	}
	b := l.s
	var ok bool
	b.markup, ok = stripMarkup(b.markup[:0], s)
	return !ok || l.text(b.markup)
}

// within reads JSON that is the value of a string.
func (l *line) within(s []byte) bool {
	if l.inner || !looksLikeJSON(s) {
		return len(s) > 0
	}
	b := l.s
	b.inner = append(b.inner[:0], s...)
	deep := line{m: l.m, s: l.s, inner: true}
	return deep.read(b.inner) || deep.warned && deep.named
}

// text reports whether a value without escapes and markup makes the line pass. Match does not read all of what is too long.
func (l *line) text(text []byte) bool {
	m, s := l.m, l.s
	if len(text) > maxText || m.labels(s, text) {
		return true
	}
	s.text = append(s.text[:0], text...)
	found := m.glance(s)
	if m.marked(s) || m.sieve.own && m.phrased(s) {
		return true
	}
	if !found {
		return false
	}
	l.named = true
	l.judged = !m.beside(s, &l.stated)
	return !l.judged
}

// hasEntity reports whether s holds one of the three entities that X writes in plain texts.
func hasEntity(s []byte) bool {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		if bytes.HasPrefix(s, []byte("amp;")) || bytes.HasPrefix(s, []byte("lt;")) || bytes.HasPrefix(s, []byte("gt;")) {
			return true
		}
	}
}

// unescape appends the string whose JSON escapes s holds; false: they are not what they should be.
func unescape(dst, s []byte) ([]byte, bool) {
	for {
		n := bytes.IndexByte(s, '\\')
		if n < 0 {
			return append(dst, s...), true
		}
		dst = append(dst, s[:n]...)
		if s = s[n+1:]; len(s) == 0 {
			return dst, false
		}
		c := s[0]
		s = s[1:]
		switch c {
		case 'n':
			dst = append(dst, '\n')
		case '"', '\\', '/':
			dst = append(dst, c)
		case 't':
			dst = append(dst, '\t')
		case 'r':
			dst = append(dst, '\r')
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'u':
			r, size := unicodeEscape(s)
			if size == 0 {
				return dst, false
			}
			dst = utf8.AppendRune(dst, r)
			s = s[size:]
		default:
			return dst, false
		}
	}
}

// unicodeEscape reads what follows "\u", with the second half of a pair; size 0: it is no escape.
func unicodeEscape(s []byte) (r rune, size int) {
	r, ok := hex4(s)
	switch {
	case !ok:
		return 0, 0
	case !utf16.IsSurrogate(r):
		return r, 4
	}
	if len(s) >= 10 && s[4] == '\\' && s[5] == 'u' {
		if low, ok := hex4(s[6:]); ok {
			if full := utf16.DecodeRune(r, low); full != utf8.RuneError {
				return full, 10
			}
		}
	}
	return utf8.RuneError, 4
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
