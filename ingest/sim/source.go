package sim

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/pause"
)

// Source plays a scenario as if it came from a network.
type Source struct {
	scenario Scenario
	seed     uint64
	speed    float64
}

var _ ingest.Source = (*Source)(nil)

// NewSource plays the scenario's posts of a seed. speed is seconds of stream time per second of wall time; 0: as fast as
// the sink takes them. The cursor is the count of posts that are safe.
func NewSource(scenario Scenario, seed uint64, speed float64) *Source {
	return &Source{scenario: scenario, seed: seed, speed: speed}
}

// Name implements ingest.Source.
func (s *Source) Name() string { return "sim" }

const (
	maxBatch = 512
	// beat is how long a batch takes on the wall clock when the speed is limited.
	beat = 100 * time.Millisecond
	// span is how much stream time a batch holds when the speed is not.
	span = 10 * time.Second
)

// Read implements ingest.Source. The last batch has no posts and brings the time to the scenario's end.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	skip, err := parseCursor(cursor)
	if err != nil {
		return err
	}
	b := &batcher{sink: sink, pace: pace{speed: s.speed}, width: s.width(), read: skip}
	n := uint64(0)
	for p := range s.scenario.Posts(s.seed) {
		if n++; n <= skip {
			continue
		}
		if err := b.add(ctx, p); err != nil {
			return err
		}
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	if err := b.pace.wait(ctx, s.scenario.End); err != nil {
		return err
	}
	return sink(ctx, ingest.Batch{Through: s.scenario.End, Cursor: strconv.FormatUint(n, 10)})
}

func (s *Source) width() time.Duration {
	if s.speed <= 0 {
		return span
	}
	return max(time.Millisecond, min(span, time.Duration(s.speed*float64(beat))))
}

func parseCursor(cursor string) (uint64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(cursor, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the simulation's cursor %q is not a count of posts; delete the saved cursor to begin anew: %w", cursor, err)
	}
	return n, nil
}

// batcher gathers posts and hands them on when a stretch of stream time is full.
type batcher struct {
	sink  ingest.Sink
	pace  pace
	width time.Duration
	posts []event.Post
	read  uint64
	until time.Time
}

func (b *batcher) add(ctx context.Context, p event.Post) error {
	if len(b.posts) > 0 && (!p.CreatedAt.Before(b.until) || len(b.posts) == maxBatch) {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	if len(b.posts) == 0 {
		b.until = p.CreatedAt.Truncate(b.width).Add(b.width)
	}
	b.posts = append(b.posts, p)
	return nil
}

// flush waits until the last post of the batch would have been made, and hands the batch on.
func (b *batcher) flush(ctx context.Context) error {
	if len(b.posts) == 0 {
		return ctx.Err()
	}
	last := b.posts[len(b.posts)-1].CreatedAt
	if err := b.pace.wait(ctx, last); err != nil {
		return err
	}
	b.read += uint64(len(b.posts))
	err := b.sink(ctx, ingest.Batch{
		Posts: b.posts, Seen: len(b.posts), From: b.posts[0].CreatedAt, Through: last, Cursor: strconv.FormatUint(b.read, 10),
	})
	b.posts = b.posts[:0]
	return err
}

// pace relates stream time to wall time, from the first post that it sees on.
type pace struct {
	speed  float64
	stream time.Time
	wall   time.Time
}

// wait returns when the moment of stream time has come on the wall clock, or when ctx ends.
func (p *pace) wait(ctx context.Context, moment time.Time) error {
	if p.speed <= 0 {
		return ctx.Err()
	}
	if p.stream.IsZero() {
		p.stream, p.wall = moment, time.Now()
	}
	due := p.wall.Add(time.Duration(float64(moment.Sub(p.stream)) / p.speed))
	return pause.For(ctx, time.Until(due))
}
