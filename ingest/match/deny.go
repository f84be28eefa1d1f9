package match

import "slices"

// corrects reports whether words of this role hold one thing guilty only to name another: "thought it was my phone but it's WhatsApp".
func (r role) corrects() bool { return r == culprit }

// denies reports whether the post asks whether something fails and answers that it does not: "Netflix down? no, works here". Behind the
// answer nothing is said to fail.
func (m *Matcher) denies(s *scratch) bool {
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == denial && m.hears(s, sp) && m.answers(s, sp) && m.isDoubtedOnly(s, sp)
	})
}

// answers reports whether sp begins behind a question mark, and asks nothing itself. A single word must be all of its clause: "no, works here"
// answers, "no photos" does not.
func (m *Matcher) answers(s *scratch, sp span) bool {
	if !s.clauseEnds(sp.to) && sp.to-sp.from == 1 || m.isQuestionMark(s, min(s.nextEnder(sp.to), int32(len(s.tokens)-1))) {
		return false
	}
	i := sp.from - 1
	for i > 0 && s.tokens[i].kind == ender && !m.isQuestionMark(s, i) {
		i--
	}
	return i > 0 && m.isQuestionMark(s, i)
}

// nextEnder is the first token from i on that ends a sentence, or how many tokens there are.
func (s *scratch) nextEnder(i int32) int32 {
	for int(i) < len(s.tokens) && s.tokens[i].kind != ender {
		i++
	}
	return i
}

// isDoubtedOnly reports whether words of trouble stand before sp, and none behind. Those that begin within an
// answer of several words are its "no", with a gap: "no … va" in "no a mí me va bien". That something works is asked before, and told behind.
func (m *Matcher) isDoubtedOnly(s *scratch, sp span) bool {
	asked := false
	for _, e := range s.read.evidence {
		if e.role == back || e.from >= sp.from && (e.asked || e.from < sp.to && sp.to-sp.from > 1) {
			continue
		}
		if e.to > sp.from {
			return false
		}
		asked = true
	}
	return asked
}
