package match

import (
	"slices"
	"unicode/utf8"
)

// reading is what is understood of one post, step by step.
type reading struct {
	hits     []hit
	evidence []evidence
	// loose is evidence for which the sentence names no service.
	loose   []evidence
	flags   flags
	tongues tongues
	// addressed says that the post speaks to the account of a service.
	addressed bool
	// alike says that what looks like trouble and is none took a name away.
	alike bool
	// year is when the post was written.
	year int
	// guess are the cues of which a complaint was guessed, if it was.
	guess   weighed
	guessed bool
}

// evidence is words that say that something fails, or works again: tokens[from:to], and the phrases they are, as
// spans[first:last].
type evidence struct {
	from, to, first, last int32
	role                  role
	langs                 uint64
	symptoms              parts
	after, before         bool // the name stands before the words, after them
	anywhere              bool // the words speak for themselves
	asked                 bool // the words speak of trouble because they are asked: "does it work"
	whole                 bool // the words are of all of it: "is down", and not "won't send"
	loads                 bool // the words are of loading: "won't load"
	opens                 bool // the words are of opening: "won't let me in"
	corrects              bool // the words first hold something else guilty: "thought it was Verizon but it's"
}

// hit is one service that the post speaks of.
type hit struct {
	service   int32 // -1: unknown to the catalogue
	candidate string
	// complaint and back say what the post says of it; own that it is its topic by tag, handle, phrase or feed.
	complaint, back, own, byTag, byPhrase bool
	named                                 bool
	blames                                int32
	from, to                              int32 // the words by which it was recognised, as tokens; from < 0: see phrase
	phrase                                string
	langs                                 uint64
	symptoms                              parts
	// whole says that some words of trouble are said of all of it ("is down"), partial that some are not.
	whole, partial bool
	// corrected says that something else was held guilty at first.
	corrected bool
	// loads says that some words of trouble are of loading.
	loads bool
	// opens says that some are of opening, or of getting in.
	opens bool
}

// maxHits and maxEvidence bound the work on a text that lists half the catalogue.
const (
	maxHits     = 24
	maxEvidence = 128
)

// hit finds or makes the entry of a service; nil: there are too many.
func (r *reading) hit(service int32, candidate string) *hit {
	for i := range r.hits {
		if h := &r.hits[i]; h.service == service && h.candidate == candidate {
			return h
		}
	}
	if len(r.hits) == maxHits {
		return nil
	}
	r.hits = append(r.hits, hit{service: service, candidate: candidate, from: -1, blames: -1})
	return &r.hits[len(r.hits)-1]
}

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
			case m.swallowed(s, end, ends):
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
		return p.pair == 0 || !m.failsWithin(s, sp)
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

// failsWithin reports whether words of trouble stand within sp: "kommer inte in igen" is no "kommer … in igen".
func (m *Matcher) failsWithin(s *scratch, sp span) bool {
	for _, other := range s.spansWithin(sp.from, sp.to) {
		if p := &m.lexicon.phrases[other.phrase]; (p.role == fault || p.role == saysAfter) && other.to <= sp.to && m.hears(s, other) {
			return true
		}
	}
	return false
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
			e.role = back
		}
		if p.symptom >= 0 {
			e.symptoms |= 1 << uint(p.symptom)
		}
	}
	if e.role == saysAfter && (m.isMarket(s, e) || m.isOfGoods(s, &e)) || m.isSupposed(s, &e) || m.isDeserved(s, &e) {
		return false
	}
	e.whole, e.loads, e.opens = e.after || e.before || m.within(s, &e, whole), m.within(s, &e, loading) || m.within(s, &e, blank), m.within(s, &e, entry)
	s.read.evidence = append(s.read.evidence, e)
	return true
}

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
	if s.tokens[name.from].mark == '@' && m.isGrievance(s, name.service, e) {
		return
	}
	if h := s.read.hit(name.service, ""); h != nil {
		h.named = true
		name.said = true
		h.add(s, e)
		if h.from < 0 && h.phrase == "" {
			h.from, h.to = min(name.from, e.from), max(name.to, e.to)
		}
	}
}

func (h *hit) add(_ *scratch, e *evidence) {
	if e.role == back {
		h.back = true
	} else {
		h.complaint = true
		h.corrected = h.corrected || e.corrects
		h.whole = h.whole || e.whole
		h.partial = h.partial || !e.whole
		h.loads = h.loads || e.loads
		h.opens = h.opens || e.opens
	}
	h.langs |= e.langs
	h.symptoms |= e.symptoms
}
