package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/outcry/outcry/event"
)

// Source reads posts from one place. It does not reconnect, retry or remember: the Runner does that for all sources.
type Source interface {
	// Name is unique among the configured sources and stands in metrics and as the key of the cursor.
	Name() string
	// Read connects, resumes after cursor ("" for the source's natural beginning) and hands batches to sink, in order, one
	// at a time, until the source has no more to give (nil), ctx ends (its error), sink fails (its error) or the
	// connection breaks (any other error; the Runner calls Read again with the last cursor that is safe). When sink
	// returns nil the batch is safe and may be forgotten; a source that can acknowledge does so then and not before.
	Read(ctx context.Context, cursor string, sink Sink) error
}

// Sink takes a batch over. nil: it is safe; error: keep it, come again.
type Sink func(ctx context.Context, b Batch) error

// Batch is posts that were read together.
type Batch struct {
	// Posts are those that may speak of a service. The sink does not keep the slice.
	Posts []event.Post
	// Seen is how many posts were read, those included that cannot speak of a service.
	Seen int
	// Dropped counts what could not be used, by reason (a Drop's Reason: a small fixed set).
	Dropped map[string]int
	// From is the oldest, and Through the newest event time among all posts read, relevant or not. Zero: none was read.
	From, Through time.Time
	// Gaps are stretches up to Through in which the source could not be heard, in order; a Clock finds them.
	Gaps []Gap
	// Cursor is where Read resumes after this batch. Empty: the source has none, or it has not moved.
	Cursor string
}

// See takes note of the time of a post of the batch, relevant or not. A source whose times are claimed by strangers uses a
// Clock instead.
func (b *Batch) See(at time.Time) {
	if b.From.IsZero() || at.Before(b.From) {
		b.From = at
	}
	b.Through = later(b.Through, at)
}

// Drop counts what could not be used: err is what a Format's Decode gave, and nil counts nothing.
func (b *Batch) Drop(err error) {
	for _, e := range Drops(err) {
		b.Lose(DropReason(e), 1)
	}
}

// Lose counts n posts that could not be used for a reason.
func (b *Batch) Lose(reason string, n int) {
	if n <= 0 {
		return
	}
	if b.Dropped == nil {
		b.Dropped = make(map[string]int)
	}
	b.Dropped[reason] += n
}

// newest is the newest time that a post of the batch claims; zero: there is none. Through also says how far a source is complete.
func (b *Batch) newest() time.Time {
	if b.Seen > len(b.Posts) { // of those that cannot speak of a service only Through is known
		return b.Through
	}
	var newest time.Time
	for i := range b.Posts {
		newest = later(newest, b.Posts[i].CreatedAt)
	}
	return newest
}

// Sieve tells from a post's raw bytes, quickly, that it cannot speak of any service. It may err only towards true.
type Sieve interface {
	Pass(raw []byte) bool
}

// Format decodes one wire format, one message (line) at a time.
type Format interface {
	// Name is the format's name for people: "bluesky jetstream".
	Name() string
	// Detect reports whether the message looks like this format. It is called on few messages and need not be fast.
	Detect(message []byte) bool
	// Decode appends the posts of a message to dst. A message without posts (a delete, a keep-alive) is no error.
	// A message that cannot be read gives a *Drop.
	Decode(dst []event.Post, message []byte) ([]event.Post, error)
	// Time finds the newest event time of a message without decoding it; false: none found.
	Time(message []byte) (time.Time, bool)
}

// Reasons for which a message or a post is dropped. They are metric labels, so there are few.
const (
	ReasonSyntax   = "syntax"    // not JSON, cut off, or a field of another type than its format says
	ReasonTooLong  = "too_long"  // longer than the limit of its source
	ReasonEncoding = "encoding"  // not valid UTF-8
	ReasonField    = "field"     // a required field is missing
	ReasonTime     = "time"      // a time that cannot be
	ReasonUnknown  = "unknown"   // no known format
	ReasonLate     = "late"      // older than the allowed lateness
	ReasonAhead    = "ahead"     // a time far ahead of everybody else's
	ReasonWithheld = "withheld"  // the network withholds the text
	ReasonDeleted  = "deleted"   // the network says that it is gone
	ReasonRate     = "rate"      // over the limit of its source
	ReasonForged   = "forged"    // not what its author signed
	ReasonNoAccess = "no_access" // an error message of the network in place of a post
)

// Drop is the error for a message that cannot be used. Strangers' data is dropped and counted, never fatal.
type Drop struct {
	// Reason is one of the Reason constants.
	Reason string
	// Err says what was wrong, for people.
	Err error
}

// Error implements error.
func (d *Drop) Error() string { return d.Reason + ": " + d.Err.Error() }

// Unwrap gives the underlying error.
func (d *Drop) Unwrap() error { return d.Err }

// DropReason is the bounded reason behind err.
func DropReason(err error) string {
	if d, ok := errors.AsType[*Drop](err); ok {
		return d.Reason
	}
	switch {
	case errors.Is(err, event.ErrBadTime):
		return ReasonTime
	case errors.Is(err, event.ErrNoID), errors.Is(err, event.ErrNoAuthor), errors.Is(err, event.ErrNoTime):
		return ReasonField
	}
	return ReasonSyntax
}
