package place

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/biter777/countries"
)

//go:embed cities.tsv
var citiesTSV string

//go:embed names.tsv
var namesTSV string

//go:embed countries.tsv
var countriesTSV string

//go:embed regions.tsv
var regionsTSV string

//go:embed common.txt
var commonTXT string

const (
	// A city is looked for in running text if it has as many inhabitants, or stands in names.tsv.
	textPopulation = 200_000
	// A Latin name must have as many bytes to be looked for in running text.
	textLength = 4
	// A city owns its name if it is as many times larger than every namesake abroad.
	dominance = 5
)

// builder makes a Gazetteer out of the tables.
type builder struct {
	g *Gazetteer
	// owned holds the folded names that names.tsv gives to a city.
	owned map[string]bool
	buf   []byte
}

func (b *builder) fold(s string) string {
	b.buf = appendFold(b.buf[:0], s)
	return string(b.buf)
}

// name returns the entry of a folded name, made if it is new.
func (b *builder) name(key string) *name {
	n := b.g.names[key]
	if n == nil {
		n = &name{city: -1}
		b.g.names[key] = n
	}
	return n
}

// addCountries reads the ISO countries under their English names, then what else they are called.
func (b *builder) addCountries() error {
	for _, c := range countries.All() {
		english, _, _ := strings.Cut(c.String(), " (")
		if english == "Georgia" || english == "Jordan" || english == "Chad" || english == "Jersey" || english == "Guinea" {
			// Also a state, a shoe, a man, a shirt and a pig.
			english = "~" + english
		}
		b.g.codes[strings.ToLower(c.Alpha2())] = []string{c.Alpha2()}
		b.addCountryName(c.Alpha2(), english)
	}
	b.g.codes["uk"] = []string{"GB"}
	return lines(countriesTSV, func(fields []string) error {
		if len(fields) != 2 || b.g.codes[strings.ToLower(fields[0])] == nil {
			return errors.New("want a country's code and names")
		}
		for _, alias := range strings.Split(fields[1], ",") {
			b.addCountryName(fields[0], strings.TrimSpace(alias))
		}
		return nil
	})
}

func (b *builder) addCountryName(code, alias string) {
	alias, quiet, lone := cutMark(alias)
	n := b.name(b.fold(alias))
	if !slices.Contains(n.countries, code) {
		n.countries = append(n.countries, code)
	}
	n.text = n.text || !quiet
	n.lone = n.lone || lone
}

// addRegions reads states and provinces; they are believed in stated locations only.
func (b *builder) addRegions() error {
	return lines(regionsTSV, func(fields []string) error {
		if len(fields) != 2 {
			return errors.New("want a country's code and its parts")
		}
		for _, part := range strings.Split(fields[1], ";") {
			part, code, short := strings.Cut(strings.TrimSpace(part), " [")
			n := b.name(b.fold(part))
			if !slices.Contains(n.countries, fields[0]) {
				n.countries = append(n.countries, fields[0])
			}
			if short {
				key := b.fold(code)
				b.g.codes[key] = append(b.g.codes[key], fields[0])
			}
		}
		return nil
	})
}

// addCities reads the cities, largest first.
func (b *builder) addCities() error {
	return lines(citiesTSV, func(fields []string) error {
		if len(fields) != 3 {
			return errors.New("want name, country and inhabitants")
		}
		population, err := strconv.Atoi(fields[2])
		if err != nil {
			return fmt.Errorf("inhabitants: %w", err)
		}
		b.addCity(fields[0], fields[1], population)
		return nil
	})
}

func (b *builder) addCity(called, country string, population int) {
	b.g.cities = append(b.g.cities, city{name: called, country: country, population: population})
	n := b.name(b.fold(called))
	n.cities = append(n.cities, int32(len(b.g.cities)-1))
}

// addNames reads the big cities under the names that people use. They own these.
func (b *builder) addNames() error {
	return lines(namesTSV, func(fields []string) error {
		if len(fields) < 3 {
			return errors.New("want country, name in cities.tsv, own spelling and further names")
		}
		country, added := strings.CutPrefix(fields[0], "+")
		if added {
			b.addCity(fields[1], country, 0)
		}
		at := b.find(country, fields[1])
		if at < 0 {
			return fmt.Errorf("cities.tsv has no %s in %s; put + before the country to add it", fields[1], country)
		}
		b.g.cities[at].name = fields[2]
		aliases := []string{fields[1], fields[2]}
		if len(fields) > 3 {
			aliases = append(aliases, strings.Split(fields[3], ",")...)
		}
		for _, alias := range aliases {
			if alias = strings.TrimSpace(alias); alias != "" {
				b.addName(at, alias)
			}
		}
		return nil
	})
}

func (b *builder) addName(at int32, alias string) {
	alias, quiet, lone := cutMark(alias)
	key := b.fold(alias)
	n := b.name(key)
	if !slices.Contains(n.cities, at) {
		n.cities = append(n.cities, at)
	}
	if !b.owned[key] {
		n.city, b.owned[key] = at, true
	}
	n.text = n.text || !quiet
	n.lone = n.lone || lone
}

// find returns the largest city of that name and country, by the name's form in cities.tsv; -1: there is none.
func (b *builder) find(country, called string) int32 {
	if n := b.g.names[b.fold(called)]; n != nil {
		for _, at := range n.cities {
			if b.g.cities[at].country == country {
				return at
			}
		}
	}
	return -1
}

// settle decides which city owns each name that names.tsv leaves open, and which names are looked for in text.
func (b *builder) settle() {
	for key, n := range b.g.names {
		if n.city < 0 && len(n.countries) == 0 {
			n.city = b.owner(n)
			n.text = n.city >= 0 && b.g.cities[n.city].population >= textPopulation
		}
		if key[0] < utf8.RuneSelf && len(key) < textLength && len(n.cities) > 0 && !b.owned[key] {
			n.text = false
		}
		b.addRun(key, n)
	}
	for _, keys := range b.g.runs {
		slices.SortFunc(keys, func(x, y string) int { return len(y) - len(x) })
	}
}

// owner returns the city that is far larger than its namesakes abroad; -1: there is none. Cities come largest first.
func (b *builder) owner(n *name) int32 {
	first := &b.g.cities[n.cities[0]]
	for _, at := range n.cities[1:] {
		if c := &b.g.cities[at]; c.country != first.country {
			if first.population < dominance*c.population {
				return -1
			}
			break
		}
	}
	return n.cities[0]
}

// addRun enters a name in a script without spaces under its first letter.
func (b *builder) addRun(key string, n *name) {
	if r, _ := utf8.DecodeRuneInString(key); n.text && isUnspaced(r) {
		b.g.runs[r] = append(b.g.runs[r], key)
	}
}

// addCommon takes the cities that are named like everyday words out of running text.
func (b *builder) addCommon() error {
	return lines(commonTXT, func(fields []string) error {
		for _, word := range strings.Fields(fields[0]) {
			called, never := strings.CutPrefix(word, "!")
			n := b.g.names[b.fold(called)]
			if n == nil {
				return fmt.Errorf("no city is called %s", called)
			}
			n.text, n.never = false, never
		}
		return nil
	})
}

// cutMark cuts the mark before a name: quiet ("~": stated locations only), lone ("=": needs no word beside it).
func cutMark(s string) (rest string, quiet, lone bool) {
	if rest, quiet = strings.CutPrefix(s, "~"); quiet {
		return rest, true, false
	}
	rest, lone = strings.CutPrefix(s, "=")
	return rest, false, lone
}

// lines calls each with the tab-separated fields of every line that is not empty or a comment.
func lines(table string, each func(fields []string) error) error {
	scan := bufio.NewScanner(strings.NewReader(table))
	for n := 1; scan.Scan(); n++ {
		if line := scan.Text(); line != "" && line[0] != '#' {
			if err := each(strings.Split(line, "\t")); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	return scan.Err()
}
