package match

import (
	"strings"

	"github.com/outcry/outcry/event"
)

// addNamesakes lets the first word of a name stand for it where a service of the same kind in another country is called so already: in
// Slovenia "OTP" is OTP banka, in Hungary it is OTP Bank. The language of a post tells which one is meant.
func (c *catalogue) addNamesakes(a *alphabet, names *builder, entries []event.Service) {
	for i := range entries {
		e, n := &entries[i], int32(i)
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			first, _, more := strings.Cut(tidy(a, name), " ")
			if !more {
				continue
			}
			other, ok := c.abroad(entries, n, first)
			if !ok {
				continue
			}
			if h, everyday := c.services[other].everyday[first]; everyday {
				c.services[n].everyday[first] = h
			}
			names.add([]byte(first), n)
			c.call(n, first)
		}
	}
}

// abroad finds the service of another country, and of the same kind as n, that a word names alone.
func (c *catalogue) abroad(entries []event.Service, n int32, word string) (other int32, ok bool) {
	called := c.words[word]
	if len(called) != 1 {
		return 0, false
	}
	e, rival := &entries[n], &entries[called[0]]
	return called[0], rival.Kind == e.Kind && rival.Country != "" && e.Country != "" && rival.Country != e.Country
}
