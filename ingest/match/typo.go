package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// Bounds of a name whose usual misspellings are known in running text, in letters.
const (
	minSlip = 6
	maxSlip = 14
)

// minRare is minSlip for the names of other trades, which people write less often and with more care.
const minRare = 8

// slipKinds are the trades whose names people write so often, and so fast, that they write them wrong.
var slipKinds = map[string]bool{"social": true, "messaging": true, "video": true, "music": true, "game": true, "email": true, "ai": true, "search": true}

// slipExtra are the services of other trades of which the same is true.
var slipExtra = map[string]bool{"amazon": true, "paypal": true, "cloudflare": true, "revolut": true, "vodafone": true, "monobank": true}

// notSlips are words that a slip of the finger would make of a name, and that mean something else in several languages. Those of one language
// are its lookalikes.
var notSlips = map[string]bool{
	"telegrama": true, "telegramm": true, "pinteres": true, "discords": true, "discard": true, "papal": true, "redit": true, "credit": true,
	"signals": true, "twister": true, "vimeos": true, "gemini": true, "spottily": true, "netflixs": true, "roblux": true, "googol": true,
	"goggle": true, "amazone": true, "direct": true, "valorants": true, "valeur": true, "steams": true, "outlooks": true, "messages": true,
	"deezers": true, "twitters": true, "yandeks": true, "straa": true, "radio": true, "radios": true, "arena": true, "arenas": true, "tender": true,
	"tenders": true, "patron": true, "patrons": true, "sportif": true, "sportifs": true, "revolt": true, "revolts": true, "revolte": true,
	"revolta": true, "revolto": true, "rubia": true, "rubik": true, "proximos": true, "garantie": true, "garantien": true, "garantire": true,
	"garantia": true, "grind": true, "grinds": true, "snappy": true, "snappa": true, "sappi": true, "applet": true, "steamed": true, "streamy": true,
	"filmo": true, "tinter": true, "titter": true, "tumble": true, "twitchy": true, "twitted": true, "snape": true, "ingram": true, "intact": true,
	"integram": true, "douane": true, "discret": true, "capone": true, "starbuck": true, "izzie": true, "mediatek": true,
	"telefonia": true, "telefonic": true, "bugie": true, "bunge": true, "bungee": true, "barge": true, "guasa": true, "fornire": true, "forniti": true,
	"fornita": true, "fornite": true, "stava": true, "descorda": true, "tindre": true, "telegraph": true, "telegrafo": true, "тендер": true,
	"тендера": true, "тендеры": true, "телеграф": true, "сімом": true, "старинки": true, "тиктака": true, "редите": true,
}

// alike are letters that are taken for each other, by ear or by their keys.
var alike = map[rune]string{
	'a': "e", 'e': "ia", 'i': "ey", 'o': "u", 'u': "o", 'c': "kx", 'k': "c", 'b': "v", 'v': "b", 'm': "n", 'n': "m", 's': "z", 'z': "s", 't': "d", 'd': "t",
	'p': "b", 'y': "i", 'f': "v", 'g': "q", 'r': "t",
	'α': "ε", 'ε': "α", 'η': "ιυ", 'ι': "ηυ", 'υ': "ιη", 'ο': "ω", 'ω': "ο",
	'а': "о", 'о': "а", 'е': "иэ", 'и': "еыі", 'т': "д", 'д': "т", 'б': "п", 'п': "б", 'ы': "и", 'г': "к", 'к': "г", 'з': "с", 'с': "з", 'в': "ф", 'і': "и",
	'א': "עה", 'ב': "ו", 'ו': "ב", 'ט': "ת", 'ת': "ט", 'כ': "ק", 'ק': "כ", 'ס': "ש", 'ש': "ס", 'ע': "א",
	'و': "ؤ", 'س': "ص", 'ت': "ط",
	'ि': "ी", 'ी': "ि", 'ु': "ू", 'ू': "ु", 'ट': "त", 'त': "ट", 'ड': "द", 'द': "ड", 'स': "श", 'श': "स",
}

// neighbours are the letters about each on the keys, by which long names are known too.
var neighbours = map[rune]string{
	'q': "wa", 'w': "qeas", 'e': "wrsd", 'r': "etdf", 't': "ryfg", 'y': "tugh", 'u': "yihj", 'i': "uojk", 'o': "ipkl", 'p': "ol", 'a': "qwsz", 's': "awedxz",
	'd': "serfcx", 'f': "drtgvc", 'g': "ftyhbv", 'h': "gyujnb", 'j': "huikmn", 'k': "jiolm", 'l': "kop", 'z': "asx", 'x': "zsdc", 'c': "xdfv", 'v': "cfgb",
	'b': "vghn", 'n': "bhjm", 'm': "njk",
}

// minKeys is the length, in letters, of the shortest name of which a wrong key is known.
const minKeys = 7

// slips returns the usual misspellings of a folded name: a letter left out, doubled, swapped with the next, or written as it sounds.
// Of a name of several words, one of the longer ones is written so.
func slips(name string) []string {
	words := strings.Split(name, " ")
	if len(words) == 1 {
		return slipsOf(name, minSlip)
	}
	var list []string
	for i, word := range words {
		for _, slip := range slipsOf(word, minSlip) {
			list = append(list, strings.Join(slices.Concat(words[:i], []string{slip}, words[i+1:]), " "))
		}
	}
	return list
}

// slipsOf is slips for words of at least the given number of letters.
func slipsOf(word string, least int) []string {
	letters := []rune(word)
	if len(letters) < least || len(letters) > maxSlip || strings.ContainsAny(word, " ./'-&+") || !sliding(letters) {
		return nil
	}
	var list []string
	note := func(parts ...[]rune) {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(string(p))
		}
		if s := b.String(); s != word && !notSlips[s] {
			list = append(list, s)
		}
	}
	for i := 1; i < len(letters); i++ {
		head, one, tail := letters[:i], letters[i], letters[i+1:]
		note(head, tail)
		note(head, []rune{one, one}, tail)
		if i+1 < len(letters) {
			note(head, []rune{letters[i+1], one}, letters[i+2:])
		}
		others := alike[one]
		if len(letters) >= minKeys {
			others += neighbours[one]
		}
		for _, other := range others {
			note(head, []rune{other}, tail)
		}
	}
	return list
}

// sliding reports whether a name is of letters of a script in which single letters slip.
func sliding(letters []rune) bool {
	for _, r := range letters {
		if (r < 'a' || r > 'z') && (r < 0x370 || r > 0x6FF) && (r < 0x900 || r > 0xAFF) {
			return false
		}
	}
	return true
}

// addSlips adds the usual misspellings of the names of e, unless they are names themselves.
func (c *catalogue) addSlips(a *alphabet, names *builder, n int32, e *event.Service) {
	if e.Kind == "" {
		return
	}
	least := minRare
	if slipKinds[e.Kind] || slipExtra[e.ID] {
		least = minSlip
	}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		key := tidy(a, name)
		if c.isEveryday(n, []byte(key)) || utf8.RuneCountInString(key) < least ||
			least == minRare && strings.Contains(key, " ") && !c.holdsAnother(n, key) {
			continue
		}
		for _, slip := range slips(key) {
			if len(c.words[strings.ReplaceAll(slip, " ", "")]) > 0 || utf8.RuneCountInString(slip) < least-1 {
				continue
			}
			names.add([]byte(slip), n)
			c.services[n].slips[slip] = true
		}
	}
}

// holdsAnother reports whether a word of the name is the name of another service: misspelt, it would be taken for that one.
func (c *catalogue) holdsAnother(n int32, name string) bool {
	return slices.ContainsFunc(strings.Fields(name), func(word string) bool {
		return slices.ContainsFunc(c.words[word], func(other int32) bool { return other != n })
	})
}

// minStub is the length, in letters, of the shortest beginning of a name that stands for it in a tag.
const minStub = 4

// minPhrasal is that of a name of several words, of which the first alone means something else.
const minPhrasal = 7

// shortened returns the service of whose names word is the beginning: #whatsdown, #garantidown. Where several begin so, it is
// the one that people talk by; where that does not decide, none.
func (c *catalogue) shortened(x *lexicon, word []byte) []int32 {
	for i := 1; i < len(word); i++ {
		if _, ok := x.lead[string(word[:i])]; ok && utf8.RuneCount(word[i:]) >= minStub {
			if found := c.stubs[string(word[i:])]; len(found) == 1 {
				return found
			}
		}
	}
	if found := c.stubs[string(word)]; len(found) == 1 {
		return found
	}
	return nil
}

// addStubs notes the beginnings of the names of service n. Names of social networks and messengers take the place of others.
func (c *catalogue) addStubs(a *alphabet, n int32, e *event.Service, talk bool) {
	if e.Ambiguous {
		return
	}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		word := []rune(tagKey(a, name))
		least := minStub
		if talk {
			least--
		}
		if strings.Contains(strings.TrimSpace(name), " ") {
			least = minPhrasal
		}
		for i := least; i < len(word); i++ {
			stub := string(word[:i])
			if old, taken := c.stubs[stub]; taken && talk && !c.talk[stub] && len(old) > 0 {
				c.stubs[stub] = nil
			}
			if talk == c.talk[stub] || talk {
				c.stubs[stub] = appendNew(c.stubs[stub], n)
			}
			c.talk[stub] = c.talk[stub] || talk
		}
	}
}
