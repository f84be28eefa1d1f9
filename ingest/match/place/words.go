package place

import "strings"

// before reports whether a folded word, set before a name, makes it a place where somebody is. Some words do so in some languages only:
// "a Roma" is a place and "a London flat" is a flat.
func before(word []byte, lang string) bool {
	switch string(word) {
	case "in", "near", "en", "em", "aus", "din", "sti", "sto",
		"в", "во", "у", "из", "під",
		"στη", "στην", "στο", "στον",
		"في", "فی", "در", "تو":
		return true
	case "from", "around", "across", "outside":
		return lang == "en" || lang == ""
	case "a", "ad", "da":
		return lang == "it" || lang == "es" && len(word) == 1 || lang == "fr" && len(word) == 1
	case "di":
		return lang == "id" || lang == "ms" || lang == "jv"
	case "i", "pa":
		return lang == "sv" || lang == "da" || lang == "no" || lang == "nb" || lang == "nn"
	case "w", "we":
		return lang == "pl"
	case "v", "ve":
		return lang == "cs" || lang == "sk" || lang == "sl"
	case "u":
		return lang == "hr" || lang == "sr" || lang == "bs"
	case "o", "tai":
		return lang == "vi"
	case "sa":
		return lang == "tl" || lang == "fil"
	case "la":
		return lang == "ro"
	}
	return false
}

// within reports whether a folded word may stand between such a word and the name: "in downtown Chicago".
func within(word []byte) bool {
	switch string(word) {
	case "downtown", "central", "greater", "north", "south", "east", "west", "centro", "zona":
		return true
	}
	return false
}

// after reports whether a folded word, set behind a name, makes it a place where somebody is.
func after(word []byte, lang string) bool {
	switch string(word) {
	case "में", "मध्ये", "માં":
		return true
	case "me", "mein", "mai":
		return lang == "hi" || lang == "ur"
	}
	return false
}

// locative reports whether a folded ending behind an apostrophe says "in" or "from": Turkish "Ankara'da".
func locative(ending []byte) bool {
	switch string(ending) {
	case "da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki":
		return true
	}
	return false
}

// koreanEndings are the particles that stand behind a place.
var koreanEndings = []string{"에서도", "에서는", "에서", "에도", "에는", "에", "인데", "도", "은", "는"}

// The words in scripts without spaces that stand right before and right behind a place.
var (
	runsBefore = []string{"在", "於", "喺", "#", "＃", "ที่", "แถว", "ใน", "อยู่", "จ."}
	runsAfter  = []string{"で", "に", "の", "から", "だけど", "ですが", "在住", "も", "市", "這邊", "这边", "这里", "這裡", "地區", "地区", "ด้วย"}
)

// besideRun reports whether what stands around a name in a script without spaces makes it a place where somebody is.
func besideRun(left, right string) bool {
	for _, w := range runsBefore {
		if strings.HasSuffix(left, w) {
			return true
		}
	}
	for _, w := range runsAfter {
		if strings.HasPrefix(right, w) {
			return true
		}
	}
	return false
}
