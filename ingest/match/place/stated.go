package place

import (
	"slices"
	"strings"
	"unicode"
)

// The most of a stated location that is read, in bytes, and the most words of a name in it.
const (
	statedLength = 200
	statedWords  = 4
)

// sighting collects what the parts of a stated location can mean.
type sighting struct {
	// countries are those that all parts so far agree on; sure tells that there has been such a part.
	countries []string
	sure      bool
	// names are the cities named, in order; doubtful tells that one of them is an everyday word.
	names    []*name
	doubtful bool
}

// stated reads a location as people state it. within is the country if the post itself tells it.
func (g *Gazetteer) stated(s, within string) (country, place string) {
	if len(s) > statedLength {
		s = strings.ToValidUTF8(s[:statedLength], "")
	}
	var seen sighting
	if within != "" {
		seen.narrow([]string{within})
	}
	if flag := flagCountry(s); flag != "" && g.country(flag) != "" {
		seen.narrow([]string{flag})
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(s, " - ", ","), isBreak)
	for i, part := range parts {
		g.readPart(&seen, part, i > 0)
	}
	return g.conclude(&seen)
}

// readPart reads one part: the whole of it, or the longest names in it.
func (g *Gazetteer) readPart(seen *sighting, part string, later bool) {
	key := string(appendFold(nil, part))
	if key == "" {
		return
	}
	if n := g.names[key]; n != nil {
		seen.add(n, later)
		return
	}
	if codes := g.codes[key]; codes != nil && isShout(part) && (later || seen.sure) {
		seen.narrow(codes)
		return
	}
	words := strings.Fields(key)
	for size := min(statedWords, len(words)-1); size > 0; size-- {
		for i := 0; i+size <= len(words); i++ {
			if n := g.names[strings.Join(words[i:i+size], " ")]; n != nil && n.text {
				seen.add(n, later)
				return
			}
		}
	}
	// "Austin TX"
	if n := len(words) - 1; n > 0 {
		if before := g.names[strings.Join(words[:n], " ")]; before != nil && g.codes[words[n]] != nil && isShout(lastWord(part)) {
			seen.add(before, later)
			seen.narrow(g.codes[words[n]])
		}
	}
}

// add takes a name into account: a country or region narrows, a city waits. What is both is a city if it comes first: "New York", but
// "Richmond, Virginia".
func (s *sighting) add(n *name, later bool) {
	if len(n.cities) > 0 && (len(n.countries) == 0 || !later) {
		s.names = append(s.names, n)
		s.doubtful = s.doubtful || n.never
		return
	}
	s.narrow(n.countries)
}

// narrow keeps the countries on which all parts agree.
func (s *sighting) narrow(countries []string) {
	if !s.sure {
		s.countries, s.sure = slices.Clone(countries), true
		return
	}
	s.countries = slices.DeleteFunc(s.countries, func(c string) bool { return !slices.Contains(countries, c) })
}

// conclude decides on one country and one city, or on none.
func (g *Gazetteer) conclude(s *sighting) (country, place string) {
	if s.sure {
		for _, n := range s.names {
			if country, place = g.cityWithin(n, s.countries); place != "" {
				return country, place
			}
		}
		if len(s.countries) == 1 {
			return s.countries[0], ""
		}
		return "", ""
	}
	if s.doubtful {
		return "", ""
	}
	for i, n := range s.names {
		c, p, ok := g.resolve(n, "")
		if !ok || i > 0 && c != country {
			return "", ""
		}
		if i == 0 {
			country, place = c, p
		}
	}
	return country, place
}

// cityWithin returns the largest city of the name that lies in one of the countries.
func (g *Gazetteer) cityWithin(n *name, countries []string) (country, place string) {
	if n.city >= 0 && slices.Contains(countries, g.cities[n.city].country) {
		return g.cities[n.city].country, g.cities[n.city].name
	}
	for _, at := range n.cities {
		if c := &g.cities[at]; slices.Contains(countries, c.country) {
			return c.country, c.name
		}
	}
	return "", ""
}

// flagCountry returns the country of the flags in s if they are all the same.
func flagCountry(s string) string {
	const first = '\U0001F1E6' // regional indicator A
	var (
		flag string
		open rune
	)
	for _, r := range s {
		if r < first || r > first+25 {
			open = 0
			continue
		}
		letter := r - first + 'A'
		if open == 0 {
			open = letter
			continue
		}
		found := string([]rune{open, letter})
		if flag != "" && flag != found {
			return ""
		}
		flag, open = found, 0
	}
	return flag
}

// isBreak reports whether r parts a stated location.
func isBreak(r rune) bool {
	switch r {
	case ',', '/', '|', ';', '(', ')', '[', ']', '·', '•', '・', '、', '，', '→', '➡', '—', '–', '&', '+', '\n', '~', '✈', ':':
		return true
	}
	return r > 0xFFFF && !unicode.IsLetter(r)
}

// isShout reports whether s, but for full stops and spaces around it, is in capitals: "TX", "D.C.".
func isShout(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && s == strings.ToUpper(s)
}

func lastWord(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
