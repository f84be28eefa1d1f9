package window

import (
	"maps"
	"slices"

	"github.com/outcry/outcry/event"
)

// How much voices count that may not be independent. The figures are explained in docs/voices.md.
const (
	repostWeight   = 0.05
	newAccountDays = 30
	// newAccountsFree is how many new accounts are believed whoever else speaks; beyond them, one for every newAccountsPer established
	// voices. Both hold for each source and for all together: a ring that is spread over networks is still one.
	newAccountsFree = 2
	newAccountsPer  = 4
	newWeight       = 0.005
	shortCopyWeight = 0.5
	weakWeight      = 0.3
)

// crowd is the company in which a voice speaks: the complaints of one service within Recall.
type crowd struct {
	heard   map[key]int
	prints  [4]map[uint16]int
	ages    map[string]ages // by source
	reposts int
}

// ages counts the complaining accounts of one source by how old they are.
type ages struct{ old, fresh, unknown int }

// trust is how much an account of unknown age counts where the source tells the age of most: as much as the share of the
// established among those.
func (a ages) trust() float64 {
	if a.unknown >= a.old+a.fresh {
		return 1
	}
	return float64(1+a.old) / float64(1+a.old+a.fresh)
}

// established is how many voices may be taken for those of established accounts.
func (a ages) established() float64 { return float64(a.old) + float64(a.unknown)*a.trust() }

// believes reports whether one more new account is, where there are so many and so many established voices.
func believes(fresh int, established float64) bool {
	return fresh < newAccountsFree+int(established)/newAccountsPer
}

// believesNew reports whether one more new account of a source is.
func (c *crowd) believesNew(source string) bool {
	own := c.ages[source]
	if !believes(own.fresh, own.established()) {
		return false
	}
	fresh, established := 0, 0.0
	for _, s := range slices.Sorted(maps.Keys(c.ages)) {
		fresh += c.ages[s].fresh
		established += c.ages[s].established()
	}
	return believes(fresh, established)
}

func newCrowd() crowd {
	c := crowd{heard: make(map[key]int), ages: make(map[string]ages)}
	for i := range c.prints {
		c.prints[i] = make(map[uint16]int)
	}
	return c
}

// count adds (by 1) or takes out (by -1) a record.
func (c *crowd) count(r *record, by int) {
	m := &r.Mention
	bump(c.heard, key{classOf(m.Kind), m.Voice}, by)
	if !m.Kind.IsComplaint() {
		return
	}
	if m.Repost {
		c.reposts += by
	}
	for i := range c.prints {
		if m.Print != 0 {
			bump(c.prints[i], band(m.Print, i), by)
		}
	}
	a := c.ages[m.Source]
	switch {
	case m.AuthorAgeDays == nil:
		a.unknown += by
	case isNew(m):
		a.fresh += by
	default:
		a.old += by
	}
	if c.ages[m.Source] = a; a == (ages{}) {
		delete(c.ages, m.Source)
	}
}

func bump[K comparable](counts map[K]int, k K, by int) {
	if n := counts[k] + by; n > 0 {
		counts[k] = n
	} else {
		delete(counts, k)
	}
}

// knows reports whether the voice has said something of this class within Recall.
func (c *crowd) knows(m *event.Mention) bool {
	return c.heard[key{classOf(m.Kind), m.Voice}] > 0
}

// weight is how much a voice counts that was not heard before, 0 to 1.
func (c *crowd) weight(m *event.Mention) float64 {
	w := 1.0
	if m.Repost {
		// However often posts are passed on, all reposts together stay below one voice.
		w = repostWeight / float64(1+c.reposts)
	}
	if m.Weak {
		w *= weakWeight
	}
	w *= c.originality(m.Print)
	switch {
	case m.AuthorAgeDays == nil:
		w *= c.ages[m.Source].trust()
	case isNew(m) && !c.believesNew(m.Source):
		w *= newWeight
	}
	return w
}

// originality is how much a text counts by how often it was heard. The n-th near-identical one counts 1/n²: however often a text is copied, all
// copies together weigh less than two voices. What is short many write who know nothing of each other, but where people fail for one
// reason they say so in many ways.
func (c *crowd) originality(print uint64) float64 {
	n := float64(1 + c.copies(print))
	switch {
	case n == 1:
		return 1
	case event.IsShortPrint(print):
		return shortCopyWeight
	}
	return 1 / (n * n)
}

// copies is how many near-identical texts were heard: texts that agree in two of four min-hashes (Broder 1997).
func (c *crowd) copies(print uint64) int {
	if print == 0 {
		return 0
	}
	first, second := 0, 0
	for i := range c.prints {
		switch n := c.prints[i][band(print, i)]; {
		case n > first:
			first, second = n, first
		case n > second:
			second = n
		}
	}
	return second
}

func band(print uint64, i int) uint16 { return uint16(print >> (16 * i)) }

func isNew(m *event.Mention) bool { return m.AuthorAgeDays != nil && *m.AuthorAgeDays < newAccountDays }
