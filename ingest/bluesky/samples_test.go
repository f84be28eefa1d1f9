package bluesky_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/internal/datatest"
)

// recorded gives the lines of real streams, or skips.
func recorded(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, name := range []string{"expected_v1.jsonl", "golden_v1.jsonl"} {
		for l := range bytes.Lines(datatest.Read(t, "samples", "bluesky-jetstream", name)) {
			all = append(all, string(bytes.TrimSpace(l)))
		}
	}
	return all
}

// TestRecordedStream sends a recorded stream through a server, compressed, and holds what comes out against a plain reading of it.
func TestRecordedStream(t *testing.T) {
	t.Parallel()
	all := recorded(t)
	var want []string
	for _, l := range all {
		var m struct {
			DID    string
			Commit struct{ Operation, Collection, RKey string }
		}
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatal(err)
		}
		id := m.DID + "/" + m.Commit.RKey
		if m.Commit.Collection != "app.bsky.feed.post" {
			continue
		}
		want = slices.DeleteFunc(want, func(other string) bool { return other == id })
		if m.Commit.Operation != "delete" {
			want = append(want, id)
		}
	}
	if len(want) < 10 {
		t.Fatalf("only %d posts in the recording", len(want))
	}
	j := newJetstream(t, all)
	batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL}, BatchSize: len(all)}), "", len(want))
	var got []string
	for _, b := range batches {
		for i := range b.Posts {
			got = append(got, b.Posts[i].ID)
		}
		if len(b.Dropped) > 1 {
			t.Errorf("dropped %v", b.Dropped)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}
