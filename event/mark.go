package event

import "time"

// Mark says how far a source's time has come: every post of the source made before At has been published, save those that
// come later than the allowed lateness. Marks travel in the log with the mentions, so that whoever reads the log
// again sees time pass in the same way.
type Mark struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
	// Since is when the source was first heard: the time of its first post, or the beginning of the silence that was heard before it. It
	// stands in a source's first mark only.
	Since time.Time `json:"since,omitzero"`
	// Blind says that the source cannot be heard since At: its silence means nothing. A zero At says that its process has never heard it;
	// what is known of it from before still holds.
	Blind bool `json:"blind,omitempty"`
	// Ended says that the source has no more to give, ever; nobody waits for it from here on.
	Ended bool `json:"ended,omitempty"`
}
