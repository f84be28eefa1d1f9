package event

import "time"

// SourceState is how a source of posts fares.
type SourceState string

// The states of a source, in order of a life.
const (
	// SourceConnecting: it is being reached for the first time, and nothing has come yet.
	SourceConnecting SourceState = "connecting"
	// SourceLive: it can be heard.
	SourceLive SourceState = "live"
	// SourceStalled: it can be heard, but what it says cannot be handed on; it waits.
	SourceStalled SourceState = "stalled"
	// SourceBackingOff: it failed a moment ago, and will be tried again.
	SourceBackingOff SourceState = "backing_off"
	// SourceBlind: it has failed for so long that its silence means nothing. It will be tried again.
	SourceBlind SourceState = "blind"
	// SourceStopped: it will not be tried again, because its process ends, or because trying cannot help.
	SourceStopped SourceState = "stopped"
	// SourceDone: it has given all it has.
	SourceDone SourceState = "done"
)

// SourceStatus is what a source says of itself when its state changes, and every few seconds besides. Times are those of
// the wall clock, except for LastPost.
type SourceStatus struct {
	// Source is its name.
	Source string `json:"source"`
	// State is one of the Source constants, and Since when it began.
	State SourceState `json:"state"`
	Since time.Time   `json:"since"`
	// At is when this was said. A status that is older than SourceSilence says that the process which read the source is gone.
	At time.Time `json:"at"`
	// Posts counts what was read since the process began, and Rate is posts a second, over the last minute.
	Posts uint64  `json:"posts"`
	Rate  float64 `json:"rate"`
	// Busy is the share of the last minute in which the source waited for the log to take over what it gave, 0 to 1. Near 1 more comes than
	// can be handed on, and the network holds the rest.
	Busy float64 `json:"busy"`
	// HeardAt is when posts last came, and LastPost the time that the newest post claims. LagS is by how many seconds it was behind when
	// it came: how late we hear what people say.
	HeardAt  time.Time `json:"heard_at,omitzero"`
	LastPost time.Time `json:"last_post,omitzero"`
	LagS     float64   `json:"lag_s"`
	// Cursor is the place from which it would be read again; empty: it has none.
	Cursor string `json:"cursor,omitempty"`
	// BlindSince is when it could last be heard, whether or not anybody said anything, or when it was first tried if it never could.
	BlindSince time.Time `json:"blind_since,omitzero"`
	// Error is why it cannot be heard, or what it says cannot be handed on. It has no secret.
	Error string `json:"error,omitempty"`
	// NextTry is when it will be tried again.
	NextTry time.Time `json:"next_try,omitzero"`
	// Spent is what it has cost; nil: it costs nothing.
	Spent *SourceSpent `json:"spent,omitempty"`
}

// SourceSpent is what a source has cost in the present day and month of UTC, and what it may cost, in US dollars. A budget of 0 bounds nothing.
type SourceSpent struct {
	DayUSD         float64 `json:"day_usd"`
	MonthUSD       float64 `json:"month_usd"`
	BudgetDayUSD   float64 `json:"budget_day_usd"`
	BudgetMonthUSD float64 `json:"budget_month_usd"`
}

// SourceSilence is for how long a status is good: a source says something of itself several times within it.
const SourceSilence = time.Minute

// Lost reports whether nothing has been heard of the process that read the source for SourceSilence before now, although
// the source had neither stopped nor come to its end.
func (s *SourceStatus) Lost(now time.Time) bool {
	return s.State != SourceStopped && s.State != SourceDone && now.Sub(s.At) > SourceSilence
}
