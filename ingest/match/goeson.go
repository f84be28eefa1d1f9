package match

import "slices"

// goesOn reports whether the words that spans are, up to token to, say that something fails only as the last of what is said, and something else
// follows: "Netflix, why?" wonders at Netflix, and "Netflix says why" does not; "no puede" is said of an app, and "no puede haber" of anything.
func (m *Matcher) goesOn(s *scratch, spans []span, to int32) bool {
	return !s.clauseEnds(to) && slices.ContainsFunc(spans, func(sp span) bool {
		return sp.to == to && m.lexicon.phrases[sp.phrase].role == last && m.hears(s, sp)
	}) && !m.saysMore(s, to)
}

// saysMore reports whether what stands at token i, or behind small words there, may follow words of trouble: a name, a number, what fails, since when,
// for whom.
func (m *Matcher) saysMore(s *scratch, i int32) bool {
	for n := 0; n < maxSmall && int(i) < len(s.tokens); n++ {
		if s.namesAt(i) || isDigit(s.b[s.tokens[i].start]) || slices.ContainsFunc(s.spansWithin(i, i+1), func(sp span) bool {
			return m.lexicon.phrases[sp.phrase].role.details() && m.isOwnTongue(s, sp)
		}) {
			return true
		}
		if s.glue[i]&uint64(s.read.tongues) == 0 {
			return false
		}
		i++
	}
	return false
}

// namesAt reports whether a name stands at token i that is not written as an everyday word.
func (s *scratch) namesAt(i int32) bool {
	k := s.nameOver(i)
	return k >= 0 && !(s.names[k].ambiguous && s.names[k].plain)
}

// maxSmall is how many small words may stand before what tells more, one more than articles and prepositions together.
const maxSmall = 3

// details reports whether words of this role tell more of trouble that was told of before.
func (r role) details() bool {
	switch r {
	case saysAfter, fault, ask, thing, part, screen, reaching, partly, recent, lasting, loading, placing:
		return true
	}
	return false
}
