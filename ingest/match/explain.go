package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// Explanation is what was understood of one post, and why.
type Explanation struct {
	// Tags are the hashtags of the text, Names the services found by name, Rules the phrases of the lexicon that were found in languages in
	// which the post may be.
	Tags  []string `json:"tags"`
	Names []Named  `json:"names"`
	Rules []Rule   `json:"rules"`
	// Guessed is set if no words of trouble are known, but a complaint was guessed all the same: what spoke for it.
	Guessed []string `json:"guessed,omitempty"`
	// Doubted is set if words of trouble are known, but were not believed: what spoke against a complaint.
	Doubted []string `json:"doubted,omitempty"`
	// Mentions are what it comes to.
	Mentions []event.Mention `json:"-"`
}

// Named is a service's name in the text, by bytes.
type Named struct {
	Service string `json:"service"`
	Text    string `json:"text"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// Rule is a phrase of the lexicon that was found in the text, by bytes.
type Rule struct {
	// Lang is the language whose file has the phrase, List the file's list.
	Lang    string        `json:"lang"`
	List    string        `json:"list"`
	Symptom event.Symptom `json:"symptom,omitempty"`
	Text    string        `json:"text"`
	Start   int           `json:"start"`
	End     int           `json:"end"`
	// Counted says that it was taken as evidence, and did not lose against a longer phrase or a look-alike.
	Counted bool `json:"counted"`
}

// roleNames are the keys of the lexicon's files.
var roleNames = map[role]string{
	saysAfter: "says_after", saysBefore: "says_before", fault: "faults", strain: "strains", works: "works", back: "back", ask: "ask",
	partly: "partly", news: "news", joke: "jokes", past: "past", mine: "mine", rumour: "rumours", blame: "blames", suspect: "suspects", refuge: "refuge",
	maybe: "maybe", unlike: "unlike", market: "market", ack: "acks", everyday: "everyday", goods: "goods", screen: "screens", part: "parts", lack: "lacks", recent: "recent", plea: "pleas",
	using: "uses", placing: "places", that: "thats", choice: "choices", folk: "folks", turn: "turns", entry: "opens", cause: "causes", agree: "agrees", people: "people", loading: "loading", stall: "stalls", blank: "blanks", also: "also", culprit: "culprits", denial: "denials",
	ownLine: "own_line", desk: "desks", consult: "consults", slow: "slow", fine: "fine",
	looks: "looks", renewed: "renewed", addon: "addons", way: "ways", trading: "trading", plan: "plans", lasting: "lasting", than: "thans", notYet: "not_yet", last: "last",
}

// Explain reads p as Match does and tells why it comes to what it does.
func (m *Matcher) Explain(p *event.Post) Explanation {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.understand(s, p)
	out := Explanation{Tags: Hashtags(p.Text), Names: []Named{}, Rules: []Rule{}, Mentions: m.report([]event.Mention{}, s, p)}
	if out.Tags == nil {
		out.Tags = []string{}
	}
	m.explainOdds(s, &out)
	for _, f := range s.names {
		start, end := s.origin(f.from, f.to, p.Text)
		out.Names = append(out.Names, Named{Service: m.catalogue.services[f.service].id, Text: p.Text[start:end], Start: start, End: end})
	}
	for i, sp := range s.spans {
		ph := m.lexicon.phrases[sp.phrase]
		name, ok := roleNames[ph.role]
		counted := s.counted(i)
		if !ok || !counted && !m.hears(s, sp) || m.saidInOwn(s, sp) {
			continue
		}
		start, end := s.origin(sp.from, sp.to, p.Text)
		rule := Rule{Lang: m.lexicon.langs[ph.lang], List: name, Text: p.Text[start:end], Start: start, End: end, Counted: counted}
		if ph.symptom >= 0 {
			rule.Symptom = symptoms[ph.symptom]
		}
		out.Rules = append(out.Rules, rule)
	}
	return out
}

// explainOdds tells what spoke for the first complaint that was guessed, or against the first that was doubted.
func (m *Matcher) explainOdds(s *scratch, out *Explanation) {
	for i := range s.read.hits {
		h := &s.read.hits[i]
		switch {
		case !h.complaint || h.service < 0:
		case s.read.guessed && out.Guessed == nil:
			out.Guessed = m.reasons(s, h.service, &s.read.cues, +1)
		case h.odds < doubtful && out.Doubted == nil:
			talk, _ := m.talkKind(s, h)
			w := m.doubts(s, h, m.tone(s, h), talk)
			out.Doubted = m.reasons(s, h.service, &w, -1)
		}
	}
}

// saidInOwn reports whether a phrase of another language is one of the post's own languages too, so that those tell what it means here.
func (m *Matcher) saidInOwn(s *scratch, sp span) bool {
	own := func(p int32) bool { return s.read.tongues&(1<<uint(m.lexicon.phrases[p].lang)) != 0 }
	return !own(sp.phrase) && slices.ContainsFunc(s.spansWithin(sp.from, sp.from+1), func(other span) bool {
		return own(other.phrase) && other.to == sp.to
	})
}

// counted reports whether span i is part of the evidence.
func (s *scratch) counted(i int) bool {
	for _, e := range s.read.evidence {
		if int(e.first) <= i && i < int(e.last) && s.spans[i].to == e.to {
			return true
		}
	}
	return false
}

// origin gives the bytes of text from which tokens[from:to] were folded.
func (s *scratch) origin(from, to int32, text string) (start, end int) {
	start, end = s.source(s.tokens[from].start), len(text)
	if last := s.tokens[to-1].end; int(last) < len(s.b) {
		end = s.source(last)
	}
	return start, end
}
