package webhook_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/webhook"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

const (
	oldSecret   = "whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xk"
	newSecret   = "whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3"
	headerToken = "Bearer header-5ecre7"
)

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return webhook.New(webhook.Config{
				Endpoint: endpoint, Secrets: []secret.String{secret.New(newSecret), secret.New(oldSecret)},
				Headers: map[string]secret.String{"Authorization": secret.New(headerToken)},
			})
		},
		Secrets: []string{
			strings.TrimPrefix(oldSecret, "whsec_"), strings.TrimPrefix(newSecret, "whsec_"), "new-new-new", "old-old-old", "header-5ecre7",
		},
	})
}

// request is what a receiver got.
type request struct {
	header http.Header
	body   []byte
}

// receive tells a receiver that is configured by cfg and returns what it got.
func receive(t *testing.T, cfg webhook.Config, n alert.Notice) request {
	t.Helper()
	var got request
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = request{r.Header, body}
	}))
	t.Cleanup(server.Close)
	cfg.Endpoint = alert.EndpointConfig{
		Name: "ops", URL: secret.NewURL(server.URL), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
	notifier, err := webhook.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(notifier.Close)
	if err := notifier.Notify(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	return got
}

func confirmed() alert.Notice {
	e := alerttest.Meta()[1]
	return alert.Notice{Event: e, Key: e.ID, Attempt: 3, At: time.Now()}
}

func TestTheBodyIsTheEvent(t *testing.T) {
	t.Parallel()
	n := confirmed()
	got := receive(t, webhook.Config{Headers: map[string]secret.String{"authorization": secret.New(headerToken)}}, n)
	want, err := json.Marshal(n.Event)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got.body)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	var read event.Event
	if err := json.Unmarshal(got.body, &read); err != nil || read.Check() != nil {
		t.Errorf("the body is no event: %v, %v", err, read.Check())
	}
	for name, want := range map[string]string{
		"Content-Type": "application/cloudevents+json", "Authorization": headerToken, "webhook-id": n.Key, "webhook-signature": "",
	} {
		if value := got.header.Get(name); value != want {
			t.Errorf("%s: %q, want %q", name, value, want)
		}
	}
	if agent := got.header.Get("User-Agent"); !strings.HasPrefix(agent, "outcry/") {
		t.Errorf("User-Agent: %q, want outcry/…", agent)
	}
}

// TestSignature has the library of the specification verify each request as a receiver would.
func TestSignature(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		secrets  []string
		verifies map[string]bool
	}{
		{"one secret", []string{newSecret}, map[string]bool{newSecret: true, oldSecret: false}},
		{"two secrets", []string{newSecret, oldSecret}, map[string]bool{newSecret: true, oldSecret: true}},
		{"one, and one that is not set", []string{"", oldSecret}, map[string]bool{newSecret: false, oldSecret: true}},
		{"without the prefix", []string{strings.TrimPrefix(newSecret, "whsec_")}, map[string]bool{newSecret: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var cfg webhook.Config
			for _, s := range test.secrets {
				cfg.Secrets = append(cfg.Secrets, secret.New(s))
			}
			got := receive(t, cfg, confirmed())
			for text, want := range test.verifies {
				verifier, err := standardwebhooks.NewWebhook(text)
				if err != nil {
					t.Fatal(err)
				}
				if err := verifier.Verify(got.body, got.header); (err == nil) != want {
					t.Errorf("verified with %s: %v, want success %v", text, err, want)
				}
				if err := verifier.Verify(append(got.body, ' '), got.header); err == nil {
					t.Error("a changed body is verified")
				}
			}
		})
	}
}

func TestIDIsStableAndTheTimeIsNot(t *testing.T) {
	t.Parallel()
	first := confirmed()
	second := first
	second.Attempt, second.At = 4, first.At.Add(time.Minute)
	cfg := webhook.Config{Secrets: []secret.String{secret.New(newSecret)}}
	a, b := receive(t, cfg, first), receive(t, cfg, second)
	if a.header.Get("webhook-id") != b.header.Get("webhook-id") || string(a.body) != string(b.body) {
		t.Error("two attempts differ in id or body")
	}
	if a.header.Get("webhook-timestamp") == b.header.Get("webhook-timestamp") || a.header.Get("webhook-signature") == b.header.Get("webhook-signature") {
		t.Error("two attempts a minute apart have the same timestamp or signature")
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	key := func(size int) string { return "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, size)) }
	header := func(name, value string) webhook.Config {
		return webhook.Config{Headers: map[string]secret.String{name: secret.New(value)}}
	}
	signed := func(s string) webhook.Config { return webhook.Config{Secrets: []secret.String{secret.New(s)}} }
	tests := []struct {
		name string
		cfg  webhook.Config
		want string
	}{
		{"a secret that is no base64", signed("whsec_hush!hush!hush!hush!hush!"), "openssl rand"},
		{"a short secret", signed(key(23)), "openssl rand"},
		{"a long secret", signed(key(65)), "openssl rand"},
		{"a header of its own", header("Webhook-Id", "hush"), "set by outcry"},
		{"a header of HTTP", header("host", "hush"), "set by outcry"},
		{"a header that is none", header("X Y", "hush"), "not the name"},
		{"a header without a name", header("", "hush"), "not the name"},
		{"a header with two lines", header("X-Token", "hush\r\nX: y"), "line break"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.cfg.Endpoint = alert.EndpointConfig{Name: "ops", URL: secret.NewURL("https://receiver.example/x")}
			_, err := webhook.New(test.cfg)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "ops") || strings.Contains(err.Error(), "hush") {
				t.Errorf("New() = %v, want an error that names ops, says %q and quotes no secret", err, test.want)
			}
		})
	}
	for _, size := range []int{24, 64} {
		cfg := signed(key(size))
		cfg.Endpoint = alert.EndpointConfig{Name: "ops", URL: secret.NewURL("https://receiver.example/x")}
		if _, err := webhook.New(cfg); err != nil || errors.Is(err, webhook.ErrSecret) {
			t.Errorf("a key of %d bytes: %v, want it accepted", size, err)
		}
	}
}
