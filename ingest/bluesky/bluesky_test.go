package bluesky_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/ingesttest"
)

// TestExam puts the questions to each version of the wire: to the first alone, and to the second with a host of the first beside it, which
// takes over after every failure.
func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	for name, paths := range map[string][]string{"version 1": {""}, "version 2 and 1 in turn": {second, ""}} {
		start := func(idle time.Duration) func(t *testing.T, texts []string) ingesttest.Upstream {
			return func(t *testing.T, texts []string) ingesttest.Upstream {
				t.Helper()
				j := examined(t, texts)
				cfg := bluesky.Config{BatchSize: 200, BatchDelay: 5 * time.Millisecond, Idle: idle}
				for _, path := range paths {
					cfg.Endpoints = append(cfg.Endpoints, j.URL+path)
				}
				return ingesttest.Upstream{Source: source(t, cfg), Wire: j.wire}
			}
		}
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // as above
			ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 7 << 10, Start: start(0), Hasty: start(200 * time.Millisecond)})
		})
	}
}

// examined is a server that has posts with these texts, and speaks both versions.
func examined(t *testing.T, texts []string) *jetstream {
	t.Helper()
	j := newJetstream(t, make([]string, len(texts)))
	j.linesV2 = make([]string, len(texts))
	j.second = renumbered(77)
	for i, text := range texts {
		j.lines[i], j.linesV2[i] = line(i, text), lineV2(i, text)
		if text == ingesttest.Poison {
			j.lines[i], j.linesV2[i] = `{"did":"did:plc:a","time_us":`, `{"$type":"message","payload":{"$type":`
		}
	}
	return j
}

func source(t *testing.T, cfg bluesky.Config) *bluesky.Source {
	t.Helper()
	src, err := bluesky.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

var errEnough = errors.New("enough")

// take reads until so many posts have come, and gives the batches.
func take(t *testing.T, src *bluesky.Source, cursor string, posts int) []ingest.Batch {
	t.Helper()
	var batches []ingest.Batch
	err := src.Read(t.Context(), cursor, func(_ context.Context, b ingest.Batch) error {
		b.Posts = append(b.Posts[:0:0], b.Posts...)
		batches = append(batches, b)
		if posts -= len(b.Posts); posts <= 0 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("Read = %v", err)
	}
	return batches
}

func lines(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = line(i, fmt.Sprint("post ", i))
	}
	return all
}

func micros(n int) string { return strconv.FormatInt(first.Add(time.Duration(n)*step).UnixMicro(), 10) }

func TestAsksForPostsFromALittleBeforeTheCursor(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, lines(200))
	for path, want := range map[string]map[string][]string{
		"": {"wantedCollections": {"app.bsky.feed.post"}, "cursor": {micros(50)}, "maxMessageSizeBytes": {"1048576"}, "compress": {"true"}},
		"/xrpc/network.bsky.jetstream.subscribeEvents": {"collections": {"app.bsky.feed.post"}, "kinds": {"commit"}, "cursor": {micros(50)}, "maxMessageSizeBytes": {"1048576"}},
	} {
		batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL + path}}), micros(100), 150)
		queries := j.asked()
		if diff := cmp.Diff(want, map[string][]string(queries[len(queries)-1])); diff != "" {
			t.Errorf("%s: -want +got\n%s", path, diff)
		}
		last := batches[len(batches)-1]
		if last.Cursor != micros(199) || !last.Through.Equal(first.Add(199*step)) {
			t.Errorf("cursor %s through %v, want those of the last message, %s", last.Cursor, last.Through, micros(199))
		}
	}
}

// down is a sieve for posts that hold a word.
type sieve string

func (s sieve) Pass(raw []byte) bool { return strings.Contains(string(raw), string(s)) }

func TestSieve(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, append(lines(50), line(50, "post is down")))
	batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL}, Sieve: sieve("down")}), "", 1)
	seen := 0
	for _, b := range batches {
		seen += b.Seen
	}
	if last := batches[len(batches)-1]; seen != 51 || last.Cursor != micros(50) {
		t.Errorf("%d seen, cursor %s; want 51, %s", seen, last.Cursor, micros(50))
	}
}

func TestNextEndpointAfterAFailure(t *testing.T) {
	t.Parallel()
	gone := newJetstream(t, nil)
	gone.refuse = func(w http.ResponseWriter, _ *http.Request) bool {
		http.Error(w, "gone", http.StatusServiceUnavailable)
		return true
	}
	j := newJetstream(t, lines(10))
	src := source(t, bluesky.Config{Endpoints: []string{gone.URL, j.URL}})
	err := src.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
	if err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(gone.URL, "http://")) {
		t.Fatalf("Read = %v, want an error that names the endpoint", err)
	}
	take(t, src, "", 10)
	take(t, src, "", 10) // a sink that fails is no reason to leave an endpoint that works
	if n := len(j.asked()); n != 2 {
		t.Errorf("the second endpoint was asked %d times, want 2", n)
	}
}

func TestSilenceIsNotHealth(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, nil)
	j.hang = true
	src := source(t, bluesky.Config{Endpoints: []string{j.URL}, Idle: 50 * time.Millisecond})
	err := src.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "nothing came for too long") {
		t.Errorf("Read = %v, want the complaint that nothing came", err)
	}
}

func TestWhatTheServerNoLongerHasIsReported(t *testing.T) {
	t.Parallel()
	const oldest = 2000 // 200 s after the first message
	for name, refuse := range map[string]func(http.ResponseWriter, *http.Request) bool{
		"clamped without a word": nil,
		"refused": func(w http.ResponseWriter, r *http.Request) bool {
			if !r.URL.Query().Has("cursor") {
				return false
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"CursorTooOld","message":"gone"}`)
			return true
		},
	} {
		j := newJetstream(t, lines(oldest+10))
		j.oldest, j.refuse = oldest, refuse
		var gaps []time.Time
		cfg := bluesky.Config{Endpoints: []string{j.URL}, OnGap: func(from, to time.Time) { gaps = append(gaps, from, to) }}
		take(t, source(t, cfg), micros(100), 10)
		if want := []time.Time{first.Add(100 * step), first.Add(oldest * step)}; !cmp.Equal(want, gaps) {
			t.Errorf("%s: gaps %v, want %v", name, gaps, want)
		}
		gaps = nil
		take(t, source(t, cfg), micros(oldest+5), 5)
		if name != "refused" && gaps != nil {
			t.Errorf("%s: gaps %v, want none", name, gaps)
		}
	}
}

func TestErrorsKeepWhatAnEndpointCarriesSecret(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{"ws://bob:tok-1@127.0.0.1:1/subscribe?key=tok-1", "ftp://bob:tok-1@host/tok-1", "ws://bob:tok-1@%zz"} {
		src, err := bluesky.New(bluesky.Config{Endpoints: []string{endpoint}})
		if err == nil {
			err = src.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
		}
		if err == nil || strings.Contains(err.Error(), "tok-1") {
			t.Errorf("%v", err)
		}
	}
}

func TestConfigAndCursor(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"jetstream.example", "ftp://jetstream.example", "wss://", "ws://%zz"} {
		if _, err := bluesky.New(bluesky.Config{Endpoints: []string{bad}}); err == nil {
			t.Errorf("endpoint %q is taken", bad)
		}
	}
	for _, bad := range [][]string{{""}, make([]string, 101), slices.Repeat([]string{"app.bsky.feed.post"}, 101)} {
		if _, err := bluesky.New(bluesky.Config{Collections: bad}); err == nil {
			t.Errorf("%d collections are taken", len(bad))
		}
	}
	err := source(t, bluesky.Config{}).Read(t.Context(), "yesterday", nil)
	if err == nil || !strings.Contains(err.Error(), "yesterday") {
		t.Errorf("Read = %v, want a complaint about the cursor", err)
	}
}
