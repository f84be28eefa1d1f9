package match

import "slices"

// In hundredths of the logarithm of the odds, enough is what the cues weigh at least where a complaint is guessed, and trusted where one
// that is told in words of trouble is believed. Both err on the side of silence: what is guessed must be right more often than not, and what
// is doubted wrong.
const (
	enough  = 50
	trusted = -100
)

// slack is what the cues may differ by in a text as it comes over the wire.
const slack = 40

// guess makes a complaint of cues where one service is named and nothing that is known was said of it, and reports whether it did. Nothing is
// guessed where somebody says that it runs as it should.
func (m *Matcher) guess(s *scratch) bool {
	k := m.guessable(s)
	if k < 0 || s.read.alike || s.link || m.says(s, fine) {
		return false
	}
	f := &s.names[k]
	if m.hasDesk(s, f) {
		return false
	}
	w, ok := m.weighGuess(s, m.signs(s), f, enough)
	if !ok {
		return false
	}
	e := evidence{from: f.from, to: f.to, role: saysAfter, langs: uint64(s.read.tongues), loads: m.says(s, loading), opens: m.says(s, entry)}
	s.read.evidence = append(s.read.evidence, e)
	m.note(s, k, &e)
	s.read.guessed, s.read.guess = true, w
	return true
}

// mayGuess reports whether guess would make a complaint of the text in one of the languages that Match may take it to be in.
func (m *Matcher) mayGuess(s *scratch, t *stated, readings []tongues) bool {
	if s.link || !slices.ContainsFunc(s.names, func(f found) bool { return m.isGuessable(s, &f) }) {
		return false
	}
	if t.any {
		return true
	}
	s.read.year = 0
	if t.n == 0 {
		return slices.ContainsFunc(readings, func(r tongues) bool { return m.guesses(s, r) })
	}
	return slices.ContainsFunc(t.langs[:t.n], func(lang []byte) bool {
		said := m.lexicon.said(string(lang))
		if said == 0 {
			said = readings[0]
		}
		return m.guesses(s, said)
	})
}

// guesses reports whether the cues are enough for any name in a text of the languages t.
func (m *Matcher) guesses(s *scratch, t tongues) bool {
	s.read.tongues = t
	s.read.flags = m.survey(s)
	signs := m.signs(s)
	return slices.ContainsFunc(s.names, func(f found) bool {
		if !m.isGuessable(s, &f) || f.ambiguous && !m.mayBeMeant(s, &f) {
			return false
		}
		_, ok := m.weighGuess(s, signs, &f, enough-slack)
		return ok
	})
}

// weighGuess adds to the signs of a post what the name f gives and what its words weigh, and reports whether they are enough. Of words it
// looks up none where the heaviest would not be.
func (m *Matcher) weighGuess(s *scratch, signs weighed, f *found, enough int) (weighed, bool) {
	w := m.withName(s, signs, f)
	if w.guess()+mostOfWords() < enough {
		return w, false
	}
	m.weighWords(s, &w)
	return w, w.guess() >= enough
}

// minGuess is the length, in bytes, of the shortest name of which a complaint is guessed.
const minGuess = 3

// guessable is the place in s.names of the name of the one service of which a complaint may be guessed; -1: there is none, or several. An
// everyday word is taken for a name only where there is no other.
func (m *Matcher) guessable(s *scratch) int {
	one, many := s.onlyName(func(f *found) bool { return !f.ambiguous })
	if one < 0 {
		one, many = s.onlyName(func(f *found) bool { return m.mayBeMeant(s, f) && !m.isForeign(s, f) && !m.isEveryday(s, *f) })
	}
	if one < 0 || many || !m.isGuessable(s, &s.names[one]) {
		return -1
	}
	return one
}

// onlyName is the place in s.names of the first name that is some way, and whether other services have such names; -1: there is none.
func (s *scratch) onlyName(is func(*found) bool) (one int, many bool) {
	one = -1
	for k := range s.names {
		switch f := &s.names[k]; {
		case !is(f):
		case one < 0:
			one = k
		case s.names[one].service != f.service:
			many = true
		}
	}
	return one, many
}

// mayBeMeant reports whether an everyday word may be meant as a name without words of trouble beside it: it has a capital letter, or begins
// what is said.
func (m *Matcher) mayBeMeant(s *scratch, f *found) bool {
	return f.ambiguous && !s.isParticle(*f) && (s.isTall(f.from) || m.opens(s, *f))
}

// isGuessable reports whether a complaint may be guessed of a name. What an account is told, or somebody is answered, is seldom one.
func (m *Matcher) isGuessable(s *scratch, f *found) bool {
	first := &s.tokens[f.from]
	return first.mark != '@' && s.tokens[s.firstWord()].mark != '@' && !m.catalogue.services[f.service].physical &&
		s.tokens[f.to-1].end-first.start >= minGuess && !(f.slip && f.to-f.from > 1)
}

// isDoubtful reports whether the cues speak against the complaint of h, of which the tone is t.
func (m *Matcher) isDoubtful(s *scratch, h *hit, t tone) bool {
	var f *found
	for k := range s.names {
		if s.names[k].service == h.service && (f == nil || !f.said) {
			f = &s.names[k]
		}
	}
	w := m.cues(s)
	if f != nil {
		w = m.withName(s, w, f)
	}
	w.show(cueGoods, h.service >= 0 && m.catalogue.services[h.service].physical)
	w.show(cueOwn, h.own)
	w.show(cueTag, h.byTag || h.byPhrase)
	w.show(cueWhole, h.whole)
	w.show(cuePart, h.symptoms != 0)
	w[cueTone] = max(-mostTone, min(mostTone, t.points))
	w[cueStrange] = min(m.strange(s), mostStrange)
	m.showBearing(s, h, &w)
	if len(s.read.evidence) > 0 && f != nil {
		e := &s.read.evidence[0]
		w.show(cueAnywhere, e.anywhere)
		w.show(cueAfter, e.after)
		w.show(cueBefore, e.before)
	}
	return w.doubt() < trusted && !m.goesElsewhere(s, h)
}

// goesElsewhere reports whether the post says to which other service people go instead of that of h: whoever says so means it.
func (m *Matcher) goesElsewhere(s *scratch, h *hit) bool {
	return slices.ContainsFunc(s.names, func(f found) bool { return f.service != h.service && m.after(s, f.from, refuge) })
}

// firstWord is the first token that ends no sentence.
func (s *scratch) firstWord() int32 {
	i := 0
	for i+1 < len(s.tokens) && s.tokens[i].kind == ender {
		i++
	}
	return int32(i)
}
