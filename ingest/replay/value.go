package replay

import "bytes"

// extent finds where a JSON value ends while its text comes in pieces. It looks at brackets and strings alone.
type extent struct {
	depth           int
	inString, slash bool
	scalar          bool
	// oneLine says that a line break anywhere means that the value was cut off.
	oneLine bool
}

// feed takes the next piece and gives the index after the value, or -1 if the value goes on.
// lineAt is the index of the first line break that shows that the value was cut off (no JSON has one inside a string), or -1.
func (e *extent) feed(piece []byte) (end, lineAt int) {
	for i := 0; i < len(piece); i++ {
		if e.inString {
			if i, lineAt = e.skipString(piece, i); lineAt >= 0 {
				return -1, lineAt
			}
			if !e.inString && e.depth == 0 {
				return i + 1, -1
			}
			continue
		}
		switch c := piece[i]; c {
		case '"':
			if e.scalar {
				return i, -1
			}
			e.inString = true
		case '{', '[':
			e.depth++
		case '}', ']':
			if e.depth == 0 {
				return i, -1
			}
			if e.depth--; e.depth == 0 {
				return i + 1, -1
			}
		case ',', ' ', '\t', '\r', '\n':
			if e.depth == 0 && e.scalar {
				return i, -1
			}
			if c == '\n' && e.oneLine {
				return -1, i
			}
		default:
			e.scalar = e.depth == 0
		}
	}
	return -1, -1
}

// skipString goes on inside a string and gives the index of its last byte in this piece; lineAt is as for feed.
func (e *extent) skipString(piece []byte, i int) (last, lineAt int) {
	for ; i < len(piece); i++ {
		switch c := piece[i]; {
		case e.slash:
			e.slash = false
		case c == '\\':
			e.slash = true
		case c == '\n':
			return i, i
		case c == '"':
			e.inString = false
			return i, -1
		default:
			i += plainRun(piece[i:]) - 1
		}
	}
	return i, -1
}

// plainRun counts the bytes before the next one that means something inside a string; at least 1.
func plainRun(b []byte) int {
	n := bytes.IndexByte(b, '"')
	if n < 0 {
		n = len(b)
	}
	if slash := bytes.IndexByte(b[:n], '\\'); slash >= 0 {
		n = slash
	}
	if line := bytes.IndexByte(b[:n], '\n'); line >= 0 {
		n = line
	}
	return max(n, 1)
}
