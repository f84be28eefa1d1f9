package window

import (
	"cmp"
	"math"
	"slices"

	"github.com/outcry/outcry/event"
)

// sampleSize is how many voices of one slot and service are kept. Above it a slot keeps the voices with the smallest hashes:
// a bottom-k sample, from which the number of distinct voices follows with a relative error of about 1/√k
// (Bar-Yossef et al. 2002, Cohen and Kaplan 2007).
const sampleSize = 512

// maxPosts is how many posts of one voice in one slot are told apart.
const maxPosts = 8

// class separates the records of one voice in one slot: a complaint does not hide the same voice's "it's back".
type class string

const complaint class = "c"

func classOf(k event.Kind) class {
	if k.IsComplaint() {
		return complaint
	}
	return class(k)
}

// key identifies a record within a slot.
type key struct {
	class class
	voice uint64
}

// record is what one voice said in one slot: its earliest mention, and which posts it made.
type record struct {
	Mention event.Mention `json:"m"`
	Posts   []uint32      `json:"p"`
}

// slot is the records of one service in one slot of time.
type slot struct {
	records map[key]*record
	// full says that voices were left out: only those with the smallest hashes are here.
	full bool
}

func newSlot() *slot { return &slot{records: make(map[key]*record)} }

// add takes a mention in and reports whether anything changed, and which record had to go for it.
func (s *slot) add(m *event.Mention) (k key, changed bool, evicted key, full bool) {
	k = key{classOf(m.Kind), m.Voice}
	post := hashString(m.Post)
	if r, ok := s.records[k]; ok {
		return k, r.merge(m, post), key{}, false
	}
	if len(s.records) < sampleSize {
		s.records[k] = &record{Mention: *m, Posts: []uint32{post}}
		return k, true, key{}, false
	}
	s.full = true
	last := s.largest()
	if compareKeys(k, last) >= 0 {
		return k, false, key{}, false
	}
	delete(s.records, last)
	s.records[k] = &record{Mention: *m, Posts: []uint32{post}}
	return k, true, last, true
}

// merge folds another mention of the same voice into the record.
func (r *record) merge(m *event.Mention, post uint32) bool {
	changed := false
	if i, found := slices.BinarySearch(r.Posts, post); !found {
		r.Posts = slices.Insert(r.Posts, i, post)
		changed = true
		if len(r.Posts) > maxPosts {
			r.Posts = r.Posts[:maxPosts]
		}
	}
	if earlier(m, &r.Mention) {
		r.Mention = *m
		changed = true
	}
	return changed
}

// earlier orders the mentions of one voice by time, then by identity, so that the same one is kept whatever came first.
func earlier(a, b *event.Mention) bool {
	if c := a.At.Compare(b.At); c != 0 {
		return c < 0
	}
	return cmp.Or(cmp.Compare(a.Post, b.Post), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind, b.Kind)) < 0
}

func (s *slot) largest() key {
	var last key
	first := true
	for k := range s.records {
		if first || compareKeys(k, last) > 0 {
			last, first = k, false
		}
	}
	return last
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(spread(a.voice), spread(b.voice)), cmp.Compare(a.class, b.class))
}

// scale is how many voices one kept voice stands for, at least 1.
func (s *slot) scale() float64 {
	if !s.full {
		return 1
	}
	share := float64(spread(s.largest().voice)) / math.MaxUint64
	return max(1, float64(sampleSize-1)/float64(sampleSize)/share)
}

// inOrder lists the records by time and voice.
func (s *slot) inOrder() []*record {
	rs := make([]*record, 0, len(s.records))
	for _, r := range s.records {
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b *record) int {
		return cmp.Or(a.Mention.At.Compare(b.Mention.At), cmp.Compare(a.Mention.Voice, b.Mention.Voice),
			cmp.Compare(a.Mention.Kind, b.Mention.Kind))
	})
	return rs
}

// spread mixes a voice's bits (the finalizer of SplitMix64), so that the sample does not depend on how voices are made.
func spread(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// hashString is 32-bit FNV-1a.
func hashString(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
