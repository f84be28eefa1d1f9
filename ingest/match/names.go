package match

import (
	"bytes"
	"slices"
	"strings"
)

// found is a name found in the text: tokens[from:to].
type found struct {
	from, to int32
	service  int32
	// said counts the evidence that was laid at this name's door.
	said bool
	// plain says that the name is written in small Latin letters, as an everyday word would be.
	plain bool
	// ambiguous says that it may be meant as an everyday word, of the languages of word if these are known.
	ambiguous bool
	word      homonym
	// sure says that it is no everyday word in any language.
	sure bool
	// hint says that it is an everyday word by which people may mean the service.
	hint bool
	// slip says that it is misspelt, so that it counts only directly beside its verb.
	slip bool
	// ending are the languages whose case ending hangs on the name; 0: none does.
	ending tongues
	// spot are the languages in which what follows the name makes a place of it.
	spot tongues
	// proper says that an everyday word is written as a name is: with a capital letter amid small words, or as a tag; via are the languages
	// in which it stands as a place on the net.
	proper bool
	via    tongues
}

// findNames finds every name in the loaded text.
func (m *Matcher) findNames(s *scratch) {
	s.names, s.hints = s.names[:0], s.hints[:0]
	for i := range s.tokens {
		if t := &s.tokens[i]; t.kind != ender && t.kind != comma && m.sieve.names.begin(s.b, t.start) {
			m.scanNames(s, int32(i))
		}
	}
}

// scanNames notes the longest name that begins at token i.
func (m *Matcher) scanNames(s *scratch, i int32) {
	t := s.tokens[i]
	if n := len(s.names); n > 0 && s.names[n-1].to > i {
		return
	}
	if t.kind == hangul && !t.head {
		return
	}
	start := t.start
	if m.nameAt(s, i, start) || t.kind != spaced {
		return
	}
	// Arabic and Hebrew write the article and short prepositions as one with the name.
	if s.b[start] < 0xD7 || s.b[start] > 0xDB {
		return
	}
	for k := range prefixLen(s.b[start:t.end]) {
		if m.nameAt(s, i, start+int32(k+1)*2) {
			return
		}
	}
}

// prefixLen is how many letters at the start of an Arabic or Hebrew word may belong to something else.
func prefixLen(word []byte) int {
	n := 0
	for n < 3 && len(word) >= 2*n+6 && isPrefixLetter(word[2*n:]) && !(n == 0 && isBareAyn(word)) {
		n++
	}
	return n
}

// isBareAyn reports whether a word begins with the letter that is short for "on", without the article that follows it: it is "عالواتس" and
// not "عملية".
func isBareAyn(word []byte) bool {
	return bytes.HasPrefix(word, []byte("ع")) && !bytes.HasPrefix(word, []byte("عال"))
}

// prefixLetters are the letters of which what stands before a word is made in Arabic and Hebrew, each of two bytes.
const prefixLetters = "الوفبکهعבהולשמכ"

// isPrefixLetter reports whether b begins with one of prefixLetters.
func isPrefixLetter(b []byte) bool {
	r, size := short(load(b, 0))
	return size == 2 && strings.ContainsRune(prefixLetters, r)
}

// nameAt notes the longest name at byte start of token i and reports whether there is one.
func (m *Matcher) nameAt(s *scratch, i, start int32) bool {
	at, best, end := int32(0), int32(0), int32(0)
	hint, hintEnd := int32(0), int32(0)
	for k := start; int(k) < len(s.b); {
		if at, k = m.catalogue.names.advance(at, s.b, k); at == 0 {
			break
		}
		switch values := m.catalogue.names.at(at); {
		case len(values) == 0 || s.tokAt[k-1] < 0 || !m.nameEnds(s, start, k):
		case m.catalogue.areHints(s.b[start:k], values):
			if s.wordEnds(k) {
				hint, hintEnd = at, k
			}
		default:
			best, end = at, k
		}
	}
	if best == 0 && hint != 0 {
		m.hintAt(s, i, hintEnd, m.catalogue.names.at(hint))
	}
	if best == 0 || s.isNumber(start, end) {
		return false
	}
	to := s.tokAt[end-1] + 1
	if s.isVenue(to) {
		return false
	}
	sure := !slices.ContainsFunc(m.catalogue.names.at(best), func(v int32) bool { return m.catalogue.isEveryday(v, s.b[start:end]) })
	for _, v := range m.catalogue.names.at(best) {
		svc := &m.catalogue.services[v]
		if svc.hints[string(s.b[start:end])] {
			continue
		}
		f := found{from: i, to: to, service: v, plain: s.isSmall(i), slip: svc.slips[string(s.b[start:end])]}
		f.word, f.ambiguous = svc.everyday[string(s.b[start:end])]
		f.sure = sure
		f.ending, f.spot = m.endingAt(s, end), m.spotAt(s, end)
		f.ambiguous = f.ambiguous && !s.isApp(to) && !s.isDeclined(to) && !(f.ending != 0 && end-start >= minDeclined)
		f.proper = f.ambiguous && (s.isProper(i) || s.tokens[i].mark == '#')
		if f.ambiguous {
			f.via = m.placedAt(s, i)
		}
		s.names = append(s.names, f)
	}
	return true
}

// isNumber reports whether the name at b[start:end] is written as a mere number: "11" for 1&1.
func (s *scratch) isNumber(start, end int32) bool {
	if end-start > 2 || s.b[end-1] < '0' || s.b[end-1] > '9' {
		return false
	}
	for _, c := range s.text[s.source(start):s.source(end-1)] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// venues are the words behind a name that make of it the place that a company lends its name to: "Vodafone Park", "the Rogers Centre".
var venues = map[string]bool{
	"park": true, "arena": true, "stadium": true, "stadion": true, "stadio": true, "estadio": true, "stade": true, "centre": true, "center": true, "dome": true,
	"theatre": true, "theater": true, "hall": true, "field": true, "bowl": true, "camp": true, "velodrome": true, "forum": true, "tower": true,
}

// isVenue reports whether token i is a word that makes a place of the name before it.
func (s *scratch) isVenue(i int32) bool {
	return s.isAmong(i, venues) && s.sent[i] == s.sent[i-1]
}

// onScreens are the words behind a name that leave no doubt that it is one: "the United app".
var onScreens = map[string]bool{"app": true, "apps": true, "website": true, "site": true, "servers": true, "server": true, "login": true, "appi": true, "appen": true, "appka": true, "timeline": true, "feed": true}

// isApp reports whether token i is a word that makes a service of what stands before it.
func (s *scratch) isApp(i int32) bool {
	return s.isAmong(i, onScreens)
}

// isAmong reports whether there is a token i, and it is one of some words.
func (s *scratch) isAmong(i int32, words map[string]bool) bool {
	return int(i) < len(s.tokens) && s.tokens[i].mark == 0 && words[string(s.b[s.tokens[i].start:s.tokens[i].end])]
}

// isDeclined reports whether a case ending hangs on the name before token i by a colon, as on abbreviations in Finnish: "dna:lla".
func (s *scratch) isDeclined(i int32) bool {
	if int(i) >= len(s.tokens) || s.tokens[i-1].mark != 0 {
		return false
	}
	end := s.source(s.tokens[i-1].end-1) + 1
	next := s.source(s.tokens[i].start)
	if s.tokens[i].kind == comma && int(i)+1 < len(s.tokens) {
		next = s.source(s.tokens[i+1].start)
	}
	return at(s.text, end) == ':' && next == end+1
}

// isProper reports whether token i has a capital letter and follows a word in small letters, as a name amid a sentence does.
func (s *scratch) isProper(i int32) bool {
	if i == 0 || s.sent[i-1] != s.sent[i] || s.tokens[i].kind != spaced || s.tokens[i].end-s.tokens[i].start < minSubject || !s.isSmall(i-1) {
		return false
	}
	c := at(s.text, s.source(s.tokens[i].start))
	return c >= 'A' && c <= 'Z' && s.tokens[i].mark == 0
}

// placedAt tells the languages in which the word before token i makes a place on the net of it: "on discord".
func (m *Matcher) placedAt(s *scratch, i int32) tongues {
	if i == 0 || s.sent[i-1] != s.sent[i] {
		return 0
	}
	return m.lexicon.via[string(s.b[s.tokens[i-1].start:s.tokens[i-1].end])]
}

// isSmall reports whether the word of token i begins with a small Latin letter in the text and is neither tag nor handle.
func (s *scratch) isSmall(i int32) bool {
	c := at(s.text, s.source(s.tokens[i].start))
	return c >= 'a' && c <= 'z' && s.tokens[i].mark == 0
}

// minStem is the length, in bytes, of the shortest word on which a case ending hangs: "Digi de" is not "Digi D" with one.
const minStem = 2

// nameEnds reports whether a name from start may end at end: at the end of a word, before a case ending of a long and
// plain name, and in kana not within a longer run of kana ("ライン" is not in "オンライン").
func (m *Matcher) nameEnds(s *scratch, start, end int32) bool {
	if katakanaAt(s.b, start) && start >= 3 && katakanaAt(s.b, start-3) || katakanaAt(s.b, end-3) && katakanaAt(s.b, end) && !m.speaksOf(s.b[end:]) {
		return false
	}
	if s.wordEnds(end) {
		return true
	}
	return end-start >= minInflected && end-max(start, s.tokens[s.tokAt[end]].start) >= minStem && m.endingAt(s, end) != 0
}

// endingAt tells the languages of whose case endings what is left of a word from byte end on is one.
func (m *Matcher) endingAt(s *scratch, end int32) tongues {
	if s.wordEnds(end) {
		return 0
	}
	return m.lexicon.endings[string(s.b[end:s.tokens[s.tokAt[end]].end])]
}

// spotAt tells the languages in which the rest of a word from byte end on, or the next word, makes a place of a name.
func (m *Matcher) spotAt(s *scratch, end int32) tongues {
	i := s.tokAt[end-1]
	if s.wordEnds(end) {
		if i++; int(i) >= len(s.tokens) {
			return 0
		}
		return m.lexicon.spots[string(s.b[s.tokens[i].start:s.tokens[i].end])]
	}
	return m.lexicon.spots[string(s.b[end:s.tokens[i].end])]
}

// kanaAfter are the katakana words that are often written as one with a name before them.
var kanaAfter = []string{"ログイン", "サーバ", "アプリ", "エラー", "ダウン", "メンテ", "サイト", "アカウント", "バグ", "トラブル", "システム"}

// speaksOf reports whether b begins with a word that is said of services.
func (m *Matcher) speaksOf(b []byte) bool {
	for _, word := range kanaAfter {
		if key := m.alphabet.foldAppend(nil, word); bytes.HasPrefix(b, key) {
			return true
		}
	}
	return false
}

// katakanaAt reports whether a katakana letter stands at b[k].
func katakanaAt(b []byte, k int32) bool {
	if k < 0 || int(k)+2 >= len(b) || b[k] != 0xE3 {
		return false
	}
	r := rune(b[k]&0x0F)<<12 | rune(b[k+1]&0x3F)<<6 | rune(b[k+2]&0x3F)
	return r >= 0x30A1 && r <= 0x30FC
}
