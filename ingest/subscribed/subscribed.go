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

// Read implements ingest.Source. The cursor is the Subscriber's.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	return s.from.Subscribe(ctx, s.cfg.Subject, cursor, func(ctx context.Context, messages [][]byte, cursor string) error {
		b := ingest.Batch{Cursor: cursor}
		var claimed []time.Time
		for _, m := range messages {
			for line := range bytes.Lines(m) {
				if line = bytes.TrimSpace(line); len(line) > 0 {
					claimed = append(claimed, s.take(&b, line)...)
				}
			}
		}
		s.claims.Stamp(&b, claimed, s.cfg.Now())
		if err := sink(ctx, b); err != nil {
			return err
		}
		s.claims.Safe()
		return nil
	})
}

// take reads one post, and gives the time that it claims.
func (s *Source) take(b *ingest.Batch, line []byte) (claimed []time.Time) {
	if s.cfg.Sieve != nil && !s.cfg.Sieve.Pass(line) {
		if at, ok := s.cfg.Format.Time(line); ok {
			b.Seen++
			return []time.Time{at}
		}
	}
	before := len(b.Posts)
	var err error
	b.Posts, err = s.cfg.Format.Decode(b.Posts, line)
	for i := range b.Posts[before:] {
		b.Seen++
		claimed = append(claimed, b.Posts[before+i].CreatedAt)
	}
	b.Drop(err)
	return claimed
}
