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
	maxPhrases   = 6
	maxPosts     = 5
)

// services writes a row for each service, with the last hour beside it.
func (s *Server) services(m *hypertext.Writer, e *event.Event) {
	o, over := e.Data, e.Data.Phase == event.Resolved
	if len(o.Services) == 0 {
		return
	}
	m.Open("table", "class", "services")
	m.Element("caption", "Services of this outage", "class", "unseen")
	m.Open("thead")
	m.Open("tr")
	m.Element("th", "Service", "scope", "col")
	m.Element("th", "Part in it", "scope", "col")
	if !over {
		m.Open("th", "scope", "col", "class", "plot")
		m.Text("Complaints a minute, last hour ")
		m.Element("small", "│ onset ┄ usual", "aria-hidden", "true")
		m.Shut("th")
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
		m.Element("span", roleWord(service.Role, over), "class", "role")
		m.Shut("td")
		if !over {
			s.plot(m, e, service)
		}
		m.Open("td", "class", "number")
		m.Element("b", people(service.Voices))
		m.Shut("td")
		m.Element("td", count(service.Usual), "class", "number usual")
		m.Shut("tr")
		m.Line()
	}
	m.Shut("tbody", "table")
	m.Line()
}

// plot draws how loud a service was in the last hour, with the onset of the outage, and the highest minute in words.
func (s *Server) plot(m *hypertext.Writer, e *event.Event, service event.ServiceState) {
	m.Open("td", "class", "plot")
	if values := s.board.Pulse(service.ID); values != nil {
		ago := s.board.Now().Sub(e.Data.OnsetAt).Minutes()
		m.Curve(hypertext.Curve{
			Values: values, Usual: usualAMinute(e, service.Usual), Onset: 1 - ago/pulseMinutes,
			Label: service.Name + ", complaints a minute in the last hour, now " + count(values[len(values)-1]),
		})
		m.Element("small", "peak "+count(slices.Max(values)))
	}
	m.Shut("td")
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

// phraseList shows strangers' own words.
func phraseList(m *hypertext.Writer, o event.Outage) {
	if len(o.Evidence.Phrases) == 0 {
		return
	}
	m.Open("div")
	m.Element("h4", "In their words")
	m.Open("p", "class", "phrases")
	for _, phrase := range first(folded(o.Evidence.Phrases), maxPhrases) {
		m.Element("bdi", phrase)
		m.Text(" ")
	}
	m.Shut("p", "div")
	m.Line()
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
	if o.DetectedAt.After(o.OnsetAt) {
		fact(m, "Noticed", clock(o.DetectedAt, now)+", "+span(o.DetectedAt.Sub(o.OnsetAt))+" after people began to feel it")
	}
	fact(m, "By chance", "p = "+chance(e.PValue)+" on a usual day")
	fact(m, "In common", causeWord(o.Cause))
	fact(m, "Languages", strings.Join(e.Languages, ", "))
	fact(m, "Places", strings.Join(first(o.Scope.Places, maxPlaces), ", "))
	m.Shut("dl")
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
