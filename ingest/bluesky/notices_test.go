package bluesky_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
)

// commitV2 makes the n-th message of version 2.
func commitV2(n int, operation, rkey, text string) string {
	return fmt.Sprintf(`{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","collection":"app.bsky.feed.post",`+
		`"did":"did:plc:a","operation":%q,"rkey":%q,"record":{"text":%q},"seq":%d,"time":"2020-01-02T03:04:05.000001Z","witnessedAt":%q}}`,
		operation, rkey, text, 1000+n, first.Add(time.Duration(n)*step).Format("2006-01-02T15:04:05.000000Z"))
}

// lineV2 makes the n-th message of version 2, of the same post as line does.
func lineV2(n int, text string) string {
	at := timeOf(n, text).Format("2006-01-02T15:04:05.000000Z")
	return strings.NewReplacer("2020-01-02T03:04:05.000001Z", at, first.Add(time.Duration(n)*step).Format("2006-01-02T15:04:05.000000Z"), at).
		Replace(commitV2(n, "create", fmt.Sprintf("k%d", n), text))
}

// TestCursorsGoByWhatTheHostWitnessed: the time of a post can be another after an import.
func TestCursorsGoByWhatTheHostWitnessed(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, []string{commitV2(0, "create", "a", "hello")})
	batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL + second}}), "", 1)
	b := batches[len(batches)-1]
	if b.Cursor != micros(0) || !b.Posts[0].CreatedAt.Equal(time.Date(2020, 1, 2, 3, 4, 5, 1000, time.UTC)) {
		t.Errorf("cursor %s, post of %v", b.Cursor, b.Posts[0].CreatedAt)
	}
}

// TestAGapThatTheServerTells: less than the tolerance is missing, but the server says that something is.
func TestAGapThatTheServerTells(t *testing.T) {
	t.Parallel()
	info := `{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor","message":"from seq 5"}}`
	j := newJetstream(t, []string{info, commitV2(300, "create", "a", "hello")})
	batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL + second}}), micros(2), 1)
	want := []ingest.Gap{{From: first.Add(2 * step), To: first.Add(300 * step)}}
	if diff := cmp.Diff(want, batches[len(batches)-1].Gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestFarewell(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, []string{commitV2(0, "create", "a", "hello"), `{"$type":"error","error":"ConsumerTooSlow","message":"read faster"}`})
	posts := 0
	err := source(t, bluesky.Config{Endpoints: []string{j.URL + second}}).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts += len(b.Posts)
		return nil
	})
	if posts != 1 || err == nil || !strings.Contains(err.Error(), "ConsumerTooSlow") || !strings.Contains(err.Error(), "read faster") {
		t.Errorf("%d posts, then %v", posts, err)
	}
}

// TestWhatIsTakenBackBeforeItIsHandedOver: both versions, deletes and updates; posts of others stay.
func TestWhatIsTakenBackBeforeItIsHandedOver(t *testing.T) {
	t.Parallel()
	v1 := func(n int, operation, rkey, text string) string {
		return strings.NewReplacer(`"create"`, `"`+operation+`"`, fmt.Sprintf(`"k%d"`, n), `"`+rkey+`"`).Replace(line(n, text))
	}
	for path, commit := range map[string]func(int, string, string, string) string{"": v1, second: commitV2} {
		j := newJetstream(t, []string{
			commit(0, "create", "a", "regretted"), commit(1, "create", "b", "instgram down"), commit(2, "create", "c", "kept"),
			commit(3, "delete", "a", ""), commit(4, "update", "b", "instagram down"), commit(5, "delete", "z", ""), commit(6, "create", "d", "last"),
		})
		batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL + path}, BatchSize: 7, BatchDelay: time.Hour}), "", 1)
		texts := func(posts []event.Post) (all []string) {
			for i := range posts {
				all = append(all, posts[i].Text)
			}
			return all
		}(batches[0].Posts)
		if diff := cmp.Diff([]string{"kept", "instagram down", "last"}, texts); diff != "" {
			t.Errorf("%q: posts (-want +got):\n%s", path, diff)
		}
		if diff := cmp.Diff(map[string]int{ingest.ReasonDeleted: 1}, batches[0].Dropped); diff != "" {
			t.Errorf("%q: dropped (-want +got):\n%s", path, diff)
		}
	}
}

// FuzzTake: whatever a server sends, in whatever order, what is left can be used, and the place and the time only move forwards.
func FuzzTake(f *testing.F) {
	info := `{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor"}}`
	f.Add([]byte(line(0, "a")), []byte(commitV2(1, "delete", "k0", "")))
	f.Add([]byte(info), []byte(commitV2(300, "create", "a", "b")))
	f.Add([]byte(commitV2(0, "create", "a", "b")), []byte(commitV2(1, "update", "a", "c")))
	from := first.Add(-time.Hour)
	f.Fuzz(func(t *testing.T, one, two []byte) {
		b := bluesky.Take(from, one, two)
		for i := range b.Posts {
			if b.Posts[i].Check() != nil {
				t.Fatalf("useless post %+v", b.Posts[i])
			}
		}
		for _, g := range b.Gaps {
			if g.To.Before(g.From) {
				t.Fatalf("a gap from %v to %v", g.From, g.To)
			}
		}
		if b.Cursor != "" && b.Cursor <= fmt.Sprint(from.UnixMicro()) {
			t.Fatalf("the place went back from %d to %s", from.UnixMicro(), b.Cursor)
		}
	})
}
