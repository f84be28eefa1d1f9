package match

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// fold brings s.text to its one spelling in s.b.
func (s *scratch) fold() {
	s.b, s.shifts, s.signs, s.link = s.b[:0], s.shifts[:0], s.signs[:0], false
	for i, text := 0, s.text; i < len(text); {
		s.came(len(s.b), i)
		if text[i] >= utf8.RuneSelf {
			if n := s.foldLetters(text, i); n > 0 {
				i += n
			} else {
				i += s.foldRune(text[i:], i)
			}
			continue
		}
		if i = s.foldPlain(text, i); i < len(text) && text[i] < utf8.RuneSelf {
			i += s.foldSign(text, i)
		}
	}
}

// foldPlain appends the ASCII letters and digits from text[i] on, and the single blanks between them, eight in a step, and other characters
// that fold to one of ASCII. It returns where they end.
func (s *scratch) foldPlain(text []byte, i int) int {
	b := slices.Grow(s.b, len(text)-i+wordLen)
	n, parted := len(b), uint64(0) // parted says, in the high bit of its lowest byte, that a blank stands before.
	if s.atBlank() {
		parted = 0x80
	}
	for b = b[:cap(b)]; ; {
		x := load(text, i)
		small := x | lowered
		blank := zeros(x ^ ' '*eachByte)
		other := ^(alphanumeric(x, small) | blank&^(blank<<8|parted)) & highBits
		binary.LittleEndian.PutUint64(b[n:], small)
		if other == 0 {
			parted = blank >> 56
			n, i = n+wordLen, i+wordLen
			continue
		}
		k := bits.TrailingZeros64(other) / 8
		n, i = n+k, i+k
		c, size := s.a.lone(load(text, i))
		if size == 0 {
			s.b = b[:n]
			return i
		}
		if b[n] = c; c != ' ' || size > 1 || n > 0 && b[n-1] != ' ' {
			n++
		}
		if parted = 0; n == 0 || b[n-1] == ' ' {
			parted = 0x80
		}
		if i += size; i < len(text) {
			s.came(n, i)
		}
	}
}

// lone is the character of ASCII to which the first character in some bytes folds, and how many bytes that takes; 0: it does not fold to
// one, or more must be known of it.
func (a *alphabet) lone(x uint64) (c byte, size int) {
	r, size := rune(x&0x7F), 1
	if x&0x80 != 0 {
		r, size = short(x)
	}
	l := a.basic[r&0xFFFF]
	switch {
	case l.many, l.fold == 0, l.fold >= utf8.RuneSelf, l.fold == '#', l.fold == '@', r == '.', r == ':':
		return 0, 0
	}
	return byte(l.fold), size
}

// short is the first character in some bytes and its length, if it is written with two or three of them; 0: it is another, or none.
func short(x uint64) (r rune, size int) {
	const first = 0x200F // the bits of three bytes that are 0 in what is too long for a character, and 0x200D in half of a pair
	switch {
	case x&0xC0E0 == 0x80C0 && x&0x1E != 0:
		return rune(x&0x1F<<6 | x>>8&0x3F), 2
	case x&0xC0C0F0 == 0x8080E0 && x&first != 0 && x&first != 0x200D:
		return rune(x&0xF<<12 | x>>8&0x3F<<6 | x>>16&0x3F), 3
	}
	return 0, 0
}

// foldSign appends the ASCII character at text[i], which may be any, and returns how many bytes of text it stands for: all of an
// address, which is folded to a blank.
func (s *scratch) foldSign(text []byte, i int) int {
	c := text[i]
	switch c {
	case ':', '.':
		if n := s.address(text, i); n > 0 {
			return n
		}
		if n := hostLen(text, i); n > 0 {
			return n
		}
		if c == '.' && isWordByte(at(text, i+1)) {
			// A dot within a word ("x.com", "p.m") ends no sentence.
			s.b = append(s.b, '/')
			return 1
		}
	case '#', '@':
		s.signs = append(s.signs, int32(i+1))
	}
	if l := &s.a.basic[c]; l.kind != nothing && (l.fold != ' ' || !s.atBlank()) {
		s.b = append(s.b, byte(l.fold))
	}
	return 1
}

// atBlank reports whether a blank would follow a blank, or begin the text.
func (s *scratch) atBlank() bool { return len(s.b) == 0 || s.b[len(s.b)-1] == ' ' }

// foldLetters appends the letters of two or three bytes from text[i] on that fold to one letter of as many bytes, the single blanks
// between them, and characters of more bytes that fold to one of ASCII. It returns how many bytes it took.
func (s *scratch) foldLetters(text []byte, i int) int {
	b, from := slices.Grow(s.b, len(text)-i+wordLen), i
	n := len(b)
	for b = b[:cap(b)]; ; {
		x := load(text, i)
		if x&0x80FF == 0x8000|' ' && n > 0 && b[n-1] != ' ' {
			b[n] = ' '
			n, i = n+1, i+1
			continue
		}
		r, size := short(x)
		l := s.a.basic[r&0xFFFF]
		switch {
		case size == 0 || l.many || l.fold == 0:
			s.b = b[:n]
			return i - from
		case size == 2 && l.kind == spaced && l.fold >= 0x80 && l.fold <= 0x7FF:
			binary.LittleEndian.PutUint16(b[n:], 0x80C0|l.fold>>6|l.fold&0x3F<<8)
			n, i = n+size, i+size
		case size == 3 && l.fold >= 0x800 && (l.kind == joined || l.kind == spaced || l.kind == hangul && l.fold >= 0xAC00):
			b[n], b[n+1], b[n+2] = byte(0xE0|l.fold>>12), byte(0x80|l.fold>>6&0x3F), byte(0x80|l.fold&0x3F)
			n, i = n+size, i+size
		case l.fold < utf8.RuneSelf && l.fold != '#' && l.fold != '@':
			b[n] = byte(l.fold)
			if n, i = n+1, i+size; i < len(text) {
				s.came(n, i)
			}
		default:
			s.b = b[:n]
			return i - from
		}
	}
}

// foldRune appends the character at the start of rest, which begins at text[i], and returns its length.
func (s *scratch) foldRune(rest []byte, i int) int {
	r, n := decode(rest)
	if r == '＃' || r == '＠' {
		s.signs = append(s.signs, int32(i+n))
	}
	from := len(s.b)
	s.b = s.a.appendRune(s.b, r)
	for k := from + 1; k < len(s.b); k++ {
		if utf8.RuneStart(s.b[k]) {
			s.came(k, i) // Several characters came of one.
		}
	}
	return n
}

// address is the length of what is left of an address of which the beginning was folded up to text[i], where its first sign stands;
// 0: there is none. A blank takes the place of what was folded.
func (s *scratch) address(text []byte, i int) int {
	if i == 0 {
		return 0
	}
	head := 0
	switch c := text[i-1] | 0x20; {
	case text[i] == '.' && c == 'w':
		head = len("www")
	case text[i] == ':' && c == 'p':
		head = len("http")
	case text[i] == ':' && c == 's':
		head = len("https")
	}
	from := i - head
	if head == 0 || from < 0 {
		return 0
	}
	n := addressLen(text[from:], from == 0 || !isWordByte(text[from-1]))
	if n == 0 {
		return 0
	}
	address := text[from : from+n]
	s.link = s.link || !hasPrefixFold(address, "https://t.co/") && !hasPrefixFold(address, "http://t.co/")
	for k := range address {
		if size := markLen(address[k:]); size > 0 {
			s.signs = append(s.signs, int32(from+k+size))
		}
	}
	if s.b = s.b[:len(s.b)-head]; !s.atBlank() {
		s.b = append(s.b, ' ')
	}
	return n - head
}

// hostLen is the length of the host of Bluesky's accounts at text[i], behind the name of one; 0: it does not stand there. It leaves no
// trace, as nobody speaks of that service by it.
func hostLen(text []byte, i int) int {
	const host = ".bsky.social"
	if !hasPrefixFold(text[i:], host) || isWordByte(at(text, i+len(host))) {
		return 0
	}
	for i > 0 && (isASCIIWord(text[i-1]) || text[i-1] == '-') {
		i--
	}
	if i == 0 || text[i-1] != '@' {
		return 0
	}
	return len(host)
}

// markLen is the length of the '#' or '@' at the start of b; 0: there is none.
func markLen(b []byte) int {
	switch {
	case b[0] == '#', b[0] == '@':
		return 1
	case b[0] == "＃"[0] && (bytes.HasPrefix(b, []byte("＃")) || bytes.HasPrefix(b, []byte("＠"))):
		return len("＃")
	}
	return 0
}

// shift says that b[at] and what follows came from so many bytes further on in the text.
type shift struct{ at, by int32 }

// came notes that b[k] came from text[i].
func (s *scratch) came(k, i int) {
	by := int32(i - k)
	if n := len(s.shifts); n > 0 && s.shifts[n-1].by == by || n == 0 && by == 0 {
		return
	}
	s.shifts = append(s.shifts, shift{int32(k), by})
}

// source is where the character that begins at b[k] came from in the text.
func (s *scratch) source(k int32) int {
	n, _ := slices.BinarySearchFunc(s.shifts, k+1, func(h shift, k int32) int { return int(h.at - k) })
	if n == 0 {
		return int(k)
	}
	return int(k + s.shifts[n-1].by)
}

func at[T string | []byte](s T, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

func isWordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

// addressLen is the length of the address at the start of s; 0: there is none. fresh says that a word may begin here.
func addressLen(s []byte, fresh bool) int {
	if !fresh || len(s) < 5 || s[0]|0x20 != 'h' && s[0]|0x20 != 'w' {
		return 0
	}
	head := s[:min(len(s), 8)]
	if !hasPrefixFold(head, "http://") && !hasPrefixFold(head, "https://") && !hasPrefixFold(head, "www.") {
		return 0
	}
	end := bytes.IndexAny(s, " \t\r\n\"<>、。「」（）　")
	if end < 0 {
		return len(s)
	}
	return end
}

func hasPrefixFold(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(string(s[:len(prefix)]), prefix)
}
