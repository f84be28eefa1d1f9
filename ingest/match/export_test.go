package match

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/outcry/outcry/event"
)

// ReadLabelled reads a file of labelled posts.
func ReadLabelled[T any](tb testing.TB, name string) []T {
	tb.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var rows []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			tb.Fatal(err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return rows
}

// LoudScenarios are silent scenarios of the simulator whose crowds do say that a service fails, and lie, joke or repeat themselves.
var LoudScenarios = []string{"joke-twitterdown", "ring-whatsapp", "ring-bank", "shouter", "viral-complaint", "spam-recovery", "status-bot"}

// Steps tells how many steps it takes to read p, which is the same on every machine.
func (m *Matcher) Steps(p *event.Post) int {
	s := &scratch{a: m.alphabet}
	m.understand(s, p)
	m.report(nil, s, p)
	return s.steps + len(s.tokens) + len(s.spans)
}

// SlowOnly tells of which services p says nothing worse than that they are slow.
func (m *Matcher) SlowOnly(p *event.Post) []string {
	s := &scratch{a: m.alphabet, brief: m.lexicon.brief}
	m.understand(s, p)
	var ids []string
	for i := range s.read.hits {
		if h := &s.read.hits[i]; h.service >= 0 && m.isSlowOnly(s, h) {
			ids = append(ids, m.catalogue.services[h.service].id)
		}
	}
	return ids
}

// Folded gives a text in its one spelling.
func (m *Matcher) Folded(text string) string {
	s := &scratch{a: m.alphabet}
	s.load(text)
	return string(s.b)
}

// Named tells whether Match finds a name in a text that is more than a small word or a form of one, and whether the sieve sees one at a glance.
func (m *Matcher) Named(text string) (found, glanced bool) {
	s := &scratch{a: m.alphabet, brief: m.lexicon.brief}
	s.load(text)
	m.findNames(s)
	for _, f := range s.names {
		found = found || !f.ambiguous || !s.isParticle(f) && !s.isWordForm(&f)
	}
	return found, m.glance(s)
}
