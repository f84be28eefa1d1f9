package match

import "slices"

// isSlowOnly reports whether nothing worse is said of the service of h than that it is slow, and nothing else in the post fails: not in "so
// slow I can't log in", nor in "slow and then crashed".
func (m *Matcher) isSlowOnly(s *scratch, h *hit) bool {
	switch {
	case !h.complaint, h.byTag, h.byPhrase:
		return false
	case s.read.guessed:
		return m.says(s, slow)
	}
	mild := func(e evidence) bool { return e.slow }
	worse := func(e evidence) bool { return e.role != back && !e.slow }
	return slices.ContainsFunc(s.read.evidence, mild) && !slices.ContainsFunc(s.read.evidence, worse)
}

// isSlow reports whether the words of e are of slowness, and none of them of trouble beside it.
func (m *Matcher) isSlow(s *scratch, e *evidence) bool {
	from, to := e.to, e.from // what words of slowness cover
	within := s.spansWithin(e.from, e.to)
	for _, sp := range within {
		if m.lexicon.phrases[sp.phrase].role == slow && sp.to <= e.to && m.hears(s, sp) {
			from, to = min(from, sp.from), max(to, sp.to)
		}
	}
	return from < to && !slices.ContainsFunc(within, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role.isTrouble() && sp.to <= e.to && (sp.to <= from || to <= sp.from) && m.hears(s, sp)
	})
}

// isTrouble reports whether words of this role say that something fails.
func (r role) isTrouble() bool { return r == saysAfter || r == saysBefore || r == fault || r == strain }
