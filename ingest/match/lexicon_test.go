package match_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/zeebo/xxh3"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/ingest/match"
)

// lists are those lists of a language's file whose phrases Explain reports one by one, and the sets of words that they name.
type lists struct {
	Language string
	lists    map[string][]string
	words    map[string][]string
}

func readLists(t *testing.T, path string) lists {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := lists{Language: file["language"].(string), lists: map[string][]string{}, words: map[string][]string{}}
	words, _ := file["words"].(map[string]any)
	for name, list := range words {
		for _, pattern := range list.([]any) {
			out.words[name] = append(out.words[name], pattern.(string))
		}
	}
	for _, name := range []string{"says_after", "says_before", "faults", "strains", "works", "back", "ask", "partly", "news", "jokes", "past", "blames", "suspects", "refuge", "maybe", "unlike", "market", "acks", "everyday"} {
		list, _ := file[name].([]any)
		for _, pattern := range list {
			out.lists[name] = append(out.lists[name], pattern.(string))
		}
	}
	return out
}

// anyForm writes out one of the phrases that a pattern stands for, and returns what follows the alternative that it read.
func (l *lists) anyForm(r *rand.Rand, s string) (form, rest string) {
	for s != "" && s[0] != '|' && s[0] != ')' {
		if s[0] == '<' {
			name, after, _ := strings.Cut(s[1:], ">")
			set := l.words[name]
			one, _ := l.anyForm(r, set[r.IntN(len(set))])
			form, s = form+one, after
			continue
		}
		if s[0] != '(' {
			end := strings.IndexAny(s+"|", "(|)<")
			form, s = form+s[:end], s[end:]
			continue
		}
		var choices []string
		for s[0] != ')' {
			var one string
			one, s = l.anyForm(r, s[1:])
			choices = append(choices, one)
		}
		form, s = form+choices[r.IntN(len(choices))], s[1:]
	}
	return form, s
}

// TestEveryPatternIsFound writes out phrases of every pattern of every language and looks for them in a text.
func TestEveryPatternIsFound(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	paths, err := filepath.Glob("lexicon/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no lexicon: %v", err)
	}
	for _, path := range paths {
		file := readLists(t, path)
		for list, patterns := range file.lists {
			for _, pattern := range patterns {
				// Patterns with a gap are found as wholes, and only where the halves stand close.
				if !strings.Contains(pattern, " ~ ") {
					file.tryPattern(t, m, list, pattern)
				}
			}
		}
	}
}

// tryPattern looks for a few of the phrases that a pattern stands for. Phrases that begin with a sign or
// end with an apostrophe are left out, and signs at the end need not be part of what is found.
func (l *lists) tryPattern(t *testing.T, m *match.Matcher, list, pattern string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, xxh3.HashString(pattern)))
	for range 3 {
		form, rest := l.anyForm(r, pattern)
		if rest != "" {
			t.Fatalf("%s: %q was not read to its end", l.Language, pattern)
		}
		text := strings.TrimFunc(form, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) })
		found := slices.ContainsFunc(m.Explain(post(form)).Rules, func(w match.Rule) bool {
			return w.Lang == l.Language && w.List == list && w.Start == 0 && w.End >= len(text)
		})
		if text != "" && strings.HasPrefix(form, text) && !strings.HasSuffix(form, "'") && !found {
			t.Errorf("%s, %s: %q, of the pattern %q, is not found", l.Language, list, form, pattern)
		}
	}
}
