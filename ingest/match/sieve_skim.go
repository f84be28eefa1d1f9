package match

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// blockLen is how many bytes of a folded text are looked at in one step.
const blockLen = 64

// skim notes in s.starts where words begin in the folded text, and letters of scripts without blanks, and in s.ascii, a bit for each byte,
// which are ASCII letters and digits. What follows the text in memory are zeros.
func (s *scratch) skim() {
	s.b = slices.Grow(s.b, blockLen+wordLen)
	b := s.b[:len(s.b)+blockLen+wordLen]
	clear(b[len(s.b):])
	starts, n := slices.Grow(s.starts[:0], len(b))[:len(b)], 0
	s.ascii = s.ascii[:0]
	before, after := uint64(0), uint64(0)
	for from := 0; from < len(s.b); from += blockLen {
		plain, letters, wide, four := uint64(0), uint64(0), uint64(0), uint64(0)
		part := (*[blockLen]byte)(b[from:])
		for k := 0; k < min(blockLen, len(s.b)-from); k += wordLen {
			x := binary.LittleEndian.Uint64(part[k : k+wordLen])
			plain |= gather(foldedWord(x)) << k
			if x&highBits != 0 {
				letters |= gather(x&highBits) << k
				wide |= gather(x&(x<<1)&(x<<2)&highBits) << k
				four |= gather(x&(x<<1)&(x<<2)&(x<<3)&highBits) << k
			}
		}
		letters |= plain
		s.ascii = binary.LittleEndian.AppendUint64(s.ascii, plain)
		// Letters of scripts without blanks have three bytes or four.
		begins := letters&^(letters<<1|before) | wide | (wide<<3|four<<4|after)&letters
		n += flatten(starts[n:], begins, int32(from))
		before, after = letters>>(blockLen-1), wide>>(blockLen-3)|four>>(blockLen-4)
	}
	s.ascii = append(s.ascii, 0)
	s.starts = starts[:n]
}

// flatten notes the places of the bits of a block that begins at from, and returns how many there are. It notes a few at a time, whether
// or not there are as many, as the processor could not foretell when to stop; dst has room for all that could be there.
func flatten(dst []int32, set uint64, from int32) int {
	n := bits.OnesCount64(set)
	for k := 0; k < n; k += 4 {
		few := (*[4]int32)(dst[k:])
		for i := range few {
			few[i] = from + int32(bits.TrailingZeros64(set))
			set &= set - 1
		}
	}
	return n
}
