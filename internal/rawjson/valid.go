package rawjson

import (
	"encoding/binary"
	"math/bits"
)

// maxDepth is how deep objects and arrays may be nested, as in encoding/json.
const maxDepth = 10000

// Valid reports what json.Valid reports, several times faster.
func Valid(raw []byte) bool {
	var room [64]byte
	open := room[:0] // the brackets that are open
	i := Space(raw, 0)
	for {
		// A value begins at i.
		if i >= len(raw) {
			return false
		}
		if c := raw[i]; c == '{' || c == '[' {
			if len(open) == maxDepth {
				return false
			}
			next := Space(raw, i+1)
			if next < len(raw) && raw[next] == c+2 { // '{' and '}', '[' and ']' are two apart
				i = next + 1
			} else {
				open = append(open, c)
				if i = next; c == '{' {
					i = validKey(raw, i)
				}
				if i < 0 {
					return false
				}
				continue
			}
		} else if i = validScalar(raw, i); i < 0 {
			return false
		}
		// A value has ended at i.
		if i, open = validClose(raw, i, open); i < 0 {
			return false
		}
		if len(open) == 0 {
			return i == len(raw)
		}
	}
}

// validClose goes on from the end of a value over what closes, to where the next value begins; -1: the text is not valid.
func validClose(raw []byte, i int, open []byte) (next int, stillOpen []byte) {
	for i = Space(raw, i); len(open) > 0; i = Space(raw, i+1) {
		if i >= len(raw) {
			return -1, open
		}
		top := open[len(open)-1]
		switch raw[i] {
		case ',':
			if i = Space(raw, i+1); top == '{' {
				i = validKey(raw, i)
			}
			return i, open
		case top + 2:
			open = open[:len(open)-1]
		default:
			return -1, open
		}
	}
	return i, open
}

// validKey goes over a key and its colon to where the value begins.
func validKey(raw []byte, i int) int {
	if i >= len(raw) || raw[i] != '"' {
		return -1
	}
	if i = validString(raw, i+1); i < 0 {
		return -1
	}
	if i = Space(raw, i); i >= len(raw) || raw[i] != ':' {
		return -1
	}
	return Space(raw, i+1)
}

// validScalar goes over a string, a number or a literal.
func validScalar(raw []byte, i int) int {
	switch raw[i] {
	case '"':
		return validString(raw, i+1)
	case 't':
		return validWord(raw, i, "true")
	case 'f':
		return validWord(raw, i, "false")
	case 'n':
		return validWord(raw, i, "null")
	}
	return validNumber(raw, i)
}

func validWord(raw []byte, i int, word string) int {
	if end := i + len(word); end <= len(raw) && string(raw[i:end]) == word {
		return end
	}
	return -1
}

// validString goes over the rest of a string whose first byte is at i.
func validString(raw []byte, i int) int {
	for {
		i = plainEnd(raw, i)
		if i >= len(raw) {
			return -1
		}
		switch raw[i] {
		case '"':
			return i + 1
		case '\\':
			if i = validEscape(raw, i+1); i < 0 {
				return -1
			}
		default:
			return -1
		}
	}
}

// Words of eight equal bytes, for looking at eight bytes at a time.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainEnd gives the index of the first byte at or after i that is a quote, a backslash or a control character.
func plainEnd(raw []byte, i int) int {
	for ; i+8 <= len(raw); i += 8 {
		w := binary.LittleEndian.Uint64(raw[i:])
		quote, slash := w^('"'*ones), w^('\\'*ones)
		// The lowest bit that is set is exact; a borrow can only set further ones above it.
		found := ((quote-ones)&^quote | (slash-ones)&^slash | (w-' '*ones)&^w) & highs
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(raw) && raw[i] != '"' && raw[i] != '\\' && raw[i] >= ' ' {
		i++
	}
	return i
}

// validEscape goes over what follows a backslash.
func validEscape(raw []byte, i int) int {
	if i >= len(raw) {
		return -1
	}
	switch raw[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		if i+5 > len(raw) {
			return -1
		}
		for _, c := range raw[i+1 : i+5] {
			if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
				return -1
			}
		}
		return i + 5
	}
	return -1
}

// validNumber goes over a number.
func validNumber(raw []byte, i int) int {
	if raw[i] == '-' {
		i++
	}
	start := i
	if i = skipDigits(raw, i); i == start || raw[start] == '0' && i > start+1 {
		return -1
	}
	if i < len(raw) && raw[i] == '.' {
		start = i + 1
		if i = skipDigits(raw, start); i == start {
			return -1
		}
	}
	if i < len(raw) && raw[i]|0x20 == 'e' {
		if i++; i < len(raw) && (raw[i] == '+' || raw[i] == '-') {
			i++
		}
		start = i
		if i = skipDigits(raw, i); i == start {
			return -1
		}
	}
	return i
}

func skipDigits(raw []byte, i int) int {
	for i < len(raw) && isDigit(raw[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
