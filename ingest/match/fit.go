package match

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// fits reports whether the name at k is close enough to e for what e is. A name that is also an everyday word must stand
// directly beside its verb, and not behind an article.
func (m *Matcher) fits(s *scratch, k, cost int, e *evidence, side bool) bool {
	if !side || m.isAside(s, &s.names[k], e) {
		return false
	}
	budget := beside
	switch {
	case e.anywhere && s.read.addressed:
		// What an account is told is its own, unless somebody else stands beside it.
		budget = wordCost
	case e.anywhere:
		budget = nearby
	case e.asked:
		budget = within
	}
	name := s.names[k]
	if name.slip {
		budget = beside
	}
	if name.ambiguous {
		reach := commaCost
		if e.anywhere && name.from >= e.to && s.isCapital(name.from) && !m.catalogue.services[name.service].physical {
			reach = wordCost // "can't do anything on Rogers"
		}
		budget = min(budget, reach)
		if m.isForeign(s, &name) || m.isEveryday(s, name) || name.plain && !m.isSubject(s, name, cost, e) && !(e.after && name.to <= e.from) && !(e.before && name.from >= e.to) && !s.isGreeted(name, e) || s.isParticle(name) {
			return false
		}
	}
	return cost <= budget
}

// minSubject is the length, in bytes, of the shortest everyday word that is taken for a name without a capital letter.
const minSubject = 4

// isParticle reports whether an ambiguous name of two or three letters ("we", "ee") is not in capitals, so that it is one
// of the small words of which every sentence has some. Some are heard as names even so.
func (s *scratch) isParticle(name found) bool {
	t := s.tokens[name.from]
	n := t.end - t.start
	if n < 2 || n >= minSubject || t.kind != spaced || t.mark != 0 || s.b[t.start] >= utf8.RuneSelf || s.isBrief(t) {
		return false
	}
	if int(name.to) < len(s.tokens) && s.tokens[name.to].kind == joined && s.tokens[name.to].start == t.end {
		return false
	}
	from := s.source(t.start)
	_, first := utf8.DecodeRune(s.text[from:])
	second, _ := utf8.DecodeRune(s.text[from+first:])
	return unicode.IsLower(second) || little[string(s.b[t.start:t.end])] && s.isShouted(name)
}

// isIdle reports whether a name is but a small word of the sentence.
func (s *scratch) isIdle(name found) bool { return name.ambiguous && s.isParticle(name) }

// isBrief reports whether t is a name of two or three letters that the languages of the post take for one without a capital letter.
func (s *scratch) isBrief(t token) bool {
	of := s.brief[string(s.b[t.start:t.end])]
	return of&s.read.tongues != 0 || of != 0 && s.read.tongues == 0
}

// little are names that are small words of big languages, which stand in many a sentence in capitals.
var little = map[string]bool{"we": true, "du": true, "au": true, "vi": true}

// isShouted reports whether a name stands in capitals amid words in capitals, so that these say nothing: "WE CANT CONNECT".
func (s *scratch) isShouted(name found) bool {
	loud := func(i int32) bool {
		if i < 0 || int(i) >= len(s.tokens) || s.tokens[i].kind != spaced || s.tokens[i].end-s.tokens[i].start < minSubject {
			return false
		}
		a, b := at(s.text, s.source(s.tokens[i].start)), at(s.text, s.source(s.tokens[i].start)+1)
		return a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z'
	}
	return loud(name.from-1) || loud(name.to)
}

// isSubject reports whether a name in small letters stands where the subject of e does: "discord won't connect".
func (m *Matcher) isSubject(s *scratch, name found, cost int, e *evidence) bool {
	if cost != 0 || name.to > e.from {
		return false
	}
	if home := m.catalogue.services[name.service].home; home != 0 {
		return home&s.read.tongues != 0
	}
	return s.tokens[name.to-1].end-s.tokens[name.from].start >= minSubject && m.opens(s, name)
}

// isGreeted reports whether a name ends its clause behind words that it is back: "welcome back, Ring".
func (s *scratch) isGreeted(name found, e *evidence) bool {
	return e.role == back && name.from >= e.to && s.clauseEnds(name.to)
}

// opens reports whether nothing stands before a name in its clause but words that may: "omg my discord", not "so much discord".
func (m *Matcher) opens(s *scratch, name found) bool {
	i := name.from - 1
	if i < 0 || s.sent[i] != s.sent[name.from] || s.tokens[i].kind == comma || s.tokens[i].mark != 0 || s.glue[i] != 0 {
		return true
	}
	for _, sp := range s.spansEnding(name.from) {
		if r := m.lexicon.phrases[sp.phrase].role; sp.to == name.from && r != unlike && r != everyday && r != market {
			return true
		}
	}
	return s.nameOver(i) >= 0
}

// isForeign reports whether a name is a word of the post's own language, and the service one of a country where others are spoken: "OTP"
// is no bank in India.
func (m *Matcher) isForeign(s *scratch, name *found) bool {
	svc := &m.catalogue.services[name.service]
	return svc.home != 0 && svc.home&s.read.tongues == 0 && name.word.names&s.read.tongues != 0
}

// atHome reports whether the post is in the language of the service's own country, where its name is heard as a name.
func (m *Matcher) atHome(s *scratch, name found) bool {
	return m.catalogue.services[name.service].home&s.read.tongues != 0
}

// isEveryday reports whether the word before an ambiguous name shows that the name is meant as a plain word.
func (m *Matcher) isEveryday(s *scratch, name found) bool {
	if name.from == 0 || s.tokens[name.from].mark != 0 {
		return false
	}
	for _, sp := range s.spansEnding(name.from) {
		if p := &m.lexicon.phrases[sp.phrase]; sp.to == name.from && p.role == everyday && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// farthest is how many tokens away anything may stand that tells what a name or a piece of evidence means. It keeps the time that
// a text without an end to its sentence takes in proportion to its length.
const farthest = 100

// spansWithin returns the spans that begin in tokens[from:to].
func (s *scratch) spansWithin(from, to int32) []span {
	lo, _ := slices.BinarySearchFunc(s.spans, from, func(sp span, i int32) int { return int(sp.from) - int(i) })
	hi := lo
	for hi < len(s.spans) && s.spans[hi].from < to {
		hi++
	}
	s.steps += hi - lo
	return s.spans[lo:hi]
}

// spansEnding returns the spans that begin at the token before i.
func (s *scratch) spansEnding(i int32) []span { return s.spansWithin(i-1, i) }
