package match

import (
	"slices"
	"unicode/utf8"
)

// nameBeginnings are those of the names of services.
func nameBeginnings(x *lexicon, c *catalogue) *beginnings {
	t := newTips()
	var heads []uint64
	endings := initials(x.endings)
	c.names.phrases(func(_ int32, name []byte, services []int32) {
		next := ""
		if len(name) >= c.leastInflected(name, services) {
			next = endings
		}
		heads = t.add(heads, name, next)
	})
	for _, letter := range prefixLetters {
		put(t.pairs[:], pairPlace(load([]byte(string(letter)), 0)))
	}
	return &beginnings{tips: *t, heads: newKeySet(heads)}
}

// initials are the first bytes of words.
func initials[V any](words map[string]V) string {
	var list []byte
	for w := range words {
		if !slices.Contains(list, w[0]) {
			list = append(list, w[0])
		}
	}
	return string(list)
}

// naming is what is seen of the names in a folded text without cutting it into tokens.
type naming struct {
	// count is how many names there are; more than two are not counted. others says that there may be more of them in tags, or as
	// small words of which every text has some.
	count  int
	others bool
	// from and to are where the first stands, and clear says that it is no everyday word.
	from, to int32
	clear    bool
}

// naming looks for names in a folded text.
func (m *Matcher) naming(s *scratch) (n naming) {
	for _, at := range m.sieve.names.among(s, s.starts) {
		if m.nameBegins(s, at, &n); n.count > 1 {
			break
		}
	}
	return n
}

// nameBegins notes a name that begins at b[start], or, in Arabic and Hebrew, behind the article and short prepositions, which are
// written as one with it.
func (m *Matcher) nameBegins(s *scratch, start int32, n *naming) {
	if m.noteName(s, start, n) {
		return
	}
	if c := s.b[start]; c < 0xD7 || c > 0xDB {
		return
	}
	for k := range int32(prefixLen(s.b[start:])) {
		if from := start + 2*(k+1); m.sieve.names.begin(s.b, from) && m.noteName(s, from, n) {
			return
		}
	}
}

// noteName notes a name that begins at b[start], and reports whether there is one.
func (m *Matcher) noteName(s *scratch, start int32, n *naming) bool {
	if katakanaAt(s.b, start) && katakanaAt(s.b, start-3) {
		return false
	}
	names := m.catalogue.names
	for at, end := int32(0), start; int(end) < len(s.b); {
		if at, end = names.advance(at, s.b, end); at == 0 {
			return false
		}
		values := names.at(at)
		if len(values) == 0 || !m.mayEnd(s.b, start, end, values) {
			continue
		}
		name := s.b[start:end]
		everyday := m.catalogue.allEveryday(name, values)
		if everyday && s.isSmallWord(start, end) {
			n.others = true
			continue
		}
		n.others = n.others || start > 0 && (s.b[start-1] == '#' || s.b[start-1] >= utf8.RuneSelf && len(s.signs) > 0)
		if n.count++; n.count == 1 {
			n.from, n.to, n.clear = start, end, !everyday
		}
		return true
	}
	return false
}

// mayEnd reports whether the name b[start:end] ends where a word does, or has a case ending. Of words that are not all ASCII it takes
// for granted that they end where the name does.
func (m *Matcher) mayEnd(b []byte, start, end int32, services []int32) bool {
	rest := firstWord(b[end:])
	next := b[int(end)+len(rest):]
	if len(rest) == 0 || b[end-1] >= utf8.RuneSelf || len(next) > 0 && next[0] >= utf8.RuneSelf {
		return true
	}
	name := b[start:end]
	return len(name) >= m.catalogue.leastInflected(name, services) && m.lexicon.endings[string(rest)] != 0
}

// isSmallWord reports whether the name b[start:end], an everyday word, is short, and written as isParticle and isShort have it.
func (s *scratch) isSmallWord(start, end int32) bool {
	if name := s.b[start:end]; len(name) < 2 || len(name) >= minSubject || len(firstWord(name)) < len(name) || s.brief[string(name)] != 0 {
		return false
	}
	if start > 0 && (s.b[start-1] >= utf8.RuneSelf || s.b[start-1] == '#' || s.b[start-1] == '@') || int(end) < len(s.b) && s.b[end] >= utf8.RuneSelf {
		return false
	}
	i := s.source(start)
	first, second := s.text[i], at(s.text, i+1)
	if second < 'a' || second > 'z' || end-start == minSubject-1 && (first < 'a' || first > 'z') {
		return false
	}
	next := s.b[end:]
	for len(next) > 0 && next[0] < utf8.RuneSelf && !isASCIIWord(next[0]) {
		next = next[1:]
	}
	return !onScreens[string(firstWord(next))]
}

// firstWord is the run of ASCII letters and digits at the start of b.
func firstWord(b []byte) []byte {
	n := 0
	for n < len(b) && isASCIIWord(b[n]) {
		n++
	}
	return b[:n]
}

// phrased reports whether a phrase of a service's own stands in a folded text.
func (m *Matcher) phrased(s *scratch) bool {
	s.cut()
	s.read.hits = s.read.hits[:0]
	for i := range s.tokens {
		m.readPhrases(s, int32(i))
	}
	return len(s.read.hits) > 0
}
