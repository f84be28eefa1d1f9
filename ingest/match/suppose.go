package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// supposeReach is how many words from "if" or "imagine" on are taken for a supposition.
const supposeReach = 6

// isSupposed reports whether the words before e make it a supposition: "imagine if WhatsApp went down". Whoever asks
// whether it is so supposes nothing.
func (m *Matcher) isSupposed(s *scratch, e *evidence) bool {
	if s.read.flags.ask || s.read.flags.question {
		return false
	}
	for _, sp := range s.spansWithin(e.from-supposeReach*wordCost, e.from+1) {
		p := &m.lexicon.phrases[sp.phrase]
		known := (e.langs | uint64(s.read.tongues)) & (1 << uint(p.lang))
		if p.role == maybe && known != 0 && m.hears(s, sp) && s.sent[sp.from] == s.sent[e.from] && s.length(sp.from, e.from) <= supposeReach*wordCost && !s.parted(sp.to, e.from) {
			return true
		}
	}
	return false
}

// marketReach is how many tokens on either side of "down" make it a matter of prices.
const marketReach = 16

// isMarket reports whether e speaks of prices: "META down 5 %", "$NFLX down". Beside a share's sign all does; else words must neither
// speak for themselves nor ask.
func (m *Matcher) isMarket(s *scratch, e evidence) bool {
	sentence := s.sent[e.from]
	lo, hi := e.from, e.to
	for lo > 0 && e.from-lo < marketReach && s.sent[lo-1] == sentence {
		lo--
	}
	for int(hi) < len(s.tokens) && hi-e.to < marketReach && s.sent[hi] == sentence {
		hi++
	}
	if s.shows(lo, hi, s.isTicker) {
		return true
	}
	if e.anywhere || e.asked {
		return false
	}
	for _, sp := range s.spansWithin(lo, hi) {
		if m.lexicon.phrases[sp.phrase].role == market && s.nameOver(sp.from) < 0 {
			return true
		}
	}
	return s.shows(max(lo, e.from-3), min(hi, e.to+3), s.isPercent)
}

// shows reports whether a sign stands in, or directly behind, tokens[from:to].
func (s *scratch) shows(from, to int32, isSign func(i int) bool) bool {
	for i := s.tokens[from].start; i < s.tokens[to-1].end+2 && int(i) < len(s.b); i++ {
		if isSign(int(i)) {
			return true
		}
	}
	return false
}

// isTicker reports whether a share's sign ("$META") stands at b[i].
func (s *scratch) isTicker(i int) bool {
	return s.b[i] == '$' && i+1 < len(s.b) && s.b[i+1] >= 'a' && s.b[i+1] <= 'z'
}

// isPercent reports whether a percentage ends at b[i].
func (s *scratch) isPercent(i int) bool {
	return s.b[i] == '%' && i > 0 && (s.b[i-1] == ' ' || s.b[i-1] >= '0' && s.b[i-1] <= '9')
}

// How many words from what fails goods are named, before it ("my bag is stuck") and after it ("stuck on a plane").
const (
	goodsBefore = 8
	goodsAfter  = 3
)

// isOfGoods reports whether e speaks of what is carried or sold, a parcel or a flight, and of nothing on a screen.
func (m *Matcher) isOfGoods(s *scratch, e *evidence) bool {
	if k := s.nameOver(e.from - 1); k >= 0 && !s.names[k].ambiguous && !m.catalogue.services[s.names[k].service].physical {
		return false // "my card for a coffee and Monzo said no"
	}
	last := e.to + goodsAfter
	if !e.anywhere {
		last = e.from
	}
	for _, sp := range s.spansWithin(e.from-goodsBefore, last) {
		if p := &m.lexicon.phrases[sp.phrase]; p.role == goods && s.sent[sp.from] == s.sent[e.from] && s.nameOver(sp.from) < 0 && m.hears(s, sp) {
			return !m.ofScreen(s, e, 0) && !e.touches(event.Payments)
		}
	}
	return false
}

// isDeserved reports whether e says that somebody has lost an account, and why: whoever knows why complains of no failure.
func (m *Matcher) isDeserved(s *scratch, e *evidence) bool {
	return m.closesAccount(s, e) && slices.ContainsFunc(s.spansWithin(e.to, e.to+farthest), func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == cause && s.sent[sp.from] == s.sent[e.from] && m.hears(s, sp)
	})
}

// closesAccount reports whether e says that somebody has lost an account.
func (m *Matcher) closesAccount(s *scratch, e *evidence) bool {
	account := partsOf(event.Account)
	return e.symptoms == account || e.symptoms == 0 && slices.ContainsFunc(s.spansWithin(e.from, e.to), func(sp span) bool {
		return sp.to <= e.to && m.partOf(sp, account) == account && m.hears(s, sp)
	})
}

// touches reports whether e says that the part of a symptom fails.
func (e *evidence) touches(part event.Symptom) bool {
	return e.symptoms&(1<<uint(slices.Index(symptoms, part))) != 0
}
