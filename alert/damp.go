package alert

import (
	"time"

	"github.com/outcry/outcry/event"
)

// How an outage is damped that flaps, or that grows service by service. The end of a second wave has to last for a while
// before it is told, that of a third one twice as long: an outage that breaks out again and again is told as one that lasts.
// And before news that makes nothing graver, but for the first change, lies a pause, longer the more changes were told. So
// seven hours make six notices at most, but for those that cannot wait.
const (
	calmFirst  = 15 * time.Minute
	calmMost   = time.Hour // as long as an outage can break out again
	pauseFirst = time.Hour
	pauseMost  = 8 * time.Hour
)

// Said is how an outage stands as far as a receiver was told. The zero value: it was told nothing.
type Said struct {
	Phase    event.Phase    `json:"phase,omitempty"`
	Severity event.Severity `json:"severity,omitempty"`
	// At is when it was told last, and More how many changes it was told, and breaking out anew of what it took to last.
	At   time.Time `json:"at,omitzero"`
	More int       `json:"more,omitempty"`
}

// next is what the receiver knows once it is told of e at a time.
func (s Said) next(e *event.Event, at time.Time) Said {
	if s.isMore(e) || e.Kind() == event.TypeChanged {
		s.More++
	}
	s.Phase, s.Severity, s.At = e.Data.Phase, e.Data.Severity, at
	return s
}

// isNews reports whether e cannot wait: it begins something, is graver than what the receiver knows, or is the official word.
func (s Said) isNews(e *event.Event) bool {
	return s.Phase == "" || rank(e.Data.Severity) > rank(s.Severity) || e.Kind() == event.TypeAcknowledged
}

// isMore reports whether e tells more of what the receiver knows: of an outage that goes on.
func (s Said) isMore(e *event.Event) bool {
	return !s.isNews(e) && s.Phase == e.Data.Phase && !isOver(e)
}

// dampedUntil is until when e is kept back from the receiver; a time that is past: it is not.
func (s Said) dampedUntil(e *event.Event) time.Time {
	better := s.Phase != e.Data.Phase && (e.Data.Phase == event.Recovering || e.Data.Phase == event.Resolved)
	switch {
	case s.isNews(e):
	case better && e.Data.Waves > 1:
		return e.Time.Add(doubled(calmFirst, e.Data.Waves-2, calmMost))
	case s.isMore(e) && (s.More > 0 || e.Kind() != event.TypeChanged):
		return s.At.Add(doubled(pauseFirst, s.More, pauseMost))
	}
	return time.Time{}
}

// doubled is d doubled n times, but not beyond most.
func doubled(d time.Duration, n int, most time.Duration) time.Duration {
	for range n {
		if d *= 2; d >= most {
			return most
		}
	}
	return d
}
