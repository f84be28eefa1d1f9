package nostr_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/nostr"
)

// first is the time of the first note of a fake relay; one follows every second.
var first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)

func hexOf(n int) string { return fmt.Sprintf("%064x", n) }

// line makes the message with the n-th note.
func line(n int, text string) string {
	if text == ingesttest.Poison {
		return `["EVENT","outcry",{"id":`
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return fmt.Sprintf(`["EVENT","outcry",{"id":%q,"pubkey":%q,"created_at":%d,"kind":1,"tags":[["t","isitdown"],["e",%q],["p"]],"content":%s,"sig":"00"}]`,
		idOf(n, text), hexOf(7), claimed(n, text), hexOf(9), quoted)
}

// claimed is the time that the n-th note claims.
func claimed(n int, text string) int64 {
	at := first.Add(time.Duration(n) * time.Second)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	return at.Unix()
}

// idOf is the id of the n-th note.
func idOf(n int, text string) string {
	id := nostr.Digest(hexOf(7), claimed(n, text), 1, [][]string{{"t", "isitdown"}, {"e", hexOf(9)}, {"p"}}, text)
	return hex.EncodeToString(id[:])
}

// fake is a relay. It has stored so many of the texts and gives those newest first if newestFirst is set; the others come after.
type fake struct {
	*httptest.Server
	wire        *ingesttest.Wire
	texts       []string
	stored      int
	newestFirst bool
	// endless has the relay not say where what it has stored ends.
	endless bool
	// end, if set, is what the relay says in the end; also is what it has stored besides, given first.
	end  string
	also []string

	mu    sync.Mutex
	asked []string
	// numbers are the places of the notes by their ids, passed is the newest that has been read.
	numbers map[string]int
	passed  int
}

// pass lets time pass up to the note of an id, which has been read: what a slow machine has yet to read is of later.
func (f *fake) pass(id []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.passed = max(f.passed, f.numbers[hex.EncodeToString(id)])
}

// now is the time of the newest note that is there.
func (f *fake) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return first.Add(time.Duration(max(f.passed, f.stored)) * time.Second)
}

// storedBy is how many notes are stored by now.
func (f *fake) storedBy() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return min(max(f.passed+1, f.stored), len(f.texts))
}

func newFake(t *testing.T, texts []string, stored int) *fake {
	t.Helper()
	f := &fake{texts: texts, stored: stored, wire: ingesttest.NewWire(t), numbers: make(map[string]int, len(texts))}
	for n, text := range texts {
		f.numbers[idOf(n, text)] = n
	}
	f.Server = httptest.NewUnstartedServer(f)
	f.Listener = f.wire.Listener(f.Listener)
	f.Start()
	t.Cleanup(f.Close)
	return f
}

func (f *fake) address() string { return "ws" + strings.TrimPrefix(f.URL, "http") }

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	_, raw, err := conn.Read(r.Context())
	if err != nil {
		return
	}
	f.mu.Lock()
	f.asked = append(f.asked, string(raw))
	f.mu.Unlock()
	var ask []json.RawMessage
	var filter struct{ Since int64 }
	if json.Unmarshal(raw, &ask) != nil || len(ask) != 4 || json.Unmarshal(ask[2], &filter) != nil {
		return
	}
	ctx := conn.CloseRead(r.Context())
	for l := range f.lines(filter.Since) {
		if conn.Write(ctx, websocket.MessageText, []byte(l)) != nil {
			return
		}
	}
	<-ctx.Done()
}

// lines is all that the relay says. It has stored what time has passed: whoever lost notes on their way gets them again before the end of what is stored.
func (f *fake) lines(since int64) iter.Seq[string] {
	stored := f.storedBy()
	return func(yield func(string) bool) {
		for _, l := range f.also {
			if !yield(l) {
				return
			}
		}
		for i := range stored {
			n := i
			if f.newestFirst {
				n = stored - 1 - i
			}
			if first.Unix()+int64(n) >= since && !yield(line(n, f.texts[n])) {
				return
			}
		}
		if !yield(`["NOTICE","hello"]`) || !f.endless && !yield(`["EOSE","outcry"]`) {
			return
		}
		for n := stored; n < len(f.texts); n++ {
			if first.Unix()+int64(n) >= since && !yield(line(n, f.texts[n])) {
				return
			}
		}
		if f.end != "" {
			yield(f.end)
		}
	}
}

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

func source(t *testing.T, relays ...*fake) *nostr.Source {
	t.Helper()
	return pinging(t, time.Minute, relays...)
}

func pinging(t *testing.T, ping time.Duration, relays ...*fake) *nostr.Source {
	t.Helper()
	return at(t, nil, ping, relays...)
}

// at is a source at a time; nil: now.
func at(t *testing.T, now func() time.Time, ping time.Duration, relays ...*fake) *nostr.Source {
	t.Helper()
	cfg := nostr.Config{
		Tags: []string{"#IsItDown"}, Begin: 24 * 365 * 10 * time.Hour, Retry: time.Nanosecond, Ping: ping, Now: now,
		AllowPrivate: loopback(),
	}
	for _, f := range relays {
		cfg.Relays = append(cfg.Relays, f.address())
	}
	s, err := nostr.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	nostr.Unsigned(s, func(id []byte) {
		for _, f := range relays {
			f.pass(id)
		}
	})
	return s
}

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	start := func(ping time.Duration) func(t *testing.T, texts []string) ingesttest.Upstream {
		return func(t *testing.T, texts []string) ingesttest.Upstream {
			t.Helper()
			f := newFake(t, texts, min(20, len(texts)/2))
			return ingesttest.Upstream{Source: at(t, f.now, ping, f), Wire: f.wire}
		}
	}
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Cuts: true, Waste: 45 << 10, Start: start(time.Minute), Hasty: start(200 * time.Millisecond)})
}

var errEnough = errors.New("enough")

// read reads until so many notes have come and all that was stored.
func read(t *testing.T, s *nostr.Source, cursor string, posts int) (all []event.Post, last string) {
	t.Helper()
	err := s.Read(t.Context(), cursor, func(_ context.Context, b ingest.Batch) error {
		all = append(all, b.Posts...)
		last = b.Cursor
		if len(all) >= posts && time.Since(b.Through) < time.Hour {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("Read = %v", err)
	}
	return all, last
}

func TestNotes(t *testing.T) {
	t.Parallel()
	texts := []string{"a", "b", "c", "d"}
	one, two := newFake(t, texts, 4), newFake(t, texts[:3], 3)
	one.newestFirst = true
	posts, _ := read(t, source(t, one, two), "", 4)
	if len(posts) != 4 {
		t.Fatalf("%d notes, want 4: each once", len(posts))
	}
	want := event.Post{
		ID: idOf(0, "a"), Source: "nostr", CreatedAt: first, Author: hexOf(7), Text: "a", Tags: []string{"isitdown"}, ReplyTo: hexOf(9),
		URL: "https://njump.me/" + idOf(0, "a"),
	}
	n := slices.IndexFunc(posts, func(p event.Post) bool { return p.Text == "a" })
	if diff := cmp.Diff(want, posts[n]); diff != "" {
		t.Errorf("note (-want +got):\n%s", diff)
	}
	alone := newFake(t, texts, 4)
	alone.newestFirst = true
	posts, cursor := read(t, source(t, alone), "", 4)
	for i, p := range posts {
		if p.Text != texts[i] {
			t.Errorf("note %d is %q, want %q", i, p.Text, texts[i])
		}
	}
	var since map[string]int64
	if err := json.Unmarshal([]byte(cursor), &since); err != nil || since[strings.TrimPrefix(alone.URL, "http://")] != first.Unix()+3 {
		t.Errorf("the cursor is %s", cursor)
	}
	read(t, source(t, alone), cursor, 4)
	if want := fmt.Sprintf(`["REQ","outcry",{"#t":["isitdown"],"kinds":[1],"since":%[1]d},{"#k":["1"],"kinds":[5],"since":%[1]d}]`, first.Unix()+3-120); alone.asked[1] != want {
		t.Errorf("the relay was asked %s, want %s", alone.asked[1], want)
	}
}

func TestARelayThatFailsDoesNotSilenceTheOthers(t *testing.T) {
	t.Parallel()
	closed := newFake(t, nil, 0)
	closed.end = `["CLOSED","outcry","restricted: pay first"]`
	posts := 0
	err := source(t, closed, newFake(t, []string{"a"}, 1)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		if posts += len(b.Posts); posts > 0 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) || posts != 1 {
		t.Errorf("%d notes, then %v; want 1", posts, err)
	}
	err = source(t, closed).Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
	if _, ok := errors.AsType[*backoff.RetryAfterError](err); !ok || !strings.Contains(err.Error(), "pay first") {
		t.Errorf("Read = %v, want what the relay said", err)
	}
}

// TestARelayThatDoesNotSayWhereTheStoredEnds neither keeps what it has to itself for ever, nor holds the time of the others back.
func TestARelayThatDoesNotSayWhereTheStoredEnds(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{"a", "b"}, 2)
	f.endless, f.newestFirst = true, true
	cfg := nostr.Config{Relays: []string{f.address()}, Tags: []string{"isitdown"}, Begin: 24 * 365 * 10 * time.Hour, Recall: 100 * time.Millisecond, AllowPrivate: loopback()}
	s, err := nostr.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	nostr.Unsigned(s, f.pass)
	posts, _ := read(t, s, "", 2)
	if len(posts) != 2 || posts[0].Text != "a" {
		t.Errorf("notes %+v, want both in order", posts)
	}
}

func TestARelayThatIsDeadIsLeft(t *testing.T) {
	t.Parallel()
	dead := &fake{}
	dead.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		<-r.Context().Done() // nobody reads, so that no ping is answered
	}))
	t.Cleanup(dead.CloseClientConnections)
	err := pinging(t, 50*time.Millisecond, dead).Read(t.Context(), "", nil)
	if err == nil || !strings.Contains(err.Error(), "no sign of life") {
		t.Errorf("Read = %v, want the complaint that nothing came", err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, bad := range []nostr.Config{
		{Relays: []string{"https://relay.example"}}, {Relays: []string{"wss://bob:pw@relay.example"}}, {Tags: []string{"two words"}},
		{Tags: make([]string, 3)}, {Tags: strings.Split(strings.Repeat("a ", 100)+"a", " ")},
	} {
		if _, err := nostr.New(bad); err == nil || strings.Contains(err.Error(), "pw") {
			t.Errorf("%+v: New = %v", bad, err)
		}
	}
	s, err := nostr.New(nostr.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Read(t.Context(), "yesterday", nil); err == nil || !strings.Contains(err.Error(), "yesterday") {
		t.Errorf("Read = %v, want a complaint about the cursor", err)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte(line(1, "a")))
	f.Add([]byte(signed(note)))
	f.Add([]byte(signed(takenBack)))
	f.Add([]byte(`["EOSE","outcry"]`))
	f.Add([]byte(`["CLOSED","outcry","why"]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		post, ok, _ := nostr.Decode(raw)
		if ok && post.Check() != nil {
			t.Fatalf("useless post %+v", post)
		}
	})
}
