package status_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/status"
)

// first is the time of the first update of a fake page; now that of our clock.
var (
	first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)
	now   = first.Add(10 * time.Minute)
)

// window is how many entries a fake feed shows.
const window = 50

// fake is a server with one page. A feed shows a window of the entries, and the next one to whoever has seen it.
type fake struct {
	*httptest.Server
	wire *ingesttest.Wire

	mu sync.Mutex
	// body, if set, is what the page says; texts are the entries of its feed otherwise.
	body   string
	status int
	texts  []string
	asked  []http.Header
}

func newFake(t *testing.T, texts []string) *fake {
	t.Helper()
	f := &fake{texts: texts, wire: ingesttest.NewWire(t)}
	f.Server = httptest.NewUnstartedServer(f)
	f.Listener = f.wire.Listener(f.Listener)
	f.Start()
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked = append(f.asked, r.Header.Clone())
	body, code := f.body, f.status
	f.mu.Unlock()
	switch {
	case code != 0:
		http.Error(w, "no", code)
	case body != "":
		tag := fmt.Sprintf(`"%d"`, len(body))
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		_, _ = io.WriteString(w, body)
	default:
		f.feed(w, r)
	}
}

func (f *fake) feed(w http.ResponseWriter, r *http.Request) {
	from := 0
	if shown, err := strconv.Atoi(strings.Trim(r.Header.Get("If-None-Match"), `"`)); err == nil {
		from = shown
	}
	until := min(from+window, len(f.texts))
	if from == until {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, until))
	_, _ = io.WriteString(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>`)
	for n := until - 1; n >= from; n-- {
		if f.texts[n] == ingesttest.Poison {
			_, _ = io.WriteString(w, "<item><title>no date</title></item>")
			continue
		}
		at := first.Add(time.Duration(n) * 100 * time.Millisecond)
		if f.texts[n] == ingesttest.Ahead {
			at = at.AddDate(10, 0, 0)
		}
		_, _ = fmt.Fprintf(w, "<item><guid>g%d</guid><title>%s</title><pubDate>%s</pubDate></item>", n, html.EscapeString(f.texts[n]), at.Format(time.RFC1123Z))
	}
	_, _ = io.WriteString(w, "</channel></rss>")
}

// say lets the page say something else.
func (f *fake) say(body string, status int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.body, f.status = body, status
}

func metro() event.Service {
	return event.Service{ID: "metro", Name: "City Metro", Handles: []string{"CityMetroHelp"}}
}

func config(pages ...status.Page) status.Config {
	return status.Config{
		Pages: pages, Interval: time.Millisecond, Now: func() time.Time { return now },
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func source(t *testing.T, cfg status.Config) *status.Source {
	t.Helper()
	s, err := status.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 5 << 10, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		f := newFake(t, texts)
		cfg := config(status.Page{URL: f.URL + "/history.rss", Services: []event.Service{metro()}})
		cfg.Interval = 2 * time.Nanosecond // so that a page that fails is left alone for no time worth speaking of
		var looks atomic.Int64
		cfg.Now = func() time.Time { return now.Add(time.Duration(looks.Add(1)) * 300 * time.Millisecond) }
		return ingesttest.Upstream{Source: source(t, cfg), Wire: f.wire}
	}})
}

var errEnough = errors.New("enough")

const (
	investigating = `{"page":{"id":"p"},"incidents":[{"id":"i1","name":"Trains stand still","shortlink":"https://stspg.io/1","components":[{"name":"Red Line"}],
 "incident_updates":[{"id":"u2","status":"identified","body":"We have found the <b>cause</b>.","created_at":"2026-07-04T14:09:00Z"},
 {"id":"u1","status":"investigating","body":"We are investigating.","created_at":"2026-07-04T14:05:00Z"},
 {"id":"u0","status":"investigating","body":"Yesterday.","created_at":"2026-07-03T14:05:00Z"}]}]}`
	calm = `{"page":{"id":"p"},"incidents":[]}`
)

func TestAnIncidentIsTheOfficialWord(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	f.body = investigating
	var posts []event.Post
	dropped := 0
	err := source(t, config(status.Page{URL: f.URL, Services: []event.Service{metro()}})).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts = append(posts, b.Posts...)
		dropped += b.Dropped[ingest.ReasonLate]
		f.say(calm, 0)
		if len(posts) == 3 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) || dropped != 1 {
		t.Fatalf("Read = %v, %d dropped", err, dropped)
	}
	host := strings.TrimPrefix(f.URL, "http://")
	want := event.Post{
		ID: host + "/i1/u1", Source: "status", CreatedAt: now, Author: "status:metro", AuthorHandle: "CityMetroHelp",
		Text: "Investigating. Trains stand still. We are investigating.", URL: "https://stspg.io/1", Services: []string{"metro"},
	}
	if diff := cmp.Diff(want, posts[0]); diff != "" {
		t.Errorf("post (-want +got):\n%s", diff)
	}
	if posts[2].ID != host+"/i1/resolved" {
		t.Errorf("the incident that is over gives %+v", posts[2])
	}
	checkKinds(t, posts)
}

// checkKinds lets the matcher read the posts.
func checkKinds(t *testing.T, posts []event.Post) {
	t.Helper()
	m, err := match.New([]event.Service{metro()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range posts {
		mentions := m.Match(nil, &posts[i])
		if len(mentions) != 1 || mentions[0].Kind != event.Official && mentions[0].Kind != event.Recovery {
			t.Errorf("%q is read as %+v, want the official word", posts[i].Text, mentions)
		}
	}
}

func TestAFeedSaysEveryChangeOfAnEntryOnce(t *testing.T) {
	t.Parallel()
	atom := func(at, said string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>tag:i1</id><title>Trains stand still</title><updated>` + at +
			`</updated><link href="https://metro.example/i1"/><content type="html">` + html.EscapeString(said) + `</content></entry></feed>`
	}
	f := newFake(t, nil)
	f.body = atom("2026-07-04T14:05:00Z", "<p><small>Jul 4</small><br><strong>Investigating</strong> - We look.</p>")
	var texts []string
	err := source(t, config(status.Page{URL: f.URL + "/history.atom", Services: []event.Service{metro()}})).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			texts = append(texts, b.Posts[i].Text)
		}
		f.say(atom("2026-07-04T14:08:00Z", "<p><small>Jul 4</small><br><strong>Resolved</strong> - Done.</p><p><small>Jul 4</small><br><strong>Investigating</strong> - We look.</p>"), 0)
		if len(texts) == 2 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	want := []string{"Trains stand still. Jul 4\nInvestigating - We look.", "Trains stand still. Jul 4\nResolved - Done."}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

func TestAPageOfSeveralServices(t *testing.T) {
	t.Parallel()
	red := event.Service{ID: "red", Name: "Red Line", Handles: []string{"redline"}}
	f := newFake(t, nil)
	f.body = investigating
	var of []string
	_ = source(t, config(status.Page{URL: f.URL, Services: []event.Service{red, metro()}})).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			of = append(of, b.Posts[i].Services...)
		}
		if len(of) == 0 {
			return nil
		}
		return errEnough
	})
	if diff := cmp.Diff([]string{"red", "red"}, of); diff != "" {
		t.Errorf("the incident is about (-want +got):\n%s", diff)
	}
}

func TestPagesAreAskedPolitely(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	f.body = calm
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	batches := 0
	go func() {
		for f.times() < 5 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	err := source(t, config(status.Page{URL: f.URL, Services: []event.Service{metro()}})).Read(ctx, "", func(_ context.Context, b ingest.Batch) error {
		if !b.Through.IsZero() { // the first says only that a page could be read
			batches++
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || batches != 1 {
		t.Errorf("%d batches, then %v; want one, since the page did not change", batches, err)
	}
	// What was no page three times, from the first on, is left alone for a day; Read comes again earlier, in case others can be read.
	for code, third := range map[int]time.Duration{http.StatusNotFound: 30 * time.Minute, http.StatusInternalServerError: 8 * time.Millisecond} {
		f.say("", code)
		s := source(t, config(status.Page{URL: f.URL, Services: []event.Service{metro()}}))
		for n, want := range []time.Duration{2 * time.Millisecond, 4 * time.Millisecond, third} {
			err := s.Read(t.Context(), "", nil)
			if asked, ok := errors.AsType[*backoff.RetryAfterError](err); !ok || asked.Duration != want {
				t.Errorf("%d, failure %d: Read = %v, want a pause of %v", code, n+1, err, want)
			}
		}
	}
	f.say("<html>", 0)
	err = source(t, config(status.Page{URL: f.URL, Services: []event.Service{metro()}})).Read(t.Context(), "", nil)
	if err == nil || !strings.Contains(err.Error(), "neither a summary of Statuspage nor a feed") {
		t.Errorf("Read = %v", err)
	}
}

func (f *fake) times() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.asked)
}

func TestConfig(t *testing.T) {
	t.Parallel()
	whole := status.Page{URL: "https://status.example.com", Services: []event.Service{metro()}}
	for name, bad := range map[string]status.Config{
		"no page":     {},
		"address":     {Pages: []status.Page{{URL: "status.example.com", Services: whole.Services}}},
		"no service":  {Pages: []status.Page{{URL: whole.URL}}},
		"no handle":   {Pages: []status.Page{{URL: whole.URL, Services: []event.Service{{ID: "a", Name: "A"}}}}},
		"an address ": {Pages: []status.Page{{URL: "https://bob:pw@status.example.com", Services: whole.Services}}},
	} {
		if _, err := status.New(bad); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "pw") {
			t.Errorf("%s: New = %v", name, err)
		}
	}
	if err := source(t, config(whole)).Read(t.Context(), "yesterday", nil); err == nil || !strings.Contains(err.Error(), "yesterday") {
		t.Errorf("Read = %v, want a complaint about the cursor", err)
	}
	shared := metro()
	shared.StatusPage = whole.URL
	other := shared
	other.ID = "other"
	pages := status.PagesOf([]event.Service{shared, metro(), other, {ID: "x", StatusPage: whole.URL}})
	if len(pages) != 1 || len(pages[0].Services) != 2 {
		t.Errorf("PagesOf = %+v", pages)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(investigating))
	f.Add([]byte(calm))
	f.Add([]byte(`<rss version="2.0"><channel><item><guid>g</guid><title>t</title><pubDate>Sat, 04 Jul 2026 14:00:00 +0000</pubDate></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>i</id><updated>2026-07-04T14:00:00Z</updated><content>c</content></entry></feed>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		first, again, err := status.ReadTwice(body, now)
		if err != nil {
			return
		}
		if again != 0 {
			t.Fatalf("of %d updates %d came again", first, again)
		}
	})
}
