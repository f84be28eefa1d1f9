package match

import (
	"iter"
	"math"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// vocabulary tells of the words of one language how much more often they stand in phrases of trouble than in other phrases of its
// lexicon. Trouble that the lexicon does not know is told in words most of which it does: "won't budge" where it has "won't load" and
// "not budging". Of scripts without blanks, every two letters are taken for a word.
//
// It is a table of the hashes of words, each of which gives the lowest of its bytes to the weight; 0: nothing stands there.
type vocabulary []uint64

// newVocabulary has room for n words.
func newVocabulary(n int) vocabulary { return make(vocabulary, 1<<bits.Len(uint(2*n))) }

// hashOf is the hash of a word. It is not 0, whatever its lowest byte.
func hashOf(word []byte) uint64 { return xxh3.Hash(word) | 1<<weightBits }

const weightBits = 8

// slot is where a word stands, or else would.
func (v vocabulary) slot(hash uint64) *uint64 {
	for i := hash >> weightBits; ; i++ {
		if e := &v[i%uint64(len(v))]; *e == 0 || (*e^hash)>>weightBits == 0 {
			return e
		}
	}
}

func (v vocabulary) set(hash uint64, weight int8) {
	*v.slot(hash) = hash>>weightBits<<weightBits | uint64(uint8(weight))
}

// weight is what the word of a hash weighs; false: it is not known.
func (v vocabulary) weight(hash uint64) (weight int8, known bool) {
	e := *v.slot(hash)
	return int8(e), e != 0
}

// unitOf is what a natural logarithm of one weighs in a vocabulary, and maxUnits what a word weighs at most.
const (
	unitOf   = 4
	maxUnits = 16
)

// learn makes the vocabulary of a language from its patterns, which are known to be read without error.
func learn(a *alphabet, t *tongue) vocabulary {
	counts := newTallies()
	var patterns parser
	patterns.name(t.Words)
	for _, g := range t.groups() {
		trouble, teaches := g.role.teaches()
		if !teaches {
			continue
		}
		for _, s := range g.patterns {
			if p, err := patterns.pattern(strings.ReplaceAll(s, " ~ ", " ")); err == nil {
				counts.count(a, p, trouble)
			}
		}
	}
	for _, s := range t.Describes {
		if p, err := patterns.pattern(s); err == nil {
			f := p.fragments()
			counts.note(a, &f, tally{trouble: described})
		}
	}
	return counts.weights(a)
}

// described is in how many phrases of trouble a word that describes counts to stand.
const described = 4

// tallies counts the phrases of one language in which words stand.
type tallies struct {
	// counts are of the words, by their numbers.
	counts []tally
	words  map[string]int32
	all    tally
	// known leads from the words of patterns to where in units their numbers are once they are folded.
	known map[string]run
	units []int32
	// folded is the word that is folded last.
	folded []byte
	// sets are the choices that stand in many patterns.
	sets map[*pattern]*set
}

// run is a part of a list.
type run struct{ from, to int32 }

// set is choices, and how often they stand in patterns.
type set struct {
	tally
	choices []pattern
}

func newTallies() *tallies {
	const many = 1 << 12
	return &tallies{counts: make([]tally, 0, many), words: make(map[string]int32, many), known: make(map[string]run, many), units: make([]int32, 0, many), sets: map[*pattern]*set{}}
}

// tally counts phrases of trouble, and others.
type tally struct{ trouble, other float64 }

// teaches reports whether phrases of the role tell trouble from what is none, and if so, which of both they are.
func (r role) teaches() (trouble, teaches bool) {
	switch r {
	case saysAfter, saysBefore, fault, strain:
		return true, true
	case works, back, joke, news, past, unlike, market, everyday, refuge, folk, people, turn, placing, using, goods, common, maybe, rumour, cause, fine:
		return false, true
	}
	return false, false
}

// count notes the words of a pattern whose phrases are of trouble, or are not.
func (t *tallies) count(a *alphabet, p pattern, trouble bool) {
	t.all.add(trouble)
	f := p.fragments()
	for _, choices := range f.sets {
		n := t.sets[&choices[0]]
		if n == nil {
			n = &set{choices: choices}
			t.sets[&choices[0]] = n
		}
		n.add(trouble)
	}
	var one tally
	one.add(trouble)
	t.note(a, &f, one)
}

// note adds n to the counts of all words of f.
func (t *tallies) note(a *alphabet, f *fragments, n tally) {
	for _, list := range [4][]string{f.words, f.first, f.last, f.through} {
		for _, word := range list {
			for _, u := range t.unitsOf(a, word) {
				t.counts[u].trouble += n.trouble
				t.counts[u].other += n.other
			}
		}
	}
}

func (n *tally) add(trouble bool) {
	if trouble {
		n.trouble++
	} else {
		n.other++
	}
}

// unitsOf gives the numbers of a word of a pattern, or of the pairs of its letters.
func (t *tallies) unitsOf(a *alphabet, word string) []int32 {
	r, known := t.known[word]
	if !known {
		t.folded = a.foldAppend(t.folded[:0], word)
		r.from = int32(len(t.units))
		for from, to := range units(t.folded) {
			t.units = append(t.units, t.numberOf(t.folded[from:to]))
		}
		r.to = int32(len(t.units))
		t.known[word] = r
	}
	return t.units[r.from:r.to]
}

func (t *tallies) numberOf(word []byte) int32 {
	n, known := t.words[string(word)]
	if !known {
		n = int32(len(t.counts))
		t.counts = append(t.counts, tally{})
		t.words[string(word)] = n
	}
	return n
}

// units yields the places of what is taken for a word in a folded word.
func units(word []byte) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		r, size := utf8.DecodeRune(word)
		if k := classOf(r); k != joined && k != hangul {
			if len(word) > 0 {
				yield(0, stem(word))
			}
			return
		}
		for from := 0; from+size < len(word); {
			_, next := utf8.DecodeRune(word[from+size:])
			if !yield(from, from+size+next) {
				return
			}
			from, size = from+size, next
		}
	}
}

// weights makes a vocabulary of the counts.
func (t *tallies) weights(a *alphabet) vocabulary {
	for _, of := range t.sets {
		f := piece{choices: of.choices}.fragments()
		t.note(a, &f, of.tally)
	}
	v := newVocabulary(len(t.words))
	prior := (t.all.other + .5) / (t.all.trouble + .5)
	for word, number := range t.words {
		n := &t.counts[number]
		w := math.Round(unitOf * math.Log((n.trouble+.5)/(n.other+.5)*prior))
		v.set(hashOf([]byte(word)), int8(max(-maxUnits, min(maxUnits, w))))
	}
	return v
}

// fragments are the words of a pattern: those between two of its blanks, and what is first, last or all of it, to which more may be joined.
type fragments struct {
	words, first, last, through []string
	// sets are choices that stand between blanks.
	sets [][]pattern
}

// minSet is how many choices there are at least that are noted as such, and not word by word.
const minSet = 5

func (p pattern) fragments() fragments {
	f := fragments{through: []string{""}}
	for i, one := range p {
		if len(one.choices) >= minSet && (i == 0 || strings.HasSuffix(p[i-1].text, " ")) && (i+1 == len(p) || strings.HasPrefix(p[i+1].text, " ")) {
			f.sets = append(f.sets, one.choices)
			continue
		}
		f = f.joined(one.fragments())
	}
	return f
}

func (p piece) fragments() (f fragments) {
	if p.choices == nil {
		parts := strings.Split(p.text, " ")
		if len(parts) == 1 {
			return fragments{through: parts}
		}
		return fragments{first: parts[:1], words: parts[1 : len(parts)-1], last: parts[len(parts)-1:]}
	}
	for _, c := range p.choices {
		g := c.fragments()
		f.sets = append(f.sets, g.sets...)
		f.words, f.first, f.last, f.through = append(f.words, g.words...), append(f.first, g.first...), append(f.last, g.last...), append(f.through, g.through...)
	}
	return f
}

// joined are the fragments of a pattern that goes on as g.
func (f fragments) joined(g fragments) fragments {
	return fragments{
		words:   append(append(f.words[:len(f.words):len(f.words)], g.words...), crossed(f.last, g.first)...),
		first:   append(f.first[:len(f.first):len(f.first)], crossed(f.through, g.first)...),
		last:    append(g.last[:len(g.last):len(g.last)], crossed(f.last, g.through)...),
		through: crossed(f.through, g.through),
		sets:    append(f.sets[:len(f.sets):len(f.sets)], g.sets...),
	}
}

func crossed(heads, tails []string) []string {
	if len(heads)*len(tails) == 0 {
		return nil
	}
	list := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			list = append(list, h+t)
		}
	}
	return list
}

// stemLen is how many letters of a word are looked at.
const stemLen = 6

func stem(word []byte) int {
	n := 0
	for i := 0; i < len(word); i++ {
		if utf8.RuneStart(word[i]) {
			if n == stemLen || word[i] == ' ' {
				return i
			}
			n++
		}
	}
	return len(word)
}
