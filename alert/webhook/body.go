package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// Page is what a template is given: the Words of the notice, with their fields and methods, and what follows.
type Page struct {
	alert.Words
	// Mark is the sign of the kind of event: "🔴".
	Mark string
	// Kind is the type of the event without its prefix: "confirmed".
	Kind string
	// Text is all that there is to say below the headline, a line each.
	Text string
	// Key is the same for every attempt.
	Key string
	// Event is the event itself.
	Event event.Event
}

// maxWritten bounds what a template writes, in bytes.
const maxWritten = 1 << 20

// Body writes notices after a template.
type Body struct {
	template *template.Template
	language alert.Language
}

// NewBody reads a template of package text/template, in which `json` writes a value as JSON. It is tried out at once: what it
// writes has to be JSON if the content type says so. A nil language is alert.English.
func NewBody(text, contentType string, language alert.Language) (*Body, error) {
	t, err := template.New("body").Option("missingkey=error").Funcs(template.FuncMap{"json": asJSON}).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	b := &Body{template: t, language: language}
	for _, kind := range event.Types() {
		for _, notice := range []*alert.Notice{sample(kind), bare(kind)} {
			written, err := b.Write(notice)
			switch {
			case err != nil:
				return nil, fmt.Errorf("body: %w", err)
			case strings.Contains(contentType, "json") && !json.Valid(written):
				return nil, errors.New(`body: what it writes is not JSON; write {{json .Headline}} and not "{{.Headline}}", or set another content_type`)
			}
		}
	}
	return b, nil
}

// Write is a notice as the template has it.
func (b *Body) Write(n *alert.Notice) ([]byte, error) {
	w := alert.InWords(&n.Event, b.language)
	p := Page{Words: w, Mark: alert.Mark(&n.Event), Kind: string(n.Event.Kind()), Text: below(w), Key: n.Key, Event: n.Event}
	var out bytes.Buffer
	err := b.template.Execute(&bounded{&out}, p)
	return out.Bytes(), err
}

func asJSON(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

// below are the lines below a headline, and people's own words.
func below(w alert.Words) string {
	var lines []string
	for _, line := range w.Lines() {
		lines = append(lines, line.Label+w.Colon+line.Text)
	}
	for _, phrase := range w.Phrases {
		lines = append(lines, "“"+phrase+"”")
	}
	return strings.Join(lines, "\n")
}

// bounded takes no more than maxWritten.
type bounded struct{ *bytes.Buffer }

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxWritten {
		return 0, fmt.Errorf("it writes more than %d bytes", maxWritten)
	}
	return b.Buffer.Write(p)
}

// bare is a sample without what an outage need not have.
func bare(kind event.Type) *alert.Notice {
	notice := sample(kind)
	o := &notice.Event.Data
	o.ConfirmedAt, o.EndedAt, o.AcknowledgedAt, o.LeadTimeS, o.Cause, o.URL = nil, nil, nil, nil, nil, ""
	o.Symptoms, o.Scope.Countries, o.Scope.Places, o.Evidence.Phrases = nil, nil, nil, nil
	return notice
}

// sample is a notice on which a template is tried out: there is something in every field, and in the texts what breaks JSON.
func sample(kind event.Type) *alert.Notice {
	const name = `a "b" \c`
	at := time.Unix(0, 0)
	e := event.NewEvent(kind, "x", at.Add(time.Hour), event.Outage{
		ID: "x", Seq: 1, Phase: event.Confirmed, Severity: event.Minor, OnsetAt: at, DetectedAt: at, ConfirmedAt: &at, EndedAt: &at,
		AcknowledgedAt: &at, LeadTimeS: new(60.0), Name: name, Confidence: 0.5, Waves: 1, URL: "https://host.example/outages/x",
		Services: []event.ServiceState{{ID: "x", Name: name, Role: event.RoleDown, Phase: event.Confirmed}, {ID: "y", Name: name, Role: event.RoleBlamed}},
		Scope:    event.Scope{Label: "regional", Countries: []event.CountryShare{{Code: "IT", Share: 1}}, Places: []string{name}},
		Symptoms: []event.Share{{ID: string(event.Login), Share: 1}},
		Evidence: event.Evidence{Voices: 9, Posts: 9, Usual: 1, Peak: 9, Sources: []string{name}, Languages: []string{"en"}, Phrases: []string{name}},
		Cause:    &event.Cause{Service: "x", Basis: "self"},
	})
	return &alert.Notice{Event: e, Key: e.ID, Attempt: 1, At: at}
}
