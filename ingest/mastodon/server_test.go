package mastodon_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/internal/secret"
)

const token = "tok-5a1b"

// first is the time of the first status of a fake server; one follows every 100 ms.
var first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)

func idOf(n int) int64 { return first.Add(time.Duration(n)*100*time.Millisecond).UnixMilli() << 16 }

// statusOf makes the n-th status of a fake server.
func statusOf(n int, text string) string {
	if text == ingesttest.Poison {
		return fmt.Sprintf(`{"id":"%d","uri":7}`, idOf(n))
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	at := first.Add(time.Duration(n) * 100 * time.Millisecond)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	return fmt.Sprintf(`{"id":"%d","uri":"https://a.example/%d","created_at":%q,"visibility":"public","account":{"acct":"anna@a.example"},"content":%s}`,
		idOf(n), n, at.Format(time.RFC3339Nano), quoted)
}

// fake is a server that speaks as Mastodon does: timelines show what was posted, and streams what is posted while they are open.
type fake struct {
	*httptest.Server
	wire  *ingesttest.Wire
	texts []string
	// header is added to answers of timelines; refuse, if set, answers in place of the server.
	header http.Header
	refuse func(w http.ResponseWriter, r *http.Request) bool
	// happens, if set, says what is heard on streams in place of the texts; mute has a WebSocket say and hear nothing.
	happens func(n int) (event, payload string)
	mute    bool
	// pinged, if set, is called when a WebSocket is asked for a sign of life.
	pinged func()

	mu      sync.Mutex
	posted  int
	queries []url.Values
	paths   []string
	asked   []string
}

// newFake starts a server on which so many of the texts are posted; the others are while a stream is open.
func newFake(t *testing.T, texts []string, posted int) *fake {
	t.Helper()
	f := &fake{texts: texts, posted: posted, wire: ingesttest.NewWire(t)}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.paths, f.queries = append(f.paths, r.URL.Path), append(f.queries, r.URL.Query())
		refuse := f.refuse
		f.mu.Unlock()
		switch {
		case refuse != nil && refuse(w, r):
		case strings.HasPrefix(r.URL.Path, "/api/v1/timelines/tag/"):
			f.timeline(w, r)
		case r.URL.Path == "/api/v1/streaming/hashtag":
			f.stream(w, r)
		case r.URL.Path == "/api/v1/streaming":
			f.socket(w, r)
		case r.URL.Path == "/api/v2/instance":
			_, _ = io.WriteString(w, `{"configuration":{"urls":{"streaming":"wss://elsewhere.example"}}}`)
		default:
			http.NotFound(w, r)
		}
	}))
	f.Listener = f.wire.Listener(f.Listener)
	f.Start()
	t.Cleanup(f.Close)
	return f
}

// timeline gives the page next to min_id, newest first.
func (f *fake) timeline(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	posted := f.posted
	f.mu.Unlock()
	for k, v := range f.header {
		w.Header()[k] = v
	}
	since, err := strconv.ParseInt(r.URL.Query().Get("min_id"), 10, 64)
	if err != nil {
		http.Error(w, "min_id", http.StatusBadRequest)
		return
	}
	page := []string{}
	if f.happens != nil {
		posted = 0 // what happens is heard, and not looked up
	}
	for n := max(0, int((since>>16-first.UnixMilli())/100)); n < posted && len(page) < 40; n++ {
		if idOf(n) > since {
			page = append([]string{statusOf(n, f.texts[n])}, page...)
		}
	}
	_, _ = io.WriteString(w, "["+strings.Join(page, ",")+"]")
}

func (f *fake) stream(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+token {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	flusher := http.NewResponseController(w)
	f.post(r.Context(), func() error {
		if _, err := io.WriteString(w, ":thump\n"); err != nil {
			return err
		}
		return flusher.Flush()
	}, func(event, payload string) error {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, payload)
		return err
	})
}

func (f *fake) socket(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+token {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OnPingReceived: func(context.Context, []byte) bool {
		if f.pinged != nil {
			f.pinged()
		}
		return true
	}})
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	_, ask, err := conn.Read(r.Context())
	if err != nil {
		return
	}
	f.mu.Lock()
	f.asked = append(f.asked, string(ask))
	f.mu.Unlock()
	if f.mute {
		<-r.Context().Done()
		return
	}
	ctx := conn.CloseRead(r.Context())
	f.post(ctx, func() error { return nil }, func(event, payload string) error {
		raw, err := json.Marshal(map[string]any{"stream": []string{"hashtag", "isitdown"}, "event": event, "payload": payload})
		if err != nil {
			return err
		}
		return conn.Write(ctx, websocket.MessageText, raw)
	})
}

// post posts the texts that have not been posted, and lets everything that happens be heard until the stream breaks.
func (f *fake) post(ctx context.Context, beat func() error, say func(event, payload string) error) {
	for {
		if beat() != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Millisecond):
		}
		for range 500 {
			f.mu.Lock()
			n := f.posted
			if n < len(f.texts) {
				f.posted++
			}
			f.mu.Unlock()
			if n == len(f.texts) {
				break
			}
			event, payload := "update", statusOf(n, f.texts[n])
			if f.happens != nil {
				event, payload = f.happens(n)
			}
			if say(event, payload) != nil {
				return
			}
		}
	}
}

func config(servers ...*fake) mastodon.Config {
	cfg := mastodon.Config{
		Tags: []string{"#IsItDown"}, Interval: time.Millisecond, Begin: 24 * 365 * 100 * time.Hour,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
	for _, f := range servers {
		cfg.Servers = append(cfg.Servers, f.URL)
	}
	return cfg
}

// tireless leaves a server that fails alone for no time worth speaking of, however often it fails. Its clock stands where so many are posted.
func tireless(posted int, servers ...*fake) mastodon.Config {
	cfg := config(servers...)
	cfg.Interval = time.Nanosecond
	cfg.Now = func() time.Time { return first.Add(time.Duration(posted) * 100 * time.Millisecond) }
	return cfg
}

func source(t *testing.T, cfg mastodon.Config) *mastodon.Source {
	t.Helper()
	s, err := mastodon.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExamOfTimelines(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 6 << 10, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		f := newFake(t, texts, len(texts))
		return ingesttest.Upstream{Source: source(t, tireless(len(texts), f)), Wire: f.wire}
	}})
}

func TestExamOfStreams(t *testing.T) { //nolint:paralleltest // the exam measures memory
	for _, kind := range []string{mastodon.StreamWebSocket, mastodon.StreamSSE} {
		start := func(idle time.Duration) func(t *testing.T, texts []string) ingesttest.Upstream {
			return func(t *testing.T, texts []string) ingesttest.Upstream {
				t.Helper()
				f := newFake(t, texts, len(texts)/2)
				cfg := tireless(len(texts)/2, f)
				cfg.Token, cfg.Stream, cfg.Idle = secret.New(token), kind, idle
				return ingesttest.Upstream{Source: source(t, cfg), Wire: f.wire}
			}
		}
		t.Run(kind, func(t *testing.T) { //nolint:paralleltest // as above
			ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 15 << 10, Start: start(0), Hasty: start(200 * time.Millisecond)})
		})
	}
}

// streaming is the configuration of a source that listens.
func streaming(f *fake, kind string) mastodon.Config {
	cfg := config(f)
	cfg.Token, cfg.Stream = secret.New(token), kind
	return cfg
}
