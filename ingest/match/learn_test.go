package match

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/event"
	built "github.com/outcry/outcry/ingest/match/catalogue"
	"github.com/outcry/outcry/ingest/match/linear"
)

var learnAnew = flag.Bool("learn", false, "learn from the labelled posts, and write complaints.bin")

// want is a mention that a careful reader would note.
type want struct {
	Service  string
	Kind     event.Kind
	Symptoms []event.Symptom
}

// lesson is a labelled post to learn from.
type lesson struct {
	Text         string
	Lang         string
	Tags         []string
	AuthorHandle string `json:"author_handle"`
	ReplyTo      string `json:"reply_to"`
	Want         []want
	// fresh says that the lexicon was made without it, plain that it was made of the lexicon, and idle that a name was put
	// into it.
	fresh, plain, idle bool
}

func (l *lesson) post() *event.Post {
	return &event.Post{ID: "1", Source: "test", Author: "somebody", CreatedAt: time.Unix(1_700_000_000, 0), Text: l.Text, Lang: l.Lang, AuthorHandle: l.AuthorHandle, ReplyTo: l.ReplyTo, Tags: l.Tags}
}

// state is what was known of a service before it was weighed.
type state int

const (
	silent state = iota // nothing was said that is known
	told                // words of trouble were
	beyond              // neither a guess nor a doubt is due
)

// example is what a post says of one service.
type example struct {
	lesson    int
	state     state
	features  []uint32
	complaint bool
	odds      float64 // by what was learned from other posts
}

// folds is into how many parts the posts are cut, so that each is judged by what was learned from the others.
const folds = 5

// learning is how complaints are learned, and learningParts what they tell fails.
var (
	learning      = linear.Options{Bits: 20, Cost: 20, Rounds: 15, Seed: 1}
	learningParts = linear.Options{Bits: 20, Cost: 60, Rounds: 15, Seed: 1}
)

// TestLearn learns anew if -learn is set, as make learn does.
func TestLearn(t *testing.T) {
	if !*learnAnew {
		t.Skip("learns only with -learn")
	}
	services, _, err := built.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(services)
	if err != nil {
		t.Fatal(err)
	}
	var lessons []lesson
	for _, file := range []string{"corpus.ndjson", "corpus_fresh.ndjson", "corpus_learn.ndjson"} {
		lessons = append(lessons, readLessons(t, file)...)
	}
	lessons = append(lessons, idleLessons(lessons)...)
	lessons = append(lessons, plainLessons(t)...)
	var list []example
	for i := range lessons {
		list = m.examples(list, i, &lessons[i])
	}
	t.Logf("%d posts, %d examples", len(lessons), len(list))
	for fold := range folds {
		part := linear.Train(linearExamples(list, lessons, func(e *example) bool { return e.lesson%folds != fold }), learning)
		for i := range list {
			if e := &list[i]; e.lesson%folds == fold {
				e.odds = part.LogOdds(e.features)
			}
		}
	}
	for at := -2.; at <= 2; at += .5 {
		t.Logf("at %4.1f: guesses %s; told %s", at, outcome(list, lessons, silent, at), outcome(list, lessons, told, at))
	}
	whole := linear.Train(linearExamples(list, lessons, func(*example) bool { return true }), learning)
	for file, model := range map[string]*linear.Model{"complaints.bin": whole, "symptoms.bin": linear.Train(m.symptomExamples(append(lessons, m.partLessons(t)...)), learningParts)} {
		if err := os.WriteFile(file, model.Append(nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// outcome tells how many complaints of the posts that the lexicon does not know are found, missed and made up if what weighs more than at is one.
func outcome(list []example, lessons []lesson, st state, at float64) string {
	found, missed, made := 0, 0, 0
	for i := range list {
		e := &list[i]
		if e.state != st || !lessons[e.lesson].fresh {
			continue
		}
		switch {
		case e.complaint && e.odds > at:
			found++
		case e.complaint:
			missed++
		case e.odds > at:
			made++
		}
	}
	return fmt.Sprintf("%d found, %d missed, %d made up", found, missed, made)
}

func readLessons(t *testing.T, file string) []lesson {
	t.Helper()
	list := ReadLabelled[lesson](t, file)
	for i := range list {
		list[i].fresh = file == "corpus_learn.ndjson"
	}
	return list
}

// plainly are names that stand beside the lexicon's words of trouble in plain lessons.
var plainly = []string{"whatsapp", "instagram", "spotify", "discord", "telegram", "gmail", "paypal", "verizon"}

// plainLessons are nothing but a name and what the lexicon says of one that fails, or of one that does not: whatever else is made of the same
// words, that is clear.
func plainLessons(t *testing.T) []lesson {
	t.Helper()
	var list []lesson
	chance := rand.New(rand.NewPCG(1, 1))
	eachForm(t, func(lang string, g *group, p pattern) {
		fails, clear := g.role.isClear()
		if !clear {
			return
		}
		l := plainLesson(p, plainly[len(list)%len(plainly)], g.role == saysBefore, chance)
		l.Lang = lang
		if !fails {
			l.Want = nil
		}
		list = append(list, l)
		if g.role == saysAfter {
			list = append(list, l.with(plainly[(len(list)+2)%len(plainly)]))
		}
	})
	return list
}

// partLessons are nothing but a name and what the lexicon says of a part that fails, if it is one that the service has.
func (m *Matcher) partLessons(t *testing.T) []lesson {
	t.Helper()
	var list []lesson
	chance, n := rand.New(rand.NewPCG(3, 3)), 0
	eachForm(t, func(lang string, g *group, p pattern) {
		if g.role != fault || g.symptom < 0 {
			return
		}
		name := plainly[n%len(plainly)]
		n++
		l := plainLesson(p, name, false, chance)
		l.Lang, l.Want[0].Symptoms = lang, symptoms[g.symptom:g.symptom+1]
		if m.catalogue.services[m.catalogue.byID[name]].has.have(g.symptom) {
			list = append(list, l)
		}
	})
	return list
}

// eachForm calls f for each pattern of each group of each language of the lexicon.
func eachForm(t *testing.T, f func(lang string, g *group, p pattern)) {
	t.Helper()
	files, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := lexiconFiles.ReadFile("lexicon/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		var words tongue
		if err := yaml.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		var patterns parser
		patterns.name(words.Words)
		for _, g := range words.groups() {
			for _, form := range g.patterns {
				p, err := patterns.pattern(strings.ReplaceAll(form, " ~ ", " "))
				if err != nil {
					t.Fatal(err)
				}
				f(strings.TrimSuffix(file.Name(), ".yaml"), &g, p)
			}
		}
	}
}

// plainLesson is a complaint of nothing but a phrase and a name, before it or behind it.
func plainLesson(p pattern, name string, behind bool, chance *rand.Rand) lesson {
	l := lesson{Text: name + " " + p.anyForm(chance), Want: []want{{Service: name, Kind: event.Report}}, plain: true}
	if behind {
		l.Text = p.anyForm(chance) + " " + name
	}
	return l
}

// with is the same complaint of another service too: two that fail together are two complaints.
func (l lesson) with(name string) lesson {
	l.Text, l.Want = name+", "+l.Text, append(slices.Clone(l.Want), want{Service: name, Kind: event.Report})
	return l
}

// isClear reports whether phrases of the role beside a name are all of what can be said of it, and if so, whether it fails.
func (r role) isClear() (fails, clear bool) {
	switch r {
	case saysAfter, saysBefore:
		return true, true
	case works, back, fine, market:
		return false, true
	}
	return false, false
}

// idleLessons are posts that say nothing of any service, with a name put anywhere.
func idleLessons(from []lesson) []lesson {
	var list []lesson
	chance := rand.New(rand.NewPCG(2, 2))
	for _, l := range from {
		if len(l.Want) > 0 || l.AuthorHandle != "" {
			continue
		}
		words := strings.Fields(l.Text)
		at := chance.IntN(len(words) + 1)
		words = slices.Insert(words, at, plainly[chance.IntN(len(plainly))])
		list = append(list, lesson{Text: strings.Join(words, " "), Lang: l.Lang, idle: true})
	}
	return list
}

// anyForm is one of the texts that a pattern stands for.
func (p pattern) anyForm(chance *rand.Rand) string {
	var b strings.Builder
	for _, one := range p {
		b.WriteString(one.text)
		if len(one.choices) > 0 {
			b.WriteString(one.choices[chance.IntN(len(one.choices))].anyForm(chance))
		}
	}
	return strings.TrimSpace(b.String())
}

// examples appends what a lesson says of each service that it names.
func (m *Matcher) examples(list []example, number int, l *lesson) []example {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.hear(s, l.post())
	wants := map[string]bool{}
	for _, w := range l.Want {
		wants[w.Service] = w.Kind.IsComplaint()
	}
	seen := map[int32]bool{}
	add := func(service int32, st state, w weighed) {
		seen[service] = true
		list = append(list, example{
			lesson: number, state: st, features: slices.Clone(m.features(s, service, &w, st == told)),
			complaint: wants[m.catalogue.services[service].id],
		})
	}
	for i := range s.read.hits {
		h := &s.read.hits[i]
		st := beyond
		talk, _ := m.talkKind(s, h)
		if (h.complaint || h.byPhrase || h.own && h.byTag) && isWeighed(talk) {
			st = told
		}
		if h.service >= 0 && s.read.speaks() {
			add(h.service, st, m.doubts(s, h, m.tone(s, h), talk))
		}
	}
	silence := !s.read.speaks() && m.leavesOpen(s)
	if silence {
		m.takeHints(s, s.read.tongues)
	}
	signs := m.cues(s)
	for k := range s.names {
		f := &s.names[k]
		if seen[f.service] {
			continue
		}
		st := beyond
		if silence && m.mayBeGuessed(s, f) {
			st = silent
		}
		add(f.service, st, m.withName(s, signs, f))
	}
	return list
}

// symptomExamples are what complaints tell of each symptom, and of none.
func (m *Matcher) symptomExamples(lessons []lesson) []linear.Example {
	var list []linear.Example
	for i := range lessons {
		if l := &lessons[i]; !l.idle {
			list = m.appendSymptoms(list, l)
		}
	}
	return list
}

func (m *Matcher) appendSymptoms(list []linear.Example, l *lesson) []linear.Example {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.understand(s, l.post())
	for _, w := range l.Want {
		service, known := m.catalogue.byID[w.Service]
		if !known || !w.Kind.IsComplaint() {
			continue
		}
		told, found := parts(0), s.topic(service) >= 0
		for k := range s.read.hits {
			if h := &s.read.hits[k]; h.service == service && h.complaint {
				told, found = m.ruled(s, h), true
			}
		}
		if !found {
			continue
		}
		features := m.partFeatures(nil, s, service, told)
		for i, one := range symptoms {
			list = append(list, linear.Example{Features: appendOfPart(nil, features, uint32(i)), Weight: 1, Positive: slices.Contains(w.Symptoms, one)})
		}
		list = append(list, linear.Example{Features: appendOfPart(nil, features, noPart), Weight: 1, Positive: len(w.Symptoms) == 0})
	}
	return list
}

func linearExamples(list []example, lessons []lesson, use func(*example) bool) []linear.Example {
	var out []linear.Example
	for i := range list {
		if e := &list[i]; use(e) {
			out = append(out, linear.Example{Features: e.features, Weight: lessons[e.lesson].weight(), Positive: e.complaint})
		}
	}
	return out
}

// Posts that say nothing of a service count for several, as it is worse to speak where nothing is said than not to hear. Lessons that were made
// of others are many and alike.
const (
	silentWeight = 3
	plainWeight  = .5
	idleWeight   = .5
)

func (l *lesson) weight() float64 {
	switch {
	case l.plain:
		return plainWeight
	case l.idle:
		return idleWeight
	case len(l.Want) == 0:
		return silentWeight
	}
	return 1
}
