package replay_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/ingest/replay"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/datatest"
)

func formats() []ingest.Format {
	return []ingest.Format{bluesky.Jetstream{}, x.V2{}, x.V1{}, mastodon.Format{}, canonical.New("replay")}
}

// result is what a replay gave, added up over its batches.
type result struct {
	posts   []event.Post
	seen    int
	dropped map[string]int
	drops   []string
	last    ingest.Batch
	cursors []string
}

func read(t testing.TB, cfg replay.Config, cursor string) (result, error) {
	t.Helper()
	res := result{dropped: map[string]int{}}
	if cfg.Formats == nil {
		cfg.Formats = formats()
	}
	cfg.OnDrop = func(path string, line int, err error) {
		res.drops = append(res.drops, fmt.Sprintf("%s:%d: %v", filepath.Base(path), line, err))
	}
	src, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	err = src.Read(t.Context(), cursor, func(_ context.Context, b ingest.Batch) error {
		res.posts = append(res.posts, b.Posts...)
		res.seen += b.Seen
		for k, v := range b.Dropped {
			res.dropped[k] += v
		}
		res.last = b
		res.cursors = append(res.cursors, b.Cursor)
		return nil
	})
	return res, err
}

// TestSamples reads every file of real data: every line gives its posts or is counted with its reason.
func TestSamples(t *testing.T) {
	t.Parallel()
	dir := datatest.Path(t)
	for file, want := range map[string]struct {
		posts   int
		dropped map[string]int
	}{
		"samples/bluesky-jetstream/expected_v1.jsonl":      {17, nil},
		"samples/bluesky-jetstream/golden_v1.jsonl":        {1, nil},
		"samples/mastodon/test_data/msg.event_txt_001.txt": {1, nil},
		"samples/mastodon/test_data/msg.event_txt_002.txt": {1, nil},
		"samples/mastodon/test_data/msg.event_txt_003.txt": {1, nil},
		"samples/mastodon/test_data/msg.event_txt_004.txt": {0, nil},
		"samples/mastodon/test_data/msg.event_txt_005.txt": {1, nil},
		"samples/mastodon/test_data/msg.event_txt_006.txt": {1, nil},
		"samples/x-v1.1/get_search_raw.json":               {100, nil},
		"samples/x-v1.1/lines.json":                        {72, nil},
		"samples/x-v2/counts.jsonl":                        {0, map[string]int{ingest.ReasonUnknown: 1}},
		"samples/x-v2/edited_after.jsonl":                  {1, nil},
		"samples/x-v2/edited_before.jsonl":                 {1, nil},
		"samples/x-v2/kpop.jsonl":                          {100, nil},
		"samples/x-v2/streaming_output_with_error.jsonl":   {7, map[string]int{ingest.ReasonSyntax: 1}},
		"samples/x-v2/withheld.jsonl":                      {204, map[string]int{ingest.ReasonWithheld: 11}},
		"posts/power-outage-dc.ndjson":                     {21000, nil},
		"posts/twcs-part.ndjson":                           {5000, nil},
		"posts/airline-tweets-2015.ndjson":                 {14640, nil},
		"posts/vast2019-mc3.ndjson":                        {16776, nil},
		"hashtag_oracle.ndjson":                            {0, map[string]int{ingest.ReasonField: 1111}},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, replay.Config{Paths: []string{filepath.Join(dir, file)}}, "")
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%-50s %6d posts, dropped %v", file, len(got.posts), got.dropped)
			if len(got.posts) != want.posts || !maps.Equal(got.dropped, want.dropped) {
				t.Errorf("%d posts, dropped %v; want %d, %v\n%.5q", len(got.posts), got.dropped, want.posts, want.dropped, got.drops)
			}
			newest := event.Post{}
			if len(got.posts) > 0 {
				newest = slices.MaxFunc(got.posts, func(a, b event.Post) int { return a.CreatedAt.Compare(b.CreatedAt) })
			}
			if got.last.Through.After(newest.CreatedAt) {
				t.Errorf("Through %v is after the newest post, %v", got.last.Through, newest.CreatedAt)
			}
		})
	}
}

// TestTimeAgreesWithDecode holds the cheap way to a message's time against the dear one on every line of real data.
func TestTimeAgreesWithDecode(t *testing.T) {
	t.Parallel()
	dir := datatest.Path(t)
	files, err := filepath.Glob(filepath.Join(dir, "samples", "*", "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	checked := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(content) {
			line = bytes.TrimSpace(line)
			if n := detecting(line); n > 1 {
				t.Errorf("%s: %d formats claim %.60s", filepath.Base(file), n, line)
			}
			for _, f := range formats() {
				if !f.Detect(line) {
					continue
				}
				posts, err := f.Decode(nil, line)
				if len(posts) == 0 || err != nil {
					break // a page of which some posts were dropped may be newer than what is left of it
				}
				newest := slices.MaxFunc(posts, func(a, b event.Post) int { return a.CreatedAt.Compare(b.CreatedAt) })
				if at, ok := f.Time(line); !ok || !at.Equal(newest.CreatedAt) {
					t.Errorf("%s: %s gives %v, decoding %v", filepath.Base(file), f.Name(), at, newest.CreatedAt)
				}
				checked++
				break
			}
		}
	}
	if checked < 90 {
		t.Errorf("only %d messages were compared", checked)
	}
}

// detecting counts the formats that take a message for their own.
func detecting(message []byte) int {
	n := 0
	for _, f := range formats() {
		if f.Detect(message) {
			n++
		}
	}
	return n
}

// nothing is a sieve that passes nothing.
type nothing struct{}

func (nothing) Pass([]byte) bool { return false }

// TestSeenIsTheSameThroughASieve holds that posts are counted alike whether they are decoded or not.
func TestSeenIsTheSameThroughASieve(t *testing.T) {
	t.Parallel()
	dir := datatest.Path(t)
	files, err := filepath.Glob(filepath.Join(dir, "samples", "*", "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		whole, err := read(t, replay.Config{Paths: []string{file}}, "")
		if err != nil {
			t.Fatal(err)
		}
		sieved, err := read(t, replay.Config{Paths: []string{file}, Sieve: nothing{}}, "")
		if err != nil {
			t.Fatal(err)
		}
		// What the network withholds is found out only by decoding.
		if want := whole.seen + whole.dropped[ingest.ReasonWithheld]; sieved.seen != want {
			t.Errorf("%s: %d seen through a sieve, want %d", filepath.Base(file), sieved.seen, want)
		}
	}
}
