package match

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
)

//go:embed lexicon/*.yaml
var lexiconFiles embed.FS

// symptoms in the order in which they are reported: the most specific first.
var symptoms = []event.Symptom{
	event.Login, event.Payments, event.Account, event.Calls, event.Messages, event.Media, event.Video, event.Feed,
	event.Crash, event.Connection, event.OtherSymptom,
}

// phrase is what all phrases of one list of a language have in common.
type phrase struct {
	lang    int8
	role    role
	symptom int8 // index into symptoms; -1: none
	open    bool // the last word may go on
	banked  bool // of a part: it is one only where money is kept
	// split says that the phrase complains and praises in one: "works for me, not for my sister".
	split bool
	// pair joins the halves of a pattern with a gap ("geht ~ nicht"); 0: whole. tail marks the second half.
	pair int32
	tail bool
}

// theDraft and theLexicon are computed once: they depend on nothing but the files that are part of the program.
var (
	theDraft   = sync.OnceValues(func() (*lexiconWriter, error) { return draftLexicon(theAlphabet()) })
	theLexicon = sync.OnceValues(func() (*lexicon, error) {
		draft, err := theDraft()
		if err != nil {
			return nil, err
		}
		return draft.finish(), nil
	})
)

// lexicon is all languages together.
type lexicon struct {
	// words finds phrases; its values are indices into phrases, marked with closed where the last word may not go on.
	words *automaton
	// tips and leads are the ends and beginnings of hashtags that complain.
	tips, leads edges

	langs []string
	// vocabularies are what is known of the words of each language, learned when it is first needed.
	vocabularies []func() vocabulary
	rivals       [maxLangs]tongues // see rivalsOf
	// english and greek are these languages.
	english, greek tongues
	phrases        []phrase
	glue           []tongues // of each of phrases, the language in which it may stand between a name and what is said of it
	pairs          int32
	after          map[string]tagWord // what may follow a name in a tag
	before         map[string]tagWord // what may precede a name in a tag
	lead           map[string]tagWord // what may precede a name where a word of trouble follows it
	not            map[string]bool
	// notTypos leads from one of the longer words of not, with one letter left out, to the words that it may be.
	notTypos map[string][]string
	endings  map[string]tongues // case endings of names, and whose they are
	// homonyms are names of services that are everyday words too, brief those of two or three letters that are heard as names without
	// a capital letter, and in which languages.
	homonyms map[string]homonym
	brief    map[string]tongues
	// lookalikes are words that look like a name with a letter wrong or with an ending.
	lookalikes map[string]tongues
	// via are words that make a place on the net of the name behind them, spots the endings and words behind a name that do.
	via   map[string]tongues
	spots map[string]tongues
}

// tagWord is a part of a tag that says of the rest that it fails.
type tagWord struct {
	lang int8
	// strong says that a letter of the rest may be wrong, coins that the rest may be a name that nobody knows yet.
	strong, coins bool
	// whole says that it is a sentence of its own, so that no idiom can end with it: "isdown".
	whole bool
}

// draftLexicon reads every file of the lexicon; it fails on unknown keys, empty phrases and patterns that do not close.
func draftLexicon(a *alphabet) (*lexiconWriter, error) {
	x := &lexicon{after: map[string]tagWord{}, before: map[string]tagWord{}, lead: map[string]tagWord{}, not: map[string]bool{}, notTypos: map[string][]string{}, endings: map[string]tongues{}, homonyms: map[string]homonym{}, brief: map[string]tongues{}, lookalikes: map[string]tongues{}, via: map[string]tongues{}, spots: map[string]tongues{}}
	w := &lexiconWriter{lexicon: x, a: a, b: newBuilder(), numbers: map[phrase]int32{}}
	list, err := readTongues()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := w.add(&list[i]); err != nil {
			return nil, fmt.Errorf("lexicon/%s: %w", list[i].Language, err)
		}
	}
	for l, lang := range x.langs {
		x.rivals[l] = x.rivalsOf(lang)
	}
	x.english, x.greek = x.bit("en"), x.bit("el")
	return w, nil
}

// finish makes what finds the phrases: all of a lexicon that takes long, and that the catalogue does not need.
func (x *lexiconWriter) finish() *lexicon {
	x.words = x.b.freeze()
	x.tips, x.leads = newEdges(x.after, lastBytes), newEdges(x.before, firstBytes)
	x.b, x.numbers, x.parser = nil, nil, parser{}
	return x.lexicon
}

// readTongues reads the files, several at once.
func readTongues() ([]tongue, error) {
	files, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	list := make([]tongue, len(files))
	var g errgroup.Group
	for i, f := range files {
		g.Go(func() error {
			raw, err := lexiconFiles.ReadFile("lexicon/" + f.Name())
			if err != nil {
				return fmt.Errorf("read lexicon: %w", err)
			}
			dec := yaml.NewDecoder(bytes.NewReader(raw))
			dec.KnownFields(true)
			if err := dec.Decode(&list[i]); err != nil {
				return fmt.Errorf("lexicon/%s: %w", f.Name(), err)
			}
			return nil
		})
	}
	return list, g.Wait()
}

// lexiconWriter is a lexicon in the making.
type lexiconWriter struct {
	*lexicon
	a *alphabet
	b *builder
	// numbers are the values of phrases.
	numbers map[phrase]int32
	parser  parser
}

// maxLangs is set by the masks that hold a bit a language.
const maxLangs = 64

func (x *lexiconWriter) add(t *tongue) error {
	if t.Language == "" || len(x.langs) == maxLangs {
		return errors.New("a lexicon file needs its language, and there can be no more than 64 of them")
	}
	lang := int8(len(x.langs))
	x.langs = append(x.langs, t.Language)
	x.parser.name(t.Words)
	for _, g := range t.groups() {
		for _, pattern := range g.patterns {
			if err := x.addPattern(pattern, phrase{lang: lang, role: g.role, symptom: g.symptom, banked: g.banked}); err != nil {
				return err
			}
		}
	}
	if err := x.addMisspelt(t, lang); err != nil {
		return err
	}
	for _, pattern := range t.Contrasts {
		if err := x.addPattern(pattern, phrase{lang: lang, role: fault, symptom: -1, split: true}); err != nil {
			return err
		}
	}
	a := x.a
	x.vocabularies = append(x.vocabularies, sync.OnceValue(func() vocabulary { return learn(a, t) }))
	x.addHomonyms(t, lang)
	return x.addTags(t, lang)
}

// addHomonyms notes which names of services are words of a language too, and which words look like names.
func (x *lexiconWriter) addHomonyms(t *tongue, lang int8) {
	for _, word := range t.Homonyms {
		h := x.homonyms[tidy(x.a, word)]
		h.words |= 1 << uint(lang)
		x.homonyms[tidy(x.a, word)] = h
	}
	for _, word := range t.Namesakes {
		h := x.homonyms[tidy(x.a, word)]
		h.names |= 1 << uint(lang)
		x.homonyms[tidy(x.a, word)] = h
	}
	for _, word := range t.Brief {
		x.brief[tidy(x.a, word)] |= 1 << uint(lang)
	}
	for _, word := range t.Lookalikes {
		x.lookalikes[tidy(x.a, word)] |= 1 << uint(lang)
	}
	for _, word := range t.Via {
		x.via[tidy(x.a, word)] |= 1 << uint(lang)
	}
}

func (x *lexiconWriter) addPattern(s string, p phrase) error {
	if head, tail, ok := strings.Cut(s, " ~ "); ok {
		x.pairs++
		p.pair = x.pairs
		q := p
		q.tail = true
		return errors.Join(x.addWhole(head, p), x.addWhole(tail, q))
	}
	return x.addWhole(s, p)
}

// addWhole adds every phrase that a pattern without a gap stands for.
func (x *lexiconWriter) addWhole(s string, p phrase) error {
	parsed, err := x.parser.pattern(s)
	if err != nil {
		return err
	}
	w := writer{a: x.a, b: x.b, value: func(open bool) int32 { p.open = open; return x.number(p) }}
	for _, w.way = range spellingsOf(x.a, string(parsed.texts(nil))) {
		if err := w.pattern(parsed); err != nil {
			return fmt.Errorf("pattern %q %w", s, err)
		}
	}
	return nil
}

// closed marks the values of phrases that must end where a word does. They stand behind all others, so that within a word, where most of what
// is found ends, none of them is looked at.
const closed = 1 << 20

// number is the value of p among the words.
func (x *lexiconWriter) number(p phrase) int32 {
	n, ok := x.numbers[p]
	if !ok {
		n = int32(len(x.phrases))
		x.phrases = append(x.phrases, p)
		x.glue = append(x.glue, p.glue())
		if !p.open {
			n |= closed
		}
		x.numbers[p] = n
	}
	return n
}

// glue is the language of p if it may stand between a name and what is said of it.
func (p *phrase) glue() tongues {
	if p.pair == 0 && (p.role == between || p.role == thing || p.role == part || p.role == either) {
		return 1 << uint(p.lang)
	}
	return 0
}

// minNotTypo is the length, in letters, of the shortest word that is no service in which one letter may be wrong.
const minNotTypo = 4

// addNot notes a word that is no service although trouble follows.
func (x *lexiconWriter) addNot(word string) {
	if x.not[word] {
		return
	}
	x.not[word] = true
	if utf8.RuneCountInString(word) >= minNotTypo {
		for without := range deletions(word) {
			x.notTypos[without] = append(x.notTypos[without], word)
		}
	}
}

// isNearNot reports whether a word is one letter away from one that is no service: #smackddown.
func (x *lexicon) isNearNot(word []byte) bool {
	if utf8.RuneCount(word) < minNotTypo {
		return false
	}
	for without := range deletions(string(word)) {
		for _, other := range x.notTypos[without] {
			if near([]rune(string(word)), []rune(other)) {
				return true
			}
		}
	}
	return false
}

func (x *lexiconWriter) addTags(t *tongue, lang int8) error {
	add := func(to map[string]tagWord, patterns []string, strong, coins bool) error {
		for _, p := range patterns {
			parsed, err := x.parser.pattern(p)
			if err != nil {
				return err
			}
			forms, err := parsed.forms()
			if err != nil {
				return fmt.Errorf("pattern %q %w", p, err)
			}
			for _, f := range forms {
				for _, s := range spellings(x.a, f) {
					key := squeezer.Replace(s)
					if old, ok := to[key]; !ok || strong && !old.strong || coins && !old.coins {
						to[key] = tagWord{lang: lang, strong: strong, coins: coins, whole: strings.HasPrefix(key, "is")}
					}
				}
			}
		}
		return nil
	}
	for _, n := range t.Tags.Not {
		x.addNot(squeezer.Replace(string(x.a.foldAppend(nil, n))))
	}
	for _, e := range t.Spots {
		x.spots[string(x.a.foldAppend(nil, e))] |= 1 << uint(lang)
	}
	for _, e := range t.Endings {
		x.endings[string(x.a.foldAppend(nil, e))] |= 1 << uint(lang)
	}
	return errors.Join(add(x.after, t.Tags.After, true, false), add(x.after, t.Tags.AfterKnown, false, false), add(x.after, t.Tags.Coins, true, true), add(x.before, t.Tags.Before, true, false),
		add(x.lead, t.Tags.Lead, false, false))
}
