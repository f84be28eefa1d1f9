package match

import "slices"

// beside looks closer at a text that seems to hold names. It sees the text as Match does, but takes every language
// for possible, and every phrase for what it says by itself. A name that is no everyday word may stand anywhere; one that is must stand
// beside words of trouble, or beside another name.
func (m *Matcher) beside(s *scratch, t *stated) bool {
	s.fold()
	s.cut()
	m.findNames(s)
	if s.names = slices.DeleteFunc(s.names, func(f found) bool { return s.isWordForm(&f) }); len(s.names) == 0 {
		return false
	}
	if m.isSaidNothing(s, t) {
		return false
	}
	m.findPhrases(s)
	votes := m.votes(s)
	var store [maxLangs + 1]tongues
	readings := m.readings(store[:0], t, &votes)
	if m.namesNothing(s, readings) {
		return false
	}
	s.read.tongues = ^tongues(0)
	m.recognise(s)
	presume(s, readings)
	free := s.namedFreely()
	asked := s.mayAsk() || slices.ContainsFunc(s.spans, func(sp span) bool { return m.lexicon.phrases[sp.phrase].role == ask })
	var seen span
	for _, sp := range s.spans {
		switch r := m.lexicon.phrases[sp.phrase].role; {
		case r == lack:
			if m.lacked(s, sp) >= 0 {
				return true
			}
		case !r.speaks(), r == works && !asked, !m.mayHear(sp, readings):
		case sp.from == seen.from && sp.to == seen.to: // One word is a phrase of many languages.
		case free, s.nameIn(sp), s.nameNear(sp.from-1, -1), s.nameNear(sp.to, +1), s.nameAfter(sp.to):
			return true
		default:
			seen = sp
		}
	}
	return m.mayGuess(s, t, readings)
}

// mayAsk reports whether a question mark of some language stands in the text.
func (s *scratch) mayAsk() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.kind == ender && (s.b[t.start] == '?' || s.isGreekQuestion(t.start)) })
}

// mayHear reports whether a phrase counts in one of several readings.
func (m *Matcher) mayHear(sp span, readings []tongues) bool {
	return slices.ContainsFunc(readings, func(t tongues) bool { return m.lexicon.hears(t, sp) })
}

// namesNothing reports whether every name in the text is an everyday word in small letters behind a word, such as an article, by which it is
// one in all readings.
func (m *Matcher) namesNothing(s *scratch, readings []tongues) bool {
	for _, f := range s.names {
		if !f.ambiguous || s.isCapital(f.from) {
			return false
		}
		for _, s.read.tongues = range readings {
			if !m.isEveryday(s, f) {
				return false
			}
		}
	}
	return true
}

// isSaidNothing reports whether namesNothing holds in all languages that the line states: then the phrases before the names tell, and no more of
// the text need be known.
func (m *Matcher) isSaidNothing(s *scratch, t *stated) bool {
	if t.any || t.n == 0 {
		return false
	}
	s.forgetPhrases()
	for _, f := range s.names {
		if !f.ambiguous || f.from == 0 || s.isCapital(f.from) {
			return false
		}
		m.scanPhrases(s, f.from-1)
		for _, lang := range t.langs[:t.n] {
			if s.read.tongues = m.lexicon.said(string(lang)); s.read.tongues == 0 || !m.isEveryday(s, f) {
				return false
			}
		}
	}
	return true
}

// presume takes names for what clarify takes them for in one of several readings.
func presume(s *scratch, readings []tongues) {
	for k := range s.names {
		f := &s.names[k]
		f.ambiguous = f.ambiguous && (s.isParticle(*f) || !f.word.mayBeName(readings, f.proper || f.via != 0))
	}
}

// pairwise is how many tokens may stand between two names that are taken together.
const pairwise = 6

// namedFreely reports whether a name counts wherever it stands. Small words count beside another name alone.
func (s *scratch) namedFreely() bool {
	for k := range s.names {
		f := &s.names[k]
		if !f.ambiguous {
			return true
		}
		if k > 0 && f.service != s.names[k-1].service && f.from-s.names[k-1].to <= pairwise && !(s.isParticle(*f) && s.isParticle(s.names[k-1])) {
			return true
		}
	}
	return false
}

// nameIn reports whether a name is among the words of a phrase: "plus" in "plus de réseau".
func (s *scratch) nameIn(sp span) bool {
	for i := sp.from; i < sp.to; i++ {
		if s.nameOver(i) >= 0 {
			return true
		}
	}
	return false
}

// nameAfter reports whether a name with a capital letter stands behind token i, so that one word that leads on may part it from words
// of trouble: "can't do anything on Rogers".
func (s *scratch) nameAfter(i int32) bool {
	total := 0
	for n := 0; n < maxWalk && int(i) < len(s.tokens) && total <= wordCost+commaCost; n++ {
		if k := s.nameOver(i); k >= 0 {
			return s.isCapital(i) && !s.isParticle(s.names[k])
		}
		total += s.cost(i, &evidence{langs: ^uint64(0)})
		i++
	}
	return false
}

// nameNear reports whether a name is met from token i on in one direction, with nothing before it but words that may stand
// between a name and what is said of it.
func (s *scratch) nameNear(i, step int32) bool {
	total := 0
	for n := 0; n < maxWalk && i >= 0 && int(i) < len(s.tokens) && total <= commaCost; n++ {
		if k := s.nameOver(i); k >= 0 {
			return !s.isParticle(s.names[k])
		}
		total += s.cost(i, &evidence{langs: ^uint64(0)})
		i += step
	}
	return false
}

// phrased reports whether a phrase of a service's own stands in s.text.
func (m *Matcher) phrased(s *scratch) bool {
	s.fold()
	s.cut()
	s.read.hits = s.read.hits[:0]
	for i := range s.tokens {
		m.readPhrases(s, int32(i))
	}
	return len(s.read.hits) > 0
}

// speaks reports whether a phrase of the role can make a mention.
func (r role) speaks() bool {
	switch r {
	case saysAfter, saysBefore, fault, strain, works, back, ack, lack, choice:
		return true
	}
	return false
}
