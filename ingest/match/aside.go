package match

// isAside reports whether a name only tells where people are, or what they do there, while something else fails, or what that is weighed against: "the
// lift is broken, I shout on Messenger", "she writes on WhatsApp that the lift is broken", "our keeper fell more often than Messenger". Words that say which part of a service fails are of no lift.
func (m *Matcher) isAside(s *scratch, name *found, e *evidence) bool {
	if e.to <= name.from && m.after(s, name.from, than) {
		return true
	}
	if e.role == back || e.symptoms != 0 || s.tokens[name.from].mark != 0 {
		return false
	}
	if e.to <= name.from {
		return s.parted(e.to, name.from) && m.isSpot(s, name)
	}
	return e.from >= name.to && (m.after(s, name.from, using) && s.parted(name.to, e.from) || m.isSpot(s, name) && m.leadsOn(s, name.to))
}

// isSpot reports whether a name is said to be a place, or a means: "on Messenger", "Messengeren", "watching Netflix".
func (m *Matcher) isSpot(s *scratch, name *found) bool {
	if m.after(s, name.from, refuge, using, placing) {
		return true
	}
	return name.spot&s.read.tongues != 0
}

// leadsOn reports whether at token i a clause begins that tells what was said: "that", "że".
func (m *Matcher) leadsOn(s *scratch, i int32) bool {
	for ; int(i) < len(s.tokens) && s.tokens[i].kind == comma; i++ {
	}
	for _, sp := range s.spansEnding(i + 1) {
		if m.lexicon.phrases[sp.phrase].role == that && m.hears(s, sp) {
			return true
		}
	}
	return false
}
