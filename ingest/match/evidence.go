package match

import (
	"slices"
	"unicode/utf8"
)

// gather picks from all spans the ones that count as evidence: of those that overlap the one that begins first, of those
// that begin together the longest. Look-alikes take part and win, and take names within them away.
func (m *Matcher) gather(s *scratch) {
	r := &s.read
	r.evidence, r.loose = r.evidence[:0], r.loose[:0]
	covered, alike := int32(0), int32(0) // where evidence ends, and where look-alikes do that began before
	for i := 0; i < len(s.spans); {
		end, ends := m.begin(s, i)
		if to := ends.longest(); to > alike && s.spans[i].from >= covered && len(r.evidence) < maxEvidence {
			switch {
			case m.swallowed(s, end, ends), m.goesOn(s, s.spans[i:end], to):
			case m.weigh(s, i, end, to):
				covered = m.widen(s, &r.evidence[len(r.evidence)-1], end)
			default:
				covered = to
			}
		}
		i, alike = end, max(alike, ends.alike)
	}
}

// ends are where the longest evidence that begins at a token ends: in one piece, with a gap, and of what looks like trouble and is none.
type ends struct{ from, whole, gapped, alike int32 }

// minIdiom is how many words an idiom has at least that is surely one.
const minIdiom = 3

// longest is where evidence ends. A phrase in one piece that is none tells more than one with a gap, in which anything may stand: "se cayó el
// techo" in "se cayó el techo de la tienda".
func (e ends) longest() int32 {
	if e.isIdiom() {
		return max(e.whole, e.alike)
	}
	return max(e.whole, e.gapped, e.alike)
}

// isGapped reports whether a gap is in what is longest.
func (e ends) isGapped() bool { return !e.isIdiom() && e.gapped > e.whole }

// isIdiom reports whether what looks like trouble is more than two words that may belong to anything.
func (e ends) isIdiom() bool { return e.alike-e.from >= minIdiom }

// begin looks at the spans that begin where span i does, and tells which is the first behind them.
func (m *Matcher) begin(s *scratch, i int) (next int, e ends) {
	e.from = s.spans[i].from
	for ; i < len(s.spans) && s.spans[i].from == e.from; i++ {
		sp := s.spans[i]
		if !m.isEvidence(s, sp) {
			continue
		}
		switch p := &m.lexicon.phrases[sp.phrase]; {
		case p.role == unlike:
			e.alike = max(e.alike, sp.to)
		case p.pair > 0 && !p.split:
			e.gapped = max(e.gapped, sp.to)
		default:
			e.whole = max(e.whole, sp.to)
		}
	}
	return i, e
}

// widen looks at the phrases within e, from span next on, for what they say of the names beside them: "having issues with" leads on
// to a name as "issues with" does, a name may stand before "è down" as before "down", and "experiencing an outage" speaks for itself as
// "outage" does. It returns where e ends.
func (m *Matcher) widen(s *scratch, e *evidence, next int) int32 {
	if e.role == back {
		return e.to
	}
	end := e.to
	for _, sp := range s.spans[next:] {
		if sp.from >= end {
			break
		}
		p := &m.lexicon.phrases[sp.phrase]
		switch {
		case p.pair > 0 || e.langs&(1<<uint(p.lang)) == 0 || !m.isEvidence(s, sp):
		case p.role == saysBefore && sp.to > end && s.sent[sp.to-1] == s.sent[e.from]:
			e.before, e.to = true, max(e.to, sp.to)
		case p.role == saysAfter && sp.to == end && s.glued(e.from, sp.from, e):
			e.after = true
		case p.role == fault && sp.to == end:
			e.anywhere = true
		}
	}
	return e.to
}

// glued reports whether tokens[from:to] may all stand between a name and e.
func (s *scratch) glued(from, to int32, e *evidence) bool {
	for i := from; i < to; i++ {
		if s.cost(i, e) > 0 {
			return false
		}
	}
	return true
}

// swallowed reports whether a look-alike begins within evidence and leads beyond it ("is down" in "is down bad"), or to its end where the
// evidence has a gap ("play … down" around "feeling down"), and nothing longer begins there ("caiu de novo" beside "caiu de"). next is the first span that begins after the evidence
// does.
func (m *Matcher) swallowed(s *scratch, next int, e ends) bool {
	to := e.longest()
	for i := next; i < len(s.spans) && s.spans[i].from < to; {
		from, alike, longest := s.spans[i].from, int32(0), int32(0)
		for ; i < len(s.spans) && s.spans[i].from == from; i++ {
			switch sp := s.spans[i]; {
			case m.lexicon.phrases[sp.phrase].role == unlike && m.hears(s, sp):
				alike = max(alike, sp.to)
			case m.isEvidence(s, sp):
				longest = max(longest, sp.to)
			}
		}
		if (alike > to || alike == to && e.isGapped() && alike-from > 1) && alike >= longest {
			return true
		}
	}
	return false
}

func (m *Matcher) isEvidence(s *scratch, sp span) bool {
	p := &m.lexicon.phrases[sp.phrase]
	if !p.role.isEvidence() || !m.hears(s, sp) {
		return false
	}
	switch p.role {
	case saysAfter, saysBefore, fault, culprit:
		return true
	case back:
		return (p.pair == 0 || !m.failsWithin(s, sp)) && !m.isUnharmed(s, sp)
	case unlike:
		// "TV is down" is a television that fails, but not in "NOW TV is down".
		k := s.nameOver(sp.from)
		return (k < 0 || s.names[k].from == sp.from) && !m.isOfName(s, sp)
	case strain:
		return m.partFollows(s, sp.to)
	case choice:
		return m.choosesAt(s, sp)
	case works:
		return m.isQuestioned(s, sp)
	}
	return false
}

// isEvidence reports whether phrases of the role may be evidence.
func (r role) isEvidence() bool {
	switch r {
	case saysAfter, saysBefore, fault, back, unlike, strain, choice, works, culprit:
		return true
	}
	return false
}

// isQuestioned reports whether the sentence of sp, which says that something works, asks whether it does: by words that ask for others, or by a
// question mark right behind: "does insta work for you?" and "insta ok?" are asked by those for whom it does not. "My cousin works at Google. Anyone
// else?" asks nothing of Google.
func (m *Matcher) isQuestioned(s *scratch, sp span) bool {
	return s.asking[s.sent[sp.from]] || int(sp.to) < len(s.tokens) && m.isQuestionMark(s, sp.to)
}

// maxParticle is the length, in letters, of the longest word that only leads on.
const maxParticle = 4

// isOfName reports whether what looks like an idiom is words of trouble and one small word more, and said of a service: people lie on
// the sofa, but "Telegram лежит на всех устройствах".
func (m *Matcher) isOfName(s *scratch, sp span) bool {
	last := s.tokens[sp.to-1]
	lang := uint64(1) << uint(m.lexicon.phrases[sp.phrase].lang)
	if sp.to-sp.from < 2 || last.kind != spaced || utf8.RuneCount(s.b[last.start:last.end]) > maxParticle {
		return false
	}
	if s.glue[sp.to-1]&lang == 0 && !m.after(s, sp.to, placing, refuge) {
		return false
	}
	fails := false
	for _, other := range s.spansEnding(sp.from + 1) {
		r := m.lexicon.phrases[other.phrase].role
		fails = fails || other.to == sp.to-1 && (r == saysAfter || r == fault) && m.hears(s, other)
	}
	if !fails {
		return false
	}
	k, cost := m.walk(s, &evidence{from: sp.from, to: sp.to, langs: lang}, -1)
	return k >= 0 && cost == 0 && !s.names[k].ambiguous
}

// failsWithin reports whether words of trouble, or that it is not so yet, stand within sp: "kommer inte in igen" is no "kommer … in igen".
func (m *Matcher) failsWithin(s *scratch, sp span) bool {
	for _, other := range s.spansWithin(sp.from, sp.to) {
		if p := &m.lexicon.phrases[other.phrase]; (p.role == fault || p.role == saysAfter || p.role == notYet) && other.to <= sp.to && m.hears(s, other) {
			return true
		}
	}
	return false
}

// isNotYet reports whether words that it is back are denied right before them, or one word before, or, in languages that say so, right behind:
// "still not back", "復旧していない". A name between takes no room: "när kommer Swish igång".
func (m *Matcher) isNotYet(s *scratch, sp span) bool {
	return slices.ContainsFunc(s.spansWithin(sp.from-pairReach, sp.to+1), func(other span) bool {
		if m.lexicon.phrases[other.phrase].role != notYet || !m.hears(s, other) || s.sent[other.from] != s.sent[sp.from] {
			return false
		}
		return other.from == sp.to || other.to <= sp.from && s.unnamed(other.to, sp.from) <= 1 && !s.parted(other.to, sp.from)
	})
}

// unnamed is how many of tokens[from:to] are of no name.
func (s *scratch) unnamed(from, to int32) int {
	n := 0
	for i := from; i < to; i++ {
		if s.nameOver(i) < 0 {
			n++
		}
	}
	return n
}

// isUnharmed reports whether words that it is back are only part of how somebody says that it never failed: "works fine for me".
func (m *Matcher) isUnharmed(s *scratch, sp span) bool {
	return slices.ContainsFunc(s.spansWithin(sp.from-pairReach, sp.from+1), func(other span) bool {
		return m.lexicon.phrases[other.phrase].role == denial && other.to >= sp.to && other.to-other.from > 1 && m.hears(s, other)
	})
}

// partReach is how many words may stand between "can't send" and "messages".
const partReach = 3

// partFollows reports whether a part of a service is named soon after token i.
func (m *Matcher) partFollows(s *scratch, i int32) bool {
	for _, sp := range s.spansWithin(i, i+partReach+1) {
		if s.sent[sp.from] != s.sent[i-1] {
			return false
		}
		if m.lexicon.phrases[sp.phrase].role == part {
			return true
		}
	}
	return false
}

// weigh makes one piece of evidence of the spans[first:last] that end at to, and reports whether it is one.
func (m *Matcher) weigh(s *scratch, first, last int, to int32) bool {
	e := evidence{from: s.spans[first].from, to: to, first: int32(first), last: int32(last), role: saysAfter}
	for _, sp := range s.spans[first:last] {
		p := &m.lexicon.phrases[sp.phrase]
		if !m.isEvidence(s, sp) || sp.to != to && (p.role == unlike || p.role == back) {
			continue
		}
		e.langs |= 1 << uint(p.lang)
		switch p.role {
		case unlike:
			named := len(s.names)
			s.names = slices.DeleteFunc(s.names, func(f found) bool { return f.from >= e.from && f.to <= to })
			s.read.alike = s.read.alike || len(s.names) < named
			return false
		case saysAfter:
			e.after = true
		case saysBefore:
			e.before = true
		case culprit:
			e.before, e.corrects = true, true
		case choice:
			e.anywhere, e.asked = true, true
		case works:
			e.after, e.before, e.asked = true, true, true
		case fault, strain:
			e.anywhere = true
		case back:
			if m.isNotYet(s, sp) {
				e.anywhere = true
			} else {
				e.role = back
			}
		}
		if p.symptom >= 0 {
			e.symptoms |= 1 << uint(p.symptom)
		}
	}
	if e.role == saysAfter && (m.isMarket(s, e) || m.isOfGoods(s, &e)) || m.isSupposed(s, &e) || m.isDeserved(s, &e) {
		return false
	}
	e.whole, e.loads, e.opens = e.after || e.before || m.within(s, &e, whole), m.within(s, &e, loading) || m.within(s, &e, blank), m.within(s, &e, entry)
	e.slow = m.isSlow(s, &e)
	s.read.evidence = append(s.read.evidence, e)
	return true
}
