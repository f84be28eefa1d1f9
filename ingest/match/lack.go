package match

// readLacks notes the services of which the post says that there is none: "no Rogers since this morning", "llevo 20 minutos sin
// Movistar". Whoever does without an app may want to; a connection or a bank one does not give up, and a matter of minutes is no
// choice either.
func (m *Matcher) readLacks(s *scratch) {
	lately := s.read.flags.ask || s.read.flags.question || m.says(s, recent)
	for _, sp := range s.spans {
		p := &m.lexicon.phrases[sp.phrase]
		if p.role != lack || !m.hears(s, sp) {
			continue
		}
		k := m.lacked(s, sp)
		if k < 0 || s.names[k].said || !lately && !m.catalogue.services[s.names[k].service].lifeline {
			continue
		}
		e := evidence{from: sp.from, to: sp.to, role: saysBefore, langs: 1 << uint(p.lang), before: true, whole: true}
		if !m.isSupposed(s, &e) && len(s.read.evidence) < maxEvidence {
			s.read.evidence = append(s.read.evidence, e)
			m.charge(s, k, &e, +1)
		}
	}
}

// lacked is the place in s.names of the name that a word of lack stands before; -1: there is none, or what is lacking is something of
// the service's: "no Rogers store".
func (m *Matcher) lacked(s *scratch, sp span) int {
	for i := sp.to; i <= sp.to+1; i++ {
		k := s.nameOver(i)
		if k < 0 {
			if int(i) >= len(s.tokens) || s.glue[i] == 0 {
				return -1
			}
			continue
		}
		f := &s.names[k]
		if f.from != i || s.tokens[i].mark == '@' || f.ambiguous && (s.isParticle(*f) || !s.isCapital(f.from) || f.word.names&s.read.tongues != 0) {
			return -1
		}
		if s.clauseEnds(f.to) || m.carriesOn(s, f.to) || m.recentAt(s, f.to+1) || m.recentAt(s, f.to+2) {
			return k
		}
		return -1
	}
	return -1
}

// carriesOn reports whether what stands at token i leaves the words before it a clause: a word of the lexicon, and no noun that the
// name belongs to.
func (m *Matcher) carriesOn(s *scratch, i int32) bool {
	for _, sp := range s.spansEnding(i + 1) {
		if p := &m.lexicon.phrases[sp.phrase]; m.hears(s, sp) && p.role != unlike && p.role != market && p.role != between {
			return true
		}
	}
	return s.tokens[i].kind == joined || s.tokens[i].kind == hangul
}

// recentAt reports whether words of time begin at token i.
func (m *Matcher) recentAt(s *scratch, i int32) bool {
	for _, sp := range s.spansEnding(i + 1) {
		if p := &m.lexicon.phrases[sp.phrase]; p.role == recent && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// says reports whether a phrase of a role stands in the post.
func (m *Matcher) says(s *scratch, r role) bool {
	for _, sp := range s.spans {
		if p := &m.lexicon.phrases[sp.phrase]; p.role == r && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// plead makes a complaint of what a service is asked by its account: "@Rogers what's happening?", "fix your network".
func (m *Matcher) plead(s *scratch) {
	r := &s.read
	for i := range r.hits {
		h := &r.hits[i]
		if !h.own || h.byTag || h.byPhrase || h.complaint || h.back || h.service < 0 || !m.catalogue.services[h.service].pleaded {
			continue
		}
		for _, sp := range s.spans {
			if p := &m.lexicon.phrases[sp.phrase]; p.role == plea && m.hears(s, sp) {
				h.complaint = true
				h.langs |= 1 << uint(p.lang)
			}
		}
	}
}
