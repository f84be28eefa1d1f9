package event

import (
	"fmt"
	"strings"
	"time"
)

// Event is an Outage in a CloudEvents 1.0 envelope, structured JSON mode: the public contract on NATS, in webhooks, in
// the output of `outcry replay` and in the API.
type Event struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`
	Subject         string    `json:"subject"`
	Time            time.Time `json:"time"`
	DataContentType string    `json:"datacontenttype"`
	Data            Outage    `json:"data"`
}

const typePrefix = "outcry.outage."

// NewEvent wraps an outage. subject is the loudest service that is down; at is the stream time of what happened.
func NewEvent(t Type, subject string, at time.Time, o Outage) Event {
	return Event{
		SpecVersion:     "1.0",
		ID:              fmt.Sprintf("%s-%d", o.ID, o.Seq),
		Source:          "outcry",
		Type:            typePrefix + string(t),
		Subject:         subject,
		Time:            at.UTC(),
		DataContentType: "application/json",
		Data:            o,
	}
}

// Kind returns the type without its prefix: "confirmed".
func (e *Event) Kind() Type { return Type(strings.TrimPrefix(e.Type, typePrefix)) }

// Topic is the NATS subject on which the event travels.
func (e *Event) Topic() string { return "outcry.outages." + e.Subject + "." + string(e.Kind()) }

// Lasted is how long the outage was felt up to its end or, while it goes on, up to this event; 0 if its onset is not known.
func (e *Event) Lasted() time.Duration {
	if e.Data.OnsetAt.IsZero() {
		return 0
	}
	end := e.Time
	if e.Data.EndedAt != nil {
		end = *e.Data.EndedAt
	}
	return max(end.Sub(e.Data.OnsetAt), 0)
}

// Check reports why an event that came from outside cannot be used; nil means that it can be.
func (e *Event) Check() error {
	switch {
	case e.SpecVersion != "1.0":
		return fmt.Errorf("specversion is %q, want \"1.0\"", e.SpecVersion)
	case !strings.HasPrefix(e.Type, typePrefix):
		return fmt.Errorf("type is %q, want %s…", e.Type, typePrefix)
	case e.Data.ID == "" || e.Data.Seq < 1:
		return fmt.Errorf("data.id %q and data.seq %d do not identify an outage", e.Data.ID, e.Data.Seq)
	case e.Subject == "":
		return fmt.Errorf("event %s has no subject", e.ID)
	}
	return nil
}
