package place

import (
	"unicode"
	"unicode/utf8"
)

// The base letters of U+00C0 to U+024F and of U+1E00 to U+1EFF; '.' marks one that has none or that special treats.
const (
	latinBase = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk." +
		"llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.................................oo.............uu" +
		"............................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaee" +
		"ooooooooyy............................"
	extendedBase = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuu" +
		"vvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"
)

// appendFold appends s in the form in which two spellings of a name are equal: lower case, Latin and Greek letters without marks,
// one form of each Arabic letter, no vowel signs, runs of anything but letters, digits and marks as one space, none at the ends.
// Apostrophes and full stops vanish: "Xi'an" is "xian", "D.C." is "dc".
func appendFold(dst []byte, s string) []byte {
	start := len(dst)
	gap := false
	for _, r := range s {
		switch {
		case isJoin(r), isMark(r):
			continue
		case !isWord(r):
			gap = len(dst) > start
			continue
		}
		if gap {
			dst, gap = append(dst, ' '), false
		}
		dst = appendFoldRune(dst, r)
	}
	return dst
}

// appendFoldRune appends one letter or digit.
func appendFoldRune(dst []byte, r rune) []byte {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	switch {
	case r >= 0xC0 && r < 0x250:
		if b := latinBase[r-0xC0]; b != '.' {
			return append(dst, b)
		}
	case r >= 0x1E00 && r < 0x1F00:
		if b := extendedBase[r-0x1E00]; b != '.' {
			return append(dst, b)
		}
	}
	if special := foldSpecial(r); special != "" {
		return append(dst, special...)
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// foldSpecial returns what stands for a letter that is not its base letter with a mark; "": nothing does.
func foldSpecial(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		return "o"
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case 'ł', 'Ł':
		return "l"
	case 'ı':
		return "i"
	case 'ά', 'Ά':
		return "α"
	case 'έ', 'Έ':
		return "ε"
	case 'ή', 'Ή':
		return "η"
	case 'ί', 'Ί':
		return "ι"
	case 'ό', 'Ό':
		return "ο"
	case 'ύ', 'Ύ':
		return "υ"
	case 'ώ', 'Ώ':
		return "ω"
	case 'ς':
		return "σ"
	case 'ё', 'Ё':
		return "е"
	case 'أ', 'إ', 'آ':
		return "ا"
	case 'ة':
		return "ه"
	case 'ي', 'ى':
		return "ی"
	case 'ك':
		return "ک"
	}
	return ""
}

// isJoin reports whether r stands inside a word without being heard.
func isJoin(r rune) bool {
	return r == '\'' || r == '’' || r == '.' || r == '\u200c' || r == '\u200d' || r == 'ـ'
}

// isMark reports whether r is a mark that a name can do without: Latin accents written apart, Arabic and Hebrew vowel signs. The
// vowel signs of Indic scripts and of Thai are part of the word.
func isMark(r rune) bool {
	return r >= 0x300 && r < 0x370 || r >= 0x591 && r <= 0x5C7 || r >= 0x64B && r <= 0x65F
}

// isWord reports whether r belongs to a word.
func isWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r) || unicode.IsDigit(r)
}

// isUnspaced reports whether r belongs to a script that is written without spaces between words.
func isUnspaced(r rune) bool {
	return r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r >= 0x0E00 && r <= 0x0E7F
}
