package match

import (
	"slices"
	"strings"
)

// minVerb is the least length, in letters, of a word of trouble that is known misspelt.
const minVerb = 5

// addMisspelt adds the usual misspellings of words of trouble, unless they say that all is well: one letter is all that tells "çalışmıyor" from
// "çalışıyor".
func (x *lexiconWriter) addMisspelt(t *tongue, lang int8) error {
	well, err := x.well(t)
	if err != nil {
		return err
	}
	for _, words := range t.Misspelt {
		for _, form := range misspellings(tidy(x.a, words)) {
			if well.holds(form) {
				continue
			}
			if err := x.addWhole(form, phrase{lang: lang, role: fault, symptom: -1}); err != nil {
				return err
			}
		}
	}
	return nil
}

// well holds the phrases of a language by which something works, or works again.
func (x *lexiconWriter) well(t *tongue) (*automaton, error) {
	own := lexiconWriter{lexicon: &lexicon{}, a: x.a, b: newBuilder(), numbers: map[phrase]int32{}}
	own.parser.name(t.Words)
	for _, pattern := range slices.Concat(t.Works, t.Back) {
		if strings.Contains(pattern, " ~ ") {
			continue
		}
		if err := own.addWhole(pattern, phrase{}); err != nil {
			return nil, err
		}
	}
	return own.b.freeze(), nil
}

// holds reports whether a phrase is one of the automaton's.
func (t *automaton) holds(phrase string) bool {
	at, b := int32(0), []byte(phrase)
	for k := int32(0); int(k) < len(b); {
		if at, k = t.advance(at, b, k); at == 0 {
			return false
		}
	}
	return len(t.at(at)) > 0
}

// misspellings returns the usual misspellings of folded words of which one is written wrong, and the words written as one.
func misspellings(words string) []string {
	parts := strings.Fields(words)
	var list []string
	if len(parts) > 1 {
		list = append(list, strings.Join(parts, ""))
	}
	for i, word := range parts {
		for _, slip := range slipsOf(word, minVerb) {
			list = append(list, strings.Join(slices.Concat(parts[:i], []string{slip}, parts[i+1:]), " "))
		}
	}
	return list
}
