package match

import (
	"iter"
	"slices"
	"unicode/utf8"
)

// troubleTips are those of the phrases that can make a mention. More than the tips of so many would not stay in the processor's cache.
func troubleTips(x *lexicon) *tips {
	t := newTips()
	wanted := func(v int32) bool { return x.phrases[v].role.speaks() }
	leads := x.words.leading(wanted)
	x.words.each(func(state int32, beginning []byte) bool {
		if !leads(state) {
			return false
		}
		if len(beginning) == headLen {
			t.add(nil, beginning, "")
			return false
		}
		for _, v := range x.words.at(state) {
			switch {
			case wanted(v) && x.phrases[v].open:
				t.add(nil, beginning, "abcdefghijklmnopqrstuvwxyz0123456789")
			case wanted(v):
				t.add(nil, beginning, "")
			}
		}
		return true
	})
	return t
}

// weight is what the words that were found count for.
type weight uint8

const (
	none   weight = iota
	weak          // to be looked at more closely
	strong        // to be read
)

// closeBy is how many bytes stand at most between a name and words of trouble which together are strong.
const closeBy = 24

// trouble looks for words in a folded text that make a mention: a phrase, or both halves of a pattern with a gap. Where there is but one
// name, and no tag that may be the topic of all, it looks at the sentence of that, and the ones before and after.
func (m *Matcher) trouble(s *scratch, n *naming) weight {
	from, to := int32(0), int32(len(s.b))
	if n.count == 1 && !n.others {
		from, to = s.around(n.from, n.to)
	}
	found, working := none, false
	var halves [4]uint64
	for _, start := range m.lexicon.trouble.among(s, s.startsIn(from, to)) {
		for p, end := range m.phrasesFrom(s.b, start) {
			half, bit := &halves[p.pair>>6&3], uint64(1)<<(p.pair&63)
			switch {
			case !p.role.speaks():
			case p.role == works && p.pair == 0:
				working = true
			case p.pair > 0 && !p.tail:
				*half |= bit
			case p.pair == 0 || *half&bit != 0:
				found = weak
				if n.clear && p.role != lack && start-n.to <= closeBy && n.from-end <= closeBy {
					return strong
				}
			}
			if found == weak && (!n.clear || start > n.to+closeBy) {
				return weak
			}
		}
	}
	if found == none && working && m.asked(s) {
		return weak
	}
	return found
}

// around is where the sentence before that of b[from:to] begins, and where the one after it ends. Signs that end a sentence end no other
// before a word comes.
func (s *scratch) around(from, to int32) (int32, int32) {
	for ends, word := 0, true; from > 0; from-- {
		if c := s.b[from-1]; !isEnder(c) {
			word = word || c >= utf8.RuneSelf || isASCIIWord(c)
		} else if word {
			if ends++; ends == 2 {
				break
			}
			word = false
		}
	}
	for ends, word := 0, true; int(to) < len(s.b); to++ {
		if c := s.b[to]; !isEnder(c) {
			word = word || c >= utf8.RuneSelf || isASCIIWord(c)
		} else if word {
			if ends++; ends == 2 {
				break
			}
			word = false
		}
	}
	return from, to
}

// startsIn are the places in b[from:to] at which words begin.
func (s *scratch) startsIn(from, to int32) []int32 {
	first, _ := slices.BinarySearch(s.starts, from)
	last, _ := slices.BinarySearch(s.starts, to)
	return s.starts[first:last]
}

// isEnder reports whether a folded character ends a sentence.
func isEnder(c byte) bool { return c == '.' || c == '!' || c == '?' }

// asked reports whether words of asking may stand in a folded text: only then it matters that something works.
func (m *Matcher) asked(s *scratch) bool {
	for _, start := range s.starts {
		for p := range m.phrasesFrom(s.b, start) {
			if p.role == ask {
				return true
			}
		}
	}
	return false
}

// phrasesFrom are the phrases of the lexicon that begin at b[start], with where they end. Words that are not all ASCII are taken to end
// wherever one does.
func (m *Matcher) phrasesFrom(b []byte, start int32) iter.Seq2[*phrase, int32] {
	return func(yield func(*phrase, int32) bool) {
		words := m.lexicon.words
		for at, end := int32(0), start; int(end) < len(b); {
			if at, end = words.advance(at, b, end); at == 0 {
				return
			}
			whole := int(end) == len(b) || !isASCIIWord(b[end]) || b[end-1] >= utf8.RuneSelf
			for _, v := range words.at(at) {
				if p := &m.lexicon.phrases[v]; (whole || p.open) && !yield(p, end) {
					return
				}
			}
		}
	}
}

// speaks reports whether a phrase of the role can make a mention.
func (r role) speaks() bool {
	switch r {
	case saysAfter, saysBefore, fault, strain, works, back, ack, lack, choice:
		return true
	}
	return false
}
