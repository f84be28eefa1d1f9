package match

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is what a character is for the making of words.
type class uint8

const (
	other   class = iota // punctuation and symbols that only separate
	space                // blanks
	spaced               // letters of scripts that put spaces between words
	joined               // letters of scripts that do not: Han, kana, Thai, Lao, Khmer, Burmese
	hangul               // Korean syllables: words are spaced, but particles hang on them
	digit                // 0 to 9, whatever the script wrote
	ender                // ends a sentence
	comma                // parts a sentence
	emoji                // pictures
	nothing              // leaves no trace: marks, joiners, underscores
)

// letter is one character of the basic plane in its one spelling. It is small, so that many of them stay in the processor's cache.
type letter struct {
	// fold is the folded character; 0: there is none.
	fold uint16
	kind class
	// many says that fold is a place in more.
	many bool
}

// alphabet folds single characters without regard to their neighbours, so that a text folded piece by piece, as the
// sieve does it, gives the same letters as the text folded as a whole.
type alphabet struct {
	basic [1 << 16]letter
	// more holds what characters fold to that fold to several, or to one beyond the basic plane.
	more []string
}

// theAlphabet is computed once: it is a pure function of the Unicode tables.
var theAlphabet = sync.OnceValue(newAlphabet)

func newAlphabet() *alphabet {
	a := &alphabet{}
	for r := rune(0); r < 1<<16; r++ {
		a.basic[r] = a.define(r)
	}
	return a
}

// define computes the letter for r, noting in more what does not fit into one rune.
func (a *alphabet) define(r rune) letter {
	if kind, ok := punctuation(r); ok {
		return letter{fold: uint16(foldPunctuation(r, kind)), kind: kind}
	}
	folded := foldRune(r)
	if folded == "" {
		return letter{kind: nothing}
	}
	first, size := utf8.DecodeRuneInString(folded)
	if size == len(folded) && first < 1<<16 {
		return letter{fold: uint16(first), kind: classOf(first)}
	}
	a.more = append(a.more, folded)
	return letter{fold: uint16(len(a.more) - 1), kind: classOf(first), many: true}
}

// look folds one character: to a rune, or, where that is 0, to a string.
func (a *alphabet) look(r rune) (rune, string, class) {
	if r < 1<<16 {
		l := a.basic[r]
		if l.many {
			return 0, a.more[l.fold], l.kind
		}
		return rune(l.fold), "", l.kind
	}
	if r >= 0x1F000 && r <= 0x1FAFF {
		return ' ', "", emoji
	}
	if r >= 0x1D400 && r <= 0x1D7FF { // Letters dressed up as mathematics.
		if f := foldRune(r); utf8.RuneCountInString(f) == 1 {
			one, _ := utf8.DecodeRuneInString(f)
			return one, "", classOf(one)
		}
	}
	if k := classOf(r); k != other {
		return r, "", k
	}
	return ' ', "", emoji
}

// foldRune gives the one spelling of a letter: compatibility forms, case and the marks of scripts in which words can be
// told without them are gone.
func foldRune(r rune) string {
	if s, ok := variants[r]; ok {
		return s
	}
	if r >= 0xAC00 && r <= 0xD7A3 {
		return string(r)
	}
	if isToned(r) {
		return string(unicode.ToLower(r))
	}
	var out []rune
	for _, c := range norm.NFKD.String(string(r)) {
		c = unicode.ToLower(c)
		if s, ok := variants[c]; ok {
			out = append(out, []rune(s)...)
			continue
		}
		if unicode.Is(unicode.Mn, c) && !keptMark(c) || unicode.Is(unicode.Me, c) || unicode.Is(unicode.Cf, c) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// isToned reports whether r is a letter that only Vietnamese has. Without their tones its words cannot be told: "lỗi" (error), "lời"
// (word) and "lôi" (to drag) are all "loi".
func isToned(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || r == 'ơ' || r == 'Ơ' || r == 'ư' || r == 'Ư'
}

// keptMark reports whether a mark is part of the spelling of its script, as vowel signs are in India and Thailand.
func keptMark(r rune) bool {
	return r >= 0x0900 && r <= 0x109F || r >= 0x1780 && r <= 0x17DD || r == 0x3099 || r == 0x309A
}

// variants are letters that people write for one another.
var variants = map[rune]string{
	'ı': "i", 'İ': "i", 'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'ø': "o", 'Ø': "o", 'œ': "oe", 'Œ': "oe",
	'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ƒ': "f", 'ς': "σ",
	'آ': "ا", 'أ': "ا", 'إ': "ا", 'ٱ': "ا", 'ى': "ی", 'ي': "ی", 'ئ': "ی", 'ك': "ک", 'ة': "ه", 'ۀ': "ه", 'ؤ': "و",
	'ـ': "", '_': "", '’': "'", '‘': "'", 'ʼ': "'", '`': "'", '´': "'", '＇': "'", '′': "'", '׳': "'",
	'۰': "0", '۱': "1", '۲': "2", '۳': "3", '۴': "4", '۵': "5", '۶': "6", '۷': "7", '۸': "8", '۹': "9",
	'٠': "0", '١': "1", '٢': "2", '٣': "3", '٤': "4", '٥': "5", '٦': "6", '٧': "7", '٨': "8", '٩': "9",
}

// punctuation tells the class of what is neither letter nor digit nor mark; false for those.
func punctuation(r rune) (class, bool) {
	switch r {
	case '\n', '\r', '\u2028', '\u2029', '.', '!', '?', '。', '！', '？', '…', '؟', '۔', '।', '॥', '｡', '．', ';', '；', '؛', '¿', '¡', '‼', '⁉', '⁈', '・':
		return ender, true
	case ',', '，', '、', '､', '،', ':', '：', '(', ')', '（', '）', '[', ']', '「', '」', '『', '』', '【', '】', '—', '–', '|', '~', '～':
		return comma, true
	case '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF', '\u00AD', '_', 'ـ', 'ﾞ', 'ﾟ':
		if r == 'ﾞ' || r == 'ﾟ' {
			return 0, false
		}
		return nothing, true
	}
	switch {
	case unicode.IsSpace(r):
		return space, true
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), unicode.IsNumber(r):
		return 0, false
	case r >= 0x2190 && r <= 0x2BFF || r == 0x3030 || r == 0x303D:
		return emoji, true
	case unicode.IsSymbol(r) || unicode.IsPunct(r):
		if s, ok := variants[r]; ok && s == "'" {
			return other, true
		}
		return other, true
	case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		return nothing, true
	}
	return other, true
}

// foldPunctuation keeps the few signs that mean something to the rules and turns the rest into blanks.
func foldPunctuation(r rune, kind class) rune {
	switch kind {
	case space, emoji:
		return ' '
	case nothing:
		return 0
	case comma:
		return ','
	case ender:
		switch r {
		case '?', '？', '؟', '⁉', '⁈':
			return '?'
		case '¿', '¡', '・':
			return ','
		case '.', '．', '…':
			return '.'
		}
		return '!'
	}
	if variants[r] == "'" || r == '\'' {
		return '\''
	}
	switch r {
	case '#', '＃':
		return '#'
	case '@', '＠':
		return '@'
	case '%', '％', '٪':
		return '%'
	case '$', '＄', '&', '+', '/':
		return r
	case '＆':
		return '&'
	}
	return ' '
}

// classOf tells the class of a folded letter or digit.
func classOf(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case r >= 0xAC00 && r <= 0xD7A3 || r >= 0x1100 && r <= 0x11FF || r >= 0x3130 && r <= 0x318F:
		return hangul
	case r >= 0x0E00 && r <= 0x0EFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF,
		r >= 0x3005 && r <= 0x3007, r >= 0x3040 && r <= 0x30FF, unicode.Is(unicode.Han, r):
		return joined
	case unicode.IsLetter(r), unicode.IsMark(r):
		return spaced
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

// foldAppend appends the one spelling of s to dst: letters and digits folded, all else as folded signs.
func (a *alphabet) foldAppend(dst []byte, s string) []byte {
	for _, r := range s {
		dst = a.appendRune(dst, r)
	}
	return dst
}

// appendRune appends the folded r, joining Korean letters that come one by one into syllables.
func (a *alphabet) appendRune(dst []byte, r rune) []byte {
	one, many, kind := a.look(r)
	switch {
	case kind == nothing:
		return dst
	case one == 0:
		return append(dst, many...)
	case isJamo(one):
		return appendJamo(dst, one)
	}
	return utf8.AppendRune(dst, one)
}

// isJamo reports whether a folded letter is a vowel or a final consonant of Korean that may complete a syllable.
func isJamo(r rune) bool { return r >= 0x1161 && r <= 0x11C2 }

// appendJamo adds a vowel or a final consonant to the syllable at the end of dst.
func appendJamo(dst []byte, r rune) []byte {
	last, size := utf8.DecodeLastRune(dst)
	keep := dst[:len(dst)-size]
	switch {
	case last >= 0x1100 && last <= 0x1112 && r <= 0x1175:
		return utf8.AppendRune(keep, 0xAC00+(last-0x1100)*588+(r-0x1161)*28)
	case last >= 0xAC00 && last <= 0xD7A3 && (last-0xAC00)%28 == 0 && r >= 0x11A8:
		return utf8.AppendRune(keep, last+r-0x11A7)
	}
	return utf8.AppendRune(dst, r)
}
