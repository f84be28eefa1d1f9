package match

import (
	"bytes"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// Bounds of a tag that the grammar looks at, in bytes of its folded form, and of a name that nobody knows, in letters.
const (
	maxTag       = 96
	minCandidate = 3
	maxCandidate = 24
)

// readTags reads the post's hashtags, those in the text and those that only the network told.
func (m *Matcher) readTags(s *scratch, text string, tags []string) {
	text = text[:min(len(text), maxText)]
	for h, ok := nextHashtag(text, 0); ok; h, ok = nextHashtag(text, h.End) {
		m.readTag(s, h.Name)
	}
	for _, t := range tags[:min(len(tags), maxTags)] {
		m.readTag(s, strings.Trim(t, "#＃ "))
	}
}

// maxTags bounds how many tags of a post's metadata are read.
const maxTags = 64

// readTag notes what one tag says.
func (m *Matcher) readTag(s *scratch, tag string) {
	if len(tag) > maxTag {
		return
	}
	if s.word = appendWord(s.a, s.word[:0], tag); !s.isPlainTag(tag) {
		return
	}
	for _, n := range m.catalogue.tags[string(s.word)] {
		if h := s.read.hit(n, ""); h != nil {
			h.own, h.byTag = true, true
			h.setPhrase("#" + tag)
		}
	}
	word := trimDigits(s.word)
	for _, n := range m.catalogue.words[string(word)] {
		m.noteNamed(s, n, word)
	}
	if t, ok := m.parse(word); ok {
		m.noteTag(s, tag, t)
	}
}

// isPlainTag reports whether a tag is made of letters, digits and underscores alone, as nearly all are.
func (s *scratch) isPlainTag(tag string) bool {
	for _, r := range tag {
		if _, _, k := s.a.look(r); k != spaced && k != digit && k != joined && k != hangul && k != nothing {
			return false
		}
	}
	return true
}

func (h *hit) setPhrase(p string) {
	if h.phrase == "" {
		h.phrase = p
	}
}

// noteNamed records a service that a tag names without saying more.
func (m *Matcher) noteNamed(s *scratch, n int32, word []byte) {
	if m.catalogue.isEveryday(n, word) {
		return
	}
	if h := s.read.hit(n, ""); h != nil {
		h.named = true
	}
}

// parsed is a tag that says that something fails.
type parsed struct {
	services  []int32
	candidate string
	lang      int8
	// strong says that it can be no mere grievance: #uniteddown, not #unitedfail.
	strong bool
}

// noteTag records a tag that follows the grammar.
func (m *Matcher) noteTag(s *scratch, tag string, t parsed) {
	if t.candidate != "" {
		if h := s.read.hit(-1, t.candidate); h != nil {
			h.tagged(tag, t.lang)
		}
		return
	}
	for _, n := range t.services {
		if m.outranked(n, t.services, s.read.tongues|m.lexicon.foreign(t.lang)) {
			continue
		}
		if h := s.read.hit(n, ""); h != nil && (t.strong || !m.catalogue.services[n].physical) {
			h.tagged(tag, t.lang)
		}
	}
}

// outranked reports whether among services there is one of the same name as n that is meant rather in the languages t.
func (m *Matcher) outranked(n int32, services []int32, t tongues) bool {
	for _, rival := range m.catalogue.services[n].rivals {
		if slices.Contains(services, rival) && m.catalogue.rank(rival, t) > m.catalogue.rank(n, t) {
			return true
		}
	}
	return false
}

func (h *hit) tagged(tag string, lang int8) {
	h.complaint, h.byTag = true, true
	h.langs |= 1 << uint(lang)
	h.setPhrase("#" + tag)
}

// parse applies the grammar to a folded tag without its digits: a name and a word of trouble, in either order, with or
// without an "is" in front.
func (m *Matcher) parse(word []byte) (parsed, bool) {
	var strong parsed
	for i := range word {
		if i == 0 || !utf8.RuneStart(word[i]) {
			continue
		}
		// The longest word of trouble is tried first.
		if t, ok := m.lexicon.after[string(word[i:])]; ok {
			if p, ok := m.resolve(word[:i], t); ok {
				return p, true
			}
			if strong.candidate == "" {
				strong = m.candidate(word[:i], t)
			}
		}
	}
	for i := len(word) - 1; i > 0; i-- {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		if t, ok := m.lexicon.before[string(word[:i])]; ok {
			if known := m.known(word[i:]); len(known) > 0 {
				return parsed{services: known, lang: t.lang, strong: true}, true
			}
		}
	}
	return strong, strong.candidate != ""
}

// resolve finds the services named by what is left of a tag.
func (m *Matcher) resolve(rest []byte, t tagWord) (parsed, bool) {
	known := m.known(rest)
	if len(known) == 0 {
		for i := 1; i < len(rest) && len(known) == 0; i++ {
			if _, ok := m.lexicon.lead[string(rest[:i])]; ok {
				known = m.known(rest[i:])
			}
		}
	}
	if len(known) == 0 && t.strong && !m.looksAlike(rest) && !notSlips[string(rest)] && m.lexicon.lookalikes[string(rest)] == 0 {
		known = m.catalogue.misspelt(rest)
	}
	if len(known) == 0 && t.coins && (t.whole || !m.looksAlike(rest)) {
		known = m.catalogue.shortened(m.lexicon, rest)
	}
	if len(known) == 1 && !t.whole && m.catalogue.isEveryday(known[0], rest) && m.lexicon.not[string(rest)] {
		return parsed{}, false
	}
	return parsed{services: known, lang: t.lang, strong: t.strong}, len(known) > 0
}

// known returns the services whose names make up word: one, or several in a row. The article of Arabic may precede.
func (m *Matcher) known(word []byte) []int32 { return m.knownRow(word, maxRow) }

// article is that of Arabic.
var article = []byte("ال")

// maxRow is how many names a tag may hold.
const maxRow = 4

func (m *Matcher) knownRow(word []byte, row int) []int32 {
	if list := m.catalogue.words[string(word)]; len(list) > 0 {
		return list
	}
	if rest, ok := bytes.CutPrefix(word, article); ok {
		if list := m.catalogue.words[string(rest)]; len(list) > 0 {
			return list
		}
	}
	if row == 1 {
		return nil
	}
	for i := len(word) - 2; i >= 2; i-- {
		if list := m.catalogue.words[string(word[:i])]; len(list) > 0 && !m.catalogue.isEveryday(list[0], word[:i]) {
			if more := m.knownRow(word[i:], row-1); len(more) > 0 {
				return append(append([]int32(nil), list...), more...)
			}
		}
	}
	return nil
}

// candidate makes a service of a name that nobody knows, if the word of trouble beside it leaves no doubt.
func (m *Matcher) candidate(rest []byte, t tagWord) parsed {
	if n := utf8.RuneCount(rest); !t.coins || n < minCandidate || n > maxCandidate || m.looksAlike(rest) || m.lexicon.isNearNot(rest) {
		return parsed{}
	}
	return parsed{candidate: candidateSlug(rest), lang: t.lang}
}

// looksAlike reports whether rest belongs to a family of tags that only look like trouble: #countdown, #sitdown. A word
// of the lexicon before or after it does not make a name of it.
func (m *Matcher) looksAlike(rest []byte) bool {
	if m.lexicon.not[string(rest)] {
		return true
	}
	for i := range rest {
		if i > 0 && m.lexicon.not[string(rest[i:])] && len(rest)-i >= 4 {
			return true
		}
		if i >= 4 && i < len(rest) && len(rest)-i <= 4 && m.lexicon.not[string(rest[:i])] && m.lexicon.not[string(rest[i:])] {
			return true
		}
	}
	return false
}

// candidateSlug gives a stable id: the name itself if it is plain Latin, else a hash of it.
func candidateSlug(name []byte) string {
	plain := true
	for _, c := range name {
		plain = plain && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	}
	if plain {
		return "tag-" + string(name)
	}
	sum := binary.BigEndian.AppendUint64(nil, xxh3.Hash(name))
	return "tag-" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))
}

// trimDigits drops a year or a counter at the end of a tag.
func trimDigits(word []byte) []byte {
	n := len(word)
	for n > 0 && word[n-1] >= '0' && word[n-1] <= '9' {
		n--
	}
	if n == 0 {
		return word
	}
	return word[:n]
}
