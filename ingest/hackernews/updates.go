package hackernews

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
)

// horizon is how many items before the last one can still change to some purpose: about those of an hour and a half. What an older one
// says is no news.
const horizon = 1000

// memory knows what the items of the horizon said, so that only what they say now and did not say before is handed over.
type memory map[int64]uint64

// gone is what an item says that was deleted, flagged until it was dead, or cannot be read.
const gone = 0

// printOf stands for what an item says: for its words, and not for its votes and answers, which change all the time.
func printOf(b *ingest.Batch) uint64 {
	if len(b.Posts) == 0 {
		return gone
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(b.Posts[0].Text)) // it never fails
	return max(h.Sum64(), gone+1)
}

// forget lets go of what lies behind the horizon.
func (m memory) forget(last int64) {
	for id := range m {
		if id <= last-horizon {
			delete(m, id)
		}
	}
}

// revise asks which items have changed, and hands over those that say something else than before: what was edited, and what appeared
// after it was passed over.
func (s *Source) revise(ctx context.Context, last int64, sink ingest.Sink) error {
	now := s.cfg.Now()
	if now.Sub(s.revised) < s.cfg.Revise {
		return nil
	}
	ids, err := s.changed(ctx, last)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, batchSize) {
		raws, err := s.items(ctx, chunk)
		if err != nil {
			return err
		}
		var b ingest.Batch
		prints := make(memory)
		for i, raw := range raws {
			of := one(raw)
			is := printOf(&of)
			if was, known := s.said[chunk[i]]; string(raw) == null || known && was == is {
				continue
			}
			prints[chunk[i]] = is
			add(&b, &of)
		}
		if len(prints) == 0 {
			continue
		}
		if err := s.give(ctx, sink, b, false); err != nil {
			return err
		}
		s.remember(prints, last)
	}
	s.revised = now
	return nil
}

// changed gives the items within the horizon that have changed lately. A server that keeps no such list has none.
func (s *Source) changed(ctx context.Context, last int64) ([]int64, error) {
	raw, err := s.ask(ctx, "/v0/updates.json")
	if status, ok := errors.AsType[*fetch.StatusError](err); ok && status.Status == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list struct {
		Items []int64 `json:"items"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("the list of changes cannot be read: %w", err)
	}
	slices.Sort(list.Items)
	return slices.DeleteFunc(slices.Compact(list.Items), func(id int64) bool { return id > last || id <= last-horizon || id <= 0 }), nil
}

// remember notes what items say, once it is safe.
func (s *Source) remember(prints memory, last int64) {
	for id, p := range prints {
		s.said[id] = p
	}
	s.said.forget(last)
}

// add puts what one batch holds into another.
func add(b, other *ingest.Batch) {
	b.Posts = append(b.Posts, other.Posts...)
	b.Seen += other.Seen
	for reason, n := range other.Dropped {
		b.Lose(reason, n)
	}
}
