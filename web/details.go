package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// How much of a list is shown; the API has the whole.
const (
	maxCountries = 8
	maxPlaces    = 8
	maxSymptoms  = 5
	maxPhrases   = 8
	maxPosts     = 5
)

// services writes a row for each service, with the last hour beside it.
func (s *Server) services(m *hypertext.Writer, o event.Outage) {
	if len(o.Services) == 0 {
		return
	}
	m.Open("table", "class", "services")
	m.Element("caption", "Services of this outage", "class", "unseen")
	m.Open("thead")
	m.Open("tr")
	for _, title := range []string{"Service", "Part in it", "Complaints a minute, last hour"} {
		m.Element("th", title, "scope", "col")
	}
	for _, title := range []string{"People", "Usual"} {
		m.Element("th", title, "scope", "col", "class", "number")
	}
	m.Shut("tr", "thead")
	m.Open("tbody")
	for _, service := range o.Services {
		m.Open("tr", "class", "role-"+string(service.Role))
		m.Element("th", service.Name, "scope", "row")
		m.Open("td")
		m.Element("span", roleWord(service.Role, o.Phase == event.Resolved), "class", "role")
		m.Shut("td")
		m.Open("td", "class", "plot")
		if values := s.board.Pulse(service.ID); values != nil {
			m.Curve(values, usualPerMinute(o, service.Usual, s.board.Now()), service.Name+", complaints a minute in the last hour, now "+count(values[len(values)-1]))
		}
		m.Shut("td")
		m.Open("td", "class", "number")
		m.Element("b", count(service.Voices))
		m.Shut("td")
		m.Element("td", count(service.Usual), "class", "number usual")
		m.Shut("tr")
		m.Line()
	}
	m.Shut("tbody", "table")
	m.Line()
}

// usualPerMinute spreads what is usual for the time of an outage over its minutes.
func usualPerMinute(o event.Outage, usual float64, now time.Time) float64 {
	if o.EndedAt != nil {
		now = *o.EndedAt
	}
	return usual / max(1, now.Sub(o.OnsetAt).Minutes())
}

func symptomList(m *hypertext.Writer, o event.Outage) {
	shares := make([]share, 0, len(o.Symptoms))
	for _, symptom := range o.Symptoms {
		shares = append(shares, share{symptomWord(symptom.ID), symptom.Share})
	}
	shareList(m, "What fails", shares, maxSymptoms)
}

func whereList(m *hypertext.Writer, o event.Outage) {
	shares := make([]share, 0, len(o.Scope.Countries))
	for _, country := range o.Scope.Countries {
		shares = append(shares, share{countryWord(country.Code), country.Share})
	}
	shareList(m, "Where", shares, maxCountries)
}

// share is a word with a share between 0 and 1.
type share struct {
	word  string
	share float64
}

// shareList writes words with bars; of a long list the beginning, and how many more there are.
func shareList(m *hypertext.Writer, title string, shares []share, limit int) {
	if len(shares) == 0 {
		return
	}
	m.Open("div")
	m.Element("h4", title)
	m.Open("ul", "class", "shares")
	for _, item := range shares[:min(limit, len(shares))] {
		m.Open("li")
		m.Element("span", item.word, "class", "word")
		m.Bar(item.share)
		m.Element("span", percent(item.share), "class", "number")
		m.Shut("li")
	}
	if more := len(shares) - limit; more > 0 {
		m.Element("li", "and "+strconv.Itoa(more)+" more", "class", "more")
	}
	m.Shut("ul", "div")
	m.Line()
}

// evidence writes what the conclusion rests on.
func evidence(m *hypertext.Writer, o event.Outage, now time.Time) {
	e := o.Evidence
	m.Open("dl")
	fact(m, "By chance", "p = "+chance(e.PValue)+" on a usual day")
	fact(m, "In common", causeWord(o.Cause))
	networks := make([]string, 0, len(e.Sources))
	for _, source := range e.Sources {
		networks = append(networks, networkWord(source))
	}
	fact(m, "Heard on", strings.Join(networks, ", "))
	fact(m, "Languages", strings.Join(e.Languages, ", "))
	fact(m, "Places", strings.Join(first(o.Scope.Places, maxPlaces), ", "))
	m.Shut("dl")
	if len(e.Phrases) > 0 {
		m.Element("h4", "Words")
		m.Open("p", "class", "phrases")
		for _, phrase := range first(folded(e.Phrases), maxPhrases) {
			m.Element("bdi", phrase)
			m.Text(" ")
		}
		m.Shut("p")
	}
	if len(e.PostsSample) > 0 {
		m.Element("h4", "Some of the posts")
		m.Open("ul", "class", "posts")
		for _, post := range first(e.PostsSample, maxPosts) {
			m.Open("li")
			m.Link(networkWord(post.Source)+", "+clock(post.At, now), post.URL)
			m.Shut("li")
		}
		m.Shut("ul")
	}
	m.Line()
}

// folded leaves out what differs from an earlier text in its capitals only.
func folded(texts []string) []string {
	seen := make(map[string]bool)
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		lower := strings.ToLower(text)
		known := seen[lower]
		seen[lower] = true
		return known
	})
}

func fact(m *hypertext.Writer, name, value string) {
	if value == "" {
		return
	}
	m.Element("dt", name)
	m.Open("dd")
	m.Element("bdi", value)
	m.Shut("dd")
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
