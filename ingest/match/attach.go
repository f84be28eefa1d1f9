package match

import "slices"

// What stands between a name and what is said of it, as costs: a blank-separated word that the language does not expect
// there is a whole step, one character of a script without blanks a third of one.
const (
	wordCost   = 3
	letterCost = 1
	commaCost  = 1
	tooFar     = 1000
	// maxWalk bounds how many tokens are looked at on either side of a piece of evidence.
	maxWalk = 40
	// Budgets: how far a name may be from words that need it beside them, from words that speak for themselves, and from what is asked.
	beside = 3
	nearby = 24
	within = 12
)

// cost is what it costs to step over token i on the way from a name to the evidence e.
func (s *scratch) cost(i int32, e *evidence) int {
	t := s.tokens[i]
	switch {
	case t.kind == ender:
		return tooFar
	case s.glue[i]&e.langs != 0:
		return 0
	case t.kind == comma:
		return commaCost
	case t.kind == joined || t.kind == hangul:
		return letterCost
	}
	return wordCost
}

// attach lays every piece of evidence at the door of the services it speaks of.
func (m *Matcher) attach(s *scratch) {
	r := &s.read
	for i := range r.evidence {
		e := &r.evidence[i]
		if k := m.nameWithin(s, e); k >= 0 && !e.corrects {
			m.charge(s, k, e, +1)
			continue
		}
		left, lcost := m.walk(s, e, -1)
		right, rcost := m.walk(s, e, +1)
		lok := left >= 0 && !e.corrects && m.fits(s, left, lcost, e, e.after || e.anywhere || e.role == back)
		rok := right >= 0 && m.fits(s, right, rcost, e, e.before || e.anywhere || e.role == back)
		switch {
		case lok && (!rok || lcost < rcost || lcost == rcost && !e.leadsOn()):
			m.charge(s, left, e, -1)
		case rok:
			m.charge(s, right, e, +1)
		default:
			r.loose = append(r.loose, *e)
		}
	}
}

// leadsOn reports whether e needs a name behind it, and none before: "no signal, thanks".
func (e *evidence) leadsOn() bool { return e.before && !e.after }

// nameWithin is the place of a name in the gap of a pattern ("geht WhatsApp bei euch nicht"); -1: there is none.
func (m *Matcher) nameWithin(s *scratch, e *evidence) int {
	for i := e.from; i < e.to && i < e.from+2*pairReach; i++ {
		if k := s.nameOver(i); k >= 0 && m.namesWithin(s, e, s.names[k]) {
			return k
		}
	}
	return -1
}

// namesWithin reports whether a name within the words of trouble e is meant as one: "is Signal down?", not "no signal". An
// everyday word must begin them, and what follows it must speak of trouble by itself.
func (m *Matcher) namesWithin(s *scratch, e *evidence, name found) bool {
	if !name.ambiguous {
		return true
	}
	if m.isForeign(s, &name) {
		return false
	}
	if m.gapped(e, s) && s.isCapital(name.from) && !s.isParticle(name) && !m.isEveryday(s, name) {
		return true
	}
	if name.from != e.from || name.plain && !m.atHome(s, name) || s.isParticle(name) || m.isEveryday(s, name) {
		return false
	}
	for _, sp := range s.spansEnding(name.to + 1) {
		if m.isEvidence(s, sp) {
			return true
		}
	}
	return false
}

// gapped reports whether e is a pattern with a gap ("did Rogers just die"), and not all of it a phrase as it stands ("kein Signal").
func (m *Matcher) gapped(e *evidence, s *scratch) bool {
	any := false
	for _, sp := range s.spans[e.first:e.last] {
		if p := &m.lexicon.phrases[sp.phrase]; sp.to == e.to && p.pair == 0 {
			return false
		} else if sp.to == e.to {
			any = true
		}
	}
	return any
}

// walk looks from e in one direction for the nearest name; it returns the name's place in s.names (-1: none) and what
// stands between as a cost. Another piece of evidence in between ends the way.
func (m *Matcher) walk(s *scratch, e *evidence, step int32) (int, int) {
	i := e.from - 1
	if step > 0 {
		i = e.to
	}
	total := 0
	for n := 0; n < maxWalk && i >= 0 && i < int32(len(s.tokens)); n++ {
		if k := s.nameOver(i); k >= 0 && !s.isIdle(s.names[k]) {
			return k, total
		}
		total += s.cost(i, e)
		if total > nearby {
			break
		}
		i += step
	}
	return -1, tooFar
}

// nameOver is the place in s.names of the name that covers token i; -1: there is none.
func (s *scratch) nameOver(i int32) int {
	k, _ := slices.BinarySearchFunc(s.names, i, func(f found, i int32) int { return int(f.to) - 1 - int(i) })
	if k < len(s.names) && s.names[k].from <= i && i < s.names[k].to {
		return k
	}
	return -1
}

// namesOther reports whether a service other than one is named of which nothing is said, by no word that may be none of its name.
func (s *scratch) namesOther(service int32) bool {
	return slices.ContainsFunc(s.names, func(f found) bool { return f.service != service && !f.ambiguous && !f.said })
}

// charge notes e for the name at k and for the names that are listed with it ("WhatsApp, insta and Facebook are down").
func (m *Matcher) charge(s *scratch, k int, e *evidence, step int) {
	m.note(s, k, e)
	for _, other := range [2]int{k - 1, k + 1} {
		if other >= 0 && other < len(s.names) && m.alternatives(s, min(k, other), max(k, other)) {
			m.note(s, other, e)
		}
	}
	for n := 0; n < maxHits; n++ {
		next := k + step
		if next < 0 || next >= len(s.names) || !m.listed(s, min(k, next), max(k, next), e) {
			return
		}
		k = next
		m.note(s, k, e)
	}
}

// listed reports whether only words of a list stand between two names. A name that is an everyday word too ("now Instagram is
// down") has to be joined by a word and not by a comma or nothing, and so has one that begins a clause of its own ("down with
// Messenger, Viber for now").
func (m *Matcher) listed(s *scratch, a, b int, e *evidence) bool {
	total, joined := 0, false
	for i := s.names[a].to; i < s.names[b].from; i++ {
		if c := s.cost(i, e); c == 0 || c == commaCost && s.tokens[i].kind == comma {
			joined = joined || s.tokens[i].kind != comma
			continue
		}
		total = tooFar
	}
	if s.isIdle(s.names[a]) || s.isIdle(s.names[b]) {
		return false
	}
	if !joined && (s.names[a].ambiguous || s.names[b].ambiguous || s.names[a].from >= e.to && !s.clauseEnds(s.names[b].to) && s.glue[s.names[b].to]&e.langs == 0) {
		return false
	}
	for _, other := range s.read.evidence {
		if other.from >= s.names[a].to && other.to <= s.names[b].from {
			return false
		}
	}
	if m.leadsOn(s, s.names[a].to) {
		return false // "escríbanme por Telegram, que WhatsApp no va"
	}
	return total == 0 && s.names[b].from-s.names[a].to <= maxWalk
}

// note records e for the service of the name at k.
func (m *Matcher) note(s *scratch, k int, e *evidence) {
	name := &s.names[k]
	if s.tokens[name.from].mark == '@' && m.isGrievance(s, name.service, e) || m.isOfDesk(s, name, e) {
		return
	}
	if h := s.read.hit(name.service, ""); h != nil {
		h.named = true
		name.said = true
		h.add(e)
		if h.from < 0 && h.phrase == "" {
			h.from, h.to = min(name.from, e.from), max(name.to, e.to)
		}
	}
}
