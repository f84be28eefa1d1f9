package e2e_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/event"
)

// wire is what the server of this file needs to know of a message.
type wire struct {
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit struct {
		Operation  string `json:"operation"`
		Collection string `json:"collection"`
	} `json:"commit"`
}

// isPost reports whether a message brings a post.
func (w *wire) isPost() bool {
	return w.Commit.Collection == "app.bsky.feed.post" && (w.Commit.Operation == "create" || w.Commit.Operation == "update")
}

// read reads a message.
func read(t testing.TB, line string) wire {
	t.Helper()
	var w wire
	if err := json.Unmarshal([]byte(line), &w); err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	return w
}

// jetstreamLine is a post as Bluesky's Jetstream sends it.
func jetstreamLine(t testing.TB, p *event.Post) string {
	t.Helper()
	author := fnv.New64a()
	_, _ = author.Write([]byte(p.Source + p.Author)) // a hash never fails
	record := map[string]any{"$type": "app.bsky.feed.post", "createdAt": p.CreatedAt, "text": p.Text}
	if p.Lang != "" {
		record["langs"] = []string{p.Lang}
	}
	b, err := json.Marshal(map[string]any{
		"did": fmt.Sprintf("did:plc:%016x", author.Sum64()), "time_us": p.CreatedAt.UnixMicro(), "kind": "commit",
		"commit": map[string]any{
			"rev": "3mptbypcq372f", "operation": "create", "collection": "app.bsky.feed.post", "rkey": p.ID, "record": record,
			"cid": "bafyreiguce4jh7kcbmof3pmcvasifqtw24b6isakj5ve5ga2b4z4alpc4i",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// jetstream is a server of Bluesky's Jetstream, version 1: what was published can be had again from a cursor on.
type jetstream1 struct {
	*httptest.Server
	t testing.TB

	mu        sync.Mutex
	changed   *sync.Cond
	lines     []string
	times     []int64
	published int
	// next is the line that the newest connection is sent next.
	next     int
	cursors  []string
	sent     int
	cutAfter int
	down     bool
	conns    map[*websocket.Conn]bool
}

// newJetstream makes a server for lines in order of time. Nothing of them is published yet.
func newJetstream(t testing.TB, lines []string) *jetstream1 {
	t.Helper()
	s := &jetstream1{t: t, lines: lines, conns: map[*websocket.Conn]bool{}}
	s.changed = sync.NewCond(&s.mu)
	for _, line := range lines {
		s.times = append(s.times, read(t, line).TimeUS)
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.cut(true)
		s.Close()
	})
	return s
}

// ServeHTTP implements http.Handler.
func (s *jetstream1) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next, ok := s.begin(r)
	if !ok {
		http.Error(w, "not now", http.StatusServiceUnavailable)
		return
	}
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	s.mu.Lock()
	s.conns[conn] = true
	s.mu.Unlock()
	for {
		line, ok := s.await(conn, next)
		if !ok {
			return
		}
		if conn.Write(r.Context(), websocket.MessageText, []byte(line)) != nil {
			return
		}
		next++
	}
}

// begin notes a connection and finds its first line.
func (s *jetstream1) begin(r *http.Request) (next int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	query := r.URL.Query()
	if s.down || r.URL.Path != "/subscribe" || !slices.Contains(query["wantedCollections"], "app.bsky.feed.post") {
		return 0, false
	}
	cursor := query.Get("cursor")
	next = s.published
	if cursor != "" {
		from, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil {
			return 0, false
		}
		next, _ = slices.BinarySearch(s.times, from)
	}
	s.cursors, s.next = append(s.cursors, cursor), next
	return next, true
}

// await waits until a line is published and counts it as sent; false: the connection is cut.
func (s *jetstream1) await(conn *websocket.Conn, next int) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.conns[conn] && next >= s.published {
		s.changed.Wait()
	}
	if !s.conns[conn] {
		return "", false
	}
	s.sent++
	s.next = next + 1
	if s.cutAfter > 0 {
		if s.cutAfter--; s.cutAfter == 0 {
			clear(s.conns)
			s.changed.Broadcast()
			return "", false
		}
	}
	return s.lines[next], true
}

// publish makes n lines in all available.
func (s *jetstream1) publish(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.published = n
	s.changed.Broadcast()
}

// wasPublished is how many lines were made available.
func (s *jetstream1) wasPublished() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.published
}

// cut breaks all connections off. down: new ones are refused.
func (s *jetstream1) cut(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
	clear(s.conns)
	s.changed.Broadcast()
}

// cutLater breaks the connection off once n more lines were sent.
func (s *jetstream1) cutLater(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cutAfter = n
}

// asked are the cursors with which connections began.
func (s *jetstream1) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.cursors)
}

// allSent is how many lines were sent in all, once the newest connection has been sent everything; false: it has not.
func (s *jetstream1) allSent() (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent, s.next >= s.published
}

// wasSent is how many lines were sent in all.
func (s *jetstream1) wasSent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

// awaitConnection waits for connection number n, from 1, and gives the cursor it began with; 0: none.
func (s *jetstream1) awaitConnection(h *house, n int) int64 {
	s.t.Helper()
	await(s.t, fmt.Sprintf("connection %d", n), func() string { return strings.Join(s.asked(), " ") + "\n" + h.said() }, func() bool { return len(s.asked()) >= n })
	cursor := s.asked()[n-1]
	if cursor == "" {
		return 0
	}
	us, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return us
}

// source is the configuration of a source that reads from the server.
func (s *jetstream1) source() string {
	return fmt.Sprintf("[{type: bluesky, endpoints: [%q]}]", "ws"+strings.TrimPrefix(s.URL, "http"))
}
