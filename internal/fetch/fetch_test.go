package fetch_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/internal/fetch"
)

func ask(t *testing.T, client *http.Client, address string, limit int64) (*fetch.Reply, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fetch.Do(t.Context(), client, r, limit)
}

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

func TestDo(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/busy":
			w.Header().Set("Retry-After", "7")
			http.Error(w, "too\nbusy", http.StatusTooManyRequests)
		case "/same":
			w.WriteHeader(http.StatusNotModified)
		default:
			_, _ = io.WriteString(w, strings.Repeat("a", 100))
		}
	}))
	t.Cleanup(server.Close)
	client := fetch.NewClient(loopback())
	if reply, err := ask(t, client, server.URL, 100); err != nil || len(reply.Body) != 100 {
		t.Errorf("%v, %v", reply, err)
	}
	if _, err := ask(t, client, server.URL, 99); !errors.Is(err, fetch.ErrTooLarge) {
		t.Errorf("an answer that is too long gives %v", err)
	}
	if reply, err := ask(t, client, server.URL+"/same", 99); err != nil || reply.Status != http.StatusNotModified {
		t.Errorf("%v, %v", reply, err)
	}
	_, err := ask(t, client, server.URL+"/busy?key=tok-1", 99)
	status, ok := errors.AsType[*fetch.StatusError](err)
	if !ok || status.Status != http.StatusTooManyRequests || status.Wait(time.Now()) != 7*time.Second {
		t.Fatalf("a refusal gives %v", err)
	}
	if said := err.Error(); !strings.Contains(said, "429 Too Many Requests: too busy") || strings.Contains(said, "tok-1") {
		t.Errorf("the refusal reads %q", said)
	}
}

// TestWhatAServerQuotesIsConcealed: many servers answer with what they were asked for.
func TestWhatAServerQuotesIsConcealed(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("lead") {
			http.Redirect(w, r, "/moved-tok-1?key=tok-12345%2F", http.StatusFound)
			return
		}
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprintf(w, "Cannot GET %s (%s, %s) as %s; %s", r.URL.Path, r.URL, r.URL.Query().Get("key"), r.Header.Get("Authorization"), strings.Repeat("é", 200))
	}))
	t.Cleanup(server.Close)
	for _, path := range []string{"/feed-tok-1?key=tok-12345%2F", "/a/tok-12345/b", "/?lead=tok-12345"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer tok-abcdef")
		_, err = fetch.Do(t.Context(), fetch.NewClient(loopback()), r, 99)
		if err == nil || strings.Contains(err.Error(), "tok-") || !strings.Contains(err.Error(), "404 Not Found: Cannot GET ***") || len(err.Error()) > 400 {
			t.Errorf("%s gives %v", path, err)
		}
	}
}

func TestPrivateNetworksAreOutOfReach(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	_, err := ask(t, fetch.NewClient(nil), server.URL+"/?key=tok-1", 99)
	if err == nil || !strings.Contains(err.Error(), "allow_private") || strings.Contains(err.Error(), "tok-1") {
		t.Errorf("a private address gives %v", err)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, server.URL+"/again", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	if _, err := ask(t, fetch.NewClient(loopback()), server.URL, 99); err == nil || !strings.Contains(err.Error(), "redirects") {
		t.Errorf("a circle of redirects gives %v", err)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	for _, tc := range []struct {
		name, value string
		want        time.Duration
	}{
		{"Retry-After", "12", 12 * time.Second},
		{"Retry-After", "999999999999", 24 * time.Hour},
		{"Retry-After", "-5", 0},
		{"Retry-After", now.Add(time.Minute).UTC().Format(http.TimeFormat), time.Minute},
		{"x-rate-limit-reset", "1700000090", 90 * time.Second},
		{"x-rate-limit-reset", "1600000000", 0},
		{"X-RateLimit-Reset", now.Add(2 * time.Minute).UTC().Format(time.RFC3339), 2 * time.Minute},
		{"X-RateLimit-Reset", "soon", 0},
	} {
		h := http.Header{}
		h.Set(tc.name, tc.value)
		if got := fetch.Wait(h, now); got != tc.want {
			t.Errorf("%s: %s gives %v, want %v", tc.name, tc.value, got, tc.want)
		}
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, address := range []string{
		"https://a.example", "https://a.example/tok-1", "https://a.example/tok-2", "https://a.example?key=tok-1", "https://a.example/tok-1?key=tok-1", "https://b.example:8443/",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		got := fetch.Label(u)
		if seen[got] || strings.Contains(got, "tok") || !strings.HasPrefix(got, u.Host) || got != fetch.Label(u) {
			t.Errorf("%s has the label %s", address, got)
		}
		seen[got] = true
	}
	if !seen["a.example"] || !seen["b.example:8443"] {
		t.Errorf("labels of bare hosts are not the hosts: %v", seen)
	}
}

// FuzzWait: whatever a server asks for, the wait is neither negative nor longer than a day.
func FuzzWait(f *testing.F) {
	f.Add("12", "")
	f.Add("Mon, 30 Nov 2026 10:00:00 GMT", "1700000090")
	f.Add("", "2026-11-30T10:00:00Z")
	now := time.Unix(1_700_000_000, 0)
	f.Fuzz(func(t *testing.T, after, reset string) {
		if got := fetch.Wait(http.Header{"Retry-After": {after}, "X-Ratelimit-Reset": {reset}}, now); got < 0 || got > 24*time.Hour {
			t.Fatalf("Retry-After %q and X-RateLimit-Reset %q give %v", after, reset, got)
		}
	})
}
