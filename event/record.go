package event

import "time"

// MentionRecord is one message of the log of mentions: exactly one of Pack and Mark is set.
type MentionRecord struct {
	// Seq is the message's position in the log, from 1, rising.
	Seq  uint64
	Pack *Pack
	Mark *Mark
}

// ReadingRecord is one message of the log of readings: exactly one of Reading and Tick is set.
type ReadingRecord struct {
	// Seq is the message's position in the log, from 1, rising.
	Seq     uint64
	Reading *Reading
	Tick    *Tick
}

// Tick says that a partition has given every reading up to At: the Judge may judge once all partitions have said so.
type Tick struct {
	// Partition is 0 ≤ Partition < Of.
	Partition int       `json:"partition"`
	Of        int       `json:"of"`
	At        time.Time `json:"at"`
	// Since is when the first source was first heard: before it, silence means nothing either.
	Since time.Time `json:"since,omitzero"`
	// Unheard says that no source could be heard in the time that leads up to At, so that silence in it means nothing.
	Unheard bool `json:"unheard,omitempty"`
	// Blind lists the sources that cannot be heard now.
	Blind []string `json:"blind,omitempty"`
}
