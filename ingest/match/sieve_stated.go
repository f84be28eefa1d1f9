package match

import "bytes"

// stated are the languages that a line states of its post, as they are written: of Match they are what the post may be in, beside what
// its words tell. Where there are none, or too many, it may be in any.
type stated struct {
	langs [4][]byte
	n     int
	any   bool
}

// add takes a language as it stands between its quotes.
func (t *stated) add(lang []byte) {
	if t.n == len(t.langs) || bytes.IndexByte(lang, '\\') >= 0 {
		t.any = true
		return
	}
	t.langs[t.n] = lang
	t.n++
}

// states takes note of the languages at raw[i], a string or a list of them, and returns where to go on; -1: the line passes, as a text
// was judged before them.
func (l *line) states(raw []byte, i int) int {
	if l.judged {
		return -1
	}
	list := raw[i] == '['
	if list {
		i = blanked(raw, i+1)
	}
	for i < len(raw) && raw[i] == '"' {
		end := stringEnd(raw, i+1)
		if end < 0 {
			return -1
		}
		l.stated.add(raw[i+1 : end])
		if i = blanked(raw, end+1); !list || i == len(raw) || raw[i] != ',' {
			break
		}
		i = blanked(raw, i+1)
	}
	return i
}

// readings appends the languages in which Match may take a text to be that has these votes.
func (m *Matcher) readings(dst []tongues, t *stated, votes *[maxLangs]int32) []tongues {
	likely, heard := likely(votes), heard(votes)
	dst = append(dst, heard)
	if t.any || t.n == 0 {
		for ; likely != 0; likely &= likely - 1 {
			dst = append(dst, likely&-likely)
		}
		return dst
	}
	for _, lang := range t.langs[:t.n] {
		said := m.lexicon.said(string(lang))
		dst = append(dst, said)
		if said&likely == 0 {
			dst = append(dst, said|heard) // so are names clarified
		}
	}
	return dst
}
