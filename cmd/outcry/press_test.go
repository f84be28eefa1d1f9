package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

// listener notes what it is sent, as text, and answers as Slack and PagerDuty do.
type listener struct {
	mu    sync.Mutex
	calls []string
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what is missing, the test misses
	text := string(body)
	if form, err := url.ParseQuery(text); err == nil && form.Get("blocks") != "" {
		text = form.Get("text") + " " + form.Get("blocks")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls = append(l.calls, r.URL.Path+" "+text)
	_, _ = fmt.Fprintf(w, `{"ok":true,"channel":"C1","ts":"1.1","text":"x"}`)
}

// heard reports whether a call holds all of these.
func (l *listener) heard(parts ...string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, call := range l.calls {
		all := true
		for _, part := range parts {
			all = all && strings.Contains(call, part)
		}
		if all {
			return true
		}
	}
	return false
}

// TestAButtonIsPressed follows a press in Slack, and a request to the API, through the whole program: who takes the outage over
// stands in the message, PagerDuty's incident is acknowledged, and what is muted is told again only when it is over.
func TestAButtonIsPressed(t *testing.T) {
	t.Parallel()
	chat, pager := &listener{}, &listener{}
	slackAPI, pagerAPI := httptest.NewServer(chat), httptest.NewServer(pager)
	defer slackAPI.Close()
	defer pagerAPI.Close()
	o := &office{t: t, config: filepath.Join(t.TempDir(), "outcry.yaml")}
	text := fmt.Sprintf(`data: %s
roles: [alert, web]
nats: {listen: off}
web: {listen: "127.0.0.1:0", token: tok-1}
notifiers:
  - {type: slack, name: team, url: %q, token: xoxb-1, channel: C1, signing_secret: sign-1, allow_private: ["127.0.0.0/8"]}
  - {type: pagerduty, name: oncall, url: %q, routing_key: key-1, allow_private: ["127.0.0.0/8"]}
`, filepath.Join(t.TempDir(), "data"), slackAPI.URL+"/", pagerAPI.URL)
	if err := os.WriteFile(o.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.build()
	o.open()
	began := time.Now()
	o.publish(happening("01PRESSED", 1, event.TypeConfirmed, "whatsapp", began))
	o.await("the message with its buttons", func() bool { return chat.heard("chat.postMessage", "outcry_take_over", "01PRESSED") })
	o.await("the incident", func() bool { return pager.heard(`"event_action":"trigger"`, `"dedup_key":"01PRESSED"`) })

	o.press(slackAPI.URL)
	o.await("the message to say who took it over", func() bool { return chat.heard("chat.update", "Taken over", "ann") })
	o.await("the acknowledgement", func() bool { return pager.heard(`"event_action":"acknowledge"`, `"dedup_key":"01PRESSED"`) })
	o.await("the answer", func() bool { return chat.heard("/answer", "Taken over", "ephemeral") })

	o.post("/api/v1/outages/01PRESSED/mute", `{"for":"1h","by":"bob"}`, http.StatusOK)
	o.post("/api/v1/outages/02/mute", `{"for":"1h"}`, http.StatusNotFound)
	o.publish(happening("01PRESSED", 2, event.TypeChanged, "whatsapp", began), happening("01PRESSED", 3, event.TypeResolved, "whatsapp", began))
	o.await("the end", func() bool { return pager.heard(`"event_action":"resolve"`, `"dedup_key":"01PRESSED"`) })
	o.await("the end in Slack", func() bool { return chat.heard("chat.update", "whatsapp is back") })
	if chat.heard("getting worse") {
		t.Errorf("what was muted was told: %q", chat.calls)
	}
}

// press presses the first button of the message, signed as Slack does.
func (o *office) press(slackAPI string) {
	o.t.Helper()
	payload, err := json.Marshal(map[string]any{
		"type": "block_actions", "user": map[string]string{"name": "ann"}, "channel": map[string]string{"id": "C1"}, "response_url": slackAPI + "/answer",
		"actions": []map[string]string{{"action_id": "outcry_take_over", "value": "01PRESSED", "type": "button", "block_id": "b"}},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	body, at := url.Values{"payload": {string(payload)}}.Encode(), fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte("sign-1"))
	_, _ = mac.Write([]byte("v0:" + at + ":" + body)) // it never fails
	o.ask(slackHook, body, http.StatusOK, http.Header{
		"Content-Type":              {"application/x-www-form-urlencoded"},
		"X-Slack-Request-Timestamp": {at}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(mac.Sum(nil))},
	})
	o.ask(slackHook, body, http.StatusUnauthorized, http.Header{"X-Slack-Request-Timestamp": {at}, "X-Slack-Signature": {"v0=00"}})
}

// post asks the API with its token.
func (o *office) post(path, body string, want int) {
	o.t.Helper()
	o.ask(path, body, want, http.Header{"Authorization": {"Bearer tok-1"}, "Content-Type": {"application/json"}})
	o.ask(path, body, http.StatusUnauthorized, http.Header{"Content-Type": {"application/json"}})
}

func (o *office) ask(path, body string, want int, header http.Header) {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.house.page+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	request.Header = header
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // it was read
	said, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != want {
		o.t.Fatalf("POST %s answers %d %s, %v; want %d", path, response.StatusCode, said, err, want)
	}
}
