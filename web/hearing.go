package web

import (
	"slices"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// sourceList says of every source whether it can be heard.
func sourceList(m *hypertext.Writer, sources []SourceState, now time.Time) {
	if len(sources) == 0 {
		return
	}
	m.Open("section", "aria-labelledby", "sources")
	m.Element("h2", "Sources", "id", "sources")
	m.Open("ul", "class", "sources")
	for _, source := range sources {
		m.Open("li", "class", source.State)
		m.Element("b", networkWord(source.Name))
		m.Text(" ")
		sourceText(m, source, now)
		if why := source.trouble(); why != "" {
			m.Element("small", why)
		}
		m.Shut("li")
		m.Line()
	}
	m.Shut("ul", "section")
	m.Line()
}

func sourceText(m *hypertext.Writer, source SourceState, now time.Time) {
	switch event.SourceState(source.State) {
	case event.SourceLive:
		m.Text("is heard")
		if source.Status != nil && source.Status.Rate > 0 {
			m.Text(", " + count(source.Status.Rate) + " posts a second")
		}
	case event.SourceBlind:
		m.Text("cannot be heard")
		source.since(m, now)
	case event.SourceDone:
		m.Text("has ended")
	case event.SourceConnecting:
		m.Text("is being reached")
	case event.SourceStalled:
		m.Text("waits: the log takes nothing")
	case event.SourceBackingOff:
		m.Text("has failed and is tried again")
	case event.SourceStopped:
		m.Text("has stopped")
		source.since(m, now)
	case sourceLost:
		m.Text("is not heard of any more")
		source.since(m, now)
	default:
		m.Text("is " + source.State)
	}
}

// trouble is the error that keeps a source from being heard; "": there is none.
func (s SourceState) trouble() string {
	bad := []event.SourceState{event.SourceBlind, event.SourceStopped, event.SourceBackingOff}
	if s.Status == nil || !slices.Contains(bad, event.SourceState(s.State)) {
		return ""
	}
	return s.Status.Error
}

// since says when the source was last heard, if that is known.
func (s SourceState) since(m *hypertext.Writer, now time.Time) {
	var at time.Time
	switch {
	case s.State == sourceLost:
		at = s.Status.At
	case s.Status != nil && !s.Status.BlindSince.IsZero():
		at = s.Status.BlindSince
	case s.Status != nil && s.State == string(event.SourceStopped):
		at = s.Status.Since
	case s.At != nil:
		at = *s.At
	default:
		return
	}
	m.Text(" since ")
	moment(m, at, now)
}
