package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"github.com/outcry/outcry/event"
)

// How well a service answers a query, best first.
const (
	hitWhole = iota
	hitStart
	hitPart
	hitNone
)

// Search returns the services that the query names, best first: those with an id, name, alias, handle, tag, owner, kind or
// country equal to it, then those with one that begins with it, then those with one that holds it, or with a hint equal to it. Ties go by id. An empty query
// returns them all.
func Search(list []event.Service, query string) []event.Service {
	query = strings.TrimLeft(fold(query), "@#")
	type hit struct {
		service event.Service
		rank    int
	}
	var hits []hit
	for i := range list {
		if r := rank(&list[i], query); r < hitNone {
			hits = append(hits, hit{list[i], r})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.service.ID, b.service.ID))
	})
	found := make([]event.Service, len(hits))
	for i, h := range hits {
		found[i] = h.service
	}
	return found
}

// rank tells how well a service answers a folded query. Of hints, which are words of every day, only whole ones do.
func rank(s *event.Service, query string) int {
	best := hitNone
	for _, word := range slices.Concat([]string{s.ID, s.Name, s.Owner, s.Kind, s.Country}, s.Aliases, s.Handles, s.Tags) {
		word = fold(word)
		switch {
		case word == query:
			return hitWhole
		case strings.HasPrefix(word, query):
			best = min(best, hitStart)
		case strings.Contains(word, query):
			best = min(best, hitPart)
		}
	}
	if slices.ContainsFunc(s.Hints, func(hint string) bool { return fold(hint) == query }) {
		best = min(best, hitPart)
	}
	return best
}
