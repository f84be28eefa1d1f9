package nostr

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/gather"
	"github.com/outcry/outcry/internal/pause"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
)

// Bounds of one relay.
const (
	dialTimeout = 15 * time.Second
	pongTimeout = 15 * time.Second
	maxMessage  = 256 << 10
	batchSize   = 100
	batchDelay  = 50 * time.Millisecond
	// maxStored bounds how many stored notes are put into order at once, and maxStoredBytes how much text they have.
	maxStored      = 2000
	maxStoredBytes = 2 << 20
	maxRest        = 10 * time.Minute
)

// relay is one relay that is listened to. Its own goroutine alone uses fails and until.
type relay struct {
	address string
	// label stands for the relay in the cursor, host in what is said of it.
	label, host string
	client      *http.Client
	notary      *notary
	fails       int
	until       time.Time
}

func newRelay(address *url.URL, client *http.Client, c *notary) *relay {
	return &relay{address: address.String(), label: fetch.Label(address), host: address.Host, client: client, notary: c}
}

// listen subscribes and gives pages until the relay fails or give does.
func (r *relay) listen(ctx context.Context, cfg *Config, since time.Time, give func(ctx context.Context, p *page) error) error {
	conn, err := r.subscribe(ctx, cfg.Tags, since)
	if err != nil {
		return err
	}
	defer func() { _ = conn.CloseNow() }() // the connection is given up in any case
	s := &session{relay: r, give: give, recalls: time.Now().Add(cfg.Recall)}
	_, err = gather.Run(ctx, gather.Config{Size: batchSize, Delay: batchDelay, Pulse: min(event.Slot, cfg.Recall)},
		func(ctx context.Context, send func([]byte) error) error { return r.receive(ctx, conn, cfg.Ping, send) }, s.take)
	return err
}

func (r *relay) subscribe(ctx context.Context, tags []string, since time.Time) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	//nolint:bodyclose // websocket.Dial closes the body, or puts a copy in memory in its place
	conn, _, err := websocket.Dial(ctx, r.address, &websocket.DialOptions{
		HTTPClient: r.client, HTTPHeader: http.Header{"User-Agent": {version.Get().UserAgent()}},
	})
	if err != nil {
		return nil, fmt.Errorf("connect to the relay %s: %w", r.host, secret.CleanError(err))
	}
	conn.SetReadLimit(maxMessage)
	ask, err := subscription(tags, since)
	if err == nil {
		err = conn.Write(ctx, websocket.MessageText, ask)
	}
	if err != nil {
		_ = conn.CloseNow()
		return nil, fmt.Errorf("subscribe at the relay %s: %w", r.host, err)
	}
	return conn, nil
}

// receive sends what comes until the connection breaks. A relay may have nothing to say for days, so it is asked for signs of life.
func (r *relay) receive(ctx context.Context, conn *websocket.Conn, every time.Duration, send func([]byte) error) error {
	ctx, dead := context.WithCancelCause(ctx)
	defer dead(nil)
	var waiting atomic.Bool // answers are read only while more is waited for
	go func() {
		for pause.For(ctx, every) == nil {
			pinging, cancel := context.WithTimeout(ctx, min(pongTimeout, every))
			err := conn.Ping(pinging)
			cancel()
			if err != nil && waiting.Load() {
				dead(fmt.Errorf("the relay %s gives no sign of life", r.host))
			}
		}
	}()
	for {
		waiting.Store(true)
		_, raw, err := conn.Read(ctx)
		waiting.Store(false)
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			return fmt.Errorf("the relay %s: %w", r.host, err)
		}
		if err := send(raw); err != nil {
			return err
		}
	}
}

// page is notes that are handed over together.
type page struct {
	posts   []event.Post
	dropped map[string]int
	// gone are marks of what authors took back.
	gone []string
	// live says that everything that was stored has come.
	live bool
}

func (p *page) drop(err error) {
	if p.dropped == nil {
		p.dropped = make(map[string]int)
	}
	p.dropped[ingest.DropReason(err)]++
}

// add reads an event, if it is what its author signed.
func (p *page) add(raw []byte, c *notary) error {
	n, err := parseNote(raw)
	if err != nil {
		return err
	}
	if err := c.check(n); err != nil {
		return err
	}
	if n.Kind == kindDeletion {
		p.gone = append(p.gone, n.retractions()...)
		return nil
	}
	post, err := n.post()
	if err == nil {
		p.posts = append(p.posts, post)
	}
	return err
}

// session is one connection. Relays give what they have stored newest first, so that it is put into order before it is handed over.
type session struct {
	relay *relay
	give  func(ctx context.Context, p *page) error
	// recalls is until when the relay may give what it has stored; live says that it has.
	recalls time.Time
	live    bool
	stored  page
	bytes   int
}

// take reads messages; without any, time has passed.
func (s *session) take(ctx context.Context, raws [][]byte) error {
	p := &page{}
	for _, raw := range raws {
		if !s.live && (len(s.stored.posts)+len(s.stored.gone) >= maxStored || s.bytes >= maxStoredBytes) {
			if err := s.flush(ctx); err != nil {
				return err
			}
		}
		into := p
		if !s.live {
			into = &s.stored
			s.bytes += len(raw)
		}
		if err := s.read(ctx, into, raw); err != nil {
			return err
		}
	}
	if !s.live && time.Now().After(s.recalls) {
		if err := s.awake(ctx); err != nil {
			return err
		}
	}
	if !s.live {
		return nil
	}
	p.live = true
	return s.give(ctx, p)
}

// awake hands over what was stored: what comes from here on has just been said.
func (s *session) awake(ctx context.Context) error {
	if s.live {
		return nil
	}
	s.live = true
	return s.flush(ctx)
}

// flush hands over what was stored.
func (s *session) flush(ctx context.Context) error {
	slices.SortStableFunc(s.stored.posts, func(a, b event.Post) int { return a.CreatedAt.Compare(b.CreatedAt) })
	stored := s.stored
	s.stored, s.bytes = page{}, 0
	for more := true; more; more = len(stored.posts) > 0 {
		n := min(len(stored.posts), batchSize)
		if err := s.give(ctx, &page{posts: stored.posts[:n], dropped: stored.dropped, gone: stored.gone}); err != nil {
			return err
		}
		stored = page{posts: stored.posts[n:]}
	}
	return nil
}

// read reads one message into a page.
func (s *session) read(ctx context.Context, into *page, raw []byte) error {
	m, err := parse(raw)
	if err != nil {
		into.drop(err)
		return nil
	}
	switch m.kind {
	case kindEvent:
		if err := into.add(m.note, s.relay.notary); err != nil {
			into.drop(err)
		}
	case kindEOSE:
		return s.awake(ctx)
	case kindClosed:
		return fmt.Errorf("the relay %s ended the subscription: %.200q", s.relay.host, m.text)
	}
	return nil
}
