package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// guess makes complaints of cues where services are named and nothing that is known was said of them, and reports whether it did. Nothing is
// guessed where somebody says that it runs as it should.
func (m *Matcher) guess(s *scratch) bool {
	if !m.leavesOpen(s) {
		return false
	}
	m.takeHints(s, s.read.tongues)
	signs := m.cues(s)
	for k := range s.names {
		f := &s.names[k]
		if !m.mayBeGuessed(s, f) {
			continue
		}
		w := m.withName(s, signs, f)
		odds := m.odds(s, f.service, &w, false)
		if odds < m.enough(s, f) {
			continue
		}
		e := evidence{from: f.from, to: f.to, role: saysAfter, langs: uint64(s.read.tongues), loads: m.says(s, loading), opens: m.says(s, entry)}
		s.read.evidence = append(s.read.evidence, e)
		m.note(s, k, &e)
		s.read.guess(s.read.hit(f.service, ""), w, odds)
	}
	s.names = slices.DeleteFunc(s.names, func(f found) bool { return f.hint && !f.said })
	return s.read.guessed
}

// leavesOpen reports whether nothing that the post says decides that none of the names in it fails.
func (m *Matcher) leavesOpen(s *scratch) bool {
	return !s.read.alike && !s.link && len(s.names) <= maxGuesses && !m.says(s, fine)
}

// guess notes the odds of a complaint that is guessed of h, and the cues of the first one.
func (r *reading) guess(h *hit, w weighed, odds float64) {
	if h != nil {
		h.odds = odds
	}
	if !r.guessed {
		r.guessed, r.cues = true, w
	}
}

// mayBeGuessed reports whether a complaint may be guessed of the name f in a post of known languages.
func (m *Matcher) mayBeGuessed(s *scratch, f *found) bool {
	return m.isGuessable(s, f) && !m.hasDesk(s, f) && !(f.ambiguous && (s.isParticle(*f) || m.isForeign(s, f) || m.isEveryday(s, *f)))
}

// mayGuess reports whether guess would make a complaint of the text in one of the languages that Match may take it to be in.
func (m *Matcher) mayGuess(s *scratch, t *stated, readings []tongues) bool {
	if s.link || len(s.names) > maxGuesses || !slices.ContainsFunc(s.names, func(f found) bool { return m.isGuessable(s, &f) }) {
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
	signs := m.cues(s)
	return slices.ContainsFunc(s.names, func(f found) bool {
		if !m.isGuessable(s, &f) || f.ambiguous && s.isParticle(f) {
			return false
		}
		w := m.withName(s, signs, &f)
		return m.odds(s, f.service, &w, false) >= m.enough(s, &f)-slack
	})
}

// enough is what the odds of a complaint of f are at least that is guessed. The more a post says, the more of it may be of something else.
func (m *Matcher) enough(s *scratch, f *found) float64 {
	more := perToken * float64(max(0, len(s.tokens)-roomy))
	switch {
	case f.hint:
		return enoughHint + 2*more
	case f.ambiguous && !m.mayBeMeant(s, f):
		return enoughSmall + 2*more
	case f.ambiguous:
		return enoughMaybe + more
	}
	return enough + more
}

// A complaint that is guessed has roomy tokens, or odds that are better by perToken for each one more.
const (
	roomy    = 20
	perToken = .1
)

// maxGuesses is how many names a text has at most of which complaints are guessed: whoever lists more complains of none.
const maxGuesses = 8

// minGuess is the length, in bytes, of the shortest everyday word that is taken for a name of which a complaint is guessed.
const minGuess = 3

// mayBeMeant reports whether an everyday word may be meant as a name without words of trouble beside it: it has a capital letter, or begins
// what is said.
func (m *Matcher) mayBeMeant(s *scratch, f *found) bool {
	return f.ambiguous && !s.isParticle(*f) && (s.isTall(f.from) || m.opens(s, *f))
}

// isGuessable reports whether a complaint may be guessed of a name. What an account is told, or somebody is answered, is seldom one.
func (m *Matcher) isGuessable(s *scratch, f *found) bool {
	first := &s.tokens[f.from]
	return first.mark != '@' && s.tokens[s.firstWord()].mark != '@' &&
		(!f.ambiguous || s.tokens[f.to-1].end-first.start >= minGuess) && !(f.slip && f.to-f.from > 1)
}

// isDoubtful reports whether the cues speak against the complaint of h, of which the tone is t and that words make talk, if they do.
func (m *Matcher) isDoubtful(s *scratch, h *hit, t tone, talk event.Kind) bool {
	if h.byPhrase || talk == "" && (m.isLittleElse(s) || m.bearsOut(s)) {
		h.odds = sure
		return false
	}
	return m.toldOdds(s, h, t, talk) < doubtful && !m.goesElsewhere(s, h)
}

// isCertain reports whether the odds of a complaint of h are so good that they count for more than the words that make talk of it.
func (m *Matcher) isCertain(s *scratch, h *hit, talk event.Kind) bool {
	return m.toldOdds(s, h, m.tone(s, h), talk) > certain
}

// toldOdds notes the odds of the complaint of h, of which the tone is t and that words make talk, and returns them.
func (m *Matcher) toldOdds(s *scratch, h *hit, t tone, talk event.Kind) float64 {
	w := m.doubts(s, h, t, talk)
	h.odds = m.odds(s, h.service, &w, true)
	return h.odds
}

// doubts are the cues for and against the complaint of h.
func (m *Matcher) doubts(s *scratch, h *hit, t tone, talk event.Kind) weighed {
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
	w.show(cueSaidNews, talk == event.News)
	w.show(cueSaidJoke, talk == event.Joke)
	m.showBearing(s, h, &w)
	if len(s.read.evidence) > 0 && f != nil {
		e := &s.read.evidence[0]
		w.show(cueAnywhere, e.anywhere)
		w.show(cueAfter, e.after)
		w.show(cueBefore, e.before)
	}
	return w
}

// shortest is how many tokens a post has at most in which there is hardly room for more than a complaint, and strangers one in how many of them
// may be of something else.
const (
	shortest  = 8
	strangers = 4
)

// isLittleElse reports whether little stands in a post but words of trouble, so that there is nothing by which to doubt them.
func (m *Matcher) isLittleElse(s *scratch) bool {
	n := m.strange(s)
	return n == 0 || len(s.tokens) <= shortest && n*strangers <= len(s.tokens)
}

// bearsOut reports whether who tells of trouble tells in a sentence of its own what they see of it themselves: "the news says it is down. my
// messages won't send".
func (m *Matcher) bearsOut(s *scratch) bool {
	list := s.read.evidence
	return s.read.flags.mine && len(list) > 1 && m.suffersToo(s) && slices.ContainsFunc(list, func(e evidence) bool {
		return e.role != back && e.symptoms != 0 && s.sent[e.from] != s.sent[list[0].from]
	})
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
