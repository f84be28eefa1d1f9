package web_test

import (
	"net/http"
	"testing"

	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/web"
)

// TestActing holds what people can do to those who may, and hooks to being open to whoever calls.
func TestActing(t *testing.T) {
	t.Parallel()
	const ack, silences, silence, hook = "/api/v1/outages/a/ack", "/api/v1/silences", "/api/v1/silences/s", "/slack/interactivity"
	open := web.Config{}
	behind := web.Config{PublicURL: "https://outcry.example.com"}
	closed := web.Config{Listen: "0.0.0.0:8080", Token: secret.New("tok-5a1b")}
	public := web.Config{Listen: "0.0.0.0:8080", AllowPublic: true}
	with := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	token := with("Authorization", "Bearer tok-5a1b")
	nothing := func(*http.Request) {}
	tests := []struct {
		name         string
		cfg          web.Config
		method, path string
		change       func(*http.Request)
		want         int
	}{
		{"on this machine", open, http.MethodPost, ack, nothing, 200},
		{"on this machine, reading", open, http.MethodGet, silences, nothing, 200},
		{"on this machine, ending", open, http.MethodDelete, silence, nothing, 200},
		{"on this machine, from a page elsewhere", open, http.MethodPost, ack, with("Sec-Fetch-Site", "cross-site"), 403},
		{"on this machine, from a page elsewhere in an old browser", open, http.MethodPost, ack, with("Origin", "https://evil.example"), 403},
		{"on this machine, from its own page", open, http.MethodPost, ack, with("Sec-Fetch-Site", "same-origin"), 200},
		{"on this machine, under a foreign name", open, http.MethodPost, ack, func(r *http.Request) { r.Host = "evil.example" }, 421},
		{"behind a proxy, without a token", behind, http.MethodPost, ack, nothing, 403},
		{"behind a proxy, reading", behind, http.MethodGet, silences, nothing, 200},
		{"everywhere, without the token", closed, http.MethodPost, ack, nothing, 401},
		{"everywhere, with the token", closed, http.MethodPost, ack, token, 200},
		{"everywhere, ending with the token", closed, http.MethodDelete, silence, token, 200},
		{"everywhere, reading without the token", closed, http.MethodGet, silences, nothing, 401},
		{"open to everybody", public, http.MethodPost, ack, nothing, 403},
		{"open to everybody, ending", public, http.MethodDelete, silence, nothing, 403},
		{"a hook needs no token", closed, http.MethodPost, hook, nothing, 202},
		{"a hook is called from elsewhere", open, http.MethodPost, hook, with("Origin", "https://slack.com"), 202},
		{"a hook is not read", closed, http.MethodGet, hook, token, 405},
		{"what is below a hook needs the token", closed, http.MethodPost, hook + "/x", nothing, 401},
		{"other hooks need the token", closed, http.MethodPost, "/slack/commands", nothing, 401},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer := func(code int) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
			}
			server := newDepsServer(t, test.cfg, evening(t), web.Deps{
				Log: zap.NewNop(), People: answer(200), Hooks: map[string]http.Handler{hook: answer(202)},
			})
			got := get(t, server.Handler(), test.path, func(r *http.Request) { r.Method = test.method }, test.change)
			if got.Code != test.want {
				t.Errorf("%s %s gives %d, want %d: %s", test.method, test.path, got.Code, test.want, got.Body)
			}
		})
	}
}
