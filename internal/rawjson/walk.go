package rawjson

import (
	"bytes"
	"iter"
)

// Fields walks over the members of the JSON object in raw, in their order. The keys come without quotes and with their escapes.
// The walk ends at the first thing that cannot be the next member.
func Fields(raw []byte) iter.Seq2[[]byte, Value] {
	return func(yield func([]byte, Value) bool) {
		i := Space(raw, 0)
		if i >= len(raw) || raw[i] != '{' {
			return
		}
		for i = Space(raw, i+1); i < len(raw) && raw[i] == '"'; {
			end := stringEnd(raw, i+1)
			if end < 0 {
				return
			}
			key := raw[i+1 : end]
			if i = Space(raw, end+1); i >= len(raw) || raw[i] != ':' {
				return
			}
			i = Space(raw, i+1)
			next := Skip(raw, i)
			if next < 0 || !yield(key, Value(raw[i:next])) {
				return
			}
			if i = Space(raw, next); i >= len(raw) || raw[i] != ',' {
				return
			}
			i = Space(raw, i+1)
		}
	}
}

// Elements walks over the elements of the JSON array in raw, in their order.
func Elements(raw []byte) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		i := Space(raw, 0)
		if i >= len(raw) || raw[i] != '[' {
			return
		}
		for i = Space(raw, i+1); i < len(raw) && raw[i] != ']'; {
			next := Skip(raw, i)
			if next < 0 || !yield(Value(raw[i:next])) {
				return
			}
			if i = Space(raw, next); i >= len(raw) || raw[i] != ',' {
				return
			}
			i = Space(raw, i+1)
		}
	}
}

// Find gives the first member of the object in raw that has the key.
func Find(raw []byte, key string) (Value, bool) {
	for k, v := range Fields(raw) {
		if string(k) == key {
			return v, true
		}
	}
	return nil, false
}

// Space gives the index of the first byte of raw at or after i that is no JSON white space.
func Space(raw []byte, i int) int {
	for i < len(raw) && raw[i] <= ' ' && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// Skip gives the index after the value that begins at i, or -1 if raw ends before it.
func Skip(raw []byte, i int) int {
	if i >= len(raw) {
		return -1
	}
	switch raw[i] {
	case '"':
		if end := stringEnd(raw, i+1); end >= 0 {
			return end + 1
		}
		return -1
	case '{', '[':
		return skipContainer(raw, i)
	}
	start := i
	for i < len(raw) && !delimiter[raw[i]] {
		i++
	}
	if i == start {
		return -1
	}
	return i
}

// delimiter marks the bytes that end a number or a literal.
var delimiter = [256]bool{',': true, '}': true, ']': true, ':': true, ' ': true, '\n': true, '\r': true, '\t': true, '"': true, '{': true, '[': true}

func skipContainer(raw []byte, i int) int {
	depth := 0
	for i < len(raw) {
		switch raw[i] {
		case '"':
			end := stringEnd(raw, i+1)
			if end < 0 {
				return -1
			}
			i = end
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return -1
}

// stringEnd gives the index of the quote that ends the string whose first byte is at i, or -1.
func stringEnd(raw []byte, i int) int {
	for from := i; ; {
		n := bytes.IndexByte(raw[from:], '"')
		if n < 0 {
			return -1
		}
		quote := from + n
		slash := quote
		for slash > i && raw[slash-1] == '\\' {
			slash--
		}
		if (quote-slash)%2 == 0 {
			return quote
		}
		from = quote + 1
	}
}
