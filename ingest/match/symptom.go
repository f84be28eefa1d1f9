package match

import (
	"math/bits"
	"slices"

	"github.com/outcry/outcry/event"
)

// symptoms lists what h is said to fail at: of a complaint what it is most likely, otherwise what rules tell.
func (m *Matcher) symptoms(s *scratch, h *hit) []event.Symptom {
	if !h.complaint && !h.own {
		return nil
	}
	set := m.ruled(s, h)
	if h.complaint {
		set = m.likeliest(s, h.service, set)
	}
	if set == 0 {
		return nil
	}
	list := make([]event.Symptom, 0, bits.OnesCount16(uint16(set)))
	for i, sym := range symptoms {
		if set.have(int8(i)) {
			list = append(list, sym)
		}
	}
	return list
}

// ruled are the parts that fail as rules tell: what the words of trouble say, what is named beside them, or, where they speak of no part and
// not of the whole either, what its trade is for.
func (m *Matcher) ruled(s *scratch, h *hit) parts {
	t := m.tradeOf(h)
	if t.network && m.isDoubted(s, h) {
		return 0 // Whoever cannot tell whether it is the connection says of no part of it that it fails.
	}
	set := m.told(s, h)
	if set == 0 {
		set = m.meant(s, h)
	}
	return set.narrow(t.network)
}

// tradeOf is what one expects of the service of h; anything, if it is not known.
func (m *Matcher) tradeOf(h *hit) trade {
	if h.service < 0 {
		return trade{has: every}
	}
	return m.catalogue.services[h.service].trade
}

// told are the parts that the post says fail.
func (m *Matcher) told(s *scratch, h *hit) parts {
	t := m.tradeOf(h)
	set := h.symptoms & (t.has | partsOf(event.Connection))
	if set == partsOf(event.Connection) && h.whole && !t.network {
		set = 0 // Who says that all of it fails and doubts their own connection speaks of no part.
	}
	switch set {
	case 0:
		set = m.partsBeside(s, h, t)
	case partsOf(event.Login):
		set |= m.named(s, h, partsOf(event.Calls)&t.has, false) // "throws me out of the meeting"
	case partsOf(event.Crash):
		if m.named(s, h, partsOf(event.Login), false) != 0 && t.opens != 0 {
			set = t.opens // "throws me out behind the PIN"
		}
	case partsOf(event.Messages):
		if m.sendsMedia(s, t) {
			set = partsOf(event.Media)
		}
	}
	if set == partsOf(event.Crash) && t.main == partsOf(event.Video) {
		return t.main // A film that freezes is no app that crashes.
	}
	return set
}

// partsBeside are the parts that are named beside words of trouble which name none by themselves.
func (m *Matcher) partsBeside(s *scratch, h *hit, t trade) parts {
	named := m.named(s, h, t.has, t.keepsMoney())
	set := named &^ partsOf(event.Crash)
	if s.read.guessed && t.keepsMoney() {
		set &^= partsOf(event.Account) // It takes words of trouble to tell that something is wrong with what one has there.
	}
	switch {
	case set == 0 && named != 0 && m.crashes(s):
		return named
	case set == partsOf(event.Connection) && h.symptoms == 0 && t.main == partsOf(event.Video):
		return t.main // A film that lags is no connection.
	case set == partsOf(event.Calls) && h.symptoms == 0 && h.whole && t.network:
		return t.main // All of a network fails, and calls with it.
	}
	return set
}

// meant are the parts that must fail where the post names none, by the trade of the service.
func (m *Matcher) meant(s *scratch, h *hit) parts {
	t := m.tradeOf(h)
	switch {
	case h.loads && t.loads != 0:
		return t.loads
	case h.complaint && t.main == partsOf(event.Video) && m.stalls(s):
		return t.main
	case h.opens && t.opens != 0:
		return t.opens
	case t.purse && m.strange(s) >= tale, h.complaint && h.partial && !h.whole:
		return t.main
	}
	return 0
}

// tale is how many words about something else make a tale of what somebody wanted to pay.
const tale = 3

// narrow leaves of several symptoms the most telling one: who says that messages fail and pictures fail speaks of a message with a picture.
// Only a connection takes calls with it.
func (p parts) narrow(network bool) parts {
	if network {
		return p
	}
	for _, one := range telling {
		if set := partsOf(one); p&set != 0 {
			return set
		}
	}
	return p
}

// telling lists the symptoms that say more than others beside them, the most telling first.
var telling = []event.Symptom{event.Calls, event.Media, event.Video, event.Login, event.Account, event.Crash, event.Payments, event.Feed, event.Messages, event.Connection}

// within reports whether a phrase of a role lies in the words of e: "open" in "won't open" names what all of a service does.
func (m *Matcher) within(s *scratch, e *evidence, r role) bool {
	for _, sp := range s.spansWithin(e.from, e.to) {
		if sp.to <= e.to && m.lexicon.phrases[sp.phrase].role == r && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// How far, as costs, a part may be named from the words that say that something fails: in their clause, and beyond a comma.
const (
	clauseSpan = 8 * wordCost
	partSpan   = 4 * wordCost
)

// named are the parts among has that are named beside words of trouble: those in the clause of these, or else those close by. At a
// bank they may also be named by what one has or pays for there.
func (m *Matcher) named(s *scratch, h *hit, has parts, bank bool) parts {
	clause, close := parts(0), parts(0)
	network := m.tradeOf(h).network
	for _, sp := range s.spans {
		one := m.partOf(sp, has)
		if one == 0 || !bank && m.lexicon.phrases[sp.phrase].banked || !m.hears(s, sp) || m.isFine(s, sp) {
			continue
		}
		if s.nameOver(sp.from) >= 0 && !network {
			continue // Of a network the name may tell: "NOS Internet".
		}
		if m.isOfOther(s, h, sp) || m.isOver(s, sp.from, role.isTime) {
			continue
		}
		if h.byTag || s.read.guessed {
			close |= one
		}
		for i := range s.read.evidence {
			e := &s.read.evidence[i]
			if e.role == back || s.sent[sp.from] != s.sent[e.from] {
				continue
			}
			if d := s.apart(sp, e); d < clauseSpan && !s.parted(min(sp.to, e.to), max(sp.from, e.from)) {
				clause |= one
			} else if d < partSpan {
				close |= one
			}
		}
	}
	if clause != 0 || h.whole {
		return clause
	}
	return close
}

// partOf is the part that sp names, if it is among has. That something does not reach its servers may be said of all that runs on the net.
func (m *Matcher) partOf(sp span, has parts) parts {
	switch p := &m.lexicon.phrases[sp.phrase]; {
	case p.role == reaching:
		return partsOf(event.Connection)
	case p.role == part && has.have(p.symptom):
		return 1 << uint(p.symptom)
	}
	return 0
}

// fineReach is how much may stand between a part and the words that it works, as costs.
const fineReach = 2 * wordCost

// isFine reports whether the part of sp is said to work: "texts go through but no photos".
func (m *Matcher) isFine(s *scratch, sp span) bool {
	for _, other := range s.spansWithin(sp.to, sp.to+fineReach+1) {
		if m.lexicon.phrases[other.phrase].role == works && s.nameOver(other.from) < 0 && s.length(sp.to, other.from) <= fineReach && s.sent[other.from] == s.sent[sp.from] && m.hears(s, other) && !m.negated(s, other) {
			return true
		}
	}
	return false
}

// negated reports whether words of trouble lie over sp: "works" in "hardly works".
func (m *Matcher) negated(s *scratch, sp span) bool {
	for i := range s.read.evidence {
		e := &s.read.evidence[i]
		split := m.lexicon.phrases[s.spans[e.first].phrase].split
		if e.from <= sp.from && sp.to <= e.to && !split {
			return true
		}
	}
	return false
}

// crashes reports whether words of trouble are themselves of something that closes or freezes: beside other trouble, what closes may be a shop.
func (m *Matcher) crashes(s *scratch) bool {
	return slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		return slices.ContainsFunc(s.spansWithin(e.from, e.to), func(sp span) bool {
			p := &m.lexicon.phrases[sp.phrase]
			return p.role == part && sp.to <= e.to && partsOf(event.Crash).have(p.symptom) && m.hears(s, sp)
		})
	})
}

// stalls reports whether a sentence with words of trouble says that something stands still, turns circles or stutters.
func (m *Matcher) stalls(s *scratch) bool {
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == stall && m.hears(s, sp) && slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
			return e.role != back && s.sent[e.from] == s.sent[sp.from]
		})
	})
}

// objectReach is how much may stand between what cannot be sent and the words that say so, as costs.
const objectReach = 2 * wordCost

// sendsMedia reports whether what is not sent is a picture or the like: "can't send photos".
func (m *Matcher) sendsMedia(s *scratch, t trade) bool {
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.partOf(sp, partsOf(event.Media)&t.has) == partsOf(event.Media) && m.hears(s, sp) && !m.isFine(s, sp) && slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
			return e.touches(event.Messages) && s.sent[e.from] == s.sent[sp.from] && s.apart(sp, &e) <= objectReach
		})
	})
}

// otherReach is how many words may stand between a part and the name of whoever has it.
const otherReach = 2

// isOfOther reports whether the part of sp is named beside a service that nothing is said to fail of: "text me on Telegram".
func (m *Matcher) isOfOther(s *scratch, h *hit, sp span) bool {
	return slices.ContainsFunc(s.names, func(f found) bool {
		return f.service != h.service && !f.said && !f.ambiguous && f.from >= sp.to && f.from-sp.to <= otherReach && s.sent[f.from] == s.sent[sp.from]
	})
}

// apart is how much stands between sp and e, as costs.
func (s *scratch) apart(sp span, e *evidence) int {
	return s.length(min(sp.to, e.to), max(sp.from, e.from))
}

// isTime reports whether words of this role tell when: on payday nobody's payment need fail.
func (r role) isTime() bool { return r == recent }
