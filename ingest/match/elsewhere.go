package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// isElsewhere reports whether what the post says is no trouble of the service of h: it is of how the service looks now, of what players add to a
// game, of the ways of its vehicles, or of its shares.
func (m *Matcher) isElsewhere(s *scratch, h *hit) bool {
	if h.service < 0 || h.byTag || h.byPhrase || h.corrected {
		return false
	}
	of := &m.catalogue.services[h.service]
	return m.isOfLooks(s, h) || of.modded && m.isOfAddon(s) || of.physical && m.isOfWay(s) || of.company && m.isOfShares(s, h)
}

// isOfLooks reports whether the post finds fault with how the service looks now: "the new Insta is unusable", "bring back the old layout".
// That it crashes, or lets nobody in, is no matter of taste; and without a word of looks, nor is that it does not work.
func (m *Matcher) isOfLooks(s *scratch, h *hit) bool {
	restyled := m.says(s, looks)
	if !restyled && !m.isRenewed(s, h.service) {
		return false
	}
	plain := partsOf(event.Login, event.Account, event.Crash)
	if !restyled {
		plain = every
	}
	return !slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		return e.role != back && (e.loads || e.opens || e.symptoms&plain != 0 || !restyled && m.within(s, &e, whole))
	})
}

// isRenewed reports whether the service is named beside a word for what is new: "the new Insta", "Insta's new version".
func (m *Matcher) isRenewed(s *scratch, service int32) bool {
	return slices.ContainsFunc(s.names, func(f found) bool {
		return f.service == service && (m.after(s, f.from, renewed) || m.opensAt(s, f.to, renewed))
	})
}

// opensAt reports whether a phrase of a role begins at token i.
func (m *Matcher) opensAt(s *scratch, i int32, r role) bool {
	return slices.ContainsFunc(s.spansWithin(i, i+1), func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == r && m.hears(s, sp)
	})
}

// isOfAddon reports whether the post speaks of what players add to a game, and nobody fails to log in: "my mods crash the game". Whoever
// plays without any does not.
func (m *Matcher) isOfAddon(s *scratch) bool {
	return !m.touches(s, event.Login) && slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == addon && m.hears(s, sp) && !m.after(s, sp.from, lack)
	})
}

// isOfWay reports whether the post speaks of tracks, or of what keeps vehicles from running, and of nothing on a screen: "tree on the line".
func (m *Matcher) isOfWay(s *scratch) bool {
	return m.says(s, way) && !m.touches(s, event.Login) && !m.touches(s, event.Crash) && !slices.ContainsFunc(s.spans, func(sp span) bool {
		p := &m.lexicon.phrases[sp.phrase]
		onScreen := p.role == thing || p.role == screen && !s.isTold(sp) || p.role == part && (symptoms[p.symptom] == event.Payments || symptoms[p.symptom] == event.Login)
		return onScreen && m.hears(s, sp)
	})
}

// isTold reports whether sp is part of the words of trouble.
func (s *scratch) isTold(sp span) bool {
	return slices.ContainsFunc(s.read.evidence, func(e evidence) bool { return sp.from >= e.from && sp.to <= e.to })
}

// touches reports whether anything in the post says that the part of a symptom fails.
func (m *Matcher) touches(s *scratch, part event.Symptom) bool {
	return slices.ContainsFunc(s.read.evidence, func(e evidence) bool { return e.role != back && e.touches(part) })
}

// isOfShares reports whether the post, which says no more of a company than that it is down or crashes, speaks as those do who hold shares:
// "why is Meta down so much", "buy the dip".
func (m *Matcher) isOfShares(s *scratch, h *hit) bool {
	parts := h.symptoms&^partsOf(event.Crash) | m.named(s, h, m.tradeOf(h).has, true)
	return parts == 0 && !h.loads && !h.opens && (m.says(s, trading) || m.says(s, market))
}
