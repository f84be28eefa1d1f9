package match

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// labels reports whether a whole string is a tag that makes a mention, as tags stand in a post's metadata.
func (m *Matcher) labels(s *scratch, tag []byte) bool {
	tag = trimMarks(tag)
	return len(tag) <= maxTag && bytes.IndexByte(tag, ' ') < 0 && m.isTopic(s, tag)
}

// trimMarks takes blanks and the marks of tags from both ends of b.
func trimMarks(b []byte) []byte {
	const mark = "＃"
	if len(b) == 0 {
		return b
	}
	switch first, last := b[0], b[len(b)-1]; {
	case first == '#', first == ' ', first == mark[0], last == '#', last == ' ', last == mark[len(mark)-1]:
		return bytes.Trim(b, "#＃ ")
	}
	return b
}

// marked reports whether a tag or an account in s.text makes a mention by itself.
func (m *Matcher) marked(s *scratch) bool {
	return m.markedBy(s, '#') || m.markedBy(s, '@') || s.wide && m.markedBy(s, "＃"[0])
}

// markedBy is marked for the marks that begin with a byte.
func (m *Matcher) markedBy(s *scratch, first byte) bool {
	for rest := s.text; ; {
		i := bytes.IndexByte(rest, first)
		if i < 0 {
			return false
		}
		rest = rest[i:]
		size := markLen(rest)
		if size == 0 {
			rest = rest[1:]
			continue
		}
		last := rest[size-1]
		rest = rest[size:]
		if last == '@' || last == "＠"[2] {
			if m.addresses(rest) {
				return true
			}
		} else if m.isTopic(s, rest[:hashtagLen(rest)]) {
			return true
		}
	}
}

// hashtagLen is the length of the run of characters of a hashtag at the start of b.
func hashtagLen(b []byte) int {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if !isASCIIWord(c) && c != '_' {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if !isHashtagLetter(r) && !isHashtagNumeral(r) {
			return i
		}
		i += n
	}
	return len(b)
}

// maxLabel is how many bytes of a folded account are kept without asking for memory.
const maxLabel = maxHandle + 3

// dullTags are tags of which it was found that they make no mention, the last of each hash: most tags stand in a text and beside it, and the
// usual ones in many texts.
type dullTags [1 << dullBits]struct {
	size uint8
	text [maxDull]byte
}

const (
	dullBits = 8
	maxDull  = 31
)

// isTopic is isTopicTag, which it does not ask again of dull tags.
func (m *Matcher) isTopic(s *scratch, tag []byte) bool {
	if len(tag) > maxDull {
		return m.isTopicTag(tag)
	}
	ends := load(tag, 0) ^ load(tag, max(0, len(tag)-wordLen))<<1
	dull := &s.dull[ends*mixer>>(64-dullBits)]
	if bytes.Equal(tag, dull.text[:dull.size]) {
		return false
	}
	if m.isTopicTag(tag) {
		return true
	}
	dull.size = uint8(copy(dull.text[:], tag))
	return false
}

// isTopicTag reports whether a hashtag without its mark makes a mention. It asks the grammar of tags itself, but only if
// the tag ends or begins with a word of it.
func (m *Matcher) isTopicTag(tag []byte) bool {
	if len(tag) < 2 || len(tag) > maxTag {
		return false
	}
	var store [2 * maxTag]byte
	word, ok := m.foldTag(store[:0], tag)
	if !ok {
		return false
	}
	if len(m.catalogue.tags) > 0 && len(m.catalogue.tags[string(word)]) > 0 {
		return true
	}
	word = trimDigits(word)
	if !m.lexicon.tips.ends(word) && !m.lexicon.leads.begins(word) {
		return false
	}
	_, speaks := m.parse(word)
	return speaks
}

// foldTag appends the folded letters and digits of a tag; false: it holds anything else.
func (m *Matcher) foldTag(dst, tag []byte) ([]byte, bool) {
	for i := 0; i < len(tag); {
		c := tag[i]
		if isASCIIWord(c) {
			dst = append(dst, c|0x20)
			i++
			continue
		}
		r, n := utf8.DecodeRune(tag[i:])
		switch _, _, k := m.alphabet.look(r); k {
		case spaced, digit, joined, hangul:
			dst = m.alphabet.appendRune(dst, r)
		case nothing:
		default:
			return dst, false
		}
		i += n
	}
	return dst, true
}

// isAccount reports whether s is the account of a service.
func (m *Matcher) isAccount(s []byte) bool {
	var store [2 * maxLabel]byte
	if len(m.catalogue.handles) == 0 {
		return false
	}
	return len(m.catalogue.handles[string(m.foldHandle(store[:0], s))]) > 0
}

// mayBeAccount reports whether s is the beginning of the account of a service, of which the server may be left out.
func (m *Matcher) mayBeAccount(s []byte) bool {
	var store [2 * maxLabel]byte
	if len(s) > maxLabel {
		return false
	}
	start := string(m.foldHandle(store[:0], s))
	n, _ := slices.BinarySearch(m.sieve.accounts, start)
	return start != "" && n < len(m.sieve.accounts) && strings.HasPrefix(m.sieve.accounts[n], start)
}

// addresses reports whether the account whose name begins b, after an '@', is a service's.
func (m *Matcher) addresses(b []byte) bool {
	i := 0
	for i < len(b) && i < maxHandle {
		if c := b[i]; c < utf8.RuneSelf {
			if !isASCIIWord(c) && c != '.' && c != '-' && c != '_' {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if _, _, k := m.alphabet.look(r); k != spaced && k != digit {
			break
		}
		i += n
	}
	var store [2 * maxLabel]byte
	return len(m.accounts(m.foldHandle(store[:0], bytes.TrimRight(b[:min(i, maxHandle)], ".-:")))) > 0
}

// foldHandle is appendHandle for bytes.
func (m *Matcher) foldHandle(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case isASCIIWord(c):
				dst = append(dst, c|0x20)
			case c == '.' || c == '-' || c == ':':
				dst = append(dst, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		switch _, _, k := m.alphabet.look(r); k {
		case spaced, digit, joined, hangul:
			dst = m.alphabet.appendRune(dst, r)
		}
		i += n
	}
	return dst
}
