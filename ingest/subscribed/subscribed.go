package subscribed

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/outcry/outcry/ingest"
)

// Subscriber hands over what others publish.
type Subscriber interface {
	// Subscribe hands the messages on a subject that follow cursor to handle, in order and with the cursor of the last of them, until ctx
	// ends, handle fails or the subscription breaks. "" begins a little before now. Once the subscription stands, handle is called without any.
	Subscribe(ctx context.Context, subject, cursor string, handle func(ctx context.Context, messages [][]byte, cursor string) error) error
}

// Config says what to read.
type Config struct {
	// Name is the source's name, under which its place is kept; empty: "subscribed".
	Name string
	// Subject is what posts are published on: "posts.>". Required.
	Subject string
	// Format reads a post. Required.
	Format ingest.Format
	// Sieve tells what need not be decoded; nil: everything is.
	Sieve ingest.Sieve
	// Now is the wall clock, by which posts from the future are told; nil: time.Now.
	Now func() time.Time
}

// Source reads posts from a subject.
type Source struct {
	cfg    Config
	from   Subscriber
	claims ingest.Claims
}

var (
	_ ingest.Source = (*Source)(nil)
	_ ingest.Quiet  = (*Source)(nil)
)

// New makes a source. It does not subscribe before Read.
func New(cfg Config, from Subscriber) (*Source, error) {
	if cfg.Name == "" {
		cfg.Name = "subscribed"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	switch {
	case cfg.Subject == "":
		return nil, errors.New("subscribed needs subject: what posts are published on, such as posts.>")
	case cfg.Format == nil:
		return nil, errors.New("subscribed needs the format of a post")
	}
	return &Source{cfg: cfg, from: from}, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: while nobody publishes anything, nothing has happened.
func (*Source) MayBeQuiet() bool { return true }

// Read implements ingest.Source. The cursor is the Subscriber's. It does not pass what cannot be read before something has come after it:
// a connection that breaks may leave a message behind that is not the one that was published, and that has to come again.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	behind := cursor
	return s.from.Subscribe(ctx, s.cfg.Subject, cursor, func(ctx context.Context, messages [][]byte, cursor string) error {
		b, claimed, whole := s.batch(messages)
		if len(messages) == 0 {
			cursor = behind
		}
		b.Cursor = cursor
		if !whole {
			b.Cursor = behind
		}
		s.claims.Stamp(&b, claimed, s.cfg.Now())
		if err := sink(ctx, b); err != nil {
			return err
		}
		s.claims.Safe()
		behind = cursor
		return nil
	})
}

// batch reads the posts of some messages, and gives the times that they claim; not whole: the last message cannot be read. It is read
// closely, which the sieve does not do.
func (s *Source) batch(messages [][]byte) (b ingest.Batch, claimed []time.Time, whole bool) {
	whole = true
	for i, m := range messages {
		last := i == len(messages)-1
		for line := range bytes.Lines(m) {
			line = bytes.TrimSpace(line)
			if len(line) == 0 {
				continue
			}
			if at, ok := s.sift(line); ok && !last {
				b.Seen++
				claimed = append(claimed, at)
				continue
			}
			times, err := s.decode(&b, line)
			claimed = append(claimed, times...)
			whole = whole && (err == nil || !last)
		}
	}
	return b, claimed, whole
}

// sift gives the time of a post that need not be decoded; not ok: it must be.
func (s *Source) sift(line []byte) (at time.Time, ok bool) {
	if s.cfg.Sieve == nil || s.cfg.Sieve.Pass(line) {
		return time.Time{}, false
	}
	return s.cfg.Format.Time(line)
}

// decode adds the posts of a line, and gives the times that they claim.
func (s *Source) decode(b *ingest.Batch, line []byte) (claimed []time.Time, err error) {
	before := len(b.Posts)
	b.Posts, err = s.cfg.Format.Decode(b.Posts, line)
	for i := range b.Posts[before:] {
		b.Seen++
		claimed = append(claimed, b.Posts[before+i].CreatedAt)
	}
	b.Drop(err)
	return claimed, err
}
