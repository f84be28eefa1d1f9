package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// marked stands in every secret of the test.
const marked = "zq5a1b"

// confidants are entries of sources that hold secrets wherever an entry can; BASE is an address without its scheme.
func confidants() map[string]string {
	const place = "BASE/zq5a1b-path?key=zq5a1b-query%2F1"
	return map[string]string{
		"bluesky":            `{type: bluesky, endpoints: ["ws://bob:zq5a1b-pass@` + place + `"]}`,
		"bluesky, version 2": `{type: bluesky, endpoints: ["ws://bob:zq5a1b-pass@BASE/zq5a1b-path/xrpc/network.bsky.jetstream.subscribeEvents?key=zq5a1b-query"]}`,
		"hackernews":         `{type: hackernews, endpoints: ["SCHEME://BASE/zq5a1b-path"], allow_private: [127.0.0.0/8]}`,
		"mastodon":           `{type: mastodon, servers: ["SCHEME://BASE"], token: zq5a1b-token, allow_private: [127.0.0.0/8]}`,
		"mastodon, sse":      `{type: mastodon, servers: ["SCHEME://BASE"], token: zq5a1b-token, stream: sse, allow_private: [127.0.0.0/8]}`,
		"nostr":              `{type: nostr, relays: ["ws://` + place + `"], allow_private: [127.0.0.0/8]}`,
		"status":             `{type: status, pages: {github: "SCHEME://` + place + `"}, services: [], interval: 5s, allow_private: [127.0.0.0/8]}`,
		"twitter":            `{type: twitter, endpoints: ["SCHEME://` + place + `"], services: [whatsapp], token: zq5a1b-token, allow_private: [127.0.0.0/8]}`,
		"twitter, signed": `{type: twitter, endpoints: ["SCHEME://` + place + `"], services: [whatsapp], consumer_key: zq5a1b-ck, consumer_secret: zq5a1b-cs,
 access_token: zq5a1b-at, access_secret: zq5a1b-as, allow_private: [127.0.0.0/8]}`,
		"x":          `{type: x, endpoints: ["SCHEME://BASE/zq5a1b-path"], services: [whatsapp], token: zq5a1b-token, allow_private: [127.0.0.0/8]}`,
		"x, thrifty": `{type: x, endpoints: ["SCHEME://BASE/zq5a1b-path"], services: [whatsapp], thrifty: true, token: zq5a1b-token, allow_private: [127.0.0.0/8]}`,
	}
}

// quote answers with all that was asked.
func quote(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, "%s %s (%s) %s", r.Method, r.URL, r.URL.Path, r.Header.Get("Authorization"))
	}
}

// troubles are servers with which something is wrong, as scheme://host.
func troubles(t *testing.T) map[string]string {
	t.Helper()
	open := func(h http.Handler) string {
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		return server.URL
	}
	secure := httptest.NewUnstartedServer(quote(http.StatusOK))
	secure.Config.ErrorLog = zap.NewStdLog(zap.NewNop()) // which would write of handshakes
	secure.StartTLS()
	t.Cleanup(secure.Close)
	var lc net.ListenConfig
	closed, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"nobody listens":                "http://" + closed.Addr().String(),
		"a name that nobody has":        "http://nowhere.invalid",
		"a certificate that is foreign": secure.URL,
		"no certificate":                strings.Replace(open(quote(http.StatusOK)), "http", "https", 1),
		"something else":                open(quote(http.StatusOK)),
		"led elsewhere": open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://nowhere.invalid/?from="+url.QueryEscape(r.URL.String()), http.StatusFound)
		})),
		"cut off": open(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close()
			}
		})),
	}
	for _, status := range []int{400, 401, 403, 404, 420, 429, 500, 503} {
		all[http.StatusText(status)+fmt.Sprint(status)] = open(quote(status))
	}
	return all
}

// TestSourcesKeepTheirSecrets has every source that can hold a secret meet every trouble, and looks for secrets in all that is said of it: errors,
// log lines, states, cursors, metrics, and the stacks of all goroutines.
func TestSourcesKeepTheirSecrets(t *testing.T) {
	t.Parallel()
	cfg := defaultConfig()
	know, err := learnServices(&cfg)
	if err != nil {
		t.Fatal(err)
	}
	for trouble, server := range troubles(t) {
		scheme, base, _ := strings.Cut(server, "://")
		for name, entry := range confidants() {
			t.Run(name+": "+trouble, func(t *testing.T) {
				t.Parallel()
				said := complain(t, know, strings.NewReplacer("SCHEME", scheme, "BASE", base).Replace(entry))
				for _, secret := range []string{marked, base64.StdEncoding.EncodeToString([]byte("bob:zq5a1b-pass")), url.QueryEscape("zq5a1b-query/1")} {
					if at := strings.Index(said, secret); at >= 0 {
						t.Errorf("a secret is told: …%.200q", said[max(0, at-150):])
					}
				}
			})
		}
	}
}

// complain runs a source until it has failed, and gives all that was said.
func complain(t *testing.T, know *knowledge, entry string) string {
	t.Helper()
	var s sourceConfig
	if err := yaml.Unmarshal([]byte(entry), &s); err != nil {
		t.Fatal(err)
	}
	if err := s.check(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	to := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), zapcore.Lock(zapcore.AddSync(&said)), zapcore.DebugLevel))
	h := &house{cfg: &config{}, know: know, zap: to}
	source, err := h.source(&s)
	if err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewRegistry()
	ctx, cancel := context.WithTimeout(t.Context(), settled)
	defer cancel()
	failed := &failure{end: cancel, metrics: ingest.NewReporter(nil, ingest.NewMetrics(registry), to)}
	runner := ingest.NewRunner(source, &bin{out: json.NewEncoder(&said)}, nil, failed, to)
	if err := runner.Run(ctx); err == nil || runner.Status().Error == "" && failed.said.Error == "" {
		t.Fatalf("the source did not fail: Run = %v", err)
	}
	stacks := make([]byte, 8<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, v := range []any{failed.said, runner.Status()} {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(raw)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if _, err := expfmt.MetricFamilyToText(&said, f); err != nil {
			t.Fatal(err)
		}
	}
	return said.String() + string(stacks)
}

// failure ends a run once a source says that it fails.
type failure struct {
	end     func()
	metrics ingest.Observer
	said    event.SourceStatus
}

// Observe implements ingest.Observer.
func (f *failure) Observe(s event.SourceStatus) {
	f.metrics.Observe(s)
	if s.Error != "" && f.said.Error == "" {
		f.said = s
		f.end()
	}
}

// bin takes everything, and writes down what is not a post.
type bin struct{ out *json.Encoder }

// Take implements ingest.Feed.
func (b *bin) Take(_ context.Context, batch ingest.Batch) error {
	batch.Posts = nil
	return b.out.Encode(batch)
}

// Elapse implements ingest.Feed.
func (*bin) Elapse(context.Context, time.Duration) error { return nil }

// Blind implements ingest.Feed.
func (*bin) Blind(context.Context) error { return nil }

// End implements ingest.Feed.
func (*bin) End(context.Context) error { return nil }
