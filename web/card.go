package web

import (
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// size is how much of a card can be seen without unfolding it.
type size int

const (
	brief size = iota // what is asked first
	full              // and its services, what fails and where
	wide              // and what that rests on, with a picture
)

// card writes one outage. It holds everything that is known; how much of that is folded away follows from its size.
func (s *Server) card(m *hypertext.Writer, e event.Event, now time.Time, size size) {
	o := e.Data
	m.Open("article", "class", "card "+string(o.Phase)+" "+string(o.Severity), "aria-label", o.Name)
	s.cardHead(m, e, now)
	s.glance(m, e, now)
	s.asides(m, &e)
	if size == wide {
		s.picture(m, o, now)
	}
	if size != brief {
		s.extent(m, &e)
	}
	fold := []string{"class", "evidence", "id", "evidence-" + o.ID}
	if size == wide {
		fold = append(fold, "open", "")
	}
	m.Open("details", fold...)
	title := "Evidence: "
	if size == brief {
		title = "Services, places and evidence: "
	}
	m.Element("summary", title+count(float64(o.Evidence.Posts))+" posts"+onNetworks(o.Evidence.Sources))
	if size == brief {
		s.extent(m, &e)
	}
	evidence(m, o, now)
	m.Shut("details", "article")
	m.Line()
}

// extent writes which services are hit, what fails, where, and what people say.
func (s *Server) extent(m *hypertext.Writer, e *event.Event) {
	s.services(m, e)
	m.Open("div", "class", "facts")
	symptomList(m, e.Data)
	whereList(m, e.Data)
	phraseList(m, e.Data)
	m.Shut("div")
}

func (s *Server) cardHead(m *hypertext.Writer, e event.Event, now time.Time) {
	o := e.Data
	m.Open("header")
	m.Open("h3")
	m.Element("a", s.words(&e).Headline, "href", "/outages/"+pathSegment(o.ID))
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

// words says in one sentence what an outage is about, how sure that is, and what is new.
func (s *Server) words(e *event.Event) Words {
	if s.deps.Words != nil {
		return s.deps.Words(e)
	}
	name, detail := titled(e.Data)
	if detail != "" {
		name += ": " + detail
	}
	return Words{Headline: name, Sure: percent(e.Data.Confidence), Happened: happened(e.Kind())}
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
func (s *Server) glance(m *hypertext.Writer, e event.Event, now time.Time) {
	o := e.Data
	m.Open("dl", "class", "glance")
	s.loudness(m, &e)
	glimpse(m, "How sure", s.words(&e).Sure, "")
	if scope := scopeWord(o.Scope.Label); scope != "" {
		glimpse(m, "Where", scope, "")
	}
	word, lead := officialWord(o, now)
	glimpse(m, "Official word", word, lead)
	m.Shut("dl")
	m.Line()
}

// loudness says how many complain a minute while that is known, and how many did in all.
func (s *Server) loudness(m *hypertext.Writer, e *event.Event) {
	voices, usual := "about "+people(e.Data.Evidence.Voices), e.Data.Evidence.Usual
	rate, heard := s.board.Rate(hit(e.Data))
	switch {
	case e.Data.EndedAt != nil:
		glimpse(m, "Complained", voices, "people, usually "+people(usual))
	case heard:
		glimpse(m, "Complaining", count(rate)+" a minute", "usually "+count(usualAMinute(e, usual))+"; "+voices+" people so far")
	default:
		glimpse(m, "Complaining", voices, "people, usually "+people(usual))
	}
}

// hit lists the services that are down or suffer along.
func hit(o event.Outage) []string {
	var ids []string
	for _, service := range o.Services {
		if service.Role == event.RoleDown || service.Role == event.RoleDependent {
			ids = append(ids, service.ID)
		}
	}
	return ids
}

// usualAMinute spreads what is usual for the time of an outage over its minutes.
func usualAMinute(e *event.Event, usual float64) float64 { return usual / max(1, e.Lasted().Minutes()) }

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
