package hackernews_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/hackernews"
	"github.com/outcry/outcry/ingest/ingesttest"
)

// first is the time of the first item of a fake server.
var first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)

// fake is a server that speaks as Hacker News' does. Item n holds the text n-1.
type fake struct {
	*httptest.Server
	wire  *ingesttest.Wire
	texts []string
	// odd, if set, gives what an item is in place of a text's.
	odd func(n int) string
	// changes, if set, is the list of what has changed; without it the server keeps none.
	changes func() string

	mu    sync.Mutex
	asked map[string]int
}

func newFake(t *testing.T, texts []string) *fake {
	t.Helper()
	f := &fake{texts: texts, asked: map[string]int{}, wire: ingesttest.NewWire(t)}
	f.Server = httptest.NewUnstartedServer(f)
	f.Listener = f.wire.Listener(f.Listener)
	f.Start()
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked[r.URL.Path]++
	f.mu.Unlock()
	if r.URL.Path == "/v0/maxitem.json" {
		_, _ = fmt.Fprintln(w, len(f.texts))
		return
	}
	if r.URL.Path == "/v0/updates.json" {
		if f.changes == nil {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, f.changes())
		return
	}
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/v0/item/%d.json", &n); err != nil || n < 1 || n > len(f.texts) {
		_, _ = io.WriteString(w, "null")
		return
	}
	if f.odd != nil {
		if said := f.odd(n); said != "" {
			_, _ = io.WriteString(w, said)
			return
		}
	}
	_, _ = io.WriteString(w, item(n, f.texts[n-1]))
}

func item(n int, text string) string {
	if text == ingesttest.Poison {
		return `{"id":`
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	at := first.Add(time.Duration(n) * time.Second)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	return fmt.Sprintf(`{"by":"anna","id":%d,"time":%d,"type":"story","title":%s}`, n, at.Unix(), quoted)
}

func source(t *testing.T, f *fake) *hackernews.Source {
	t.Helper()
	s, err := hackernews.New(hackernews.Config{
		BaseURL: f.URL + "/", Interval: time.Millisecond, Revise: time.Nanosecond, Begin: 1 << 40, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 22 << 10, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		f := newFake(t, texts)
		return ingesttest.Upstream{Source: source(t, f), Wire: f.wire}
	}})
}

var errEnough = errors.New("enough")

func TestItems(t *testing.T) {
	t.Parallel()
	f := newFake(t, make([]string, 5))
	f.odd = func(n int) string {
		return map[int]string{
			1: `{"by":"bob","id":1,"parent":7,"time":1783173600,"type":"comment","text":"GitHub is down<p>for &quot;me&quot;"}`,
			2: `{"id":2,"deleted":true,"time":1783173600}`,
			3: `{"id":3,"time":1783173600}`,
			4: "null",
			5: `{"by":"eve","id":5,"time":1783173600,"type":"story","title":"Tell HN: GitHub is down","url":"https://example.com"}`,
		}[n]
	}
	var posts []event.Post
	dropped := map[string]int{}
	err := source(t, f).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts = append(posts, b.Posts...)
		for reason, n := range b.Dropped {
			dropped[reason] += n
		}
		if len(posts) == 2 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	at := time.Unix(1783173600, 0).UTC()
	want := []event.Post{
		{ID: "1", Source: "hackernews", CreatedAt: at, Author: "bob", AuthorHandle: "bob", Text: "GitHub is down\nfor \"me\"", ReplyTo: "7", URL: "https://news.ycombinator.com/item?id=1"},
		{ID: "5", Source: "hackernews", CreatedAt: at, Author: "eve", AuthorHandle: "eve", Text: "Tell HN: GitHub is down", URL: "https://news.ycombinator.com/item?id=5"},
	}
	if diff := cmp.Diff(want, posts); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{ingest.ReasonDeleted: 1, ingest.ReasonField: 1}, dropped); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	if n := f.asked["/v0/item/4.json"]; n != 4 {
		t.Errorf("the item that never came was asked for %d times, want 4", n)
	}
}

// TestChanges: what an item says now and did not say before is handed over once; votes, and what is old, are not.
func TestChanges(t *testing.T) {
	t.Parallel()
	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	f := newFake(t, make([]string, 1100))
	round := 0 // the server's requests for it come one after another
	f.changes = func() string {
		if round++; round > 20 {
			enough()
		}
		return `{"items":[1096,1095,1097,1099,1095,3,99999,-1],"profiles":["anna"]}`
	}
	f.odd = func(n int) string {
		f.mu.Lock()
		asked := f.asked[fmt.Sprintf("/v0/item/%d.json", n)]
		f.mu.Unlock()
		story := func(title string) string {
			return fmt.Sprintf(`{"by":"anna","id":%d,"time":%d,"type":"story","score":%d,"title":%q}`, n, first.Unix(), asked, title)
		}
		switch {
		case n == 1095 && asked > 2:
			return story("GitHub is down")
		case n == 1096 && asked > 2:
			return fmt.Sprintf(`{"id":1096,"deleted":true,"time":%d}`, first.Unix())
		case n == 1099 && asked < 6:
			return "null" // it is passed over, and appears later
		}
		return story(fmt.Sprint("story ", n))
	}
	said := map[string][]string{}
	dropped := map[string]int{}
	err := source(t, f).Read(ctx, "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			said[b.Posts[i].ID] = append(said[b.Posts[i].ID], b.Posts[i].Text)
		}
		for reason, n := range b.Dropped {
			dropped[reason] += n
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || len(said) != 1100 {
		t.Fatalf("%d items, then %v; want 1100", len(said), err)
	}
	for id, got := range said {
		want := []string{"story " + id}
		if id == "1095" {
			want = append(want, "GitHub is down")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("item %s (-want +got):\n%s", id, diff)
		}
	}
	if diff := cmp.Diff(map[string]int{ingest.ReasonDeleted: 1}, dropped); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := f.asked["/v0/item/3.json"]; n != 1 {
		t.Errorf("an old item was asked for %d times, want once", n)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "9")
		http.Error(w, "no", http.StatusServiceUnavailable)
	}))
	t.Cleanup(server.Close)
	err := source(t, &fake{Server: server}).Read(t.Context(), "", nil)
	asked, ok := errors.AsType[*backoff.RetryAfterError](err)
	if !ok || asked.Duration != 9*time.Second || !strings.Contains(err.Error(), "answers 503") {
		t.Errorf("Read = %v", err)
	}
	if err := source(t, &fake{Server: server}).Read(t.Context(), "yesterday", nil); err == nil || !strings.Contains(err.Error(), "yesterday") {
		t.Errorf("Read = %v, want a complaint about the cursor", err)
	}
	if _, err := hackernews.New(hackernews.Config{BaseURL: "hn"}); err == nil {
		t.Error("an address without a scheme is taken")
	}
}

func FuzzItem(f *testing.F) {
	f.Add([]byte(item(1, "a")))
	f.Add([]byte(`{"by":"bob","id":1,"parent":7,"time":1783173600,"text":"a<p>b"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		posts, err := hackernews.Decode(raw)
		if (err == nil) != (len(posts) == 1) {
			t.Fatalf("%d posts, %v", len(posts), err)
		}
		for i := range posts {
			if posts[i].Check() != nil {
				t.Fatalf("useless post %+v", posts[i])
			}
		}
	})
}
