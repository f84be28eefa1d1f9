package match

import "slices"

// isOfOwnLine reports whether the post says that a connection is bad, so that what h is used over may well be sound: "my wifi is bad,
// insta lags". A carrier is itself that connection, and who asks others or weighs one against the other cannot tell.
func (m *Matcher) isOfOwnLine(s *scratch, h *hit) bool {
	f := &s.read.flags
	if f.ask || h.corrected || h.back || h.byTag || h.byPhrase || m.tradeOf(h).network {
		return false
	}
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == ownLine && m.tells(s, sp) && !m.isWeighed(s, sp)
	})
}

// isWeighed reports whether what sp says is asked, weighed against something else, or only supposed: "either my wifi is bad or", "even if my
// wifi is slow".
func (m *Matcher) isWeighed(s *scratch, sp span) bool {
	if int(sp.to) < len(s.tokens) && m.isQuestionMark(s, sp.to) {
		return true
	}
	return slices.ContainsFunc(s.spansWithin(sp.from-farthest, sp.to+farthest), func(other span) bool {
		if s.sent[other.from] != s.sent[sp.from] || !m.tells(s, other) {
			return false
		}
		switch m.lexicon.phrases[other.phrase].role {
		case either:
			return (other.from >= sp.to || other.to <= sp.from) && s.length(min(other.to, sp.to), max(other.from, sp.from)) <= wordCost
		case maybe:
			return other.to <= sp.from
		}
		return false
	})
}
