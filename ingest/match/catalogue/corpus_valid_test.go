package catalogue_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/outcry/outcry/event"
)

// labelled is one line of the corpus beside the matcher.
type labelled struct {
	Text         string   `json:"text"`
	Lang         string   `json:"lang"`
	Tags         []string `json:"tags"`
	AuthorHandle string   `json:"author_handle"`
	ReplyTo      string   `json:"reply_to"`
	Want         []struct {
		Service  string          `json:"service"`
		Kind     event.Kind      `json:"kind"`
		Symptoms []event.Symptom `json:"symptoms"`
	} `json:"want"`
	Family string `json:"family"`
}

var (
	corpusFamilies = []string{
		"plain", "hashtag", "handle", "typo", "lookalike", "news", "joke", "recovery", "official", "refuge", "partial", "question",
	}
	corpusKinds = []event.Kind{
		event.Report, event.Question, event.Recovery, event.Official, event.News, event.Joke, event.Other,
	}
	corpusSymptoms = []event.Symptom{
		event.Connection, event.Login, event.Feed, event.Messages, event.Media, event.Video, event.Calls, event.Crash,
		event.Payments, event.Account,
	}
	// Languages that the lexicon serves as one count as one.
	corpusGroups = [][]string{
		{"en"}, {"it"}, {"es"}, {"pt"}, {"fr"}, {"de"}, {"nl"}, {"pl"}, {"cs"}, {"sl"}, {"ro"}, {"hu"}, {"el"}, {"sv", "da", "no"}, {"fi"},
		{"tr"}, {"ru"}, {"uk"}, {"ar"}, {"fa"}, {"he"}, {"hi"}, {"mr", "gu"}, {"id", "ms"}, {"tl"}, {"th"}, {"vi"}, {"ja"}, {"ko"},
		{"zh-Hans"}, {"zh-Hant"},
	}
)

func readCorpus(t *testing.T, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var posts []labelled
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		var p labelled
		if err := dec.Decode(&p); err != nil {
			t.Fatalf("%s line %d: %v", name, n, err)
		}
		posts = append(posts, p)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return posts
}

func TestCorpusIsValid(t *testing.T) {
	t.Parallel()
	services := builtin(t)
	seen := make(map[string]string)
	for _, name := range []string{"corpus.ndjson", "corpus_held.ndjson", "corpus_fresh.ndjson", "corpus_learn.ndjson", "corpus_learn_held.ndjson", "corpus_unread.ndjson"} {
		for i, p := range readCorpus(t, name) {
			at := fmt.Sprintf("%s line %d", name, i+1)
			for _, fault := range corpusFaults(&p, services) {
				t.Errorf("%s: %s: %s", at, p.Text, fault)
			}
			key := strings.ToLower(p.Text)
			if other, ok := seen[key]; ok {
				t.Errorf("%s repeats %s: %s", at, other, p.Text)
			}
			seen[key] = at
		}
	}
}

// corpusFaults tells what is wrong with one labelled post.
func corpusFaults(p *labelled, services map[string]event.Service) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if strings.TrimSpace(p.Text) == "" || p.Lang == "" {
		fault("no text or no language")
	}
	if !slices.Contains(corpusFamilies, p.Family) {
		fault("unknown family %q", p.Family)
	}
	if p.Family == "lookalike" && len(p.Want) > 0 {
		fault("a look-alike wants nothing")
	}
	if len(p.Want) == 0 && p.Family != "lookalike" && p.Family != "joke" {
		fault("family %q wants a mention", p.Family)
	}
	named := make(map[string]bool)
	for _, w := range p.Want {
		s, known := services[w.Service]
		if !known {
			fault("unknown service %q", w.Service)
		}
		if named[w.Service] {
			fault("service %q stands twice", w.Service)
		}
		named[w.Service] = true
		if !slices.Contains(corpusKinds, w.Kind) {
			fault("unknown kind %q", w.Kind)
		}
		for _, symptom := range w.Symptoms {
			if !slices.Contains(corpusSymptoms, symptom) {
				fault("unknown symptom %q", symptom)
			}
		}
		if w.Kind == event.Official && !slices.Contains(s.Handles, p.AuthorHandle) {
			fault("%q is no account of %s", p.AuthorHandle, w.Service)
		}
	}
	if p.Family == "handle" && !strings.HasPrefix(p.Text, "@") {
		fault("a post to an account begins with its handle")
	}
	return faults
}

func TestCorpusIsLargeAndEven(t *testing.T) {
	t.Parallel()
	dev, held := readCorpus(t, "corpus.ndjson"), readCorpus(t, "corpus_held.ndjson")
	dev = append(dev, readCorpus(t, "corpus_fresh.ndjson")...)
	if n := len(dev) + len(held); n < 2000 {
		t.Errorf("the corpus has %d posts, want at least 2000", n)
	}
	count := func(posts []labelled) (langs, families map[string]int) {
		langs, families = make(map[string]int), make(map[string]int)
		for i := range posts {
			langs[posts[i].Lang]++
			families[posts[i].Family]++
		}
		return langs, families
	}
	devLangs, devFamilies := count(dev)
	heldLangs, heldFamilies := count(held)
	for lang, n := range devLangs {
		if n < heldLangs[lang] {
			t.Errorf("%s: %d posts to tune by and %d held out, want at least as many to tune by", lang, n, heldLangs[lang])
		}
	}
	for _, group := range corpusGroups {
		n := 0
		for _, lang := range group {
			n += devLangs[lang] + heldLangs[lang]
		}
		if n < 50 {
			t.Errorf("%s: %d posts, want at least 50", strings.Join(group, "+"), n)
		}
	}
	for _, lang := range []string{"en", "es", "pt", "it", "ja"} {
		if n := devLangs[lang] + heldLangs[lang]; n < 120 {
			t.Errorf("%s: %d posts, want at least 120", lang, n)
		}
	}
	for _, family := range corpusFamilies {
		if devFamilies[family] < 20 || heldFamilies[family] < 20 {
			t.Errorf("family %s: %d posts to tune by and %d held out, want 20 in each half",
				family, devFamilies[family], heldFamilies[family])
		}
	}
}
