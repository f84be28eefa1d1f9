package mastodon

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"sync"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/hashtag"
	"github.com/outcry/outcry/internal/heard"
)

// remembered is how many posts are known again when another server shows them too.
const remembered = 50_000

// Source reads the timelines of tags on many servers, or the streams of tags on one.
type Source struct {
	cfg     Config
	client  *http.Client
	servers []*server

	// mu is held while the sink has a batch.
	mu    sync.Mutex
	ids   map[string]string
	known *heard.Set
	// handed is the cursor that was handed over last.
	handed string
	clock  heard.Clock
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
	s := &Source{cfg: cfg, client: fetch.NewClient(cfg.AllowPrivate), ids: make(map[string]string), known: heard.NewSet(remembered)}
	groups := group(cfg.Tags)
	for i, name := range cfg.Servers {
		address, ok := base(name)
		if !ok {
			return nil, fmt.Errorf("mastodon: server %d must be a host such as %s", i+1, DefaultServers()[0])
		}
		s.servers = append(s.servers, &server{
			base: address, groups: groups, token: cfg.Token, client: s.client, ping: cfg.Idle / 3, behind: true,
		})
	}
	return s, nil
}

// group puts tags together as they are asked for.
func group(tags []string) [][]string {
	var groups [][]string
	seen := make(map[string]bool)
	for _, tag := range tags {
		tag, ok := hashtag.Bare(tag)
		if !ok || seen[tag] {
			continue
		}
		seen[tag] = true
		if n := len(groups) - 1; n >= 0 && len(groups[n]) < tagsPerQuery {
			groups[n] = append(groups[n], tag)
			continue
		}
		groups = append(groups, []string{tag})
	}
	return groups
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: when nobody uses the tags, nothing has happened.
func (*Source) MayBeQuiet() bool { return true }

// Read implements ingest.Source. The cursor holds the newest id of every server and query. A server that cannot be read is left
// alone for a while; Read fails when none can be.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	if err := s.resume(cursor); err != nil {
		return err
	}
	if s.cfg.Token.IsSet() {
		return s.listen(ctx, sink)
	}
	return s.poll(ctx, sink)
}

// resume reads a cursor.
func (s *Source) resume(cursor string) error {
	ids := make(map[string]string)
	if cursor != "" {
		if err := json.Unmarshal([]byte(cursor), &ids); err != nil {
			return fmt.Errorf("cursor %q is not one of mastodon; `outcry sources forget` has it listen from now on", cursor)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = make(map[string]string)
	for _, srv := range s.servers { // places of servers and tags that are no longer read are forgotten
		for _, tags := range srv.groups {
			if id, ok := ids[srv.key(tags)]; ok {
				s.ids[srv.key(tags)] = id
			}
		}
	}
	if cursor != s.handed {
		s.known = heard.NewSet(remembered) // what came after that cursor is not safe, although it was seen
	}
	return nil
}

// since is after which status to go on with a query; first: it has not been asked yet in this round.
func (s *Source) since(srv *server, tags []string, first bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id := s.ids[srv.key(tags)]; id != "" {
		if first && s.cfg.Token.IsSet() {
			return rewound(id)
		}
		return id
	}
	return idAt(s.cfg.Now().Add(-s.cfg.Begin))
}

// deliver hands a page over, and remembers how far it reached once that is safe. When no server is behind, the time is
// complete up to now.
func (s *Source) deliver(ctx context.Context, sink ingest.Sink, key string, p *page) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.Now()
	caughtUp := s.caughtUp()
	b := ingest.Batch{Dropped: p.dropped}
	for i := range p.posts {
		post := p.posts[i]
		if s.known.Has(post.ID) && !p.edited[post.ID] {
			continue
		}
		var own bool
		if post.CreatedAt, own = s.clock.Stamp(post.CreatedAt, now); own {
			b.See(post.CreatedAt)
		}
		b.Posts = append(b.Posts, post)
	}
	b.Seen = len(b.Posts)
	if caughtUp {
		b.See(now)
	}
	if p.last != "" {
		b.Cursor = s.cursorWith(key, p.last)
	}
	if err := sink(ctx, b); err != nil {
		return err
	}
	if p.last != "" {
		s.ids[key], s.handed = p.last, b.Cursor
	}
	if caughtUp {
		s.clock.Vouch(now)
	}
	s.remember(b.Posts)
	return nil
}

func (s *Source) remember(posts []event.Post) {
	for i := range posts {
		s.known.Add(posts[i].ID)
	}
}

// cursorWith is the cursor once key has come to id.
func (s *Source) cursorWith(key, id string) string {
	ids := maps.Clone(s.ids)
	ids[key] = id
	b, err := json.Marshal(ids)
	if err != nil {
		return "" // strings can always be encoded
	}
	return string(b)
}

// caughtUp reports whether every server that can be read has given all that it had.
func (s *Source) caughtUp() bool {
	any := false
	for _, srv := range s.servers {
		if srv.failing() {
			continue
		}
		if srv.isBehind() {
			return false
		}
		any = true
	}
	return any
}
