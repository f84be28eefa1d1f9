package match

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/linear"
)

// Locator tells where a post was made: an ISO 3166 alpha-2 country and a city in its own spelling, each empty if unknown.
type Locator interface {
	Locate(p *event.Post) (country, place string)
}

// Option changes how a Matcher reads.
type Option func(*Matcher)

// WithLocator lets l tell the country and place of mentions. Without it only a post's own country is known.
func WithLocator(l Locator) Option {
	return func(m *Matcher) { m.locator = l }
}

// Matcher reads posts. It does not change once made and may be used by many goroutines at once.
type Matcher struct {
	alphabet  *alphabet
	lexicon   *lexicon
	catalogue *catalogue
	sieve     *sieve
	// complaints tells the odds that a post complains.
	complaints *linear.Model
	// failures tells the odds of each symptom of a complaint.
	failures *linear.Model
	locator  Locator
	pool     sync.Pool
}

// New makes a Matcher for the services. It fails on entries that cannot be used: an id that is no slug or stands twice, a
// name, tag, handle or phrase without a letter or digit.
func New(services []event.Service, opts ...Option) (*Matcher, error) {
	a := theAlphabet()
	draft, err := theDraft()
	if err != nil {
		return nil, err
	}
	var meanwhile errgroup.Group
	meanwhile.Go(func() error {
		_, err := theLexicon()
		return err
	})
	x := draft.lexicon
	c, err := newCatalogue(a, x, services)
	if err := errors.Join(err, meanwhile.Wait()); err != nil {
		return nil, err
	}
	w, err := complaints()
	if err != nil {
		return nil, err
	}
	f, err := failures()
	if err != nil {
		return nil, err
	}
	m := &Matcher{alphabet: a, lexicon: x, catalogue: c, sieve: newSieve(a, x, c), complaints: w, failures: f}
	m.pool.New = func() any { return &scratch{a: a, brief: x.brief} }
	for _, o := range opts {
		o(m)
	}
	return m, nil
}

// Match appends to dst a mention for every service that the post speaks of. It allocates nothing when there is none.
// Its time is linear in the length of the text, of which it reads the first 32 kB, and in the number of tags.
func (m *Matcher) Match(dst []event.Mention, p *event.Post) []event.Mention {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.understand(s, p)
	return m.report(dst, s, p)
}

// understand fills s.read with what the post says.
func (m *Matcher) understand(s *scratch, p *event.Post) {
	m.hear(s, p)
	if !s.read.speaks() && !m.guess(s) {
		s.read.hits = s.read.hits[:0]
		return
	}
	m.nameOthers(s)
	m.blame(s)
}

// hear fills s.read with what the post says in words that are known.
func (m *Matcher) hear(s *scratch, p *event.Post) {
	r := &s.read
	r.hits, r.addressed, r.year, r.guessed, r.alike = r.hits[:0], false, p.CreatedAt.Year(), false, false
	s.load(p.Text)
	m.scan(s)
	votes := m.votes(s)
	r.tongues = m.lexicon.tongues(p.Lang, &votes)
	m.clarify(s, &votes)
	m.recognise(s)
	r.flags = m.survey(s)
	m.gather(s)
	r.flags.rumour = r.flags.rumour || m.denies(s)
	m.readTags(s, p.Text, p.Tags)
	m.readOwn(s, p)
	m.attach(s)
	m.readLacks(s)
	if len(r.evidence) > 0 || r.speaks() {
		m.settle(s)
		m.readAlso(s)
		m.plead(s)
	}
}

// speaks reports whether anything that was found makes a mention by itself.
func (r *reading) speaks() bool {
	return slices.ContainsFunc(r.hits, func(h hit) bool { return h.complaint || h.back || h.own })
}

// readOwn notes the services whose handle, phrase or feed makes them the post's topic.
func (m *Matcher) readOwn(s *scratch, p *event.Post) {
	for _, id := range p.Services[:min(len(p.Services), maxHits)] {
		if n, ok := m.catalogue.byID[id]; ok {
			m.own(s, n)
		}
	}
	m.readHandles(s, p.Text)
	for i := range s.tokens {
		m.readPhrases(s, int32(i))
	}
	for _, n := range m.official(s, p) {
		if len(s.read.evidence) > 0 || m.acknowledges(s) {
			m.own(s, n)
		}
	}
}

// acknowledges reports whether the text has words by which a service owns up to trouble.
func (m *Matcher) acknowledges(s *scratch) bool {
	for _, sp := range s.spans {
		if m.lexicon.phrases[sp.phrase].role == ack {
			return true
		}
	}
	return false
}

func (m *Matcher) own(s *scratch, n int32) *hit {
	h := s.read.hit(n, "")
	if h != nil {
		h.own = true
	}
	return h
}

// official returns the services whose account wrote the post.
func (m *Matcher) official(s *scratch, p *event.Post) []int32 {
	if p.AuthorHandle != "" {
		s.word = appendHandle(s.a, s.word[:0], strings.TrimPrefix(p.AuthorHandle, "@"))
		if list := m.catalogue.handles[string(s.word)]; len(list) > 0 {
			return list
		}
	}
	s.word = appendHandle(s.a, s.word[:0], strings.TrimPrefix(p.Author, "@"))
	return m.catalogue.handles[string(s.word)]
}

// readHandles notes the services whose accounts the text speaks to.
func (m *Matcher) readHandles(s *scratch, text string) {
	text = text[:min(len(text), maxText)]
	for i := handleMark(text); i >= 0; {
		rest := strings.TrimPrefix(strings.TrimPrefix(text[i:], "@"), "＠")
		end := strings.IndexFunc(rest, func(r rune) bool { return !s.isHandleRune(r) })
		if end < 0 {
			end = len(rest)
		}
		name := strings.TrimRight(rest[:min(end, maxHandle)], ".-:")
		s.word = appendHandle(s.a, s.word[:0], name)
		for _, n := range m.accounts(s.word) {
			if h := m.own(s, n); h != nil {
				h.setPhrase("@" + name)
				s.read.addressed = true
			}
		}
		text = rest[end:]
		i = handleMark(text)
	}
}

// handleMark is where the first mark of an account stands; -1: nowhere.
func handleMark(text string) int {
	i := strings.IndexByte(text, '@')
	if i >= 0 {
		text = text[:i]
	}
	if wide := strings.Index(text, "＠"); wide >= 0 {
		return wide
	}
	return i
}

// maxHandle is how long an account's name can be, in bytes.
const maxHandle = 253

func (s *scratch) isHandleRune(r rune) bool {
	if r == '.' || r == '-' || r == '_' {
		return true
	}
	_, _, k := s.a.look(r)
	return k == spaced || k == digit
}

// readPhrases notes the services whose own phrase begins at token i.
func (m *Matcher) readPhrases(s *scratch, i int32) {
	at := int32(0)
	for k := s.tokens[i].start; k < int32(len(s.b)); k++ {
		if at = m.catalogue.phrases.step(at, s.b[k]); at == 0 {
			return
		}
		for _, n := range m.catalogue.phrases.at(at) {
			if s.tokAt[k] < 0 || !s.wordEnds(k+1) {
				break
			}
			if h := m.own(s, n); h != nil {
				h.byPhrase = true
				if h.from < 0 && h.phrase == "" {
					h.from, h.to = i, s.tokAt[k]+1
				}
			}
		}
	}
}

// nameOthers notes the services that are named beside another's trouble. A name that is also a plain word counts only
// behind words that people use for going somewhere else, or for laying blame.
func (m *Matcher) nameOthers(s *scratch) {
	for k := range s.names {
		f := &s.names[k]
		if f.said || (f.ambiguous || f.slip) && !m.after(s, f.from, refuge, suspect, blame) {
			continue
		}
		if f.ambiguous && m.isEveryday(s, *f) || m.catalogue.services[f.service].physical && !m.after(s, f.from, suspect, blame) {
			continue
		}
		if h := s.read.hit(f.service, ""); h != nil {
			h.named = true
			if h.from < 0 && h.phrase == "" {
				h.from, h.to = f.from, f.to
			}
		}
	}
}

// after reports whether a phrase of one of the roles ends directly before token i.
func (m *Matcher) after(s *scratch, i int32, roles ...role) bool {
	for back := int32(1); back <= 3; back++ {
		for _, sp := range s.spansEnding(i - back + 1) {
			for _, want := range roles {
				if p := &m.lexicon.phrases[sp.phrase]; sp.to == i && p.role == want && m.hears(s, sp) {
					return true
				}
			}
		}
	}
	return false
}

// blame notes which service the post holds responsible for the others' trouble.
func (m *Matcher) blame(s *scratch) {
	r := &s.read
	for k := range s.names {
		f := &s.names[k]
		strong := m.after(s, f.from, blame)
		if !strong && (f.said || !m.after(s, f.from, suspect)) {
			continue
		}
		for i := range r.hits {
			if h := &r.hits[i]; h.service != f.service && h.complaint && h.blames < 0 {
				h.blames = f.service
			}
		}
	}
}
