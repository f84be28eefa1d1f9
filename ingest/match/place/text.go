package place

import (
	"strings"
	"unicode/utf8"
)

const (
	// The most words of a text that are looked at, and the most words of a name in it.
	textWords = 96
	nameWords = 3
	// The longest folded name.
	nameBytes = 80
)

// span is a word of a text.
type span struct{ from, to int }

// words cuts a text into words on the caller's stack.
type words struct {
	text string
	at   [textWords]span
	n    int
}

func (w *words) cut(text string) {
	w.text = text
	from := -1
	for i, r := range text {
		if isWord(r) || isMark(r) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			if w.push(from, i); w.n == textWords {
				return
			}
			from = -1
		}
	}
	if from >= 0 {
		w.push(from, len(text))
	}
}

func (w *words) push(from, to int) {
	w.at[w.n] = span{from, to}
	w.n++
}

// phrase returns the text from word i to word j, both included.
func (w *words) phrase(i, j int) string { return w.text[w.at[i].from:w.at[j].to] }

// gap returns what stands between word i and the one after it.
func (w *words) gap(i int) string { return w.text[w.at[i].to:w.at[i+1].from] }

// isTag reports whether word i is a hashtag.
func (w *words) isTag(i int) bool {
	left := w.text[:w.at[i].from]
	return strings.HasSuffix(left, "#") || strings.HasSuffix(left, "＃")
}

// inText looks for a place in running text, in strict forms only, and returns the first. within is the country, if it is known.
func (g *Gazetteer) inText(text, lang, within string) (country, place string) {
	lang, _, _ = strings.Cut(lang, "-")
	var w words
	w.cut(text)
	for i := range w.n {
		if n := g.atWord(&w, i, lang); n != nil {
			if country, place, ok := g.resolve(n, within); ok {
				return country, place
			}
		}
	}
	return g.inRuns(text, within)
}

// atWord returns what is named at word i in a form that makes it a place; nil: nothing is.
func (g *Gazetteer) atWord(w *words, i int, lang string) *name {
	var buf [nameBytes]byte
	if w.isTag(i) {
		return g.look(buf[:0], w.phrase(i, i))
	}
	if n := g.lone(buf[:0], w, i); n != nil {
		return n
	}
	word := foldWord(buf[:0], w.phrase(i, i))
	if before(word, lang) && (i == 0 || !strings.EqualFold(w.phrase(i-1, i-1), "made")) {
		return g.longestFrom(w, i+1)
	}
	if i > 0 && after(word, lang) {
		return g.look(buf[:0], w.phrase(i-1, i-1))
	}
	if i > 0 && (w.gap(i-1) == "'" || w.gap(i-1) == "’") && locative(word) {
		return g.look(buf[:0], w.phrase(i-1, i-1))
	}
	return g.korean(buf[:0], w.phrase(i, i))
}

// longestFrom returns the longest name that begins at word i, or behind it if word i is one such as "downtown".
func (g *Gazetteer) longestFrom(w *words, i int) *name {
	var buf [nameBytes]byte
	for last := min(i+nameWords, w.n) - 1; last >= i; last-- {
		if n := g.look(buf[:0], w.phrase(i, last)); n != nil {
			return n
		}
	}
	if i+1 < w.n && within(foldWord(buf[:0], w.phrase(i, i))) {
		return g.longestFrom(w, i+1)
	}
	return nil
}

// lone returns a name at word i, of two words or one, that needs no word beside it.
func (g *Gazetteer) lone(buf []byte, w *words, i int) *name {
	if w.text[w.at[i].from] < utf8.RuneSelf && w.text[w.at[i].from] > 'Z' {
		// All lone names of Latin letters are written with a capital.
		return nil
	}
	for last := min(i+1, w.n-1); last >= i; last-- {
		if n := g.look(buf, w.phrase(i, last)); n != nil && n.lone && (i == last || w.gap(i) == " ") {
			return n
		}
	}
	return nil
}

// korean returns what is named by a word of a place and a particle.
func (g *Gazetteer) korean(buf []byte, word string) *name {
	if r, _ := utf8.DecodeRuneInString(word); r < 0xAC00 || r > 0xD7A3 {
		return nil
	}
	for _, ending := range koreanEndings {
		if stem, ok := strings.CutSuffix(word, ending); ok && stem != "" {
			return g.look(buf, stem)
		}
	}
	return nil
}

// look returns the name that a phrase is, if it is one that is looked for in running text.
func (g *Gazetteer) look(buf []byte, phrase string) *name {
	if len(phrase) > nameBytes {
		return nil
	}
	if n := g.names[string(appendFold(buf, phrase))]; n != nil && n.text {
		return n
	}
	return nil
}

// foldWord folds a word that may be longer than any that is looked for; such a one comes out empty.
func foldWord(buf []byte, word string) []byte {
	if len(word) > nameBytes {
		return buf
	}
	return appendFold(buf, word)
}

// inRuns looks for a place in scripts without spaces.
func (g *Gazetteer) inRuns(text, within string) (country, place string) {
	for i, r := range text {
		if !isUnspaced(r) {
			continue
		}
		for _, key := range g.runs[r] {
			if strings.HasPrefix(text[i:], key) && besideRun(text[:i], text[i+len(key):]) {
				if country, place, ok := g.resolve(g.names[key], within); ok {
					return country, place
				}
			}
		}
	}
	return "", ""
}
