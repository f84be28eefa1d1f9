package match

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// glance reports whether a name may begin anywhere in s.text, by its bytes as they stand there: nothing is folded but a few letters of what
// looks like one. Most texts hold none.
func (m *Matcher) glance(s *scratch) bool {
	s.skim()
	for _, at := range m.sieve.names.among(s) {
		if m.mayName(s, int(at)) {
			return true
		}
	}
	return s.wide && m.glanceWide(s)
}

// blockLen is how many bytes of a text are looked at in one step.
const blockLen = 64

// skim notes in s.starts where words of ASCII begin in s.text, and, a bit for each byte, in s.ascii which are ASCII letters and digits. What
// follows the text in memory are zeros.
func (s *scratch) skim() {
	n := len(s.text)
	s.text = slices.Grow(s.text, blockLen+wordLen)
	text := s.text[:n+blockLen+wordLen]
	clear(text[n:])
	starts, found := slices.Grow(s.starts[:0], n+blockLen)[:n+blockLen], 0
	s.ascii = s.ascii[:0]
	before, wide := uint64(0), uint64(0)
	for from := 0; from < n; from += blockLen {
		plain := uint64(0)
		part := (*[blockLen]byte)(text[from:])
		for k := 0; k < min(blockLen, n-from); k += wordLen {
			x := binary.LittleEndian.Uint64(part[k : k+wordLen])
			plain |= gather(alphanumeric(x, x|lowered)) << k
			wide |= x
		}
		s.ascii = binary.LittleEndian.AppendUint64(s.ascii, plain)
		found += flatten(starts[found:], plain&^(plain<<1|before), int32(from))
		before = plain >> (blockLen - 1)
	}
	s.ascii = append(s.ascii, 0)
	s.starts, s.wide = starts[:found], wide&highBits != 0
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

// among gives those of s.starts at which by a first look a phrase may begin. It has no branches but for its loop, as the processor could
// not foretell them.
func (v *beginnings) among(s *scratch) []int32 {
	text, ascii, n := s.text[:len(s.text)+wordLen], s.ascii, 0
	for _, at := range s.starts {
		x, plain := binary.LittleEndian.Uint64(text[at:]), binary.LittleEndian.Uint16(ascii[at/8:])>>(at&7)%uint16(len(v.masks))
		// joint is 1 if the word goes on within its tip with what has to be folded first.
		joint := v.odd[byte(x>>(8*v.lens[plain]&63))] &^ uint8((plain+1)>>tipLen)
		s.starts[n] = at
		n += int(bit(v.set[:], tipPlace((x|lowered)&v.masks[plain])) | uint64(joint))
	}
	return s.starts[:n]
}

// mayName reports whether by a second look a name may begin at the ASCII letter s.text[i], and if so takes a third.
func (m *Matcher) mayName(s *scratch, i int) bool {
	if i > 0 && s.text[i-1] >= utf8.RuneSelf && m.sieve.glyphs.before(s.text, i)&wordly != 0 {
		return false
	}
	x, ok := m.alphabet.foldFew(s.text, i)
	if !ok {
		x, ok = m.alphabet.foldLatin(s.text, i)
	}
	if v := m.sieve.names; ok && (v.glimpse(v.tip(x), x) == 0 || v.likely(x) == 0) {
		return false
	}
	if ok && x>>(8*(wordLen-1)) != 0 {
		s.b = binary.LittleEndian.AppendUint64(s.b[:0], x)
		if named, sure := m.nameAhead(s, i, 0, true); sure {
			return named && !inAddress(s.text, i)
		}
	}
	return m.names(s, i)
}

// foldLatin is foldFew for words that hold other letters too that fold to those of ASCII.
func (a *alphabet) foldLatin(text []byte, i int) (x uint64, ok bool) {
	for n := 0; n < wordLen && i < len(text); n++ {
		c, size := text[i], 1
		switch next := at(text, i+1); {
		case isASCIIWord(c):
			c |= 0x20
		case c != ' ':
			if c, size = a.lone(load(text, i)); size == 0 || !isASCIIWord(c) {
				return 0, false
			}
		case next < '0', next|0x20 == 'h', next|0x20 == 'w':
			return 0, false // another blank, or an address
		}
		x |= uint64(c) << (8 * n)
		i += size
	}
	return x, true
}

// inAddress reports whether text[i] stands in an address that begins where there is a blank, or begins the host of an account.
func inAddress(text []byte, i int) bool {
	if i > 0 && hostLen(text, i-1) > 0 {
		return true
	}
	from := max(0, i-maxAddress)
	from += bytes.LastIndexAny(text[from:i], " \n") + 1
	return from+addressLen(text[from:i+1], true) > i
}

// maxAddress is how long an address is at most that is known as one at a glance.
const maxAddress = 1 << 10

// foldFew folds eight bytes of ASCII from text[i] on; false: more must be known of them. Behind the end of the text stand zeros.
func (a *alphabet) foldFew(text []byte, i int) (uint64, bool) {
	x := load(text, i)
	small := x | lowered
	word, blank := alphanumeric(x, small), zeros(x^' '*eachByte)
	if addressed(text, i)&^word != 0 {
		return 0, false
	}
	for other := ^(word | blank&^(blank<<8)) & highBits; other != 0; other &= other - 1 {
		k := bits.TrailingZeros64(other) / 8
		if i+k >= len(text) {
			return cut(small, k), true
		}
		c, next := text[i+k], at(text, i+k+1)
		l := &a.basic[c]
		fold := uint64(l.fold)
		switch {
		case c >= utf8.RuneSelf, l.kind == nothing, hostLen(text, i+k) > 0, fold == ' ' && (text[i+k-1] == ' ' || a.basic[next].fold == ' '), next >= utf8.RuneSelf && fold == ' ':
			return 0, false
		case c == '.' && isWordByte(next):
			fold = '/'
		}
		small = small&^(0xFF<<(8*k)) | fold<<(8*k)
	}
	return small, true
}

// addressed has the high bit set in each of eight bytes from text[i] on behind which an address may begin.
func addressed(text []byte, i int) uint64 {
	first, second := load(text, i+1)|lowered, load(text, i+2)|lowered
	return zeros(first^'h'*eachByte)&zeros(second^'t'*eachByte) | zeros(first^'w'*eachByte)&zeros(second^'w'*eachByte)
}

// ahead is how many bytes of a text are folded to tell whether a name begins it, and farAhead how many at most.
const (
	ahead    = 16
	farAhead = 256
)

// names reports whether a name begins at s.text[i], or, in Arabic and Hebrew, behind the article and short prepositions, which are
// written as one with it.
func (m *Matcher) names(s *scratch, i int) bool {
	for n := ahead; n <= farAhead; n *= 4 {
		part := s.foldPart(i, i+n)
		if !part || len(s.b) >= headLen {
			if named, sure := m.namesAhead(s, i, part); sure {
				return named && !inAddress(s.text, i)
			}
		}
	}
	return true
}

// foldPart folds s.text[from:to], or as much as there is of it, and reports whether that is but a part of what begins there.
func (s *scratch) foldPart(from, to int) bool {
	text := s.text
	for to = min(to, len(text)); to < len(text) && !utf8.RuneStart(text[to]); {
		to--
	}
	account := from > 0 && text[from-1] == '@'
	if account {
		from--
	}
	s.text = text[from:to]
	s.fold()
	s.text = text
	if account {
		s.b = s.b[1:]
	}
	return to < len(text)
}

// namesAhead reports whether a name begins s.b, which was folded of the text from s.text[i] on: all, or only part of it. It is sure unless
// the name may go on where the part ends.
func (m *Matcher) namesAhead(s *scratch, i int, part bool) (named, sure bool) {
	last := int32(0)
	if len(s.b) > 0 && s.b[0] >= 0xD7 && s.b[0] <= 0xDB {
		last = 2 * int32(prefixLen(s.b))
	}
	for from := int32(0); from <= last && int(from) < len(s.b); from += 2 {
		if !m.sieve.names.begin(s.b, from) {
			continue
		}
		if named, sure = m.nameAhead(s, i, from, part); named || !sure {
			return named, sure
		}
	}
	return false, true
}

// nameAhead is namesAhead for names that begin at s.b[start].
func (m *Matcher) nameAhead(s *scratch, i int, start int32, part bool) (named, sure bool) {
	names := m.catalogue.names
	for state, end := int32(0), start; int(end) < len(s.b); {
		if state, end = names.advance(state, s.b, end); state == 0 {
			return false, !part || int(end) < len(s.b)
		}
		values := names.at(state)
		if len(values) == 0 {
			continue
		}
		name, rest := s.b[start:end], s.b[end:]
		if part && len(firstWord(rest)) == len(rest) {
			return false, false
		}
		if m.mayEnd(name, rest, values) && !(m.catalogue.allEveryday(name, values) && (s.isSmallWord(i, name, rest) || s.isSmallForm(i, name, rest))) {
			return true, true
		}
	}
	return false, !part
}

// mayEnd reports whether a name ends where a word does, or has a case ending. Of words that are not all ASCII it takes for granted that
// they end where the name does.
func (m *Matcher) mayEnd(name, rest []byte, services []int32) bool {
	ending := firstWord(rest)
	if len(ending) == 0 || name[len(name)-1] >= utf8.RuneSelf || at(rest, len(ending)) >= utf8.RuneSelf {
		return true
	}
	return len(name) >= m.catalogue.leastInflected(name, services) && m.lexicon.endings[string(ending)] != 0
}

// isSmallWord reports whether a name that begins at s.text[i], an everyday word, is short, and written as isParticle and isShort have it.
// After it stands rest.
func (s *scratch) isSmallWord(i int, name, rest []byte) bool {
	if len(name) < 2 || len(name) >= minSubject || len(firstWord(name)) < len(name) || s.brief[string(name)] != 0 || at(rest, 0) >= utf8.RuneSelf {
		return false
	}
	if i > 0 && (isWordByte(s.text[i-1]) || s.text[i-1] < '\n' || s.text[i-1] == '#' || s.text[i-1] == '@' || s.text[i-1] == '_') {
		return false
	}
	first, second := s.text[i], at(s.text, i+1)
	if second < 'a' || second > 'z' || len(name) == minSubject-1 && (first < 'a' || first > 'z') {
		return false
	}
	return !isAppBehind(rest)
}

// isSmallForm reports whether a name that begins at s.text[i], an everyday word, is written as isWordForm has it.
func (s *scratch) isSmallForm(i int, name, rest []byte) bool {
	ending := firstWord(rest)
	if c := s.text[i]; len(ending) == 0 || len(name)+len(ending) >= minBare || len(firstWord(name)) < len(name) || c < 'a' || c > 'z' {
		return false
	}
	rest = rest[len(ending):]
	return at(rest, 0) < utf8.RuneSelf && at(rest, 0) != ',' && !isAppBehind(rest)
}

// isAppBehind reports whether the first word in some folded bytes makes a service of what stands before it.
func isAppBehind(rest []byte) bool {
	for len(rest) > 0 && rest[0] < utf8.RuneSelf && !isASCIIWord(rest[0]) {
		rest = rest[1:]
	}
	return onScreens[string(firstWord(rest))]
}

// firstWord is the run of ASCII letters and digits at the start of b.
func firstWord(b []byte) []byte {
	n := 0
	for n < len(b) && isASCIIWord(b[n]) {
		n++
	}
	return b[:n]
}
