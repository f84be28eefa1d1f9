package x_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/secret"
)

const token = "tok-5a1b"

// first is the time of the first message of a fake X.
var first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)

// timeOf is the time of the n-th message of a fake X, or of a server of API 1.1.
func timeOf(n int, text string) time.Time {
	at := first.Add(time.Duration(n) * 100 * time.Millisecond)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	return at
}

// message makes the n-th message of a fake X.
func message(n int, text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	at := timeOf(n, text)
	id := (at.UnixMilli() - 1288834974657) << 22
	return fmt.Sprintf(`{"data":{"id":"%d","created_at":%q,"author_id":"7","text":%s},"matching_rules":[{"id":"1","tag":"outcry:whatsapp"},{"id":"2","tag":"outcry:whatsapp"},{"id":"3","tag":"outcry:*"}]}`,
		id, at.Format("2006-01-02T15:04:05.000Z"), quoted)
}

// fake is a server that speaks as X does. Its stream gives all lines on every connection, as one with backfill does.
type fake struct {
	*httptest.Server
	wire  *ingesttest.Wire
	lines []string
	// hang has the stream say nothing at all, after what it has said.
	hang bool
	// refuse, if set, answers a request in place of the API.
	refuse func(w http.ResponseWriter, r *http.Request) bool

	mu      sync.Mutex
	rules   []x.Rule
	counts  []int
	calls   []string
	queries []url.Values
	form    url.Values
}

func newFake(t *testing.T, lines []string) *fake {
	t.Helper()
	f := &fake{lines: lines, wire: ingesttest.NewWire(t)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2/tweets/search/stream", f.stream)
	mux.HandleFunc("POST /1.1/statuses/filter.json", f.filter)
	mux.HandleFunc("GET /2/tweets/search/stream/rules", f.listRules)
	mux.HandleFunc("POST /2/tweets/search/stream/rules", f.changeRules)
	mux.HandleFunc("GET /2/tweets/counts/recent", f.count)
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.calls = append(f.calls, r.Method+" "+r.URL.Path)
		f.queries = append(f.queries, r.URL.Query())
		refuse := f.refuse
		f.mu.Unlock()
		switch {
		case r.Header.Get("Authorization") != "Bearer "+token:
			http.Error(w, `{"title":"Unauthorized"}`, http.StatusUnauthorized)
		case refuse != nil && refuse(w, r):
		default:
			mux.ServeHTTP(w, r)
		}
	}))
	f.Listener = f.wire.Listener(f.Listener)
	f.Start()
	t.Cleanup(f.Close)
	return f
}

func (f *fake) called(call string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if c == call {
			n++
		}
	}
	return n
}

func (f *fake) stream(w http.ResponseWriter, r *http.Request) {
	for _, l := range f.lines {
		if _, err := io.WriteString(w, l+"\r\n"); err != nil {
			return
		}
	}
	flusher := http.NewResponseController(w)
	for {
		if f.hang {
			<-r.Context().Done()
		}
		if _, err := io.WriteString(w, "\r\n"); err != nil {
			return
		}
		if err := flusher.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (f *fake) listRules(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	page, meta := f.rules, map[string]string{}
	if len(page) > 2 { // a page more than one
		if r.URL.Query().Get("pagination_token") == "" {
			page, meta["next_token"] = page[:2], "more"
		} else {
			page = page[2:]
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": page, "meta": meta})
}

func (f *fake) changeRules(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var change struct {
		Add    []x.Rule
		Delete struct{ IDs []string }
	}
	if err := json.NewDecoder(r.Body).Decode(&change); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusCreated)
	for _, rule := range change.Add {
		if rule.Value == "(\"bad\") -is:retweet" {
			_, _ = io.WriteString(w, `{"errors":[{"title":"UnprocessableEntity","value":"bad","details":["no"]}]}`)
			return
		}
	}
	if r.URL.Query().Get("dry_run") == "" {
		f.rules = slices.DeleteFunc(f.rules, func(r x.Rule) bool { return slices.Contains(change.Delete.IDs, r.ID) })
		for _, rule := range change.Add {
			rule.ID = strconv.Itoa(len(f.calls)*1000 + len(f.rules))
			f.rules = append(f.rules, rule)
		}
	}
	_, _ = io.WriteString(w, `{"errors":[{"title":"DuplicateRule"}]}`)
}

func (f *fake) count(w http.ResponseWriter, _ *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	type bucket struct {
		Start time.Time `json:"start"`
		End   time.Time `json:"end"`
		Count int       `json:"tweet_count"`
	}
	var data []bucket
	for i, n := range f.counts {
		at := first.Add(time.Duration(i) * time.Minute)
		data = append(data, bucket{at, at.Add(time.Minute), n})
	}
	data = append(data, bucket{first, first.Add(time.Second), 9999})
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

func whatsapp() event.Service {
	return event.Service{ID: "whatsapp", Name: "WhatsApp", Aliases: []string{"wa", "ватсап"}, Tags: []string{"whatsappdown"}}
}

func config(f *fake) x.Config {
	return x.Config{
		BearerToken: secret.New(token), BaseURL: f.URL, Services: []event.Service{whatsapp()}, BackfillMinutes: 5,
		Budget: x.Budget{PerMonth: 1e9}, BatchDelay: 5 * time.Millisecond,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func source(t *testing.T, cfg x.Config) *x.Source {
	t.Helper()
	s, err := x.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	start := func(idle time.Duration) func(t *testing.T, texts []string) ingesttest.Upstream {
		return func(t *testing.T, texts []string) ingesttest.Upstream {
			t.Helper()
			f := newFake(t, linesOf(texts, message, `{"data":{"id":`))
			cfg := config(f)
			cfg.Idle = idle
			return ingesttest.Upstream{Source: source(t, cfg), Wire: f.wire}
		}
	}
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Anew: true, Start: start(0), Hasty: start(200 * time.Millisecond)})
}

// linesOf are the messages of a stream with these texts.
func linesOf(texts []string, message func(n int, text string) string, poison string) []string {
	lines := make([]string, len(texts))
	for i, text := range texts {
		if lines[i] = message(i, text); text == ingesttest.Poison {
			lines[i] = poison
		}
	}
	return lines
}

// never is a sink for a source that is connected at most.
func never(t *testing.T) ingest.Sink {
	t.Helper()
	return func(_ context.Context, b ingest.Batch) error {
		if b.Seen > 0 {
			t.Error("posts came")
		}
		return nil
	}
}
