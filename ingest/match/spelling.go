package match

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spelling is one way of writing a phrase.
type spelling uint8

const (
	asWritten    spelling = iota
	umlautsApart          // "ae" for "ä"
	noApostrophe          // "cant"
	joinersApart          // a blank where Persian joins halves of a word invisibly
	toneless              // Vietnamese without its tones
	noBlanks              // only of phrases that begin in a script that does not care for them
)

// spellingsOf tells in which ways a phrase, or a pattern, can be written that are not all the same.
func spellingsOf(a *alphabet, s string) []spelling {
	ways := []spelling{asWritten}
	note := func(way spelling) {
		if !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
	}
	blank := strings.Contains(s, " ")
	for _, r := range s {
		if r < utf8.RuneSelf && r != '\'' && r != '`' {
			continue
		}
		one, _, kind := a.look(r)
		switch {
		case strings.ContainsRune("äöüÄÖÜ", r):
			note(umlautsApart)
		case isToned(r):
			note(toneless)
		case one == '\'':
			note(noApostrophe)
		case r == '\u200c':
			note(joinersApart)
		case blank && isJoined(kind):
			note(noBlanks)
		}
	}
	return ways
}

// umlauts writes them as people do who have no key for them.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue")

// fold appends the folded letters and signs of s as the spelling has them. Blanks are left as they are.
func (w spelling) fold(a *alphabet, dst []byte, s string) []byte {
	switch w {
	case umlautsApart:
		s = umlauts.Replace(s)
	case joinersApart:
		s = strings.ReplaceAll(s, "\u200c", " ")
	case toneless:
		s = norm.NFD.String(s) // the marks leave no trace
	}
	for i, r := range s {
		switch one, _, _ := a.look(r); {
		case one == '\'' && w == noApostrophe:
		case r == '.' && isWordByte(at(s, i+1)):
			dst = append(dst, '/') // A dot within a word ends no sentence: see scratch.fold.
		case one > 0 && one < utf8.RuneSelf:
			dst = append(dst, byte(one))
		default:
			dst = a.appendRune(dst, r)
		}
	}
	return dst
}

// spellings gives the folded forms of a phrase that people write.
func spellings(a *alphabet, s string) []string {
	var forms []string
	for _, w := range spellingsOf(a, s) {
		form := strings.Join(strings.Fields(string(w.fold(a, nil, s))), " ")
		if w == noBlanks {
			if _, _, k := a.look(firstRune(form)); !isJoined(k) {
				continue
			}
			form = strings.ReplaceAll(form, " ", "")
		}
		forms = append(forms, form)
	}
	return forms
}

// tidy folds s and brings its blanks to one.
func tidy(a *alphabet, s string) string {
	return strings.Join(strings.Fields(string(a.foldAppend(nil, s))), " ")
}

// squeezer drops all but letters and digits from a folded phrase: the form that it has within a tag.
var squeezer = strings.NewReplacer(" ", "", "'", "", "-", "", ".", "")

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// isJoined reports whether letters of a class stand without blanks between words, or may.
func isJoined(k class) bool { return k == joined || k == hangul }

// writer writes a pattern in one spelling into an automaton.
type writer struct {
	a   *alphabet
	b   *builder
	way spelling
	// value tells the value of the pattern's phrases, and of those whose last word may go on.
	value func(open bool) int32
	// out holds the texts for which it is being found out what follows them.
	out []byte
	err error
}

// spacing is what is known of the blanks where a piece of a pattern begins: phrases have none at their ends and no two in a row.
type spacing uint8

const (
	fresh spacing = iota // nothing was written yet
	flush                // a letter or a sign was written
	due                  // then a blank was met
	shut                 // then "*": nothing may follow
	states
)

// rest is what follows a piece: the set from which it is read, in each state of the spacing, once it is asked for.
type rest struct {
	known [states]bool
	set   [states]int32
	write func(spacing) int32
}

func (r *rest) after(state spacing) int32 {
	if !r.known[state] {
		r.set[state], r.known[state] = r.write(state), true
	}
	return r.set[state]
}

// pattern writes p and lets phrases begin with it.
func (w *writer) pattern(p pattern) error {
	end := rest{write: w.end}
	w.b.begin(w.pieces(p, fresh, &end))
	return w.err
}

var errNoLetter = errors.New("has a phrase without a letter")

func (w *writer) end(state spacing) int32 {
	if state == fresh {
		w.err = errNoLetter
		return nowhere
	}
	return w.b.end(w.value(state == shut))
}

// pieces is the set from which p is read and then what follows it.
func (w *writer) pieces(p pattern, state spacing, then *rest) int32 {
	if len(p) == 0 {
		return then.after(state)
	}
	if len(p) > 1 {
		tail, further := p[1:], then
		then = &rest{write: func(state spacing) int32 { return w.pieces(tail, state, further) }}
	}
	if p[0].choices == nil {
		return w.text(p[0].text, state, then)
	}
	sets := make([]int32, len(p[0].choices))
	for i, choice := range p[0].choices {
		sets[i] = w.pieces(choice, state, then)
	}
	return w.b.either(sets)
}

// text is the set from which a text is read and then what follows it.
func (w *writer) text(s string, state spacing, then *rest) int32 {
	s, after, open := strings.Cut(s, "*")
	var store [128]byte
	folded := w.way.fold(w.a, store[:0], s)
	begin := len(w.out)
	for i, c := range folded {
		switch {
		case c == ' ':
			if state == flush && w.way != noBlanks {
				state = due
			}
			continue
		case state == shut:
			w.err = errStar
			return nowhere
		case state == fresh && w.way == noBlanks && !w.mayJoin(folded[i:]):
			return nowhere
		case state == due:
			w.out = append(w.out, ' ')
		}
		w.out, state = append(w.out, c), flush
	}
	if open {
		if strings.TrimSpace(after) != "" {
			w.err = errStar
			return nowhere
		}
		state = shut
	}
	next := then.after(state)
	set := w.b.literal(w.out[begin:], next)
	w.out = w.out[:begin]
	return set
}

// mayJoin reports whether a phrase that begins so can do without blanks.
func (w *writer) mayJoin(folded []byte) bool {
	r, _ := utf8.DecodeRune(folded)
	_, _, k := w.a.look(r)
	return isJoined(k)
}

var errStar = errors.New(`has a "*" that is not at the end`)
