package nostr

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/heard"
	"github.com/outcry/outcry/internal/pause"
)

// remembered is how many notes are known again when another relay sends them too.
const remembered = 50_000

// rewind is how much earlier to go on than the newest note, whose time its author states.
const rewind = 2 * time.Minute

// Source listens to relays.
type Source struct {
	cfg    Config
	client *http.Client
	relays []*relay

	// mu is held while the sink has a batch.
	mu sync.Mutex
	// since is the time of the newest note of each relay, in seconds since 1970.
	since  map[string]int64
	handed string
	known  *heard.Set
	// gone are notes that their authors took back.
	gone  *heard.Set
	clock heard.Clock
	// live are the relays that have given all they had stored; failing those that failed last time.
	live, failing map[string]bool
}

var (
	_ ingest.Source = (*Source)(nil)
	_ ingest.Quiet  = (*Source)(nil)
)

// New makes a source. It does not connect before Read.
func New(cfg Config) (*Source, error) {
	cfg.Tags = append([]string(nil), cfg.Tags...)
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg, client: fetch.NewClient(cfg.AllowPrivate), known: heard.NewSet(remembered), gone: heard.NewSet(remembered), failing: make(map[string]bool)}
	c := newNotary()
	for _, text := range cfg.Relays {
		if at, ok := address(text); ok { // check has seen that it is one
			s.relays = append(s.relays, newRelay(at, s.client, c))
		}
	}
	return s, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: when nobody uses the tags, nothing has happened.
func (*Source) MayBeQuiet() bool { return true }

// Read implements ingest.Source. The cursor holds the time of the newest note of every relay. A relay that fails is left alone for a
// while; Read fails when none can be heard.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	if err := s.resume(cursor); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, r := range s.relays {
		g.Go(func() error { return s.follow(ctx, r, sink) })
	}
	return g.Wait()
}

func (s *Source) resume(cursor string) error {
	since := make(map[string]int64)
	if cursor != "" {
		if err := json.Unmarshal([]byte(cursor), &since); err != nil {
			return fmt.Errorf("cursor %.60q is not one of nostr; `outcry sources forget` has it listen from now on", cursor)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(since, func(label string, _ int64) bool { // relays that are no longer listened to
		return !slices.ContainsFunc(s.relays, func(r *relay) bool { return r.label == label })
	})
	s.since, s.live = since, make(map[string]bool)
	if cursor != s.handed {
		s.known = heard.NewSet(remembered) // what came after that cursor is not safe, although it was seen
	}
	return nil
}

// follow listens to one relay again and again. It ends when the sink fails, and when no relay at all can be heard.
func (s *Source) follow(ctx context.Context, r *relay, sink ingest.Sink) error {
	for {
		if err := pause.For(ctx, time.Until(r.until)); err != nil {
			return err
		}
		var refused error
		err := r.listen(ctx, &s.cfg, s.from(r), func(ctx context.Context, p *page) error {
			refused = s.deliver(ctx, sink, r, p)
			return refused
		})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case refused != nil:
			return refused
		}
		if err := s.complain(r, err); err != nil {
			return err
		}
	}
}

// from is since when to ask a relay for notes.
func (s *Source) from(r *relay) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.since[r.label]; ok {
		return time.Unix(at, 0).Add(-rewind)
	}
	return s.cfg.Now().Add(-s.cfg.Begin)
}

// complain notes that a relay failed; an error: no relay can be heard any more.
func (s *Source) complain(r *relay, failure error) error {
	rest := min(s.cfg.Retry<<min(r.fails, 16), maxRest)
	r.fails++
	r.until = time.Now().Add(rest)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, r.label)
	s.failing[r.label] = true
	if len(s.failing) == len(s.relays) {
		return fetch.Later(fmt.Errorf("no relay of nostr can be heard; the last to fail: %w", failure), rest)
	}
	if r.fails == 1 {
		s.cfg.Log.Warn("a relay of nostr cannot be heard and is left alone for a while",
			zap.String("relay", r.host), zap.Error(failure), zap.Duration("pause", rest))
	}
	return nil
}

// farAhead is how far ahead of the clock the time of a note may be. Relays keep notes of the distant future, and give them anew to whoever begins.
const farAhead = time.Hour

// deliver hands notes over, and remembers how far they reached once that is safe. When every relay that can be heard is live, the time
// is complete up to now.
func (s *Source) deliver(ctx context.Context, sink ingest.Sink, r *relay, p *page) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.failing, r.label)
	if p.live {
		r.fails = 0
		s.live[r.label] = true
	}
	caughtUp := len(s.live)+len(s.failing) >= len(s.relays)
	now := s.cfg.Now()
	for _, mark := range p.gone {
		s.gone.Add(mark)
	}
	b := ingest.Batch{Dropped: maps.Clone(p.dropped)}
	newest := s.since[r.label]
	for i := range p.posts {
		post := p.posts[i]
		if at := post.CreatedAt.Unix(); at <= now.Unix() {
			newest = max(newest, at)
		}
		if s.known.Has(post.ID) || slices.ContainsFunc(b.Posts, func(p event.Post) bool { return p.ID == post.ID }) {
			continue
		}
		if s.gone.Has(markOf(post.Author, post.ID)) {
			b.Lose(ingest.ReasonDeleted, 1)
			continue
		}
		if post.CreatedAt.Sub(now) > farAhead {
			b.Lose(ingest.ReasonAhead, 1)
			continue
		}
		var own bool
		post.CreatedAt, own = s.clock.Stamp(post.CreatedAt, now)
		b.Posts = append(b.Posts, post)
		if own && (now.Sub(post.CreatedAt) <= s.cfg.Begin || !caughtUp) {
			b.See(post.CreatedAt)
		}
	}
	b.Seen = len(b.Posts)
	if caughtUp {
		b.See(now)
	}
	since := maps.Clone(s.since)
	if newest > 0 {
		since[r.label] = newest
	}
	b.Cursor = encode(since)
	if err := sink(ctx, b); err != nil {
		return err
	}
	s.since, s.handed = since, b.Cursor
	if caughtUp {
		s.clock.Vouch(now)
	}
	for i := range b.Posts {
		s.known.Add(b.Posts[i].ID)
	}
	return nil
}

func encode(since map[string]int64) string {
	if len(since) == 0 {
		return ""
	}
	b, err := json.Marshal(since)
	if err != nil {
		return "" // texts and numbers can always be encoded
	}
	return string(b)
}
