package place

import (
	"fmt"
	"slices"
	"strings"

	"github.com/outcry/outcry/event"
)

// Gazetteer knows countries and cities by what people call them. It is immutable and safe for use by many goroutines.
type Gazetteer struct {
	cities []city
	// names holds everything that can be named, by its folded name.
	names map[string]*name
	// codes holds the countries that a short form can mean: "ca" is Canada and, beside a city, California.
	codes map[string][]string
	// runs holds the names in scripts without spaces by their first letter, longest first.
	runs map[rune][]string
}

// city is a city in its own spelling.
type city struct {
	name, country string
	population    int
}

// name is what one folded name can mean.
type name struct {
	// cities are those of that name, largest first; city is the one that is meant if nothing else is said, -1: none is.
	cities []int32
	city   int32
	// countries are those of that name, or those that have a part of that name.
	countries []string
	// text: it is looked for in running text; lone: it needs no word beside it there; never: it is not believed alone.
	text, lone, never bool
}

// New reads the embedded tables.
func New() (*Gazetteer, error) {
	b := builder{
		g:     &Gazetteer{names: make(map[string]*name), codes: make(map[string][]string), runs: make(map[rune][]string)},
		owned: make(map[string]bool),
	}
	for _, step := range []struct {
		table string
		read  func() error
	}{
		{"countries.tsv", b.addCountries},
		{"regions.tsv", b.addRegions},
		{"cities.tsv", b.addCities},
		{"names.tsv", b.addNames},
	} {
		if err := step.read(); err != nil {
			return nil, fmt.Errorf("gazetteer: %s: %w", step.table, err)
		}
	}
	b.settle()
	if err := b.addCommon(); err != nil {
		return nil, fmt.Errorf("gazetteer: common.txt: %w", err)
	}
	return b.g, nil
}

// Locate tells where a post speaks from: an ISO 3166 alpha-2 code and a city in its own spelling, in Latin letters. Either can be empty.
// The post's own country counts for most, then the stated location, then the text; a later one may add a city
// that lies in the country that an earlier one told, and never contradicts it.
func (g *Gazetteer) Locate(p *event.Post) (country, place string) {
	country = g.country(p.Country)
	if p.Place != "" {
		var c string
		if c, place = g.stated(p.Place, country); country == "" {
			country = c
		}
		if place != "" {
			return country, place
		}
	}
	c, place := g.inText(p.Text, p.Lang, country)
	if country == "" {
		country = c
	}
	return country, place
}

// country returns the ISO code that a post's own field means; "": none.
func (g *Gazetteer) country(code string) string {
	if len(code) != 2 {
		return ""
	}
	var lower [2]byte
	for i := range lower {
		lower[i] = code[i] | 0x20
	}
	known := g.codes[string(lower[:])]
	if len(known) == 0 || !strings.EqualFold(known[0], code) && known[0] != "GB" {
		return ""
	}
	return known[0]
}

// resolve tells what a name means by itself, or within a country if that is known already; ok: it means one thing.
func (g *Gazetteer) resolve(n *name, within string) (country, place string, ok bool) {
	if within != "" {
		for _, at := range n.cities {
			if g.cities[at].country == within {
				return within, g.cities[at].name, true
			}
		}
		return within, "", slices.Contains(n.countries, within)
	}
	switch {
	case n.city >= 0:
		return g.cities[n.city].country, g.cities[n.city].name, true
	case len(n.countries) == 1:
		return n.countries[0], "", true
	}
	return "", "", false
}
