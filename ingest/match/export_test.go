package match

import "github.com/outcry/outcry/event"

// Steps tells how many steps it takes to read p, which is the same on every machine.
func (m *Matcher) Steps(p *event.Post) int {
	s := &scratch{a: m.alphabet}
	m.understand(s, p)
	m.report(nil, s, p)
	return s.steps + len(s.tokens) + len(s.spans)
}

// Folded gives a text in its one spelling, where in it words begin, and where the sieve takes words to begin.
func (m *Matcher) Folded(text string) (folded string, words, begins []int) {
	s := &scratch{a: m.alphabet}
	s.load(text)
	for i := range s.tokens {
		if k := s.tokens[i].kind; k != ender && k != comma {
			words = append(words, int(s.tokens[i].start))
		}
	}
	s.skim()
	for _, at := range s.starts {
		begins = append(begins, int(at))
	}
	return string(s.b), words, begins
}
