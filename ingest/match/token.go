package match

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// maxText is how many bytes of a post's text are read: the longest posts of the networks are shorter, and whoever sends
// more gets no more work done for it.
const maxText = 32 << 10

// token is a word, or one character of a script without blanks, or a sign that matters.
type token struct {
	start, end int32 // in the folded text
	kind       class
	// mark is '#' or '@' where the word is a tag or somebody's handle.
	mark byte
	// head says that a Korean syllable or a joined character begins a run of its kind.
	head bool
}

// scratch is what the reading of one post needs; it is used again for the next.
type scratch struct {
	a      *alphabet
	brief  map[string]tongues // see lexicon
	text   []byte             // what is read
	b      []byte             // the folded text
	starts []int32            // where words of ASCII begin in text
	ascii  []byte             // which bytes of text are ASCII letters and digits, a bit for each
	wide   bool               // the text holds others than those of ASCII
	shifts []shift            // where b came from in the text
	signs  []int32            // in the text, the places behind each '#' and '@'
	tokens []token
	tokAt  []int32 // for each byte of b, its token
	sent   []int32 // for each token, the number of its sentence
	asking []bool  // by the number of a sentence, whether it asks
	word   []byte  // a tag or a handle in the making
	// features are of the wording.
	features []uint32
	// ofPart are features as they speak for one symptom.
	ofPart []uint32
	spans  []span
	names  []found
	hints  []found
	heads  pairSet  // the patterns with a gap of which first halves were found
	tails  pairSet  // and second halves behind them
	glue   []uint64 // for each token, the languages in which it may stand between a name and its verb
	read   reading
	link   bool // the text holds an address
	// plain, markup and inner hold what a raw line says once it is unescaped and without markup.
	plain, markup, inner []byte
	dull                 dullTags
	// steps counts what was looked at more than once: the time that a text takes, but for what it takes once.
	steps int
}

// load folds text, as far as it is read, and cuts it into tokens.
func (s *scratch) load(text string) {
	s.text = append(s.text[:0], text[:min(len(text), maxText)]...)
	if len(text) > maxText {
		n := len(s.text) - 1
		for !utf8.RuneStart(s.text[n]) {
			n--
		}
		s.text = s.text[:n]
	}
	s.fold()
	s.cut()
}

// cut cuts the folded text into tokens.
func (s *scratch) cut() {
	s.split()
	s.index()
}

// split cuts the folded text into tokens and numbers its sentences.
func (s *scratch) split() {
	s.tokens, s.sent = s.tokens[:0], s.sent[:0]
	sentence, broken := int32(0), false
	mark := byte(0)
	last := other
	for i := 0; i < len(s.b); {
		if n := s.run(i); n > 0 {
			s.token(i, n, spaced, mark, true, sentence)
			mark, broken, last = 0, false, spaced
			i += n
			continue
		}
		r, n := rune(s.b[i]), 1
		if r >= utf8.RuneSelf {
			r, n = decode(s.b[i:])
		}
		kind := s.kindOf(r)
		if r == '.' && s.isOrdinal(i) {
			kind = other
		}
		switch kind {
		case joined, hangul:
			s.token(i, n, kind, mark, kind != last || mark != 0, sentence)
			broken = false
		case ender, comma:
			s.token(i, n, kind, 0, true, sentence)
			if kind == ender && !broken {
				sentence, broken = sentence+1, true
			}
			mark = 0
		default:
			mark = 0
			if r == '#' || r == '@' {
				mark = byte(r)
			}
		}
		last = kind
		i += n
	}
}

// isOrdinal reports whether the dot at b[i] makes an ordinal of the number before it and ends no sentence: "zum 4. mal".
func (s *scratch) isOrdinal(i int) bool {
	k := i
	for k > 0 && '0' <= s.b[k-1] && s.b[k-1] <= '9' {
		k--
	}
	if k == i || i-k > 2 || k > 0 && s.b[k-1] != ' ' || i+2 >= len(s.b) || s.b[i+1] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRune(s.text[s.source(int32(i+2)):])
	return unicode.IsLower(r)
}

// run is the length of the word of letters and digits at b[i:].
func (s *scratch) run(i int) int {
	for k := i; k < len(s.b); {
		if s.b[k] < utf8.RuneSelf {
			x := load(s.b, k)
			n := bits.TrailingZeros64(^foldedWord(x)&highBits) / 8
			if k += n; n == 0 {
				return k - i
			}
			continue
		}
		r, n := decode(s.b[k:])
		if kind := s.kindOf(r); kind != spaced && kind != digit {
			return k - i
		}
		k += n
	}
	return len(s.b) - i
}

func (s *scratch) token(start, n int, kind class, mark byte, head bool, sentence int32) {
	s.tokens = append(s.tokens, token{start: int32(start), end: int32(start + n), kind: kind, mark: mark, head: head})
	s.sent = append(s.sent, sentence)
}

// kindOf classes a folded character.
func (s *scratch) kindOf(r rune) class {
	switch r {
	case '.', '!', '?':
		return ender
	case ',':
		return comma
	}
	if r < 1<<16 {
		return s.a.basic[r].kind
	}
	return classOf(r)
}

// index fills tokAt.
func (s *scratch) index() {
	s.tokAt = slices.Grow(s.tokAt, len(s.b))[:len(s.b)]
	done := int32(0)
	for i := range s.tokens {
		t := &s.tokens[i]
		for ; done < t.start; done++ {
			s.tokAt[done] = -1
		}
		for ; done < t.end; done++ {
			s.tokAt[done] = int32(i)
		}
	}
	for ; int(done) < len(s.b); done++ {
		s.tokAt[done] = -1
	}
}
