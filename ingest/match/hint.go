package match

import (
	"fmt"
	"slices"

	"github.com/outcry/outcry/event"
)

// addHints adds the everyday words that may mean e, unless they are names already.
func (c *catalogue) addHints(a *alphabet, names *builder, n int32, e *event.Service) error {
	for _, hint := range e.Hints {
		key, word := tidy(a, hint), tagKey(a, hint)
		if word == "" {
			return fmt.Errorf("the hint %q has neither letter nor digit", hint)
		}
		if len(c.words[word]) > 0 {
			continue
		}
		names.add([]byte(key), n)
		c.services[n].hints[key], c.services[n].everyday[key] = true, homonym{}
	}
	return nil
}

// areHints reports whether a name is but a hint at each of the services.
func (c *catalogue) areHints(name []byte, services []int32) bool {
	return !slices.ContainsFunc(services, func(n int32) bool { return !c.services[n].hints[string(name)] })
}

// hintAt notes that the words from token i to byte end hint at services.
func (m *Matcher) hintAt(s *scratch, i, end int32, services []int32) {
	if n := len(s.hints); n > 0 && s.hints[n-1].to > i {
		return
	}
	for _, v := range services {
		s.hints = append(s.hints, found{from: i, to: s.tokAt[end-1] + 1, service: v, plain: s.isSmall(i), ambiguous: true, hint: true})
	}
}

// takeHints takes hints for names where there are none, those of a country's services only in its language, and reports whether there are any.
func (m *Matcher) takeHints(s *scratch, t tongues) bool {
	if len(s.names) > 0 || len(s.hints) == 0 {
		return false
	}
	for _, f := range s.hints {
		if home := m.catalogue.services[f.service].home; home == 0 || home&t != 0 {
			s.names = append(s.names, f)
		}
	}
	m.localise(s, t)
	return len(s.names) > 0
}
