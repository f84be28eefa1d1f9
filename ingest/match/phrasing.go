package match

// How far a phrase is from the next name in its sentence.
const (
	touching = iota
	about
	apart
	unrelated
)

// aboutBy is how many tokens stand at most between a name and what is about it.
const aboutBy = 2

// appendPhrasing appends what each phrase of the lexicon that counts in the post does, and how near it is to a name of the service, and on which
// side.
func (m *Matcher) appendPhrasing(f []uint32, s *scratch, service int32) []uint32 {
	limit := len(f) + maxFeatures
	before, after := -1, 0 // in s.names, the last name before a phrase, and where to look for the first behind it
	for _, sp := range s.spans {
		if len(f) >= limit {
			break
		}
		if !m.hears(s, sp) {
			continue
		}
		for after < len(s.names) && s.names[after].from < sp.to {
			if s.names[after].service == service {
				before = after
			}
			after++
		}
		p := &m.lexicon.phrases[sp.phrase]
		f = append(f, joint(joint(ofRole, uint32(p.role)), s.nearness(sp, before, s.nextName(after, service))))
		if p.symptom >= 0 {
			f = append(f, joint(joint(ofSymptom, uint32(p.role)), uint32(p.symptom)))
		}
	}
	return f
}

// nextName is the first of a few names from place k on that is of the service; -1: there is none.
func (s *scratch) nextName(k int, service int32) int {
	for n := 0; n < maxGuesses && k < len(s.names); n++ {
		if s.names[k].service == service {
			return k
		}
		k++
	}
	return -1
}

// nearness tells how near a phrase is to the nearer of two names, in its sentence, of which either may be missing, and on which side it stands.
func (s *scratch) nearness(sp span, before, after int) uint32 {
	best, side := int32(unrelated), uint32(0)
	if before >= 0 && s.sent[s.names[before].from] == s.sent[sp.from] {
		best, side = reachOf(sp.from-s.names[before].to), 1
	}
	if after >= 0 && s.sent[s.names[after].from] == s.sent[sp.from] {
		if d := reachOf(s.names[after].from - sp.to); d < best {
			best, side = d, 2
		}
	}
	return uint32(best)<<2 | side
}

func reachOf(tokens int32) int32 {
	switch {
	case tokens <= 0:
		return touching
	case tokens <= aboutBy:
		return about
	}
	return apart
}
