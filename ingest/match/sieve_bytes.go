package match

import (
	"encoding/binary"
	"unicode/utf8"
)

// Eight bytes are looked at in one step, each in its own eighth of a number, the first in the lowest.
const (
	wordLen  = 8
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
	// lowered is the bit that makes ASCII letters small ones.
	lowered = 0x20 * eachByte
)

// load is b[i:i+8] as a number; behind the end of b stand zeros.
func load(b []byte, i int) uint64 {
	if i+wordLen <= len(b) {
		return binary.LittleEndian.Uint64(b[i:])
	}
	return loadEnd(b, i)
}

//go:noinline
func loadEnd(b []byte, i int) (x uint64) {
	if past := i + wordLen - len(b); len(b) >= wordLen {
		return binary.LittleEndian.Uint64(b[len(b)-wordLen:]) >> (8 * past)
	}
	for k := len(b) - 1; k >= i; k-- {
		x = x<<8 | uint64(b[k])
	}
	return x
}

// alphanumeric has the high bit set in every byte of x that is an ASCII letter or digit. small is x in small letters.
func alphanumeric(x, small uint64) uint64 {
	const lows = 0x7F * eachByte
	letter := (small&lows + (0x80-'a')*eachByte) &^ (small&lows + (0x7F-'z')*eachByte)
	digit := (x&lows + (0x80-'0')*eachByte) &^ (x&lows + (0x7F-'9')*eachByte)
	return (letter | digit) &^ x & highBits
}

// foldedWord has the high bit set in every byte of x that is an ASCII letter or digit, of a folded text: no signs behind 'a' are left
// there.
func foldedWord(x uint64) uint64 {
	const lows = 0x7F * eachByte
	letter := x&lows + (0x80-'a')*eachByte
	digit := (x&lows + (0x80-'0')*eachByte) &^ (x&lows + (0x7F-'9')*eachByte)
	return (letter | digit) &^ x & highBits
}

// zeros has the high bit set in every byte of x that is 0.
func zeros(x uint64) uint64 {
	const lows = 0x7F * eachByte
	return ^(x&lows + lows | x | lows)
}

// gather makes eight bits of the high bits of eight bytes.
func gather(high uint64) uint64 { return high >> 7 * 0x0102040810204080 >> 56 }

// decode is utf8.DecodeRune, quicker for what is written with two or three bytes.
func decode(b []byte) (rune, int) {
	if len(b) >= 3 && b[1]&0xC0 == 0x80 {
		switch first, second := rune(b[0]), rune(b[1]&0x3F); {
		case first >= 0xC2 && first < 0xE0:
			return first&0x1F<<6 | second, 2
		case first > 0xE0 && first < 0xED && b[2]&0xC0 == 0x80:
			return first&0x0F<<12 | second<<6 | rune(b[2]&0x3F), 3
		}
	}
	return utf8.DecodeRune(b)
}
