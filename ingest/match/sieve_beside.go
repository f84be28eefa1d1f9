package match

import "slices"

// beside looks closer at a text that seems to hold names. It sees the text as Match does, but takes every language
// for possible, and every phrase for what it says by itself. A name that is no everyday word may stand anywhere; one that is must stand
// beside words of trouble, or beside another name.
func (m *Matcher) beside(s *scratch, t *stated) bool {
	s.fold()
	s.cut()
	m.findNames(s)
	s.names = slices.DeleteFunc(s.names, func(f found) bool { return s.isWordForm(&f) })
	hinted := m.takeHints(s, ^tongues(0))
	if len(s.names) == 0 || !hinted && m.isSaidNothing(s, t) {
		return false
	}
	m.findPhrases(s)
	votes := m.votes(s)
	var store [maxLangs + 1]tongues
	readings := m.readings(store[:0], t, &votes)
	if !hinted && m.namesNothing(s, readings) {
		return false
	}
	return !hinted && m.isSaid(s, readings) || m.mayGuess(s, t, readings)
}

// isSaid reports whether words of trouble can be said of a name in one of several readings.
func (m *Matcher) isSaid(s *scratch, readings []tongues) bool {
	s.read.tongues = ^tongues(0)
	m.recognise(s)
	presume(s, readings)
	free := s.namedFreely()
	m.presumeAsking(s, readings)
	var seen span
	speaks, same := false, false
	for _, sp := range s.spans {
		r := m.lexicon.phrases[sp.phrase].role
		switch {
		case r == lack:
			if m.lacked(s, sp) >= 0 {
				return true
			}
			continue
		case r == also:
			same = same || m.alsoNamed(s, sp) >= 0
			continue
		case !r.speaks(), r == works && !s.mayBeAsked(sp), !m.mayHear(sp, readings):
			continue
		case free && r.reach() == nearby:
			return true
		}
		speaks = true
		if r != works && sp.from == seen.from && sp.to == seen.to {
			continue // One word is a phrase of many languages.
		}
		if s.nameIn(sp) || free && m.isNamedBy(s, sp, r.reach()) || !free && (s.nameNear(sp.from-1, -1) || s.nameNear(sp.to, +1) || s.nameAfter(sp.to)) {
			return true
		}
		seen = sp
	}
	return speaks && same
}

// reach is how far a name that is no everyday word may stand from words of the role: see fits. Those for which it is nearby may also be of a
// name in another sentence.
func (r role) reach() int {
	switch r {
	case saysAfter, saysBefore:
		return beside
	case works:
		return within
	}
	return nearby
}

// isNamedBy reports whether a name stands within reach of a phrase, or where settle would find one for words that need it beside them.
func (m *Matcher) isNamedBy(s *scratch, sp span, reach int) bool {
	any := &evidence{langs: ^uint64(0)}
	return s.reaches(sp.from-1, -1, reach) || s.reaches(sp.to, +1, reach) || s.echoes(sp) || m.thingBeside(s, any, sp.from-1, -1) || m.thingBeside(s, any, sp.to, +1)
}

// reaches reports whether a name is met from token i on in one direction, with no more before it than costs reach.
func (s *scratch) reaches(i, step int32, reach int) bool {
	total := 0
	for n := 0; n < maxWalk && i >= 0 && int(i) < len(s.tokens) && total <= reach; n++ {
		if k := s.nameOver(i); k >= 0 && !s.isIdle(s.names[k]) {
			return true
		}
		total += s.cost(i, &evidence{langs: ^uint64(0)})
		i += step
	}
	return false
}

// echoes reports whether a name begins the sentence before a phrase, see settleEcho.
func (s *scratch) echoes(sp span) bool {
	return slices.ContainsFunc(s.names, func(f found) bool {
		return s.sent[f.from]+1 == s.sent[sp.from] && (f.from == 0 || s.sent[f.from-1] != s.sent[f.from])
	})
}

// presumeAsking notes the sentences that may ask, see markAsking, in one of several readings.
func (m *Matcher) presumeAsking(s *scratch, readings []tongues) {
	s.asking = emptied(s.asking, len(s.tokens))
	others := false
	for _, sp := range s.spans {
		if p := &m.lexicon.phrases[sp.phrase]; p.role == ask && (m.lexicon.english&(1<<uint(p.lang)) != 0 || m.mayHear(sp, readings)) {
			s.asking[s.sent[sp.from]], others = true, true
		}
	}
	for i := 1; others && i < len(s.tokens); i++ {
		if s.mayBeQuestionMark(int32(i)) {
			s.asking[s.sent[i-1]] = true
		}
	}
}

// mayBeAsked reports whether a phrase that says that something works may be asked, see isQuestioned.
func (s *scratch) mayBeAsked(sp span) bool {
	return s.asking[s.sent[sp.from]] || int(sp.to) < len(s.tokens) && s.mayBeQuestionMark(sp.to)
}

// mayBeQuestionMark reports whether token i is a question mark of some language.
func (s *scratch) mayBeQuestionMark(i int32) bool {
	t := &s.tokens[i]
	return t.kind == ender && (s.b[t.start] == '?' || s.isGreekQuestion(t.start))
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
	case saysAfter, saysBefore, fault, strain, works, back, ack, lack, choice, culprit:
		return true
	}
	return false
}
