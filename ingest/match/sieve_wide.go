package match

import (
	"math/bits"
	"unicode/utf8"
)

// glyph is what a character of the basic plane that is not of ASCII may be to a name: flags, and a number for the letter to which it folds.
type glyph uint32

const (
	opening  glyph = 1 << (glyphBits + iota) // a name may begin with it
	alone                                    // without another letter that is not of ASCII
	prefix                                   // it may stand before a name, as one with it
	unclear                                  // it must be folded together with others
	wordly                                   // it is of a word that is spaced
	kana                                     // a letter of katakana
	syllable                                 // a letter of Korean
	jamo                                     // a part of one, which is made one with the vowel behind it
	sign                                     // the mark of a tag or an account

	// glyphBits is how many bits there are for letters: those of the basic plane, and those that are voiced.
	glyphBits = 17
	voiced    = 1 << 16
	letters   = 1<<glyphBits - 1
)

// glyphs are all characters of the basic plane, and which of them names of two begin with, and names of more.
type glyphs struct {
	of     [1 << 16]glyph
	pairs  [1 << 16 / 64]uint64
	triple [1 << tripleBits / 64]uint64
}

// tripleBits is how many bits there are for three letters: so many that few are taken for the beginning of a name that are none.
const tripleBits = 18

// pairOf and tripleOf are where the sets hold the beginnings of names.
func pairOf(a, b glyph) uint64 {
	return uint64(a&letters|b&letters<<glyphBits) * mixer >> (64 - 16)
}

func tripleOf(a, b, c glyph) uint64 {
	return (uint64(a&letters|b&letters<<glyphBits) ^ uint64(c&letters)<<34) * mixer >> (64 - tripleBits)
}

func newGlyphs(a *alphabet, c *catalogue) *glyphs {
	t := &glyphs{}
	first := map[glyph]glyph{}
	c.names.phrases(func(_ int32, name []byte, _ []int32) {
		one, name := nextLetter(name)
		two, name := nextLetter(name)
		three, _ := nextLetter(name)
		switch {
		case one == 0:
			return
		case two == 0:
			first[one] |= alone
		case three == 0:
			put(t.pairs[:], pairOf(one, two))
		default:
			put(t.triple[:], tripleOf(one, two, three))
		}
		first[one] |= opening
	})
	for _, r := range prefixLetters {
		first[glyph(r)] |= opening | prefix
	}
	var store [16]byte
	for r := rune(utf8.RuneSelf); r < 1<<16; r++ {
		folded := a.appendRune(store[:0], r)
		g, rest := nextLetter(folded)
		g |= first[g]
		switch _, _, kind := a.look(r); {
		case kind == nothing, g != 0 && len(rest) > 0, isVoicing(rune(g & letters)), len(folded) > 0 && isASCIIWord(folded[0]):
			g |= opening | unclear
		case kind == hangul && g&letters < 0xAC00:
			g |= jamo | syllable
		case kind == hangul:
			g |= syllable
		case katakanaAt(folded, 0) && g&voiced == 0:
			g |= kana
		}
		if last, _ := utf8.DecodeLastRune(folded); classOf(last) == spaced || classOf(last) == digit {
			g |= wordly
		}
		t.of[r] = g
	}
	t.of['＃'] |= sign
	t.of['＠'] |= sign
	return t
}

// nextLetter is the letter at the start of folded bytes, with the mark that makes it voiced, and what follows; 0: there is none but of ASCII.
func nextLetter(b []byte) (glyph, []byte) {
	r, n := utf8.DecodeRune(b)
	if r < utf8.RuneSelf || r == utf8.RuneError || r >= 1<<16 {
		return 0, b
	}
	if next, size := utf8.DecodeRune(b[n:]); isVoicing(next) {
		// Marks differ for the few letters that take both.
		return (glyph(r) + glyph(next-0x3099)*0x100) | voiced, b[n+size:]
	}
	return glyph(r), b[n:]
}

// isVoicing reports whether r is a mark that is taken off its kana when that is folded.
func isVoicing(r rune) bool { return r == 0x3099 || r == 0x309A }

// glanceWide reports whether a name may begin with a character of s.text that is not of ASCII.
func (m *Matcher) glanceWide(s *scratch) bool {
	text := s.text
	for i := 0; i < len(text); {
		high := load(text, i) & highBits
		if high == 0 {
			i += wordLen
			continue
		}
		i += bits.TrailingZeros64(high) / 8
		// A name begins with the first letter of a run of katakana or Korean, if this is no tag.
		last, within := glyph(0), kana|syllable
		if i > 0 {
			switch c := text[i-1]; {
			case isASCIIWord(c):
				last = wordly
			case c == '#', c == '@', c == '_', c < ' ':
				within = kana
			}
		}
		for i < len(text) && text[i] >= utf8.RuneSelf {
			g, size := m.sieve.glyphs.at(text, i)
			if g&sign != 0 {
				within = kana
			}
			if g&(opening|jamo) != 0 && last&g&within == 0 && (size > 2 || last&wordly == 0) && m.sieve.glyphs.begin(text, i+size, g) && m.names(s, i) {
				return true
			}
			last = g
			i += size
		}
	}
	return false
}

// at is the character at text[i] and its length.
func (t *glyphs) at(text []byte, i int) (glyph, int) {
	if r, size := short(load(text, i)); size > 0 {
		return t.of[r&0xFFFF], size
	}
	if c := at(text, i); c < utf8.RuneSelf {
		if i < len(text) && (c == '_' || c < ' ' && c != '\n') {
			return unclear, 1
		}
		return 0, 1
	}
	r, size := utf8.DecodeRune(text[i:])
	if size < 4 || isPicture(r) {
		return 0, size
	}
	return opening | unclear, size
}

// before is the character that ends at text[:i]; 0: it leaves no trace.
func (t *glyphs) before(text []byte, i int) glyph {
	r, size := utf8.DecodeLastRune(text[:i])
	if size > 3 || r == utf8.RuneError {
		return 0
	}
	return t.of[r]
}

// begin reports whether a name may begin with a character behind which text goes on at i, or behind it if it may stand before a name.
func (t *glyphs) begin(text []byte, i int, one glyph) bool {
	if one&unclear != 0 {
		return true
	}
	two, size := t.at(text, i)
	switch {
	case two&unclear != 0, one&alone != 0 && two&wordly == 0, one&prefix != 0 && isASCIIWord(at(text, i)), bit(t.pairs[:], pairOf(one, two)) != 0:
		return true
	case one&opening == 0:
		return two&jamo != 0 && isVowel(two)
	case two&jamo != 0:
		return true
	}
	three, _ := t.at(text, i+size)
	return three&(unclear|jamo) != 0 || bit(t.triple[:], tripleOf(one, two, three)) != 0 || one&prefix != 0 && two&opening != 0 && t.begin(text, i+size, two)
}

// isVowel reports whether a part of a letter of Korean is a vowel.
func isVowel(g glyph) bool { return g&letters >= 0x1160 && g&letters <= 0x11A7 }

// isPicture reports whether r is one of the signs that people paint with.
func isPicture(r rune) bool { return r >= 0x1F000 && r <= 0x1FAFF }
