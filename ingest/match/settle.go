package match

import "github.com/outcry/outcry/event"

// settle lays loose evidence ("it's down", "can't log in") at the door of the post's topic, or of the one service named.
func (m *Matcher) settle(s *scratch) {
	r := &s.read
	for i := range r.loose {
		e := &r.loose[i]
		if m.settleEcho(s, e) || !e.anywhere && e.role != back && !m.ofThing(s, e) {
			continue
		}
		if !m.settleOwn(s, e) {
			m.settleNamed(s, e)
		}
	}
}

// settleEcho gives e to a name that has the sentence before to itself, as in "Spotify? Dead".
func (m *Matcher) settleEcho(s *scratch, e *evidence) bool {
	k := len(s.names) - 1
	for k >= 0 && s.names[k].from >= e.from {
		k--
	}
	if k < 0 || s.names[k].ambiguous || !e.after && !e.anywhere {
		return false
	}
	f := &s.names[k]
	alone := f.from == 0 || s.sent[f.from-1] != s.sent[f.from]
	for i := f.to; i < e.from; i++ {
		alone = alone && s.cost(i, e)%tooFar == 0
	}
	if alone = alone && s.sent[f.from]+1 == s.sent[e.from]; alone {
		m.note(s, k, e)
	}
	return alone
}

// ofThing reports whether e is said of something that services have: "internet down", "app not opening".
func (m *Matcher) ofThing(s *scratch, e *evidence) bool {
	if e.after && m.thingBeside(s, e, e.from-1, -1) {
		return true
	}
	return e.before && m.thingBeside(s, e, e.to, +1)
}

// thingBeside reports whether a thing or a part is named from token i on, with nothing but words that may stand between.
func (m *Matcher) thingBeside(s *scratch, e *evidence, i, step int32) bool {
	for n := 0; n < 4 && i >= 0 && int(i) < len(s.tokens) && s.glue[i]&e.langs != 0; n++ {
		for _, sp := range s.spansEnding(i + 1) {
			if p := &m.lexicon.phrases[sp.phrase]; (p.role == thing || p.role == part) && e.langs&(1<<uint(p.lang)) != 0 {
				return true
			}
		}
		i += step
	}
	return false
}

// settleOwn gives e to every service that is the post's topic. What is said to a business of more than screens may be of the one other service that it
// names: "@Uber_Support PayPal does not work".
func (m *Matcher) settleOwn(s *scratch, e *evidence) bool {
	any, kept := false, false
	for i := range s.read.hits {
		if h := &s.read.hits[i]; h.own || h.byTag && h.complaint {
			if m.mayBeGrievance(h) && m.isGrievance(s, h.service, e) || m.isOfDesk(s, nil, e) {
				kept = true
				continue
			}
			h.add(e)
			any = true
		}
	}
	_, others := s.namedIn(s.sent[e.from])
	return any || kept && others != 1
}

// mayBeGrievance reports whether h is a business with more than screens, spoken to by its account: what it is told of may be a
// lost suitcase.
func (m *Matcher) mayBeGrievance(h *hit) bool {
	return h.service >= 0 && m.catalogue.services[h.service].physical && !h.byTag && !h.byPhrase
}

// isGrievance reports whether e, told to the account of a business with more than screens, may be of anything it does: "@united stuck
// here for hours".
func (m *Matcher) isGrievance(s *scratch, service int32, e *evidence) bool {
	return e.role != back && m.catalogue.services[service].physical && !m.ofScreen(s, e, m.catalogue.services[service].own)
}

// ofScreen reports whether the sentence of e names something that runs on screens ("your app", "the website"), or a part that a trade
// has there; or whether e is of something that does: that nobody can log in.
func (m *Matcher) ofScreen(s *scratch, e *evidence, own parts) bool {
	if e.touches(event.Login) || e.touches(event.Crash) || e.symptoms&own != 0 {
		return true
	}
	for _, sp := range s.spansWithin(e.from-farthest, e.to+farthest) {
		p := &m.lexicon.phrases[sp.phrase]
		if (p.role == screen || p.role == part && own.have(p.symptom)) && s.sent[sp.from] == s.sent[e.from] && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// settleNamed gives e to the one service that is named in its sentence, or the one before, or the one after; or that a tag makes the
// topic of the post. Names that may be everyday words do not count.
func (m *Matcher) settleNamed(s *scratch, e *evidence) {
	if m.settleEither(s, e) {
		return
	}
	for _, d := range [3]int32{0, -1, +1} {
		if k, names := s.namedIn(s.sent[e.from] + d); names > 0 {
			if names == 1 && !m.isAside(s, &s.names[k], e) {
				m.note(s, k, e)
			}
			return
		}
	}
	topic := -1
	for k := range s.names {
		switch f := &s.names[k]; {
		case f.ambiguous || s.tokens[f.from].mark != '#':
		case topic >= 0 && s.names[topic].service != f.service:
			return
		default:
			topic = k
		}
	}
	if topic >= 0 {
		m.note(s, topic, e)
	}
}

// namedIn counts the services that a sentence surely names, and tells the place of the last name.
func (s *scratch) namedIn(sentence int32) (last, services int) {
	last = -1
	for k := range s.names {
		if f := &s.names[k]; !f.ambiguous && s.sent[f.from] == sentence {
			if last < 0 || s.names[last].service != f.service {
				services++
			}
			last = k
		}
	}
	return last, services
}

// settleEither gives e to a connection and to what is used over it, where the post cannot tell which of them it is.
func (m *Matcher) settleEither(s *scratch, e *evidence) bool {
	for k := 0; k+1 < len(s.names); k++ {
		if m.alternatives(s, k, k+1) {
			m.note(s, k, e)
			m.note(s, k+1, e)
			return true
		}
	}
	return false
}

// eitherReach is how much may stand between two names that "or" joins, as costs.
const eitherReach = 5 * wordCost

// length is how much tokens[from:to] are, as costs of what no language expects there.
func (s *scratch) length(from, to int32) int {
	n := 0
	for i := from; i < to && n < tooFar; i++ {
		n += s.cost(i, &evidence{})
	}
	return n
}

// alternatives reports whether the names at a and b are joined by "or", and one of them is a connection.
func (m *Matcher) alternatives(s *scratch, a, b int) bool {
	x, y := &s.names[a], &s.names[b]
	if gap := s.length(x.to, y.from); gap < 1 || gap > eitherReach || m.catalogue.services[x.service].network == m.catalogue.services[y.service].network || s.sent[x.from] != s.sent[y.from] {
		return false
	}
	for i := x.to; i < y.from; i++ {
		for _, sp := range s.spansEnding(i + 1) {
			if p := &m.lexicon.phrases[sp.phrase]; p.role == either && sp.to <= y.from && m.hears(s, sp) {
				return true
			}
		}
	}
	return false
}

// choosesAt reports whether the words of a choice stand about the first of two names of which one is a connection: "is it KPN
// or WhatsApp?".
func (m *Matcher) choosesAt(s *scratch, sp span) bool {
	for k := 0; k+1 < len(s.names); k++ {
		if s.names[k].from >= sp.from && s.names[k].to <= sp.to && m.alternatives(s, k, k+1) {
			return true
		}
	}
	return false
}

// isDoubted reports whether the service of h is one of two of which the post cannot tell which it is.
func (m *Matcher) isDoubted(s *scratch, h *hit) bool {
	for k := 0; k+1 < len(s.names); k++ {
		if (s.names[k].service == h.service || s.names[k+1].service == h.service) && m.alternatives(s, k, k+1) {
			return true
		}
	}
	return false
}
