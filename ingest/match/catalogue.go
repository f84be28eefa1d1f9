package match

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// catalogue is the services, made ready for looking up what people call them. Services are numbered by their place.
type catalogue struct {
	services []service
	byID     map[string]int32
	// names finds every name in a text; words the same names as they stand in a tag, without blanks.
	names *automaton
	words map[string][]int32
	// typos leads from a long name with one letter left out to the names that it may be.
	typos map[string][]string
	// stubs leads from the beginning of a name to the services that are called so; talk says that they are networks to talk by.
	stubs   map[string][]int32
	talk    map[string]bool
	tags    map[string][]int32
	handles map[string][]int32
	phrases *automaton
}

// service is what the rules need to know of an event.Service.
type service struct {
	id string
	// everyday are those of its names that are everyday words too, with the languages in which they are.
	everyday map[string]homonym
	// home is the language of its country, if that is not English; domestic says that it has a country.
	home     tongues
	domestic bool
	// rivals are the services that share one of its names.
	rivals []int32
	// slips are usual misspellings of its names, and hints everyday words that may mean it.
	slips, hints map[string]bool
	// company says that its name is that of the company behind it, so that its shares are named so too.
	company bool
	trade
}

// newCatalogue checks the entries: ids are unique slugs, and no name, tag, handle or phrase is empty once folded.
func newCatalogue(a *alphabet, x *lexicon, entries []event.Service) (*catalogue, error) {
	c := &catalogue{
		byID: map[string]int32{}, words: map[string][]int32{}, typos: map[string][]string{}, stubs: map[string][]int32{}, talk: map[string]bool{},
		tags: map[string][]int32{}, handles: map[string][]int32{},
	}
	names, phrases := newBuilder(), newBuilder()
	for i := range entries {
		e := &entries[i]
		if !isSlug(e.ID) {
			return nil, fmt.Errorf("service %q: the id must be lower-case letters, digits and '-'", e.ID)
		}
		if _, twice := c.byID[e.ID]; twice {
			return nil, fmt.Errorf("service %q stands twice in the catalogue: give one of them another id", e.ID)
		}
		n := int32(len(c.services))
		c.byID[e.ID] = n
		c.services = append(c.services, service{
			id: e.ID, everyday: everydayNames(a, x, e), home: x.homeOf(e.ID, e.Country), domestic: e.Country != "", slips: map[string]bool{}, hints: map[string]bool{}, company: e.Owner == e.ID,
			trade: tradeOf(e.Kind),
		})
		if err := c.addNames(a, names, n, e); err != nil {
			return nil, fmt.Errorf("service %q: %w", e.ID, err)
		}
		if err := c.addOwn(a, phrases, n, e); err != nil {
			return nil, fmt.Errorf("service %q: %w", e.ID, err)
		}
	}
	for i := range entries {
		if err := c.addHints(a, names, int32(i), &entries[i]); err != nil {
			return nil, fmt.Errorf("service %q: %w", entries[i].ID, err)
		}
	}
	c.addNamesakes(a, names, entries)
	for i := range entries {
		c.addSlips(a, names, int32(i), &entries[i])
		c.addStubs(a, int32(i), &entries[i], entries[i].Kind == "social" || entries[i].Kind == "messaging")
	}
	c.names, c.phrases = names.freeze(), phrases.freeze()
	return c, nil
}

// minClear is the length, in letters, of the shortest further name of an ambiguous service that is taken for clear.
const minClear = 5

// everydayNames returns the names of a service that are everyday words too. The lexicon tells in which languages; of an ambiguous
// service that it does not know all short names are taken for everyday words wherever they stand, and so are, of any service, single
// letters, and abbreviations without their signs: "AT&T" as "att".
func everydayNames(a *alphabet, x *lexicon, e *event.Service) map[string]homonym {
	everyday := map[string]homonym{}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		key, word := tidy(a, name), tagKey(a, name)
		if h, known := x.homonyms[key]; known {
			everyday[key] = h
		}
		if runeCount(key) == 1 {
			everyday[key] = homonym{}
		}
		if word != key && word != "" && !e.Ambiguous && runeCount(word) < minClear && word[0] < utf8.RuneSelf {
			everyday[word] = homonym{}
		}
	}
	if !e.Ambiguous || len(everyday) > 0 {
		return everyday
	}
	if own := tidy(a, e.Name); !strings.Contains(own, " ") {
		everyday[own] = homonym{}
	}
	for _, alias := range e.Aliases {
		if key := tidy(a, alias); runeCount(key) < minClear && !strings.Contains(key, " ") {
			everyday[key] = homonym{}
		}
	}
	return everyday
}

// isEveryday reports whether a name of service n, folded, is an everyday word too, in whatever language.
func (c *catalogue) isEveryday(n int32, name []byte) bool {
	_, is := c.services[n].everyday[string(name)]
	return is
}

// isSlug reports whether s can stand in subjects and keys.
func isSlug(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

func (c *catalogue) addNames(a *alphabet, names *builder, n int32, e *event.Service) error {
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		key := tidy(a, name)
		word := tagKey(a, name)
		if word == "" {
			return fmt.Errorf("the name %q has neither letter nor digit", name)
		}
		names.add([]byte(key), n)
		if plain := strings.ReplaceAll(key, "'", ""); plain != key {
			names.add([]byte(plain), n)
		}
		if dotted := strings.ReplaceAll(key, ".", "/"); dotted != key {
			// A dot within a word ends no sentence: see scratch.fold.
			names.add([]byte(dotted), n)
		}
		if _, known := c.words[word]; !known && runeCount(word) >= minTypo {
			for without := range deletions(word) {
				c.typos[without] = append(c.typos[without], word)
			}
		}
		c.call(n, word)
		// Names of two words are written as one too: "facebookmessenger".
		if word != key && !e.Ambiguous {
			names.add([]byte(word), n)
		}
	}
	return nil
}

// call lets a word name service n, beside those that it names already.
func (c *catalogue) call(n int32, word string) {
	for _, rival := range c.words[word] {
		if rival != n {
			c.services[n].rivals = appendNew(c.services[n].rivals, rival)
			c.services[rival].rivals = appendNew(c.services[rival].rivals, n)
		}
	}
	c.words[word] = appendNew(c.words[word], n)
}

func (c *catalogue) addOwn(a *alphabet, phrases *builder, n int32, e *event.Service) error {
	for _, t := range e.Tags {
		key := tagKey(a, t)
		if key == "" {
			return fmt.Errorf("the tag %q has neither letter nor digit", t)
		}
		c.tags[key] = appendNew(c.tags[key], n)
	}
	for _, h := range e.Handles {
		key := handleKey(a, h)
		if tagKey(a, h) == "" {
			return fmt.Errorf("the handle %q has neither letter nor digit", h)
		}
		c.handles[key] = appendNew(c.handles[key], n)
	}
	for _, p := range e.Phrases {
		key := tidy(a, p)
		if tagKey(a, p) == "" {
			return fmt.Errorf("the phrase %q has neither letter nor digit", p)
		}
		phrases.add([]byte(key), n)
		if last := key[len(key)-1]; 'a' <= last && last <= 'z' && last != 's' {
			phrases.add([]byte(key+"s"), n) // "power outages" where "power outage" was given
		}
	}
	return nil
}

// tagKey is the form in which tags are compared.
func tagKey(a *alphabet, tag string) string {
	return string(appendWord(a, nil, tag))
}

// handleKey is the form in which accounts are compared: letters, digits, '.' and '-' of a folded handle, without '@'.
func handleKey(a *alphabet, handle string) string {
	return string(appendHandle(a, nil, strings.TrimPrefix(handle, "@")))
}

// appendWord appends the letters and digits of s, folded.
func appendWord(a *alphabet, dst []byte, s string) []byte {
	for _, r := range s {
		if _, _, k := a.look(r); k == spaced || k == joined || k == hangul || k == digit {
			dst = a.appendRune(dst, r)
		}
	}
	return dst
}

// appendHandle appends a handle, folded.
func appendHandle(a *alphabet, dst []byte, s string) []byte {
	for _, r := range s {
		if r == '.' || r == '-' || r == ':' {
			dst = append(dst, byte(r))
			continue
		}
		if _, _, k := a.look(r); k == spaced || k == joined || k == hangul || k == digit {
			dst = a.appendRune(dst, r)
		}
	}
	return dst
}

func appendNew(list []int32, n int32) []int32 {
	for _, v := range list {
		if v == n {
			return list
		}
	}
	return append(list, n)
}

// minTypo is the length, in letters, of the shortest name in which one letter may be wrong.
const minTypo = 6

// deletions yields s itself and s with each one of its letters left out.
func deletions(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(s) {
			return
		}
		for i, r := range s {
			if !yield(s[:i] + s[i+utf8.RuneLen(r):]) {
				return
			}
		}
	}
}

// misspelt returns the services whose long name is one edit away from word.
func (c *catalogue) misspelt(word []byte) []int32 {
	if n := utf8.RuneCount(word); n < minTypo || n > 24 {
		return nil
	}
	if found := c.closeTo(word, word); found != nil {
		return found
	}
	var store [2 * maxTag]byte
	for i := 0; i < len(word); {
		_, n := utf8.DecodeRune(word[i:])
		if found := c.closeTo(word, append(append(store[:0], word[:i]...), word[i+n:]...)); found != nil {
			return found
		}
		i += n
	}
	return nil
}

// closeTo returns the services of a name that is one edit away from word, of those that without may be made of.
func (c *catalogue) closeTo(word, without []byte) []int32 {
	for _, name := range c.typos[string(without)] {
		if near([]rune(string(word)), []rune(name)) {
			return c.words[name]
		}
	}
	return nil
}

// near reports whether one edit (a letter changed, missing, extra, or two swapped) leads from one word to the other.
func near(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch len(y) - len(x) {
	case 0:
		swapped := len(x) > 1 && x[0] == y[1] && x[1] == y[0] && slices.Equal(x[2:], y[2:])
		return len(x) == 0 || swapped || slices.Equal(x[1:], y[1:])
	case 1:
		return slices.Equal(x, y[1:])
	}
	return false
}

// minInflected is the length, in bytes, of the shortest name that may carry a case ending.
const minInflected = 4

// minDeclined is that of a name that a case ending makes clear, although it is an everyday word too.
const minDeclined = 7

// leastInflected is the length, in bytes, that a name has at least if it may carry a case ending: see clarify.
func (c *catalogue) leastInflected(name []byte, services []int32) int {
	for _, n := range services {
		if h, everyday := c.services[n].everyday[string(name)]; !everyday || h != (homonym{}) {
			return minInflected
		}
	}
	return minDeclined
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }

// allEveryday reports whether a name may be an everyday word, whichever of the services is meant.
func (c *catalogue) allEveryday(name []byte, services []int32) bool {
	return !slices.ContainsFunc(services, func(n int32) bool { return !c.isEveryday(n, name) })
}
