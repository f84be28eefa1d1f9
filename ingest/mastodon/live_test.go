package mastodon_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/internal/datatest"
	"github.com/outcry/outcry/internal/secret"
)

var errEnough = errors.New("enough")

// read reads until so many posts have come, and a time at which all servers were read.
func read(t *testing.T, s *mastodon.Source, posts int) []event.Post {
	t.Helper()
	var all []event.Post
	err := s.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		all = append(all, b.Posts...)
		if len(all) >= posts && len(b.Posts) == 0 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("Read = %v", err)
	}
	return all
}

func TestOnePostThroughManyServers(t *testing.T) {
	t.Parallel()
	texts := []string{"a", "b", "c"}
	got := read(t, source(t, config(newFake(t, texts, 3), newFake(t, texts, 2), newFake(t, texts, 3))), 3)
	if len(got) != 3 {
		t.Errorf("%d posts, want 3", len(got))
	}
}

func TestAServerThatFailsDoesNotSilenceTheOthers(t *testing.T) {
	t.Parallel()
	broken := newFake(t, nil, 0)
	broken.refuse = func(w http.ResponseWriter, _ *http.Request) bool {
		http.Error(w, "no", http.StatusForbidden)
		return true
	}
	if got := read(t, source(t, config(broken, newFake(t, []string{"a"}, 1))), 1); len(got) != 1 {
		t.Errorf("%d posts, want 1", len(got))
	}
	err := source(t, config(broken)).Read(t.Context(), "", nil)
	asked, ok := errors.AsType[*backoff.RetryAfterError](err)
	if !ok || asked.Duration < 9*time.Minute || !strings.Contains(err.Error(), "no mastodon server can be read") {
		t.Errorf("Read = %v, want an error that waits", err)
	}
}

func TestTagsAreAskedForByFours(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil, 0)
	cfg := config(f)
	cfg.Tags = []string{"#A", "b", "a", "c", "d", "ツイッター障害"}
	batches := 0
	err := source(t, cfg).Read(t.Context(), "", func(context.Context, ingest.Batch) error {
		if batches++; batches == 2 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if diff := cmp.Diff([]string{"/api/v1/timelines/tag/a", "/api/v1/timelines/tag/ツイッター障害"}, f.paths[:2]); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"b", "c", "d"}, f.queries[0]["any[]"]); diff != "" {
		t.Errorf("any[] (-want +got):\n%s", diff)
	}
}

func TestTheLimitOfAServerIsObeyed(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{"a"}, 1)
	f.header = http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {time.Now().Add(time.Hour).Format(time.RFC3339)}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	posts := 0
	err := source(t, config(f)).Read(ctx, "", func(_ context.Context, b ingest.Batch) error {
		posts += len(b.Posts)
		time.AfterFunc(50*time.Millisecond, cancel) // time enough for who would ask again
		return nil
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	if !errors.Is(err, context.Canceled) || posts != 1 || len(f.paths) != 1 {
		t.Errorf("%d posts in %d requests, then %v; want 1 in 1", posts, len(f.paths), err)
	}
}

func TestAServerThatAlwaysGivesTheNewestPage(t *testing.T) {
	t.Parallel()
	f := newFake(t, make([]string, 40), 40)
	f.refuse = func(w http.ResponseWriter, _ *http.Request) bool {
		page := make([]string, 40)
		for i := range page {
			page[i] = statusOf(39-i, "a")
		}
		_, _ = io.WriteString(w, "["+strings.Join(page, ",")+"]")
		return true
	}
	posts := 0
	err := source(t, config(f)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts += len(b.Posts)
		if time.Since(b.Through) < time.Hour {
			return errEnough // the source says that it has caught up
		}
		return nil
	})
	if !errors.Is(err, errEnough) || posts != 40 {
		t.Errorf("%d posts, then %v; want 40", posts, err)
	}
}

func TestSilentStream(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil, 0)
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "streaming") {
			return false
		}
		if http.NewResponseController(w).Flush() == nil {
			<-r.Context().Done()
		}
		return true
	}
	cfg := streaming(f, mastodon.StreamSSE)
	cfg.Idle = 50 * time.Millisecond
	err := source(t, cfg).Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "no sign of life") {
		t.Errorf("Read = %v, want the complaint that nothing came", err)
	}
	for _, kind := range []string{mastodon.StreamWebSocket, mastodon.StreamSSE} {
		cfg := streaming(newFake(t, nil, 0), kind)
		cfg.Token = secret.New("tok-other")
		err := source(t, cfg).Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "access token of a user") || strings.Contains(err.Error(), "tok-other") {
			t.Errorf("%s: Read = %v, want a hint at the token", kind, err)
		}
		if asked, ok := errors.AsType[*backoff.RetryAfterError](err); !ok || asked.Duration < 9*time.Minute {
			t.Errorf("%s: %v does not wait", kind, err)
		}
	}
}

func TestAWebSocketThatAnswersNothing(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil, 0)
	f.mute = true
	cfg := streaming(f, mastodon.StreamWebSocket)
	cfg.Idle = 200 * time.Millisecond
	asked := func() []string {
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.asked
	}
	for s := source(t, cfg); len(asked()) == 0; { // on a busy machine a connection may not live long enough to ask
		err := s.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "no sign of life") {
			t.Fatalf("Read = %v, want the complaint that nothing came", err)
		}
	}
	if want := `{"stream":"hashtag","tag":"isitdown","type":"subscribe"}`; asked()[0] != want {
		t.Errorf("the server was asked %s, want %s", asked()[0], want)
	}
}

// TestAQuietWebSocketIsAskedForSignsOfLife: nobody posts, so the server would say nothing by itself.
func TestAQuietWebSocketIsAskedForSignsOfLife(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil, 0)
	ctx, asked := context.WithCancel(t.Context())
	defer asked()
	f.pinged = asked
	cfg := streaming(f, mastodon.StreamWebSocket)
	cfg.Idle = time.Second
	s := source(t, cfg)
	for ctx.Err() == nil { // on a busy machine a connection may not live long enough
		if err := s.Read(ctx, "", func(context.Context, ingest.Batch) error { return nil }); err == nil {
			t.Fatal("Read ended")
		}
	}
	if t.Context().Err() != nil {
		t.Error("the server was never asked for a sign of life")
	}
}

// TestEditsAndDeletes: a post that is deleted before it is handed over does not count; an edited one is the same post with other words.
func TestEditsAndDeletes(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{mastodon.StreamWebSocket, mastodon.StreamSSE} {
		happens := [][2]string{
			{"update", statusOf(0, "regretted")}, {"update", statusOf(1, "instgram down")}, {"update", statusOf(2, "kept")},
			{"delete", fmt.Sprint(idOf(0))}, {"delete", "12"}, {"status.update", statusOf(1, "instagram down")},
			{"filters_changed", ""}, {"notification", "{}"}, {"update", statusOf(3, "last")},
		}
		f := newFake(t, make([]string, len(happens)), 0)
		f.happens = func(n int) (string, string) { return happens[n][0], happens[n][1] }
		words := map[string]string{}
		dropped := map[string]int{}
		var cursor string
		err := source(t, streaming(f, kind)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
			for _, p := range b.Posts {
				words[p.ID] = p.Text
			}
			for reason, n := range b.Dropped {
				dropped[reason] += n
			}
			if b.Cursor != "" {
				cursor = b.Cursor
			}
			if words["https://a.example/3"] != "" {
				return errEnough
			}
			return nil
		})
		if !errors.Is(err, errEnough) || !strings.Contains(cursor, fmt.Sprint(idOf(3))) {
			t.Fatalf("%s: Read = %v with the cursor %s", kind, err, cursor)
		}
		// Whether the first is taken back depends on whether it was handed over by then.
		delete(words, "https://a.example/0")
		want := map[string]string{"https://a.example/1": "instagram down", "https://a.example/2": "kept", "https://a.example/3": "last"}
		if diff := cmp.Diff(want, words); diff != "" || len(dropped) > 1 {
			t.Errorf("%s: dropped %v, words (-want +got):\n%s", kind, dropped, diff)
		}
	}
}

// TestRecordedMessages sends recorded messages of a server through a WebSocket, and as server-sent events.
func TestRecordedMessages(t *testing.T) {
	t.Parallel()
	happens, want := recorded(t)
	for _, kind := range []string{mastodon.StreamWebSocket, mastodon.StreamSSE} {
		f := newFake(t, make([]string, len(happens)), 0)
		f.happens = func(n int) (string, string) { return happens[n][0], happens[n][1] }
		got := map[string]bool{}
		err := source(t, streaming(f, kind)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
			for i := range b.Posts {
				if got[b.Posts[i].ID] = true; strings.ContainsAny(b.Posts[i].Text, "<>") {
					t.Errorf("%s: HTML is left in a text", kind)
				}
			}
			if len(got) == len(want) {
				return errEnough
			}
			return nil
		})
		if !errors.Is(err, errEnough) || !cmp.Equal(want, got) {
			t.Errorf("%s: %d posts of %d, then %v", kind, len(got), len(want), err)
		}
	}
}

// recorded gives what happened on a real stream, and the posts in it, or skips the test.
func recorded(t *testing.T) (happens [][2]string, posts map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(datatest.Path(t, "samples", "mastodon", "test_data"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d recordings, %v", len(files), err)
	}
	posts = map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Event   string
			Payload json.RawMessage
		}
		var status struct{ URI string }
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		if json.Unmarshal(m.Payload, &status) == nil {
			posts[status.URI] = true
		}
		happens = append(happens, [2]string{m.Event, string(m.Payload)})
	}
	return happens, posts
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, bad := range []mastodon.Config{
		{Servers: []string{"ftp://a.example"}}, {Servers: []string{"a b"}}, {Servers: []string{""}}, {Servers: []string{"https://bob:pw@a.example"}},
		{Tags: []string{"two words"}}, {Tags: []string{"#"}},
		{Token: secret.New(token)}, {Token: secret.New(token), Servers: []string{"a.example"}, Stream: "sse", Tags: strings.Split("a b c d e f g h i j k l m n o p q", " ")},
		{Token: secret.New(token), Servers: []string{"a.example"}, Tags: strings.Split(strings.Repeat("a ", 100)+"a", " ")}, {Stream: "carrier pigeon"},
	} {
		if _, err := mastodon.New(bad); err == nil || strings.Contains(err.Error(), "pw") {
			t.Errorf("%+v: New = %v", bad, err)
		}
	}
	if err := source(t, mastodon.Config{}).Read(t.Context(), "yesterday", nil); err == nil || !strings.Contains(err.Error(), "yesterday") {
		t.Errorf("Read = %v, want a complaint about the cursor", err)
	}
}
