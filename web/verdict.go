package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// verdict says in one sentence, to be read from across the room, how things stand, and which sources are missing for it.
func verdict(m *hypertext.Writer, current []event.Event, sources []SourceState, now time.Time) {
	sentence, more, class := calm(now, sources)
	if len(current) > 0 {
		sentence, class = outagesWord(current)
		more = ""
	}
	if deaf := unheard(sources); len(deaf) > 0 && more == "" {
		more = "Not heard now: " + strings.Join(deaf, ", ") + ". What is said only there is missed."
	}
	m.Open("div", "class", "verdict "+class)
	m.Element("h2", sentence, "id", "now")
	asOf(m, now)
	if more != "" {
		m.Element("p", more, "class", "more")
	}
	m.Shut("div")
	m.Line()
}

// outagesWord counts outages, those apart that are only suspected. Its class is the severity of the gravest, which comes first.
func outagesWord(current []event.Event) (sentence, class string) {
	suspected := 0
	for _, e := range current {
		if e.Data.Phase == event.Suspected {
			suspected++
		}
	}
	switch sure := len(current) - suspected; {
	case sure == 0:
		sentence = plural(suspected, "outage") + " suspected"
	case suspected == 0:
		sentence = plural(sure, "outage")
	default:
		sentence = plural(sure, "outage") + ", and " + strconv.Itoa(suspected) + " suspected"
	}
	return sentence, string(current[0].Data.Severity)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// calm says what the absence of outages means; silence is not health.
func calm(now time.Time, sources []SourceState) (sentence, more, class string) {
	states := make(map[string]int)
	for _, source := range sources {
		states[source.State]++
	}
	heard := states[string(event.SourceLive)] + states[string(event.SourceStalled)] + states[string(event.SourceBackingOff)]
	switch {
	case len(sources) > 0 && states[string(event.SourceDone)] == len(sources):
		return "Nothing is down at the end of what there was to hear", "", "well"
	case heard == 0 && len(sources) > states[string(event.SourceConnecting)]:
		return "No source can be heard", "What is down cannot be told from here.", "deaf"
	case now.IsZero():
		return "Nothing was heard yet", "This fills by itself.", "early"
	}
	return "Nobody complains more than usual", "", "well"
}

// unheard names the sources that should be heard and are not.
func unheard(sources []SourceState) []string {
	var names []string
	for _, source := range sources {
		switch source.State {
		case string(event.SourceBlind), string(event.SourceStopped), sourceLost:
			names = append(names, networkWord(source.Name))
		}
	}
	return names
}
