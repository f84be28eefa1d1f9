package match

import "bytes"

// isPlanned reports whether what fails was announced, and is not asked about as if it were news: "will be unavailable", "00.00-04.00".
func (m *Matcher) isPlanned(s *scratch) bool {
	f := &s.read.flags
	return (f.planned || s.namesHours()) && !f.asks() && !m.lasts(s, plan)
}

// namesHours reports whether the text tells from when to when: "23:30 - 04:00".
func (s *scratch) namesHours() bool {
	for i := 0; i < len(s.text); i++ {
		end, ok := hourAt(s.text, i)
		if !ok {
			continue
		}
		if rest, dashed := cutDash(s.text[end:]); dashed {
			if _, ok := hourAt(rest, 0); ok {
				return true
			}
		}
		i = end
	}
	return false
}

// hourAt reports whether a time of day begins at b[i], and where it ends. What is announced begins and ends at round minutes, unlike most
// numbers of versions.
func hourAt(b []byte, i int) (end int, ok bool) {
	if i > 0 && (isDigit(b[i-1]) || b[i-1] == '.') {
		return 0, false
	}
	for end = i; end < len(b) && isDigit(b[end]); end++ {
	}
	if n := end - i; n < 1 || n > 2 || end+2 >= len(b) || b[end] != ':' && b[end] != '.' && b[end] != 'h' {
		return 0, false
	}
	tens, ones := b[end+1], b[end+2]
	if end += 3; tens < '0' || tens > '5' || ones != '0' && ones != '5' || end < len(b) && isDigit(b[end]) {
		return 0, false
	}
	return end, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cutDash cuts a dash from the beginning of b.
func cutDash(b []byte) (rest []byte, found bool) {
	b = bytes.TrimLeft(b, " ")
	for _, dash := range [...]string{"-", "–", "—", "~", "〜", "～"} {
		if rest, found = bytes.CutPrefix(b, []byte(dash)); found {
			return bytes.TrimLeft(rest, " "), true
		}
	}
	return nil, false
}
