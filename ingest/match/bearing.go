package match

import "slices"

// showBearing adds to w the cues that tell how words of trouble bear on the service of h: whether they stand near its name, or amid words about
// something else. A tag, or an account that is spoken to, is named for the whole of the post.
func (m *Matcher) showBearing(s *scratch, h *hit, w *weighed) {
	far, gap, short, followed := mostFar, mostGap, true, true
	for i := range s.read.evidence {
		e := &s.read.evidence[i]
		if e.role == back {
			continue
		}
		short = short && e.to-e.from == 1
		followed = followed && m.isStrange(s, e.to, e)
		gap = min(gap, m.filling(s, e))
		for _, f := range s.namesAround(e) {
			if f.service == h.service {
				far = min(far, s.between(&f, e)/wordCost)
			}
		}
	}
	if s.isPlainTopic(h.service) {
		w[cueFar] = far
	}
	if len(s.read.evidence) > 0 {
		w[cueGap] = gap
	}
	w.show(cueShort, short)
	w.show(cueFollowed, followed)
}

// filling is how many words in the gap of e are not such as trouble is told in, up to mostGap; 0: it has no gap.
func (m *Matcher) filling(s *scratch, e *evidence) int {
	n := 0
	for i := e.from + 1; i < e.to-1 && n < mostGap && m.gapped(e, s); i++ {
		if !s.weighs(i) || s.tokens[i].isLetter() {
			continue
		}
		if weight, known := m.weight(s, i); !known || weight < 0 {
			n++
		}
	}
	return n
}

// isPlainTopic reports whether a service is named, and neither by a tag nor by an account.
func (s *scratch) isPlainTopic(service int32) bool {
	named := false
	for k := range s.names {
		if f := &s.names[k]; f.service == service {
			if s.tokens[f.from].mark != 0 {
				return false
			}
			named = true
		}
	}
	return named
}

// namesAround are the names at most maxWalk tokens away from e.
func (s *scratch) namesAround(e *evidence) []found {
	lo, _ := slices.BinarySearchFunc(s.names, e.from-maxWalk, func(f found, i int32) int { return int(f.to) - int(i) })
	hi := lo
	for hi < len(s.names) && s.names[hi].from < e.to+maxWalk {
		hi++
	}
	return s.names[lo:hi]
}

// isStrange reports whether token i is a word that complaints are not made of, and that does not lead from e to a name.
func (m *Matcher) isStrange(s *scratch, i int32, e *evidence) bool {
	if i < 0 || int(i) >= len(s.tokens) {
		return false
	}
	t := &s.tokens[i]
	return t.kind != ender && t.kind != comma && t.mark == 0 && s.glue[i]&e.langs == 0 && s.nameOver(i) < 0 && !m.isOver(s, i, role.complains)
}

// between is what stands between a name and words of trouble, as costs; 0: they overlap.
func (s *scratch) between(f *found, e *evidence) int {
	total := 0
	for i := min(f.to, e.to); i < max(f.from, e.from) && total < tooFar; i++ {
		total += s.cost(i, e)
	}
	return total
}
