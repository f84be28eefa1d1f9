package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert/alerttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fault is an answer that a receiver may give to a test.
type fault struct {
	status int
	body   string
	header http.Header
}

// faultsOf are the answers by which each type of receiver is known to refuse, and those that any server may give.
func faultsOf(kind string) []fault {
	own := map[string][]fault{
		"slack": {
			{403, "invalid_token", nil}, {404, "no_service", nil}, {404, "channel_not_found", nil}, {410, "channel_is_archived", nil},
			{403, "action_prohibited", nil}, {400, "invalid_blocks", nil},
		},
		"slack bot": {
			{200, `{"ok":false,"error":"invalid_auth"}`, nil}, {200, `{"ok":false,"error":"channel_not_found"}`, nil},
			{200, `{"ok":false,"error":"not_in_channel"}`, nil}, {200, `{"ok":false,"error":"missing_scope"}`, nil},
			{200, `{"ok":false,"error":"is_archived"}`, nil}, {200, `{"ok":false,"error":"ratelimited"}`, nil},
			{200, `<html>a proxy asks who you are</html>`, nil},
		},
		"telegram": {
			{401, `{"ok":false,"description":"Unauthorized"}`, nil}, {400, `{"ok":false,"description":"Bad Request: chat not found"}`, nil},
			{403, `{"ok":false,"description":"Forbidden: bot was kicked from the group chat"}`, nil},
			{429, `{"ok":false,"parameters":{"retry_after":35}}`, nil},
		},
		"discord":      {{401, `{"message":"Invalid Webhook Token","code":50027}`, nil}, {404, `{"message":"Unknown Webhook","code":10015}`, nil}, {400, `{"message":"Invalid Form Body"}`, nil}},
		"pagerduty":    {{400, `{"status":"invalid event","errors":["'routing_key' is invalid"]}`, nil}, {403, "", nil}},
		"ntfy":         {{401, `{"code":40101}`, nil}, {403, `{"code":40301}`, nil}, {429, `{"code":42901}`, nil}},
		"teams":        {{401, "", nil}, {404, "", nil}, {400, "", nil}},
		"alertmanager": {{404, "", nil}, {400, `{"message":"bad start time"}`, nil}},
		"webhook":      {{401, "", nil}, {404, "", nil}, {410, "", nil}, {413, "", nil}},
	}
	return append(own[kind],
		fault{301, "", http.Header{"Location": {"https://elsewhere.example/"}}}, fault{429, "", http.Header{"Retry-After": {"30"}}}, fault{500, "", nil}, fault{407, "", nil})
}

// entryOf is a notifier of a type, with what it needs, at an address.
func entryOf(kind, url, more string) string {
	keys := map[string]string{
		"slack bot": "type: slack, token: xoxb-5ecre7, channel: C0123456789", "telegram": `type: telegram, token: "123:5ecre7", chat: "-100"`,
		"pagerduty": "type: pagerduty, routing_key: key5ecre7", "webhook": "type: webhook, secret: whsec_c2VjcmV0LTVlY3JlNy1zZWNyZXQtNWVjcmU3",
	}[kind]
	if keys == "" {
		keys = "type: " + kind
	}
	return fmt.Sprintf("notifiers: [{%s, name: it, url: %q%s}]\n", keys, url, more)
}

// tried is what `outcry notify test` says of a notifier, with hosts and lengths of time made equal.
func tried(t *testing.T, config string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "outcry.yaml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"notify", "test", "it", "--config", path}, streams{nil, &out, &errs}, nil)
	said := errs.String()
	if code != exitFailed || out.Len() > 0 || strings.Contains(said, "5ecre7") {
		t.Errorf("with %s it ended with %d and said %q %q; want a failure, and no secret", config, code, out.String(), said)
	}
	said = strings.ReplaceAll(said, "outcry: 1 of 1 notifiers did not accept the test\n", "")
	return regexp.MustCompile(`(127\.0\.0\.1|localhost):\d+`).ReplaceAllString(said, "HOST")
}

// TestEveryFaultIsExplained tries every type of receiver against every fault, for a person to read whether each line says what
// to do next.
func TestEveryFaultIsExplained(t *testing.T) {
	t.Parallel()
	const local = `, allow_private: ["127.0.0.0/8"]`
	var b strings.Builder
	for _, kind := range []string{"webhook", "slack", "slack bot", "discord", "telegram", "teams", "ntfy", "pagerduty", "alertmanager"} {
		b.WriteString("──── " + kind + "\n")
		for _, f := range faultsOf(kind) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for name, values := range f.header {
					w.Header()[name] = values
				}
				w.WriteHeader(f.status)
				_, _ = w.Write([]byte(f.body)) // a client that has gone has seen the status
			}))
			fmt.Fprintf(&b, "%d %s\n  %s", f.status, f.body, indented(tried(t, entryOf(kind, server.URL+"/5ecre7", local))))
			server.Close()
		}
		secured := httptest.NewUnstartedServer(http.NotFoundHandler())
		secured.Config.ErrorLog = zap.NewStdLog(zap.NewNop()) // handshakes that fail are what is tried
		secured.StartTLS()
		plain := httptest.NewServer(http.NotFoundHandler())
		for _, one := range []struct{ name, config string }{
			{"a certificate of nobody", entryOf(kind, secured.URL+"/5ecre7", local)},
			{"http at a port of https", entryOf(kind, strings.Replace(secured.URL, "https", "http", 1)+"/5ecre7", local)},
			{"https at a port of http", entryOf(kind, strings.Replace(plain.URL, "http", "https", 1)+"/5ecre7", local)},
			{"nobody listens", entryOf(kind, "https://127.0.0.1:1/5ecre7", local)},
			{"no such host", entryOf(kind, "https://receiver.invalid/5ecre7", "")},
			{"a private address", entryOf(kind, plain.URL+"/5ecre7", "")},
		} {
			b.WriteString(one.name + "\n  " + indented(tried(t, one.config)))
		}
		secured.Close()
		plain.Close()
	}
	alerttest.Golden(t, *update, "notify-faults.txt", b.String())
}

func indented(text string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}
