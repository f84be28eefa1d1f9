package match

import "slices"

// goesOn reports whether the words that spans are, up to token to, say that something fails only as the last of what is said, and something else
// follows: "Netflix, why?" wonders at Netflix, and "Netflix says why" does not; "no puede" is said of an app, and "no puede haber" of anything.
func (m *Matcher) goesOn(s *scratch, spans []span, to int32) bool {
	return !s.clauseEnds(to) && slices.ContainsFunc(spans, func(sp span) bool {
		return sp.to == to && m.lexicon.phrases[sp.phrase].role == last && m.hears(s, sp)
	}) && !m.saysMore(s, to)
}

// saysMore reports whether what stands at token i may follow words of trouble: a name, what fails, since when, for whom.
func (m *Matcher) saysMore(s *scratch, i int32) bool {
	return s.nameOver(i) >= 0 || slices.ContainsFunc(s.spansWithin(i, i+1), func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role.details() && m.hears(s, sp)
	})
}

// details reports whether words of this role tell more of trouble that was told of before.
func (r role) details() bool {
	switch r {
	case saysAfter, fault, ask, thing, part, screen, reaching, partly, recent, lasting, loading, placing:
		return true
	}
	return false
}
