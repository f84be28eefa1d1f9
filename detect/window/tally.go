package window

import (
	"cmp"
	"slices"

	"github.com/outcry/outcry/event"
)

// Bounds on what a reading carries.
const (
	maxValues   = 16
	maxSamples  = 3
	maxOfficial = 4
)

// teller adds up what the records of a slot say.
type teller struct {
	event.Tally
	samples []event.Mention
}

// complain counts a voice that complained.
func (t *teller) complain(m *event.Mention, w float64) {
	add(&t.Kinds, m.Kind, w)
	for i, s := range m.Symptoms {
		if i == 2 {
			break
		}
		add(&t.Symptoms, s, w)
	}
	add(&t.Countries, m.Country, w)
	add(&t.Places, m.Place, w)
	add(&t.Languages, m.Lang, w)
	add(&t.Sources, m.Source, w)
	add(&t.Phrases, m.Phrase, w)
	add(&t.Blames, m.Blames, w)
	for _, s := range m.With {
		add(&t.With, s, w)
	}
	if m.Partial {
		t.Partial += w
	}
	if !m.Repost {
		t.samples = append(t.samples, *m)
	}
}

// remark counts a voice that spoke without complaining.
func (t *teller) remark(m *event.Mention, w float64) {
	add(&t.Kinds, m.Kind, w)
	if m.Kind == event.Other || m.Kind == event.Joke {
		for _, s := range m.With {
			add(&t.With, s, w)
		}
	}
}

// pronounce notes the official word.
func (t *teller) pronounce(m *event.Mention) {
	if len(t.Official) < maxOfficial {
		t.Official = append(t.Official, ref(m))
	}
}

// total gives the tally, cut to its bounds.
func (t *teller) total() event.Tally {
	keepLargest(t.Countries)
	keepLargest(t.Places)
	keepLargest(t.Languages)
	keepLargest(t.Sources)
	keepLargest(t.Phrases)
	keepLargest(t.With)
	keepLargest(t.Blames)
	slices.SortFunc(t.samples, func(a, b event.Mention) int {
		return cmp.Or(cmp.Compare(hashString(a.Post), hashString(b.Post)), cmp.Compare(a.Post, b.Post))
	})
	for i := range t.samples[:min(maxSamples, len(t.samples))] {
		t.Samples = append(t.Samples, ref(&t.samples[i]))
	}
	return t.Tally
}

func ref(m *event.Mention) event.PostRef {
	return event.PostRef{Source: m.Source, ID: m.Post, URL: m.URL, At: m.At, Kind: m.Kind}
}

func add[K ~string](m *map[K]float64, k K, w float64) {
	if k == "" || w == 0 {
		return
	}
	if *m == nil {
		*m = make(map[K]float64)
	}
	(*m)[k] += w
}

// keepLargest drops all but the maxValues largest values; equal ones by name.
func keepLargest(m map[string]float64) {
	if len(m) <= maxValues {
		return
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	for _, k := range keys[maxValues:] {
		delete(m, k)
	}
}
