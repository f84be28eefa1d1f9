package match

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// blockLen is how many bytes of a folded text are looked at in one step.
const blockLen = 64

// block says of blockLen bytes of a folded text, a bit for each, where words and letters of scripts without blanks begin, and which
// are ASCII letters and digits.
type block struct{ begins, plain uint64 }

// skim finds where words begin in the folded text. The last of s.blocks is empty, and what follows the text in memory are zeros.
func (s *scratch) skim() {
	s.b, s.blocks = slices.Grow(s.b, blockLen+wordLen), s.blocks[:0]
	b := s.b[:len(s.b)+blockLen+wordLen]
	clear(b[len(s.b):])
	before, after := uint64(0), uint64(0)
	for from := 0; from < len(s.b); from += blockLen {
		plain, letters, wide, four := uint64(0), uint64(0), uint64(0), uint64(0)
		part := (*[blockLen]byte)(b[from:])
		for k := 0; k < blockLen; k += wordLen {
			x := binary.LittleEndian.Uint64(part[k : k+wordLen])
			word := foldedWord(x)
			plain |= gather(word) << k
			if x&highBits != 0 {
				letters |= gather(x&highBits) << k
				wide |= gather(x&(x<<1)&(x<<2)&highBits) << k
				four |= gather(x&(x<<1)&(x<<2)&(x<<3)&highBits) << k
			}
		}
		letters |= plain
		// Letters of scripts without blanks have three bytes or four.
		begins := letters&^(letters<<1|before) | wide | (wide<<3|four<<4|after)&letters
		s.blocks = append(s.blocks, block{begins: begins, plain: plain})
		before, after = letters>>(blockLen-1), wide>>(blockLen-3)|four>>(blockLen-4)
	}
	s.blocks = append(s.blocks, block{})
}

// begins are the places in b where words begin, and letters of scripts without blanks.
func (s *scratch) begins(yield func(int32) bool) {
	for i := range s.blocks {
		for begins := s.blocks[i].begins; begins != 0; begins &= begins - 1 {
			if !yield(int32(i*blockLen + bits.TrailingZeros64(begins))) {
				return
			}
		}
	}
}
