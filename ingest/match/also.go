package match

// readAlso notes the services of which the post says that it is the same with them as with the one before: "Messenger won't send, Zalo
// neither". Where people have gone to is no such service.
func (m *Matcher) readAlso(s *scratch) {
	for _, sp := range s.spans {
		p := &m.lexicon.phrases[sp.phrase]
		if p.role != also || !m.hears(s, sp) {
			continue
		}
		k := m.alsoNamed(s, sp)
		if k < 0 || s.names[k].said || s.names[k].ambiguous || m.isSpot(s, &s.names[k]) {
			continue
		}
		if e := m.lastBefore(s, s.names[k].from); e != nil {
			m.note(s, k, e)
		}
	}
}

// alsoNamed is the place in s.names of the name that a word for "too" stands beside; -1: there is none.
func (m *Matcher) alsoNamed(s *scratch, sp span) int {
	for _, i := range [2]int32{sp.from - 1, sp.to} {
		if i >= 0 && int(i) < len(s.tokens) && s.sent[i] == s.sent[sp.from] {
			if k := s.nameOver(i); k >= 0 {
				return k
			}
		}
	}
	return -1
}

// lastBefore is the trouble that is said of another service before token i, in its sentence or in the one before; nil: there is none.
func (m *Matcher) lastBefore(s *scratch, i int32) *evidence {
	var last *evidence
	for n := range s.read.evidence {
		e := &s.read.evidence[n]
		if e.role != back && e.to <= i && s.sent[i]-s.sent[e.from] <= 1 {
			last = e
		}
	}
	return last
}
