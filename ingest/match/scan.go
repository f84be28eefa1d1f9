package match

import (
	"slices"
	"unicode/utf8"
)

// span is a phrase of the lexicon found in the text: tokens[from:to].
type span struct {
	from, to int32
	phrase   int32
	end      int32 // in the folded text; within a word if that goes on behind the phrase
	// local says that the phrase is so short, and begins with a Latin letter, that it counts only in posts of its own language, and tiny that it is
	// shorter still.
	local, tiny bool
}

// scan finds every phrase of the lexicon and every name in the loaded text.
func (m *Matcher) scan(s *scratch) {
	m.findNames(s)
	m.findPhrases(s)
}

// findPhrases finds every phrase of the lexicon in the loaded text.
func (m *Matcher) findPhrases(s *scratch) {
	s.forgetPhrases()
	for i := range s.tokens {
		m.scanPhrases(s, int32(i))
	}
	m.joinPairs(s)
}

func (s *scratch) forgetPhrases() {
	s.spans, s.heads, s.tails = s.spans[:0], pairSet{}, pairSet{}
	s.glue = emptied(s.glue, len(s.tokens))
}

// emptied is n zero values, where list was if there is room.
func emptied[T any](list []T, n int) []T {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// pairSet is a set of patterns with a gap, by their numbers; it may say yes to one that is not in it.
type pairSet [16]uint64

func (t *pairSet) add(pair int32)      { t[pair/64%16] |= 1 << (pair & 63) }
func (t *pairSet) may(pair int32) bool { return t[pair/64%16]>>(pair&63)&1 != 0 }

// pairReach is how many tokens may stand between the halves of a pattern with a gap.
const pairReach = 4

// joinedReach is how many letters of a script without blanks count as one token for that.
const joinedReach = 2

// splitReach is how many tokens may stand between what works and what does not.
const splitReach = 12

// lone reports whether a phrase is a single word of a script with blanks: a "no" that may belong to what follows.
func lone(text []byte) bool {
	for i, r := range string(text) {
		if r == ' ' || i == 0 && (classOf(r) == joined || classOf(r) == hangul) {
			return false
		}
	}
	return true
}

// clauseEnds reports whether a clause ends before token i.
func (s *scratch) clauseEnds(i int32) bool {
	return int(i) >= len(s.tokens) || s.tokens[i].kind == ender || s.tokens[i].kind == comma || s.tokens[i].mark != 0
}

// joinPairs brings the halves of patterns with a gap together and drops the halves that stand alone.
func (m *Matcher) joinPairs(s *scratch) {
	kept := s.spans[:0]
	for i, sp := range s.spans {
		p := &m.lexicon.phrases[sp.phrase]
		if p.tail {
			continue
		}
		if p.pair > 0 {
			if !s.tails.may(p.pair) {
				continue
			}
			reach := int32(pairReach)
			if p.split || p.role == culprit {
				reach = splitReach
			}
			if s.isAnswer(sp) {
				continue
			}
			if sp.to = m.pairEnd(s, i, p.pair, reach); sp.to == 0 {
				continue
			}
		}
		kept = append(kept, sp)
	}
	s.spans = kept
}

// isAnswer reports whether sp is a single word behind the end of a sentence and before a comma: the "no" of "no, it works" denies nothing of
// what follows.
func (s *scratch) isAnswer(sp span) bool {
	return sp.to-sp.from == 1 && sp.from > 0 && s.tokens[sp.from-1].kind == ender && int(sp.to) < len(s.tokens) && s.tokens[sp.to].kind == comma
}

// pairEnd finds where the second half of the pattern that begins with span i ends; 0: it does not come.
func (m *Matcher) pairEnd(s *scratch, i int, pair, reach int32) int32 {
	sp := s.spans[i]
	end := int32(0)
	if k := s.tokens[min(int(sp.to), len(s.tokens)-1)].kind; k == joined || k == hangul {
		reach *= joinedReach
	}
	for _, next := range s.spans[i+1:] {
		if next.from > sp.to+reach || s.sent[next.from] != s.sent[sp.from] || end > 0 && s.parted(end, next.from) {
			break
		}
		if q := &m.lexicon.phrases[next.phrase]; next.from >= sp.to && q.tail && q.pair == pair && (!q.split || !lone(s.words(next)) || s.clauseEnds(next.to)) && s.tagOver(next.from) == s.tagOver(sp.from) {
			end = max(end, next.to)
			if end > next.to || end == next.to && next.from > sp.to {
				break
			}
		}
	}
	return end
}

// tagOver is the first token of the hashtag that token i belongs to; -1: it belongs to none. What is said before a tag does not go on within it:
// "可以付款了 #支付宝崩了".
func (s *scratch) tagOver(i int32) int32 {
	for n := 0; n < maxTag && i > 0 && s.tokens[i].mark == 0 && s.tokens[i-1].end == s.tokens[i].start; n++ {
		i--
	}
	if s.tokens[i].mark == '#' {
		return i
	}
	return -1
}

// scanPhrases notes the phrases that begin at token i.
func (m *Matcher) scanPhrases(s *scratch, i int32) {
	x, at, start := m.lexicon, int32(0), s.tokens[i].start
	if t := &s.tokens[i]; t.kind == ender || t.kind == comma || t.mark == '@' {
		return
	}
	for end := start; int(end) < len(s.b); {
		if at, end = x.words.advance(at, s.b, end); at == 0 {
			return
		}
		values := x.words.at(at)
		if len(values) == 0 {
			continue
		}
		whole := s.wordEnds(end)
		if !whole && values[0]&closed != 0 || s.tokAt[end-1] < 0 {
			continue
		}
		sp := span{from: i, to: s.tokAt[end-1] + 1, end: end, local: end-start < plainLen && s.b[start] < utf8.RuneSelf && s.b[start] > '9'}
		sp.tiny = sp.local && end-start < minPlain
		glue := tongues(0)
		for _, v := range values {
			if !whole && v&closed != 0 {
				break
			}
			sp.phrase = v &^ closed
			if s.mayPair(&x.phrases[sp.phrase]) {
				glue |= x.glue[sp.phrase]
				s.spans = append(s.spans, sp)
			}
		}
		for g := i; g < sp.to && glue != 0; g++ {
			s.glue[g] |= uint64(glue)
		}
	}
}

// mayPair notes that a phrase was found, if it is half of a pattern, and reports whether the other half may be there too.
func (s *scratch) mayPair(p *phrase) bool {
	switch {
	case p.pair == 0:
		return true
	case !p.tail:
		s.heads.add(p.pair)
		return true
	case !s.heads.may(p.pair):
		return false
	}
	s.tails.add(p.pair)
	return true
}

// words is the text of a phrase that was found.
func (s *scratch) words(sp span) []byte { return s.b[s.tokens[sp.from].start:sp.end] }

// wordEnds reports whether a word ends before byte k.
func (s *scratch) wordEnds(k int32) bool {
	return int(k) >= len(s.b) || s.tokAt[k] != s.tokAt[k-1]
}
