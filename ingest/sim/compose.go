package sim

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
)

// saying is what a post is to say: a phrase of a section about a service, perhaps beside another one.
type saying struct {
	section string
	svc     *subject
	other   *subject
	// tagged is the chance that the post carries a hashtag of the [tags] section.
	tagged float64
	// plain keeps openers, closers and emoji away: headlines, official words.
	plain bool
}

var (
	troubleFaces = []string{"😭", "😤", "🙄", "💀", "😩", "🤔", "😡", "🫠", "😐", "👀", "🥲", "!!!", "??", "..."}
	happyFaces   = []string{"😂", "🙌", "🎉", "😅", "🤣", "❤️", "✨", "😎", "🔥", "🥳", "🙏"}
)

// compose writes one text. Nearly every text is its own: openers, closers, towns, numbers, emoji, spelling and slips vary.
func (w *world) compose(r *rand.Rand, lang, city string, s saying) string {
	t := w.tongue(lang)
	text := w.fill(r, t, city, s, pick(r, t.lines(s.section, w.english)))
	if s.plain {
		return text
	}
	text = w.surround(r, t, city, s, text)
	text = dress(r, t, text)
	if r.Float64() < 0.3 {
		text += " " + face(r, s.section)
	}
	return w.tag(r, t, lang, s, text)
}

func (w *world) tongue(lang string) *tongue {
	if t := w.tongues[lang]; t != nil {
		return t
	}
	return w.english
}

// fill replaces the slots of a phrase.
func (w *world) fill(r *rand.Rand, t *tongue, city string, s saying, phrase string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(phrase, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		out.WriteString(w.slot(r, t, city, s, slot))
		phrase = after
	}
}

// slot gives one value: a service or the stem of its hashtag, the other service, a town, a number.
func (w *world) slot(r *rand.Rand, t *tongue, city string, s saying, name string) string {
	switch {
	case name == "n":
		return strconv.Itoa(2 + r.IntN(58))
	case name == "p" && city != "":
		return city
	case name == "p":
		return pick(r, w.cities[t.lang])
	case name == "s" && s.svc != nil:
		return s.svc.spell(r, t.lang)
	case name == "t" && s.svc != nil:
		return s.svc.stem(r, t.lang)
	case name == "o" && s.other != nil:
		return s.other.spell(r, t.lang)
	case name == "ot" && s.other != nil:
		return s.other.stem(r, t.lang)
	}
	return "{" + name + "}"
}

// surround puts small talk before and behind: of the worried sort around trouble, of the idle sort around the rest.
func (w *world) surround(r *rand.Rand, t *tongue, city string, s saying, text string) string {
	before, behind := t.sections["hello"], t.sections["after"]
	if troubled(s.section) {
		before, behind = t.lines("open", w.english), t.lines("close", w.english)
	}
	if len(before) > 0 && r.Float64() < 0.34 {
		text = join(r, t, pick(r, before), text)
	}
	if len(behind) > 0 && r.Float64() < 0.3 {
		text = join(r, t, text, w.fill(r, t, city, s, pick(r, behind)))
	}
	if city != "" && r.Float64() < 0.2 {
		text = join(r, t, text, w.fill(r, t, city, s, pick(r, t.lines("place", w.english))))
	}
	return text
}

// join sets two pieces beside each other, with a mark between them unless the first ends in one.
func join(r *rand.Rand, t *tongue, a, b string) string {
	if strings.ContainsAny(a[len(a)-1:], ".,!?)") {
		return a + " " + b
	}
	return a + pick(r, t.joiners) + b
}

// troubled tells the sections that speak of trouble from all others.
func troubled(section string) bool {
	switch section {
	case "question", "report", "metro", "both", "partial", "because", "blame", "metoo",
		"connection", "login", "feed", "messages", "media", "video", "calls", "crash", "payments", "account":
		return true
	}
	return false
}

func face(r *rand.Rand, section string) string {
	faces := happyFaces
	if troubled(section) || section == "gripe" {
		faces = troubleFaces
	}
	one := pick(r, faces)
	return strings.Repeat(one, 1+r.IntN(8)/6)
}

// dress varies case and punctuation and lets fingers slip.
func dress(r *rand.Rand, t *tongue, text string) string {
	if r.Float64() < 0.35 {
		text = strings.TrimRight(text, ".!?。！？")
	}
	if !t.cased {
		return text
	}
	switch x := r.Float64(); {
	case x < 0.38:
		text = lower(t.lang, text)
	case x < 0.42:
		text = upper(t.lang, text)
	}
	if r.Float64() < 0.05 {
		text = slip(r, text)
	}
	if r.Float64() < 0.04 {
		text = stretch(r, text)
	}
	return text
}

func lower(lang, text string) string {
	if lang == "tr" {
		return strings.ToLowerSpecial(unicode.TurkishCase, text)
	}
	return strings.ToLower(text)
}

func upper(lang, text string) string {
	if lang == "tr" {
		return strings.ToUpperSpecial(unicode.TurkishCase, text)
	}
	return strings.ToUpper(text)
}

// slip swaps, doubles or loses one letter.
func slip(r *rand.Rand, text string) string {
	letters := []rune(text)
	if len(letters) < 8 {
		return text
	}
	i := 1 + r.IntN(len(letters)-3)
	if !unicode.IsLetter(letters[i]) || !unicode.IsLetter(letters[i+1]) {
		return text
	}
	switch r.IntN(3) {
	case 0:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	case 1:
		letters = append(letters[:i+1], letters[i:]...)
	default:
		letters = append(letters[:i], letters[i+1:]...)
	}
	return string(letters)
}

// stretch says the last letter a few times moreeee.
func stretch(r *rand.Rand, text string) string {
	letters := []rune(text)
	last := letters[len(letters)-1]
	if !unicode.IsLetter(last) {
		return text
	}
	return text + strings.Repeat(string(last), 2+r.IntN(4))
}

// tag adds hashtags behind or before the text, or lets one stand alone.
func (w *world) tag(r *rand.Rand, t *tongue, lang string, s saying, text string) string {
	if s.svc == nil || r.Float64() >= s.tagged {
		return text
	}
	pool := t.lines("tags", w.english)
	if r.Float64() < 0.5 {
		pool = w.english.sections["tags"]
	}
	tag := "#" + w.fill(r, t, "", saying{svc: s.svc}, pick(r, pool))
	switch x := r.Float64(); {
	case x < 0.12 && s.section != "recovery":
		return tag + " " + face(r, s.section)
	case x < 0.27:
		return tag + " " + text
	case s.other != nil && x < 0.4:
		return text + " " + tag + " #" + s.other.stem(r, lang)
	}
	return text + " " + tag
}
