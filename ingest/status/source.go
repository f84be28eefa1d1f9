package status

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
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

// tooOld is how long ago an update can have been made and still be news.
const tooOld = time.Hour

// Source reads status pages.
type Source struct {
	cfg    Config
	client *http.Client
	pages  []*page
	// slots bounds how many pages are asked at once.
	slots chan struct{}

	// mu is held while the sink has a batch.
	mu sync.Mutex
	// answered says that a page has been read, so that silence means something.
	answered bool
	was      map[string]memory
	clock    heard.Clock
	// failing are the pages that could not be read last time.
	failing map[string]bool
}

var (
	_ ingest.Source = (*Source)(nil)
	_ ingest.Quiet  = (*Source)(nil)
)

// New makes a source. It does not connect before Read.
func New(cfg Config) (*Source, error) {
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg, client: fetch.NewClient(cfg.AllowPrivate), slots: make(chan struct{}, cfg.Parallel), failing: make(map[string]bool)}
	for i := range cfg.Pages {
		at, ok := address(cfg.Pages[i].URL)
		if !ok {
			continue // check has seen to it that there is none
		}
		if n := slices.IndexFunc(s.pages, func(p *page) bool { return p.label == fetch.Label(at) }); n >= 0 {
			s.pages[n].services = slices.Concat(s.pages[n].services, cfg.Pages[i].Services) // one page of several services is asked once
		} else {
			s.pages = append(s.pages, &page{label: fetch.Label(at), address: at, services: cfg.Pages[i].Services})
		}
	}
	return s, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: while pages say nothing new, nothing has happened.
func (*Source) MayBeQuiet() bool { return true }

// Read implements ingest.Source. The cursor holds what each page has said. A page that cannot be read is left alone for a while;
// Read fails when none can be. An update counts from when it was heard, since pages are asked once a minute; one of more than
// an hour ago is no news and dropped.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	was := make(map[string]memory)
	if cursor != "" {
		if err := json.Unmarshal([]byte(cursor), &was); err != nil {
			return fmt.Errorf("cursor %.60q is not one of status; `outcry sources forget` has it read pages afresh", cursor)
		}
	}
	s.mu.Lock()
	s.answered = false
	s.was = make(map[string]memory)
	for _, p := range s.pages { // what was remembered of pages that are no longer read is forgotten
		if m, ok := was[p.label]; ok {
			s.was[p.label] = m
		}
	}
	s.clock.Vouch(s.cfg.Now())
	s.mu.Unlock()
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range s.pages {
		g.Go(func() error { return s.follow(ctx, p, sink) })
	}
	g.Go(func() error { return s.pulse(ctx, sink) })
	return g.Wait()
}

// follow asks one page again and again. It ends when the sink fails, and when no page at all can be read.
func (s *Source) follow(ctx context.Context, p *page, sink ingest.Sink) error {
	for first := true; ; first = false {
		wait := time.Until(p.until)
		if wait <= 0 && first {
			wait = rand.N(s.cfg.Interval / time.Duration(1+len(s.pages)) * time.Duration(len(s.pages)))
		}
		if err := pause.For(ctx, wait); err != nil {
			return err
		}
		n, failure := s.ask(ctx, p)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if failure != nil {
			if err := s.complain(p, failure); err != nil {
				return err
			}
			continue
		}
		p.fails, p.known = 0, true
		if err := s.deliver(ctx, sink, p, n); err != nil {
			return err
		}
		p.until = time.Now().Add(s.cfg.Interval*9/10 + rand.N(s.cfg.Interval/5+1))
	}
}

// ask asks a page when it is its turn.
func (s *Source) ask(ctx context.Context, p *page) (*news, error) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mu.Lock()
	was := s.was[p.label]
	s.mu.Unlock()
	return p.ask(ctx, s.client, was, s.cfg.Now())
}

// complain notes that a page failed; an error: no page can be read any more.
func (s *Source) complain(p *page, failure error) error {
	rest := p.rest(failure, s.cfg.Interval, s.cfg.Now())
	p.until = time.Now().Add(rest)
	if p.fails == 1 {
		s.cfg.Log.Info("a status page cannot be read and is left alone for a while",
			zap.String("page", p.address.Host), zap.Error(failure), zap.Duration("pause", rest))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failing[p.label] = true
	if len(s.failing) < len(s.pages) {
		return nil
	}
	return fetch.Later(fmt.Errorf("no status page can be read; the last to fail was %s: %w", p.address.Host, failure), min(rest, maxRest))
}

// deliver hands over what a page said, and remembers it once that is safe.
func (s *Source) deliver(ctx context.Context, sink ingest.Sink, p *page, n *news) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.failing, p.label)
	if first := !s.answered; first {
		if err := sink(ctx, ingest.Batch{}); err != nil {
			return err
		}
		s.answered = true
	}
	if n == nil {
		return nil
	}
	now := s.cfg.Now()
	b := ingest.Batch{Dropped: n.dropped}
	for i := range n.updates {
		u := &n.updates[i]
		if now.Sub(u.at) > tooOld {
			b.Lose(ingest.ReasonLate, 1)
			continue
		}
		u.at, _ = s.clock.Stamp(u.at, now)
		b.Posts = append(b.Posts, p.posts(u)...)
		b.See(u.at)
	}
	b.Posts = usable(b.Posts, &b)
	b.Seen = len(b.Posts)
	b.See(now)
	after := maps.Clone(s.was)
	after[p.label] = n.after
	raw, err := json.Marshal(after)
	if err != nil {
		return fmt.Errorf("encode the cursor of %s: %w", s.cfg.Name, err)
	}
	b.Cursor = string(raw)
	if err := sink(ctx, b); err != nil {
		return err
	}
	s.was = after
	s.clock.Vouch(now)
	return nil
}

// usable drops what lacks what a post needs.
func usable(posts []event.Post, b *ingest.Batch) []event.Post {
	kept := posts[:0]
	for i := range posts {
		if err := ingest.CheckPost(&posts[i]); err != nil {
			b.Drop(err)
			continue
		}
		kept = append(kept, posts[i])
	}
	return kept
}

// pulse lets the time pass while no page says anything new.
func (s *Source) pulse(ctx context.Context, sink ingest.Sink) error {
	for {
		if err := pause.For(ctx, event.Slot); err != nil {
			return err
		}
		if err := s.vouch(ctx, sink); err != nil {
			return err
		}
	}
}

// vouch says that the time is complete up to now, if any page could be read.
func (s *Source) vouch(ctx context.Context, sink ingest.Sink) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.answered {
		return nil
	}
	now := s.cfg.Now()
	var b ingest.Batch
	b.See(now)
	if err := sink(ctx, b); err != nil {
		return err
	}
	s.clock.Vouch(now)
	return nil
}
