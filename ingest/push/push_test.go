package push_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/push"
	"github.com/outcry/outcry/internal/secret"
)

// post is one whose second is its id's number.
func post(id string) string {
	n, _ := strconv.Atoi(id)
	at := time.Date(2021, 10, 4, 15, 44, n, 0, time.UTC).Format(time.RFC3339)
	return `{"id":"` + id + `","created_at":"` + at + `","author":"a","text":"t"}`
}

// server is a source that is being read, with what its sink was given.
type server struct {
	url string

	mu    sync.Mutex
	ids   []string
	batch ingest.Batch
	err   error
}

func (s *server) sink(_ context.Context, b ingest.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	for i := range b.Posts {
		s.ids = append(s.ids, b.Posts[i].ID)
	}
	s.batch = b
	return nil
}

func start(t *testing.T, cfg push.Config) *server {
	t.Helper()
	s := &server{}
	listening := make(chan net.Addr, 1)
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	cfg.Format = canonical.New("push")
	cfg.OnListen = func(a net.Addr) { listening <- a }
	src, err := push.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- src.Read(ctx, "", s.sink) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Read = %v", err)
		}
	})
	s.url = "http://" + (<-listening).String() + "/v1/posts"
	return s
}

// ask sends a request and gives its status, its headers and its answer.
func ask(t *testing.T, method, url, body string, header ...string) (int, http.Header, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatalf("answer %q: %v", raw, err)
	}
	return resp.StatusCode, resp.Header, answer
}

func TestAccepts(t *testing.T) {
	t.Parallel()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(z, post("1")+"\n"+post("2")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		body   string
		header []string
	}{
		"lines":      {body: post("1") + "\n\n" + post("2") + "\n"},
		"CRLF, mark": {body: "\uFEFF" + post("1") + "\r\n" + post("2") + "\r\n"},
		"array":      {body: " [\n" + post("1") + ",\n" + post("2") + "]\n", header: []string{"Content-Type", "application/json; charset=utf-8"}},
		"gzip":       {body: zipped.String(), header: []string{"Content-Encoding", "gzip"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, push.Config{})
			status, _, answer := ask(t, "POST", s.url, tc.body, tc.header...)
			if diff := cmp.Diff(map[string]any{"accepted": 2.0, "dropped": 0.0}, answer); status != 200 || diff != "" {
				t.Errorf("status %d, -want +got\n%s", status, diff)
			}
			if diff := cmp.Diff([]string{"1", "2"}, s.ids); diff != "" {
				t.Errorf("posts -want +got\n%s", diff)
			}
			if s.batch.Seen != 2 || s.batch.Posts[0].Source != "push" || !s.batch.Through.Equal(s.batch.Posts[1].CreatedAt) {
				t.Errorf("batch %+v", s.batch)
			}
		})
	}
}

func TestDropsAreExplainedByLine(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{})
	status, _, answer := ask(t, "POST", s.url, post("1")+"\n{\n\n"+`{"id":"2","created_at":"2021-10-04T15:44:03Z","text":"t"}`+"\n")
	want := map[string]any{"accepted": 1.0, "dropped": 2.0, "errors": []any{
		map[string]any{"line": 2.0, "reason": "syntax", "error": "not valid JSON"},
		map[string]any{"line": 4.0, "reason": "field", "error": "post has no author"},
	}}
	if diff := cmp.Diff(want, answer); status != 200 || diff != "" {
		t.Errorf("status %d, -want +got\n%s", status, diff)
	}
	if diff := cmp.Diff(map[string]int{"syntax": 1, "field": 1}, s.batch.Dropped); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{Token: secret.New("tok-1"), MaxBody: 200})
	long := strings.Repeat(post("1")+"\n", 10)
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := z.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	auth := []string{"Authorization", "Bearer tok-1"}
	for name, tc := range map[string]struct {
		method, path, body string
		header             []string
		status             int
		hint               string
	}{
		"no token":     {"POST", "", post("1"), nil, 401, "Authorization: Bearer"},
		"wrong token":  {"POST", "", post("1"), []string{"Authorization", "Bearer tok-2"}, 401, "Authorization: Bearer"},
		"wrong scheme": {"POST", "", post("1"), []string{"Authorization", "Basic tok-1"}, 401, "Authorization: Bearer"},
		"GET":          {"GET", "", "", auth, 405, "POST"},
		"another path": {"POST", "/../x", post("1"), auth, 404, "/v1/posts"},
		"form":         {"POST", "", post("1"), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, auth...), 415, "x-ndjson"},
		"no type":      {"POST", "", post("1"), append([]string{"Content-Type", ""}, auth...), 415, "x-ndjson"},
		"brotli":       {"POST", "", post("1"), append([]string{"Content-Encoding", "br"}, auth...), 415, "gzip"},
		"not gzip":     {"POST", "", post("1"), append([]string{"Content-Encoding", "gzip"}, auth...), 400, "gzip"},
		"too large":    {"POST", "", long, auth, 413, "200 bytes"},
		"a bomb":       {"POST", "", bomb.String()[:190], append([]string{"Content-Encoding", "gzip"}, auth...), 413, "200 bytes"},
	} {
		status, header, answer := ask(t, tc.method, s.url+tc.path, tc.body, tc.header...)
		hint := fmt.Sprint(answer["error"])
		if status != tc.status || !strings.Contains(hint, tc.hint) || strings.Contains(hint, "tok-") {
			t.Errorf("%s: %d %q, want %d and a hint at %q", name, status, hint, tc.status, tc.hint)
		}
		if status == 405 && header.Get("Allow") != "POST" || status == 401 && header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: header %v", name, header)
		}
	}
	if status, _, answer := ask(t, "POST", s.url, post("1"), auth...); status != 200 {
		t.Errorf("with the token: %d, %v", status, answer)
	}
	if len(s.ids) != 1 {
		t.Errorf("posts %q, want only the one that was allowed", s.ids)
	}
}

func TestOnlyLoopbackNamesWithoutAToken(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{})
	for host, want := range map[string]int{"evil.example": 403, "evil.example:8081": 403, "localhost": 200, "127.0.0.1:8081": 200, "[::1]:8081": 200, "[::1]": 200} {
		if status, _, answer := ask(t, "POST", s.url, post("1"), "Host", host); status != want {
			t.Errorf("Host %s: %d, %v; want %d", host, status, answer, want)
		}
	}
}

func TestNotSafeIsNotYes(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{})
	s.mu.Lock()
	s.err = errors.New("log is down at secret-host")
	s.mu.Unlock()
	status, header, answer := ask(t, "POST", s.url, post("1"))
	if status != 503 || header.Get("Retry-After") == "" || strings.Contains(fmt.Sprint(answer), "secret-host") {
		t.Errorf("%d, %v, %v; want 503 with Retry-After and nothing of our own troubles", status, header, answer)
	}
	s.mu.Lock()
	s.err = nil
	s.mu.Unlock()
	if status, _, _ := ask(t, "POST", s.url, post("1")); status != 200 || len(s.ids) != 1 {
		t.Errorf("again: %d, posts %q", status, s.ids)
	}
}

// TestPace: a request is taken whole and paid for afterwards; the next ones wait for so long, and what is not safe costs nothing.
func TestPace(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{MaxRate: 0.001})
	s.mu.Lock()
	s.err = errors.New("the log is down")
	s.mu.Unlock()
	if status, _, answer := ask(t, "POST", s.url, post("1")); status != 503 {
		t.Fatalf("%d, %v; want 503", status, answer)
	}
	s.mu.Lock()
	s.err = nil
	s.mu.Unlock()
	if status, _, answer := ask(t, "POST", s.url, post("1")+"\n{\n"+post("2")); status != 200 {
		t.Fatalf("%d, %v; want 200 for a request of three lines", status, answer)
	}
	status, header, answer := ask(t, "POST", s.url, post("3"))
	wait, err := strconv.Atoi(header.Get("Retry-After"))
	if status != 429 || err != nil || wait < 2900 || wait > 3000 || !strings.Contains(fmt.Sprint(answer["error"]), "0.001 posts a second") {
		t.Errorf("%d, Retry-After %q, %v; want 429 for the 3000 s that three lines cost", status, header.Get("Retry-After"), answer)
	}
	if len(s.ids) != 2 {
		t.Errorf("posts %q, want two", s.ids)
	}
}

func TestManyClientsOneSink(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{})
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if status, _, answer := ask(t, "POST", s.url, post(fmt.Sprint(i))); status != 200 {
				t.Errorf("%d, %v", status, answer)
			}
		})
	}
	wg.Wait()
	if len(s.ids) != 40 {
		t.Errorf("%d posts, want 40", len(s.ids))
	}
}

func TestListensBeyondLoopbackOnlyWithAToken(t *testing.T) {
	t.Parallel()
	for listen, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:8081": true, "[::1]:8081": true, "": true,
		":8081": false, "0.0.0.0:8081": false, "192.168.1.5:8081": false, "[::]:8081": false, "example.com:8081": false, "nonsense": false, "127.0.0.1:99999": false, "127.0.0.1:http": false,
	} {
		_, err := push.New(push.Config{Listen: listen, Format: canonical.New("push")})
		if (err == nil) != ok {
			t.Errorf("%q without a token: %v", listen, err)
		}
		if _, err := push.New(push.Config{Listen: listen, Token: secret.New("t"), Format: canonical.New("push")}); err != nil && listen != "nonsense" && !strings.HasPrefix(listen, "127.0.0.1:") {
			t.Errorf("%q with a token: %v", listen, err)
		}
	}
}

// TestABugIsNotSwallowed holds that a panic on the way to the sink ends the program, although it happens in a request.
func TestABugIsNotSwallowed(t *testing.T) {
	t.Parallel()
	listening := make(chan net.Addr, 1)
	src, err := push.New(push.Config{Listen: "127.0.0.1:0", Format: canonical.New("push"), OnListen: func(a net.Addr) { listening <- a }})
	if err != nil {
		t.Fatal(err)
	}
	surfaced := make(chan any, 1)
	go func() {
		defer func() { surfaced <- recover() }()
		_ = src.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error { // panics
			if b.Seen > 0 {
				panic("bug")
			}
			return nil
		})
	}()
	url := "http://" + (<-listening).String() + "/v1/posts"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(post("1")))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	if resp, err := http.DefaultClient.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Errorf("the client was told %s", resp.Status)
	}
	if got := <-surfaced; got != "bug" {
		t.Errorf("Read ended with panic %v, want the bug", got)
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	s := start(t, push.Config{})
	address := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/v1/posts")
	src, err := push.New(push.Config{Listen: address, Format: canonical.New("push")})
	if err != nil {
		t.Fatal(err)
	}
	if err := src.Read(t.Context(), "", s.sink); err == nil || !strings.Contains(err.Error(), address) {
		t.Errorf("Read = %v, want an error that names %s", err, address)
	}
}

// FuzzBody: whatever is sent, every line is accepted or dropped, and what is accepted can be used.
func FuzzBody(f *testing.F) {
	f.Add([]byte(post("1") + "\n\n{\n" + post("2")))
	f.Add([]byte(" [" + post("1") + "," + post("2") + "]"))
	f.Add([]byte("\uFEFF[1,2"))
	f.Fuzz(func(t *testing.T, body []byte) {
		b, accepted, dropped := push.ReadBody(canonical.New("push"), body)
		n := 0
		for _, k := range b.Dropped {
			n += k
		}
		if accepted != len(b.Posts) || accepted != b.Seen || dropped != n {
			t.Fatalf("%d accepted of %d posts, %d dropped of %d", accepted, len(b.Posts), dropped, n)
		}
		for i := range b.Posts {
			if b.Posts[i].Check() != nil {
				t.Fatalf("useless post %+v", b.Posts[i])
			}
		}
	})
}
