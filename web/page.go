package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

const (
	// maxRecent is how many resolved outages the page lists.
	maxRecent = 25
	// maxFull is how many outages, the gravest ones, are shown with all that is known; of more the rest has to be unfolded.
	maxFull = 4
)

// boardPage is the dashboard. With ?part=1 it is the inner part alone, by which the script renews the page.
func (s *Server) boardPage(w http.ResponseWriter, r *http.Request) {
	var m hypertext.Writer
	s.boardPart(&m)
	s.page(w, r, http.StatusOK, "outcry", &m)
}

// outagePage is one outage with everything that happened in it.
func (s *Server) outagePage(w http.ResponseWriter, r *http.Request) {
	events := s.board.History(r.PathValue("id"))
	var m hypertext.Writer
	if len(events) == 0 {
		m.Element("p", "No outage with this id is remembered.", "class", "calm")
		s.page(w, r, http.StatusNotFound, "Not found", &m)
		return
	}
	last, now := events[len(events)-1], s.board.Now()
	m.Open("section", "aria-labelledby", "outage")
	barTitle(&m, "Outage", "outage", now)
	m.Open("div", "class", "cards wide")
	s.card(&m, last, now, wide)
	m.Shut("div", "section")
	s.timeline(&m, events, now)
	s.reportLinks(&m, last.Data.ID)
	s.page(w, r, http.StatusOK, last.Data.Name, &m)
}

// versionHeader tells a page that was opened before an upgrade that there is a newer one.
const versionHeader = "Outcry-Version"

func pathSegment(id string) string { return url.PathEscape(id) }

// page puts a part into the frame, unless the part alone was asked for.
func (s *Server) page(w http.ResponseWriter, r *http.Request, code int, title string, part *hypertext.Writer) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set(versionHeader, s.deps.Version)
	w.WriteHeader(code)
	if isTrue(r.URL.Query().Get("part")) {
		s.write(w, []byte(part.String()))
		return
	}
	var m hypertext.Writer
	m.Doctype()
	m.Open("html", "lang", "en")
	s.head(&m, title)
	m.Open("body")
	m.Element("a", "Skip to the outages", "class", "skip", "href", "#board")
	m.Open("header", "class", "top")
	m.Open("h1")
	m.Element("a", "outcry", "href", "/")
	m.Shut("h1")
	m.Element("p", "What people say is down, before the services say so.")
	m.Element("p", "", "id", "link", "class", "link", "role", "status")
	m.Element("noscript", "Without JavaScript this page does not renew itself: load it again.", "class", "link")
	m.Shut("header")
	m.Line()
	m.Open("main", "id", "board", "data-part", r.URL.EscapedPath()+"?part=1", "data-version", s.deps.Version)
	m.Line()
	m.Append(part)
	m.Shut("main")
	m.Element("p", "", "id", "news", "class", "unseen", "aria-live", "polite")
	s.foot(&m)
	m.Shut("body", "html")
	m.Line()
	s.write(w, []byte(m.String()))
}

func (s *Server) head(m *hypertext.Writer, title string) {
	m.Open("head")
	m.Open("meta", "charset", "utf-8")
	m.Open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
	m.Open("meta", "name", "color-scheme", "content", "light dark")
	if title != "outcry" {
		title += " · outcry"
	}
	m.Element("title", title)
	m.Open("link", "rel", "icon", "href", "/icon.svg", "type", "image/svg+xml")
	m.Open("link", "rel", "stylesheet", "href", "/style.css")
	m.Open("link", "rel", "alternate", "type", "application/atom+xml", "title", "Outages", "href", "/feed.atom")
	m.Element("script", "", "src", "/app.js", "defer", "")
	m.Shut("head")
	m.Line()
}

func (s *Server) foot(m *hypertext.Writer) {
	m.Open("footer")
	m.Element("span", s.deps.Version)
	for _, link := range [][2]string{{"JSON", "/api/v1/outages"}, {"Stream", "/api/v1/events?state=1"}, {"Feed", "/feed.atom"}, {"Ready", "/readyz"}} {
		m.Element("a", link[0], "href", link[1])
	}
	m.Shut("footer")
}

// boardPart writes what changes: outages, sources, and how far time has come.
func (s *Server) boardPart(m *hypertext.Writer) {
	now, current, recent, sources := s.board.Now(), s.board.Current(), s.board.Recent(), s.board.Sources(s.deps.Now())
	m.Open("section", "aria-labelledby", "now")
	verdict(m, current, sources, now)
	m.Open("div", "class", "cards")
	for i, e := range current {
		size := full
		if i >= maxFull {
			size = brief
		}
		s.card(m, e, now, size)
	}
	m.Shut("div", "section")
	m.Line()
	s.recentList(m, recent, now)
	if now.IsZero() {
		now = s.deps.Now()
	}
	sourceList(m, sources, now)
}

// barTitle heads what changes with time, and says how far that has come.
func barTitle(m *hypertext.Writer, title, id string, now time.Time) {
	m.Open("div", "class", "bar-title")
	m.Element("h2", title, "id", id)
	asOf(m, now)
	m.Shut("div")
}

func asOf(m *hypertext.Writer, now time.Time) {
	m.Open("p", "class", "asof")
	if !now.IsZero() {
		m.Text("as of ")
		m.Element("time", now.Format("15:04:05 UTC"), "datetime", now.Format(time.RFC3339))
	}
	m.Shut("p")
}

func (s *Server) recentList(m *hypertext.Writer, recent []event.Event, now time.Time) {
	if len(recent) == 0 {
		return
	}
	m.Open("section", "aria-labelledby", "recent")
	m.Element("h2", "Over in the last 24 hours", "id", "recent")
	m.Open("ul", "class", "rows")
	for _, e := range first(recent, maxRecent) {
		m.Open("li", "class", string(e.Data.Severity))
		m.Element("a", s.words(&e).Headline, "href", "/outages/"+pathSegment(e.Data.ID))
		m.Open("span", "class", "when")
		when(m, e.Data, now)
		m.Shut("span", "li")
		m.Line()
	}
	m.Shut("ul")
	if more := len(recent) - maxRecent; more > 0 {
		m.Element("p", "and "+strconv.Itoa(more)+" more", "class", "more")
	}
	m.Shut("section")
	m.Line()
}

// timeline lists the events of one outage, the newest first.
func (s *Server) timeline(m *hypertext.Writer, events []event.Event, now time.Time) {
	m.Open("section", "aria-labelledby", "course")
	m.Element("h2", "Course", "id", "course")
	m.Open("ol", "class", "course", "reversed", "")
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		m.Open("li", "class", string(e.Kind()))
		moment(m, e.Time, now)
		m.Element("b", s.words(&e).Happened)
		m.Element("span", "about "+people(e.Data.Evidence.Voices)+" people, "+string(e.Data.Severity), "class", "detail")
		m.Shut("li")
		m.Line()
	}
	m.Shut("ol", "section")
	m.Line()
}
