package match

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// tips tells quickly that none of many phrases begins at a place of a folded text, by the first bytes there as numbers. What it says yes
// to may still be none. Its sets are of a size that stays in the processor's cache, however many phrases there are.
type tips struct {
	// set holds the tips of phrases: their first tipLen bytes or, if this is shorter, their first word of ASCII letters and digits.
	set [1 << tipBits / 64]uint64
	// pairs are the first two bytes of phrases that have no tips: short ones of other letters than those of ASCII, and the shortest of
	// those that may go on.
	pairs [1 << 16 / 64]uint64
	// masks cut the tip from eight bytes. Which mask does so is told by which of the first tipLen bytes are ASCII letters and digits.
	masks [1 << tipLen]uint64
	// lens are how many bytes they keep.
	lens [1 << tipLen]uint8
	// odd is 1 for bytes that are neither letters, digits nor signs of ASCII that part words: what they fold to may belong to the word before.
	odd [256]uint8
}

// beginnings are tips, and tell by a second look of what begins with one whether it may be one of the phrases.
type beginnings struct {
	tips
	heads lines
}

// head is a key of headLen bytes of a phrase, or of all, or of a first word that is shorter than a tip; and the tip.
type head struct{ tip, key uint64 }

// lines is a set of heads that may say yes to one that is not in it. Those of a tip are in one line of the processor's cache, so that all
// that is asked of a place lies there.
type lines struct {
	of    [][lineLen]uint64
	shift uint
}

const (
	lineLen  = 8 // numbers
	lineBits = 9
	// mixer2 mixes otherwise than mixer: what shares a line shall not share a bit.
	mixer2 = 0xC2B2AE3D27D4EB4F
)

// newLines makes a set of heads, which it sorts.
func newLines(heads []head) lines {
	slices.SortFunc(heads, func(a, b head) int { return cmp.Compare(a.key, b.key) })
	heads = slices.Compact(heads)
	n := max(bits.Len(uint(len(heads)*spread)), lineBits) - lineBits
	l := lines{of: make([][lineLen]uint64, 1<<n), shift: uint(64 - n)}
	for _, h := range heads {
		put(l.line(h.tip)[:], linePlace(h.key))
	}
	return l
}

// line is where the heads of a tip are.
func (l *lines) line(tip uint64) *[lineLen]uint64 {
	return &l.of[tip*mixer>>(l.shift&63)%uint64(len(l.of))]
}

func linePlace(key uint64) uint64 { return key * mixer2 >> (64 - lineBits) }

const (
	tipLen  = 5
	headLen = 8
	tipBits = 18
)

// tipPlace and pairPlace are where the sets hold a tip, and what eight bytes begin with.
func tipPlace(tip uint64) uint64 { return tip * mixer >> (64 - tipBits) }
func pairPlace(x uint64) uint64  { return x & 0xFFFF }

func newTips() *tips {
	t := &tips{}
	for plain := range t.masks {
		n := bits.TrailingZeros(^uint(plain))
		if n == 0 {
			n = tipLen
		}
		t.masks[plain], t.lens[plain] = cut(^uint64(0), n), uint8(n)
	}
	for c := range t.odd {
		if c < ' ' || c == '_' || c >= 0x7F {
			t.odd[c] = 1
		}
	}
	return t
}

// add adds a phrase, of which headLen bytes suffice, and appends its heads to dst. Within its last word any of the letters of next may
// follow.
func (t *tips) add(dst []head, phrase []byte, next string) []head {
	x := load(phrase, 0)
	tip := t.tip(x)
	switch {
	case len(phrase) >= tipLen:
		put(t.set[:], tipPlace(tip))
		return append(dst, head{tip, keyOf(x, min(len(phrase), headLen))})
	case phrase[0] >= utf8.RuneSelf, len(phrase) == 2 && next != "":
		put(t.pairs[:], pairPlace(x))
		return dst
	}
	put(t.set[:], tipPlace(tip))
	dst = append(dst, head{tip, tip})
	for i := range len(next) {
		dst = t.add(dst, append(phrase[:len(phrase):len(phrase)], next[i]), next)
	}
	return dst
}

// tip is the tip of eight bytes.
func (t *tips) tip(x uint64) uint64 { return x & t.masks[gather(foldedWord(x))%uint64(len(t.masks))] }

// glimpse is 1 if by a first look a phrase may begin with eight bytes.
func (t *tips) glimpse(tip, x uint64) uint64 {
	place, pair := tipPlace(tip), pairPlace(x)
	return (t.set[place/64]>>(place&63) | t.pairs[pair/64]>>(pair&63)) & 1
}

// begin reports whether a phrase may begin at b[at].
func (v *beginnings) begin(b []byte, at int32) bool {
	x := load(b, int(at))
	return v.glimpse(v.tip(x), x) != 0 && v.likely(x) != 0
}

// likely is 1 if a phrase may begin with eight bytes of which this is so by a first look.
func (v *beginnings) likely(x uint64) uint64 {
	tip := v.tip(x)
	line := v.heads.line(tip)
	found := bit(v.pairs[:], pairPlace(x)) | bit(line[:], linePlace(tip))
	for n := tipLen; n <= headLen; n++ {
		found |= bit(line[:], linePlace(keyOf(x, n)))
	}
	return found
}

// nameBeginnings are those of the names of services.
func nameBeginnings(x *lexicon, c *catalogue) *beginnings {
	t := newTips()
	var heads []head
	endings := initials(x.endings)
	c.names.phrases(func(_ int32, name []byte, services []int32) {
		next := ""
		if len(name) >= c.leastInflected(name, services) {
			next = endings
		}
		heads = t.add(heads, name, next)
	})
	for _, letter := range prefixLetters {
		put(t.pairs[:], pairPlace(load([]byte(string(letter)), 0)))
	}
	return &beginnings{tips: *t, heads: newLines(heads)}
}

// initials are the first bytes of words.
func initials[V any](words map[string]V) string {
	var list []byte
	for w := range words {
		if !slices.Contains(list, w[0]) {
			list = append(list, w[0])
		}
	}
	return string(list)
}
