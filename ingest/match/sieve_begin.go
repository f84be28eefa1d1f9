package match

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// beginnings tells quickly that none of many phrases begins at a place of a folded text, by the first bytes there as numbers. What it
// says yes to may still be none. Its sets are of a size that stays in the processor's cache, however many phrases there are.
type beginnings struct {
	// tips are the first tipLen bytes of phrases, words the first words of phrases that are shorter than a tip.
	tips  [1 << tipBits / 64]uint64
	words [1 << wordBits / 64]uint64
	// pairs are the first two bytes of phrases for which the others do not do: words of other letters than those of ASCII, and the
	// shortest of those that may go on.
	pairs [1 << 16 / 64]uint64
	// heads are more of what begins with a tip: headLen bytes, or all.
	heads keySet
}

const (
	tipLen   = 5
	headLen  = 8
	tipBits  = 18
	wordBits = 15
)

// tipPlace, wordPlace and pairPlace are where the sets hold what eight bytes begin with.
func tipPlace(x uint64) uint64  { return x << (64 - 8*tipLen) * mixer >> (64 - tipBits) }
func wordPlace(x uint64) uint64 { return x * mixer >> (64 - wordBits) }
func pairPlace(x uint64) uint64 { return x & 0xFFFF }

// plainWord is the word of ASCII letters and digits at the start of eight bytes, as far as it is shorter than a tip.
func plainWord(x uint64) uint64 {
	ends := ^foldedWord(x) & highBits
	return cut(x, tipLen-1) & (ends&-ends>>7 - 1)
}

// beginner gathers beginnings.
type beginner struct {
	*beginnings
	keys []uint64
}

// add adds a phrase, of which headLen bytes suffice. Within its last word any of the letters of next may follow.
func (g *beginner) add(phrase []byte, next string) {
	x := load(phrase, 0)
	switch {
	case len(phrase) >= tipLen:
		put(g.tips[:], tipPlace(x))
		g.keys = append(g.keys, keyOf(x, min(len(phrase), headLen)))
	case phrase[0] >= utf8.RuneSelf, len(phrase) == 2 && next != "":
		put(g.pairs[:], pairPlace(x))
	default:
		put(g.words[:], wordPlace(plainWord(x)))
		for i := range len(next) {
			g.add(append(phrase[:len(phrase):len(phrase)], next[i]), next)
		}
	}
}

// done is what was gathered.
func (g *beginner) done() *beginnings {
	g.heads = newKeySet(g.keys)
	return g.beginnings
}

// begin reports whether a phrase may begin at b[at].
func (v *beginnings) begin(b []byte, at int32) bool {
	x := load(b, int(at))
	if bit(v.words[:], wordPlace(plainWord(x)))|bit(v.pairs[:], pairPlace(x)) != 0 {
		return true
	}
	if bit(v.tips[:], tipPlace(x)) == 0 {
		return false
	}
	for n := tipLen; n <= headLen; n++ {
		if v.heads.has(keyOf(x, n)) {
			return true
		}
	}
	return false
}

// in are the places in a folded text at which, by a first look, a phrase may begin.
func (v *beginnings) in(s *scratch) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		b := s.b[:len(s.b)+blockLen+wordLen]
		for i := range s.blocks[1:] {
			from := i * blockLen
			for hits := v.hits((*[blockLen + wordLen]byte)(b[from:]), &s.blocks[i], &s.blocks[i+1]); hits != 0; hits &= hits - 1 {
				if !yield(int32(from + bits.TrailingZeros64(hits))) {
					return
				}
			}
		}
	}
}

// hits has the bits of the places in a block at which, by a first look, a phrase may begin. It has no branches but for its loops, as the
// processor could not foretell them.
func (v *beginnings) hits(b *[blockLen + wordLen]byte, now, next *block) (hits uint64) {
	for begins := now.begins; begins != 0; begins &= begins - 1 {
		at := bits.TrailingZeros64(begins) & (blockLen - 1)
		x := binary.LittleEndian.Uint64(b[at : at+wordLen])
		tip, pair := tipPlace(x), pairPlace(x)
		hits |= (v.tips[tip/64]>>(tip&63) | v.pairs[pair/64]>>(pair&63)) & 1 << at
	}
	long := now.plain & (now.plain>>1 | next.plain<<63) & (now.plain>>2 | next.plain<<62) & (now.plain>>3 | next.plain<<61) & (now.plain>>4 | next.plain<<60)
	for short := now.begins & now.plain &^ long; short != 0; short &= short - 1 {
		at := bits.TrailingZeros64(short) & (blockLen - 1)
		word := wordPlace(plainWord(binary.LittleEndian.Uint64(b[at : at+wordLen])))
		hits |= v.words[word/64] >> (word & 63) & 1 << at
	}
	return hits
}
