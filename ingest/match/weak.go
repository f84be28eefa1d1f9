package match

import "github.com/outcry/outcry/event"

// isWeak reports whether the complaint of h tells little of whether others are hit: people find things slow and lose accounts every day, each for a
// reason of its own, and what is guessed at poor odds is often none. Where money is kept, an account that is not to be seen is a failure.
func (m *Matcher) isWeak(s *scratch, h *hit) bool {
	if h.byTag || h.byPhrase {
		return false
	}
	t := m.tradeOf(h)
	return s.read.guessed && h.odds < sure || m.isSlowOnly(s, h) || h.symptoms == partsOf(event.Account) && !t.keepsMoney()
}
