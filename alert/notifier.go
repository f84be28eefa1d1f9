package alert

import (
	"context"
	"time"

	"github.com/outcry/outcry/event"
)

// Notifier tells one receiver. It tries once: pace, retries, order and giving up belong to the Desk.
type Notifier interface {
	// Name is unique among the configured notifiers; it stands in logs, errors and metrics.
	Name() string
	// Notify tells the receiver and returns nil once the receiver has accepted the notice. An error made by Permanent
	// says that no retry can help, one made by RetryAfter when to come again; every other error is temporary. Errors
	// never hold the receiver's address beyond its host, nor any other secret.
	Notify(ctx context.Context, n Notice) error
}

// Paced is a Notifier whose receiver limits how often it may be told.
type Paced interface {
	// Pace is the least time between two notices, and how many may come at once after a pause (at least 1).
	Pace() (every time.Duration, burst int)
}

// Taker is a Notifier whose receiver can show who has taken an outage over: it is given a Notice of TypeTaken, too.
type Taker interface {
	Notifier
	// TakesOver marks the notifier and does nothing.
	TakesOver()
}

// Notice is what a receiver is told.
type Notice struct {
	Event event.Event
	// Key is the same for every attempt to tell of the same event, across restarts too, so that a receiver can fold
	// repeats: "<outage>-<seq>"; of a reminder "<outage>-<seq>-<notifier>-again-<number>", of TypeTaken "<outage>-<notifier>-taken".
	Key string
	// Reminder is 0 for news. A reminder counts from 1: nothing has happened since, and Event is the newest one, dated
	// anew, of TypeReminder.
	Reminder int
	// Ack is who has taken the outage over, as far as is known; nil: nobody has.
	Ack *Ack
	// Attempt counts from 1.
	Attempt int
	// At is when this attempt is made, by the wall clock.
	At time.Time
}

// The types of events by which a receiver is reminded, and told that somebody has taken an outage over. They are not in the log.
const (
	TypeReminder event.Type = "reminder"
	TypeTaken    event.Type = "taken"
)

// DeadLetters keeps what could not be delivered.
type DeadLetters interface {
	// DeadLetter records that notifier could not tell its receiver of e. nil: it is safe; error: the event comes again.
	DeadLetter(ctx context.Context, notifier string, e event.Event, reason string) error
}
