package web

import (
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// maxEntries is how many outages the feed holds.
const maxEntries = 50

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Link      atomLink `xml:"link"`
	Summary   string   `xml:"summary"`
}

// feed is an Atom feed with one entry an outage, which is updated as the outage goes on. What is only suspected is left
// out.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	base := s.cfg.PublicURL
	if base == "" {
		base = "http://" + r.Host
	}
	updated := s.board.Now()
	if updated.IsZero() {
		updated = s.deps.Now().UTC()
	}
	feed := atomFeed{
		ID: base + "/feed.atom", Title: "outcry: outages", Author: "outcry", Updated: updated.Format(time.RFC3339),
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: base + "/feed.atom"},
			{Rel: "alternate", Type: "text/html", Href: base + "/"},
		},
	}
	for _, e := range s.board.All() {
		if e.Data.ConfirmedAt != nil && len(feed.Entries) < maxEntries {
			feed.Entries = append(feed.Entries, s.entryOf(base, e))
		}
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		s.fail(w, http.StatusInternalServerError, "the feed cannot be encoded")
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	s.write(w, []byte(xml.Header+string(body)+"\n"))
}

func (s *Server) entryOf(base string, e event.Event) atomEntry {
	address := base + "/outages/" + pathSegment(e.Data.ID)
	_, detail := titled(e.Data)
	summary := []string{"Since " + dated(e.Data.OnsetAt)}
	if e.Data.EndedAt != nil {
		summary = []string{"From " + dated(e.Data.OnsetAt) + " to " + dated(*e.Data.EndedAt)}
	}
	if detail != "" {
		summary = append(summary, "Down: "+detail)
	}
	summary = append(summary, "About "+people(e.Data.Evidence.Voices)+" people complained, usually "+people(e.Data.Evidence.Usual))
	return atomEntry{
		ID:        address,
		Title:     hypertext.Tame(s.words(&e).Headline + " (" + strings.ToLower(phaseWord(e.Data.Phase)) + ", " + string(e.Data.Severity) + ")"),
		Published: e.Data.DetectedAt.UTC().Format(time.RFC3339),
		Updated:   e.Time.UTC().Format(time.RFC3339),
		Link:      atomLink{Rel: "alternate", Type: "text/html", Href: address},
		Summary:   hypertext.Tame(strings.Join(summary, ". ") + "."),
	}
}

// dated writes a time for readers who may come much later.
func dated(at time.Time) string { return at.UTC().Format("2 Jan 2006 15:04 UTC") }
