package hackernews

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/heard"
	"github.com/outcry/outcry/internal/pause"
	"github.com/outcry/outcry/internal/secret"
)

// Bounds of what is asked for.
const (
	batchSize = 100
	// maxBehind is how far behind the newest item to go on after a long absence; what is older is no news.
	maxBehind = 10_000
	itemLimit = 1 << 20
	// patience is how often an item that is not there yet, or comes damaged, is asked for before it is passed over.
	patience = 4
	// null is what the server says of an item that is not there.
	null = "null"
)

// Source reads Hacker News.
type Source struct {
	cfg    Config
	client *http.Client
	clock  heard.Clock
	// missing is the item that was not there yet, and how often it was asked for.
	missing int64
	asked   int
	// said is what the last items said, and revised when it was last asked which of them have changed.
	said    memory
	revised time.Time
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
	return &Source{cfg: cfg, client: fetch.NewClient(cfg.AllowPrivate), said: make(memory)}, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: at night there are minutes without an item.
func (*Source) MayBeQuiet() bool { return true }

// Read implements ingest.Source. The cursor is the number of the last item.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	last, err := parseCursor(cursor)
	if err != nil {
		return err
	}
	for first := true; ; first = false {
		newest, err := s.newest(ctx)
		if err != nil {
			return err
		}
		if first { // it can be heard
			if err := sink(ctx, ingest.Batch{}); err != nil {
				return err
			}
		}
		if last == 0 {
			last = max(0, newest-s.cfg.Begin)
		}
		last = max(last, newest-maxBehind)
		if last, err = s.catchUp(ctx, last, newest, sink); err != nil {
			return err
		}
		if err := s.revise(ctx, last, sink); err != nil {
			return err
		}
		if err := s.rest(ctx, sink); err != nil {
			return err
		}
	}
}

func parseCursor(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("cursor %q is not one of hackernews (the number of an item); `outcry sources forget` has it listen from now on", cursor)
	}
	return n, nil
}

// rest waits until it is time to ask again, and lets the source's time pass meanwhile.
func (s *Source) rest(ctx context.Context, sink ingest.Sink) error {
	for left := s.cfg.Interval; left > 0; left -= event.Slot {
		if err := pause.For(ctx, min(left, event.Slot)); err != nil {
			return err
		}
		if left <= event.Slot {
			break // the next items come with the time
		}
		if err := s.give(ctx, sink, ingest.Batch{}, true); err != nil {
			return err
		}
	}
	return nil
}

// catchUp hands over the items after last up to newest, and gives the last one it came to.
func (s *Source) catchUp(ctx context.Context, last, newest int64, sink ingest.Sink) (int64, error) {
	for last < newest {
		raws, err := s.items(ctx, numbers(last+1, min(newest, last+batchSize)))
		if err != nil {
			return last, err
		}
		n := s.present(last+1, raws)
		if n == 0 {
			return last, nil
		}
		b, prints := read(last+1, raws[:n])
		last += int64(n)
		b.Cursor = strconv.FormatInt(last, 10)
		if err := s.give(ctx, sink, b, last == newest); err != nil {
			return last, err
		}
		s.remember(prints, last)
	}
	return last, nil
}

// present is how many of the items from the number first on are there, up to one that is not there yet. One that does not
// come is passed over after a while.
func (s *Source) present(first int64, raws [][]byte) int {
	for i, raw := range raws {
		if string(raw) != null {
			continue
		}
		if id := first + int64(i); s.missing != id {
			s.missing, s.asked = id, 0
		}
		if s.asked++; s.asked < patience {
			return i
		}
	}
	return len(raws)
}

// read decodes the items from the number first on, and takes note of what each of them says.
func read(first int64, raws [][]byte) (ingest.Batch, memory) {
	var b ingest.Batch
	prints := make(memory, len(raws))
	for i, raw := range raws {
		if string(raw) == null {
			continue // when it appears, it is a change
		}
		of := one(raw)
		prints[first+int64(i)] = printOf(&of)
		add(&b, &of)
	}
	return b, prints
}

// one decodes one item.
func one(raw []byte) ingest.Batch {
	var b ingest.Batch
	var err error
	b.Posts, err = decode(nil, raw)
	b.Seen = len(b.Posts)
	b.Drop(err)
	return b
}

// give hands a batch over; complete: there is nothing older that has not been read.
func (s *Source) give(ctx context.Context, sink ingest.Sink, b ingest.Batch, complete bool) error {
	now := s.cfg.Now()
	for i := range b.Posts {
		p := &b.Posts[i]
		var own bool
		if p.CreatedAt, own = s.clock.Stamp(p.CreatedAt, now); own {
			b.See(p.CreatedAt)
		}
	}
	if complete {
		b.See(now)
	}
	if err := sink(ctx, b); err != nil {
		return err
	}
	if complete {
		s.clock.Vouch(now)
	}
	return nil
}

// numbers are from, from+1 … to.
func numbers(from, to int64) []int64 {
	ids := make([]int64, 0, to-from+1)
	for id := from; id <= to; id++ {
		ids = append(ids, id)
	}
	return ids
}

// items asks for items, several at once.
func (s *Source) items(ctx context.Context, ids []int64) ([][]byte, error) {
	raws := make([][]byte, len(ids))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.cfg.Parallel)
	for i := range raws {
		g.Go(func() error {
			raw, err := s.whole(ctx, fmt.Sprintf("/v0/item/%d.json", ids[i]))
			raws[i] = raw
			return err
		})
	}
	return raws, g.Wait()
}

// whole asks for an item, and again if it comes damaged. What stays so is for the decoder to drop.
func (s *Source) whole(ctx context.Context, path string) (raw []byte, err error) {
	for range patience {
		raw, err = s.ask(ctx, path)
		if err != nil || ingest.CheckMessage(raw) == nil {
			break
		}
	}
	return raw, err
}

// newest asks for the highest number that an item has.
func (s *Source) newest(ctx context.Context) (int64, error) {
	raw, err := s.ask(ctx, "/v0/maxitem.json")
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || n < 0 {
		return 0, errors.New("the server does not give the number of the newest item; is it the address of the API?")
	}
	return n, nil
}

func (s *Source) ask(ctx context.Context, path string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.cfg.BaseURL+path, nil)
	if err != nil {
		return nil, secret.CleanError(err)
	}
	reply, err := fetch.Do(ctx, s.client, r, itemLimit)
	if err != nil {
		return nil, explain(ctx, err)
	}
	return bytes.TrimSpace(reply.Body), nil
}

// explain says for how long the server wants to be left alone.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		return fetch.Later(err, status.Wait(time.Now()))
	}
	return err
}
