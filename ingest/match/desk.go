package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// isOfDesk reports whether e is said of the people who help the customers of a service, and not of the service: "Canva support is useless",
// "no answer from Canva support". Whoever cannot call it cannot call. The desk stands beside the words of e, or the name alone parts it from them; name may be nil.
func (m *Matcher) isOfDesk(s *scratch, name *found, e *evidence) bool {
	if e.role == back || e.touches(event.Calls) {
		return false
	}
	return slices.ContainsFunc(s.spansWithin(e.from-farthest, e.to+farthest), func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == desk && s.sent[sp.from] == s.sent[e.from] && m.hears(s, sp) && m.isSaidOfDesk(s, sp, name, e)
	})
}

// isSaidOfDesk reports whether e is said of the desk at sp by where the desk, the name and e stand.
func (m *Matcher) isSaidOfDesk(s *scratch, sp span, name *found, e *evidence) bool {
	switch {
	case sp.from < e.to && e.from < sp.to:
		return (sp.from == e.from || sp.to == e.to) && !s.parted(e.from, e.to)
	case sp.to <= e.from && s.glued(sp.to, e.from, e) && !m.namesThing(s, sp.to, e.from):
		return !m.isConsulted(s, sp, name)
	case name == nil:
		return false
	case sp.to <= name.from && name.to <= e.from:
		return s.glued(sp.to, name.from, e) && s.glued(name.to, e.from, e) && !m.isConsulted(s, sp, name)
	case e.to <= sp.from && sp.to <= name.from:
		return s.glued(e.to, sp.from, e) && s.glued(sp.to, name.from, e)
	case e.to <= name.from && name.to <= sp.from:
		return e.symptoms == 0 && s.glued(e.to, name.from, e) && s.glued(name.to, sp.from, e) && s.clauseEnds(sp.to)
	}
	return false
}

// namesThing reports whether something that services have is named among tokens[from:to]: the page in "Canva support page won't load".
func (m *Matcher) namesThing(s *scratch, from, to int32) bool {
	return slices.ContainsFunc(s.spansWithin(from, to), func(sp span) bool {
		r := m.lexicon.phrases[sp.phrase].role
		return (r == thing || r == part) && m.hears(s, sp)
	})
}

// isConsulted reports whether the desk at sp was spoken to, so that what follows is said of something else: "called Canva support, still
// nothing".
func (m *Matcher) isConsulted(s *scratch, sp span, name *found) bool {
	return m.after(s, sp.from, consult) || name != nil && name.to == sp.from && m.after(s, name.from, consult)
}

// hasDesk reports whether the name f is only that of whose desk is spoken of: "Canva support", "soporte de Canva".
func (m *Matcher) hasDesk(s *scratch, f *found) bool {
	return slices.ContainsFunc(s.spansWithin(f.from-farthest, f.to+farthest), func(sp span) bool {
		e := evidence{langs: 1 << uint(m.lexicon.phrases[sp.phrase].lang)}
		return m.lexicon.phrases[sp.phrase].role == desk && m.hears(s, sp) &&
			(sp.from >= f.to && s.glued(f.to, sp.from, &e) || sp.to <= f.from && s.glued(sp.to, f.from, &e))
	})
}
