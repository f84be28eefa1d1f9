package web

import (
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// card writes one outage. It holds everything that is known; the evidence is folded away unless wide is asked for.
func (s *Server) card(m *hypertext.Writer, e event.Event, now time.Time, wide bool) {
	o := e.Data
	m.Open("article", "class", "card "+string(o.Phase)+" "+string(o.Severity), "aria-label", o.Name)
	s.cardHead(m, e, now)
	glance(m, e, now)
	s.asides(m, &e)
	if wide {
		s.picture(m, o, now)
	}
	s.services(m, o)
	m.Open("div", "class", "facts")
	symptomList(m, o)
	whereList(m, o)
	m.Shut("div")
	fold := []string{"class", "evidence", "id", "evidence-" + o.ID}
	if wide {
		fold = append(fold, "open", "")
	}
	m.Open("details", fold...)
	m.Element("summary", "Why: "+count(o.Evidence.Voices)+" people in "+count(float64(o.Evidence.Posts))+" posts, where "+count(o.Evidence.Usual)+" are usual")
	evidence(m, o, now)
	m.Shut("details", "article")
	m.Line()
}

func (s *Server) cardHead(m *hypertext.Writer, e event.Event, now time.Time) {
	o := e.Data
	m.Open("header")
	m.Open("h3")
	m.Element("a", s.headline(&e), "href", "/outages/"+pathSegment(o.ID))
	m.Shut("h3")
	m.Open("p", "class", "pills")
	m.Element("span", phaseWord(o.Phase), "class", "pill phase")
	if o.Severity != "" {
		m.Element("span", severityWord(o.Severity), "class", "pill severity")
	}
	m.Shut("p")
	m.Open("p", "class", "when")
	when(m, o, now)
	if o.Waves > 1 {
		m.Text(" · wave " + strconv.Itoa(o.Waves))
	}
	m.Shut("p", "header")
	m.Line()
}

// headline says in one sentence what an outage is about.
func (s *Server) headline(e *event.Event) string {
	if s.deps.Headline != nil {
		return s.deps.Headline(e)
	}
	name, detail := titled(e.Data)
	if detail != "" {
		return name + ": " + detail
	}
	return name
}

// asides says what people do about the outage.
func (s *Server) asides(m *hypertext.Writer, e *event.Event) {
	if s.deps.Asides == nil {
		return
	}
	for _, aside := range s.deps.Asides(e) {
		m.Open("p", "class", "aside")
		m.Element("b", aside.Label)
		m.Text(" " + aside.Text)
		m.Shut("p")
		m.Line()
	}
}

// glance is what whoever is on call asks first.
func glance(m *hypertext.Writer, e event.Event, now time.Time) {
	o := e.Data
	m.Open("dl", "class", "glance")
	glimpse(m, "Complaining", count(o.Evidence.Voices), "people by "+clock(e.Time, now)+", usually "+count(o.Evidence.Usual))
	glimpse(m, "How sure", percent(o.Confidence), "")
	if scope := scopeWord(o.Scope.Label); scope != "" {
		glimpse(m, "Where", scope, "")
	}
	word, lead := officialWord(o, now)
	glimpse(m, "Official word", word, lead)
	m.Shut("dl")
	m.Line()
}

func glimpse(m *hypertext.Writer, name, value, more string) {
	m.Open("div")
	m.Element("dt", name)
	m.Open("dd")
	m.Element("b", value)
	if more != "" {
		m.Text(" " + more)
	}
	m.Shut("dd", "div")
}

// officialWord is when the service itself said so, and how that compares with us.
func officialWord(o event.Outage, now time.Time) (word, lead string) {
	switch {
	case o.AcknowledgedAt == nil && o.EndedAt == nil:
		return "none yet", ""
	case o.AcknowledgedAt == nil:
		return "none", ""
	case o.LeadTimeS == nil:
		return clock(*o.AcknowledgedAt, now), ""
	}
	d := time.Duration(*o.LeadTimeS) * time.Second
	if d < 0 {
		return clock(*o.AcknowledgedAt, now), span(-d) + " before this alarm"
	}
	return clock(*o.AcknowledgedAt, now), span(d) + " after this alarm"
}

// when tells the times of an outage.
func when(m *hypertext.Writer, o event.Outage, now time.Time) {
	if o.EndedAt != nil {
		moment(m, o.OnsetAt, now)
		m.Text(" to ")
		moment(m, *o.EndedAt, now)
		m.Text(", " + span(o.EndedAt.Sub(o.OnsetAt)))
		return
	}
	m.Text("Since ")
	moment(m, o.OnsetAt, now)
	m.Text(", " + span(now.Sub(o.OnsetAt)))
}

// moment writes a point in time that machines can read, too.
func moment(m *hypertext.Writer, at, now time.Time) {
	m.Element("time", clock(at, now), "datetime", at.UTC().Format(time.RFC3339))
}
