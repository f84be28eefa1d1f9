package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
	"github.com/outcry/outcry/web"
)

func TestConfigCheck(t *testing.T) {
	t.Parallel()
	token := secret.New("tok-5a1b")
	tests := []struct {
		name string
		cfg  web.Config
		want string // a part of the error; empty: none
	}{
		{"nothing", web.Config{}, ""},
		{"loopback", web.Config{Listen: "127.0.0.2:0"}, ""},
		{"loopback by name", web.Config{Listen: "localhost:8080"}, ""},
		{"loopback of IPv6", web.Config{Listen: "[::1]:8080"}, ""},
		{"every interface", web.Config{Listen: ":8080"}, "set web.token, or web.allow_public"},
		{"every interface by number", web.Config{Listen: "0.0.0.0:8080"}, "set web.token, or web.allow_public"},
		{"every interface of IPv6", web.Config{Listen: "[::]:8080"}, "set web.token, or web.allow_public"},
		{"an address of the network", web.Config{Listen: "192.168.1.5:8080"}, "set web.token, or web.allow_public"},
		{"a name that may be anything", web.Config{Listen: "localhost.example.com:8080"}, "set web.token, or web.allow_public"},
		{"everywhere with a token", web.Config{Listen: ":8080", Token: token}, ""},
		{"everywhere on purpose", web.Config{Listen: ":8080", AllowPublic: true}, ""},
		{"no port", web.Config{Listen: "127.0.0.1"}, "is not host:port"},
		{"a public address", web.Config{PublicURL: "https://outcry.example.com/"}, ""},
		{"a public address without scheme", web.Config{PublicURL: "outcry.example.com"}, "web.url is not an address"},
		{"a public address of another scheme", web.Config{PublicURL: "javascript://outcry.example.com"}, "web.url is not an address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := web.NewServer(test.cfg, web.NewBoard(nil), web.Deps{Log: zap.NewNop()})
			switch {
			case test.want == "" && err != nil:
				t.Errorf("NewServer(%+v): %v", test.cfg, err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("NewServer(%+v) = %v, want an error with %q", test.cfg, err, test.want)
			}
		})
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	header := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", value) }
	}
	open := web.Config{}
	closed := web.Config{Listen: "0.0.0.0:8080", Token: secret.New("tok-5a1b")}
	public := web.Config{Listen: "0.0.0.0:8080", AllowPublic: true}
	behind := web.Config{PublicURL: "https://outcry.example.com"}
	nothing := func(*http.Request) {}
	tests := []struct {
		name   string
		cfg    web.Config
		path   string
		change func(*http.Request)
		want   int
	}{
		{"loopback", open, "/", nothing, 200},
		{"loopback by name", open, "/", host("localhost:8080"), 200},
		{"loopback of IPv6", open, "/", host("[::1]:8080"), 200},
		{"loopback under a foreign name", open, "/api/v1/outages", host("evil.example"), 421},
		{"loopback under the public name", behind, "/", host("Outcry.Example.com"), 200},
		{"public under any name", public, "/", host("any.example"), 200},
		{"no token", closed, "/", nothing, 401},
		{"no token for the stream", closed, "/api/v1/events", nothing, 401},
		{"no token for metrics", closed, "/metrics", nothing, 401},
		{"a wrong token", closed, "/", header("Bearer tok-5a1c"), 401},
		{"an empty token", closed, "/", header("Bearer "), 401},
		{"the token", closed, "/", header("Bearer tok-5a1b"), 200},
		{"the token as a password", closed, "/", func(r *http.Request) { r.SetBasicAuth("me", "tok-5a1b") }, 200},
		{"a wrong password", closed, "/", func(r *http.Request) { r.SetBasicAuth("tok-5a1b", "") }, 401},
		{"probes need no token", closed, "/healthz", nothing, 200},
		{"probes need no token either", closed, "/readyz", nothing, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := get(t, newServer(t, test.cfg, evening(t), nil), test.path, test.change)
			if got.Code != test.want {
				t.Errorf("GET %s gives %d, want %d: %s", test.path, got.Code, test.want, got.Body)
			}
			if asks := got.Header().Get("WWW-Authenticate") != ""; asks != (test.want == 401) {
				t.Errorf("WWW-Authenticate is %q at status %d", got.Header().Get("WWW-Authenticate"), got.Code)
			}
		})
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	handler := newServer(t, web.Config{}, evening(t), nil)
	for _, path := range []string{"/", "/app.js", "/style.css", "/icon.svg", "/api/v1/outages", "/feed.atom", "/healthz", "/nothing"} {
		got := get(t, handler, path)
		policy := got.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: content security policy is %q", path, policy)
		}
		if got.Header().Get("X-Content-Type-Options") != "nosniff" || got.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers are %v", path, got.Header())
		}
	}
}

func TestOnlyReading(t *testing.T) {
	t.Parallel()
	handler := newServer(t, web.Config{}, evening(t), nil)
	for _, path := range []string{"/", "/outages/x", "/api/v1/outages", "/api/v1/events", "/metrics", "/healthz", "/feed.atom"} {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
			got := get(t, handler, path, func(r *http.Request) { r.Method = method })
			if got.Code != http.StatusMethodNotAllowed || got.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s gives %d with Allow %q", method, path, got.Code, got.Header().Get("Allow"))
			}
		}
		if got := get(t, handler, path, func(r *http.Request) { r.Method = http.MethodHead }); got.Code >= 400 && path != "/outages/x" {
			t.Errorf("HEAD %s gives %d", path, got.Code)
		}
	}
}

func TestOutagesAsJSON(t *testing.T) {
	t.Parallel()
	handler := newServer(t, web.Config{}, evening(t), nil)
	tests := []struct {
		path string
		code int
		want []string
	}{
		{"/api/v1/outages", 200, []string{"meta-1633362060-2", "roblox-1633361000-1", "hsbc-1633350000-2"}},
		{"/api/v1/outages?all=1", 200, []string{"roblox-1633361000-1", "meta-1633362060-2", "hsbc-1633350000-2"}},
		{"/api/v1/outages/meta-1633362060", 200, []string{"meta-1633362060-1", "meta-1633362060-2"}},
	}
	for _, test := range tests {
		got := get(t, handler, test.path)
		if got.Code != test.code || got.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s gives %d, %s", test.path, got.Code, got.Header().Get("Content-Type"))
		}
		var events []event.Event
		must(t, json.Unmarshal(got.Body.Bytes(), &events))
		if diff := cmp.Diff(test.want, ids(events)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
	}
	var whole []event.Event
	must(t, json.Unmarshal(get(t, handler, "/api/v1/outages/meta-1633362060").Body.Bytes(), &whole))
	if diff := cmp.Diff(story()[2:4], whole); diff != "" {
		t.Errorf("an event changed on its way (-want +got):\n%s", diff)
	}
	got := get(t, handler, "/api/v1/outages/nothing")
	want := `{"error":"no outage with this id is remembered; GET /api/v1/outages?all=1 lists those that are"}` + "\n"
	if got.Code != http.StatusNotFound || got.Body.String() != want {
		t.Errorf("an unknown outage gives %d %s", got.Code, got.Body)
	}
}

func TestEmptyListsAreLists(t *testing.T) {
	t.Parallel()
	handler := newServer(t, web.Config{}, web.NewBoard(nil), nil)
	for _, path := range []string{"/api/v1/outages", "/api/v1/outages?all=1", "/api/v1/sources"} {
		if got := get(t, handler, path).Body.String(); got != "[]\n" {
			t.Errorf("%s gives %q, want []", path, got)
		}
	}
}

func TestSourcesAsJSON(t *testing.T) {
	t.Parallel()
	got := get(t, newServer(t, web.Config{}, evening(t), nil), "/api/v1/sources").Body.String()
	want := `[{"name":"archive","state":"done","at":"2021-10-04T09:00:00Z","status":null},` +
		`{"name":"bluesky","state":"live","at":"2021-10-04T15:52:58Z","status":null},` +
		`{"name":"mastodon","state":"live","at":"2021-10-04T15:52:50Z","status":null},` +
		`{"name":"x","state":"blind","at":"2021-10-04T15:31:00Z","status":null}]` + "\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	broken := errors.New("redis at 10.0.0.7:6379 does not answer")
	closed := web.Config{Token: secret.New("tok-5a1b")}
	withToken := func(r *http.Request) { r.Header.Set("Authorization", "Bearer tok-5a1b") }
	nothing := func(*http.Request) {}
	tests := []struct {
		name, path string
		cfg        web.Config
		broken     error
		change     func(*http.Request)
		code       int
		want       string
	}{
		{"alive", "/healthz", web.Config{}, broken, nothing, 200, `{"status":"ok"}`},
		{"ready", "/readyz", web.Config{}, nil, nothing, 200, `{"ready":true,"checks":{"nats":"ok","redis":"ok"}}`},
		{"not ready", "/readyz", web.Config{}, broken, nothing, 503, `{"ready":false,"checks":{"nats":"ok","redis":"redis at 10.0.0.7:6379 does not answer"}}`},
		{"not ready, to strangers", "/readyz", closed, broken, nothing, 503, `{"ready":false,"checks":{"nats":"ok","redis":"failed"}}`},
		{"not ready, to friends", "/readyz", closed, broken, withToken, 503, `{"ready":false,"checks":{"nats":"ok","redis":"redis at 10.0.0.7:6379 does not answer"}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := get(t, newServer(t, test.cfg, web.NewBoard(nil), test.broken), test.path, test.change)
			if got.Code != test.code || strings.TrimSpace(got.Body.String()) != test.want {
				t.Errorf("%s gives %d %s, want %d %s", test.path, got.Code, got.Body, test.code, test.want)
			}
		})
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	registry := obs.NewRegistry(version.Info{Version: "v1.2.3"})
	handler := newDepsServer(t, web.Config{}, evening(t), web.Deps{
		Log: zap.NewNop(), Gatherer: registry, Metrics: web.NewMetrics(registry),
	}).Handler()
	for _, path := range []string{"/", "/api/v1/outages/a", "/api/v1/outages/b", "/strangers/text"} {
		get(t, handler, path)
	}
	want := `
# HELP outcry_web_requests_total HTTP requests answered, by route and status code.
# TYPE outcry_web_requests_total counter
outcry_web_requests_total{code="200",route="/{$}"} 1
outcry_web_requests_total{code="404",route="/api/v1/outages/{id}"} 2
outcry_web_requests_total{code="404",route="none"} 1
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "outcry_web_requests_total"); err != nil {
		t.Error(err)
	}
	if got := get(t, handler, "/metrics").Body.String(); !strings.Contains(got, `outcry_build_info{`) {
		t.Errorf("/metrics gives %q", got)
	}
	without := newDepsServer(t, web.Config{}, evening(t), web.Deps{Log: zap.NewNop()}).Handler()
	if got := get(t, without, "/metrics").Code; got != http.StatusNotFound {
		t.Errorf("/metrics without a gatherer gives %d, want 404", got)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	server := newDepsServer(t, web.Config{}, evening(t), web.Deps{Log: zap.NewNop(), Gatherer: prometheus.NewRegistry()})
	var lc net.ListenConfig
	listener, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, listener) }()

	// A stream is open when the end comes; it must not hold it up.
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String()+"/api/v1/events?state=1", nil)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	defer func() { must(t, response.Body.Close()) }()
	cancel()
	select {
	case err := <-ended:
		must(t, err)
	case <-time.After(5 * time.Minute):
		t.Fatal("the server does not end")
	}
}

func TestRunSaysWhatToDoAboutATakenAddress(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { must(t, taken.Close()) }()
	server := newDepsServer(t, web.Config{Listen: taken.Addr().String()}, web.NewBoard(nil), web.Deps{Log: zap.NewNop()})
	if err := server.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "set web.listen to another") {
		t.Errorf("Run on a taken address gives %v", err)
	}
}
