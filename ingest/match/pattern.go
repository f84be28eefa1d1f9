package match

import (
	"errors"
	"fmt"
	"strings"
)

// pattern is a phrase with choices, as the lexicon writes it: "(is|are) down( again|)", "<cannot> log in". Brackets may stand within
// brackets.
type pattern []piece

// piece is a text, or, if there are any, one of several patterns.
type piece struct {
	text    string
	choices []pattern
}

// parser reads patterns; it asks for the memory of many pieces at a time.
type parser struct {
	pieces   []piece
	patterns []pattern
	// words are the sets that patterns name, as they are written; sets those of them that were read.
	words map[string][]string
	sets  map[string][]pattern
}

// name lets the patterns that are read from now on name sets of words.
func (r *parser) name(words map[string][]string) {
	r.words, r.sets = words, make(map[string][]pattern, len(words))
}

// set reads the words of the set of a name.
func (r *parser) set(name string) ([]pattern, error) {
	if set, ok := r.sets[name]; ok {
		if set == nil {
			return nil, fmt.Errorf("names the set <%s> within itself", name)
		}
		return set, nil
	}
	words := r.words[name]
	if len(words) == 0 {
		return nil, fmt.Errorf("names <%s>, which is no set of words", name)
	}
	r.sets[name] = nil
	set := make([]pattern, 0, len(words))
	for _, w := range words {
		p, err := r.pattern(w)
		if err != nil {
			return nil, err
		}
		set = append(set, p)
	}
	r.sets[name] = set
	return set, nil
}

// pattern reads a pattern; it fails on brackets that do not pair and on choices outside of them.
func (r *parser) pattern(s string) (pattern, error) {
	p, rest, err := r.alternative(s)
	switch {
	case err != nil:
		return nil, fmt.Errorf("pattern %q %w", s, err)
	case strings.HasPrefix(rest, "|"):
		return nil, fmt.Errorf("pattern %q has a choice outside of brackets", s)
	case rest != "":
		return nil, fmt.Errorf("pattern %q: brackets do not pair", s)
	}
	return p, nil
}

// alternative reads one alternative, up to what ends it.
func (r *parser) alternative(s string) (p pattern, rest string, err error) {
	var store [8]piece
	list := store[:0]
	for {
		i := strings.IndexAny(s, "(|)<")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			list = append(list, piece{text: s[:i]})
		}
		if s = s[i:]; s == "" || s[0] != '(' && s[0] != '<' {
			return keep(&r.pieces, list), s, nil
		}
		var choices []pattern
		if s[0] == '<' {
			name, after, _ := strings.Cut(s[1:], ">")
			choices, err = r.set(name)
			s = after
		} else {
			choices, s, err = r.choices(s)
		}
		if err != nil {
			return nil, "", err
		}
		list = append(list, piece{choices: choices})
	}
}

// choices reads what stands in a pair of brackets.
func (r *parser) choices(s string) (choices []pattern, rest string, err error) {
	var store [32]pattern
	list := store[:0]
	for s[0] != ')' {
		var p pattern
		if p, s, err = r.alternative(s[1:]); err != nil {
			return nil, "", err
		}
		if s == "" {
			return nil, "", errors.New("has a bracket that is not closed")
		}
		list = append(list, p)
	}
	return keep(&r.patterns, list), s[1:], nil
}

// keep copies a list to where many of them are kept.
func keep[T any](store *[]T, list []T) []T {
	if len(*store)+len(list) > cap(*store) {
		*store = make([]T, 0, max(1024, len(list)))
	}
	n := len(*store)
	*store = append(*store, list...)
	return (*store)[n:len(*store):len(*store)]
}

// texts appends all that is written in p.
func (p pattern) texts(dst []byte) []byte {
	for _, one := range p {
		dst = append(dst, one.text...)
		for _, choice := range one.choices {
			dst = choice.texts(dst)
		}
	}
	return dst
}

// maxForms bounds what one pattern may stand for where it is written out.
const maxForms = 16384

// forms writes out what a pattern stands for.
func (p pattern) forms() ([]string, error) {
	all := []string{""}
	for _, one := range p {
		inner := []string{one.text}
		if one.choices != nil {
			inner = nil
		}
		for _, choice := range one.choices {
			forms, err := choice.forms()
			if err != nil {
				return nil, err
			}
			inner = append(inner, forms...)
		}
		if len(all)*len(inner) > maxForms {
			return nil, fmt.Errorf("stands for more than %d phrases", maxForms)
		}
		longer := make([]string, 0, len(all)*len(inner))
		for _, head := range all {
			for _, tail := range inner {
				longer = append(longer, head+tail)
			}
		}
		all = longer
	}
	return all, nil
}
