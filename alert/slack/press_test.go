package slack_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

const signingSecret = "5ecre7-signing"

// hand notes what it is asked to do.
type hand struct {
	did []string
	err error
}

func (h *hand) Ack(_ context.Context, outage, by string) (alert.Ack, event.Event, error) {
	h.did = append(h.did, "ack "+outage+" by "+by)
	e := alerttest.Meta()[1]
	return alert.Ack{Outage: outage, By: by, At: e.Time.Add(time.Minute)}, e, h.err
}

func (h *hand) Mute(_ context.Context, outage, by, _ string, lasting time.Duration) (alert.Silence, event.Event, error) {
	h.did = append(h.did, fmt.Sprintf("mute %s by %s for %s", outage, by, lasting))
	e := alerttest.Meta()[1]
	s := alert.Silence{Outage: outage, By: by, From: e.Time}
	if lasting > 0 {
		s.Until = new(e.Time.Add(lasting))
	}
	return s, e, h.err
}

// buttons are those of a message that a Bot has posted.
func buttons(t *testing.T, change func(*slack.BotConfig)) (ws *workspace, actions []map[string]any) {
	t.Helper()
	ws = newWorkspace(t)
	bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) {
		cfg.Buttons = true
		if change != nil {
			change(cfg)
		}
	})
	if err := tell(t, bot, alerttest.Meta()[1], 1); err != nil {
		t.Fatal(err)
	}
	var posted struct {
		Blocks []struct {
			Type     string           `json:"type"`
			Elements []map[string]any `json:"elements"`
		} `json:"blocks"`
	}
	if err := json.Unmarshal(ws.bodies[ws.channel[0]], &posted); err != nil {
		t.Fatal(err)
	}
	for _, block := range posted.Blocks {
		if block.Type == "actions" {
			actions = block.Elements
		}
	}
	if len(actions) != 3 {
		t.Fatalf("the message has the buttons %v, want three", actions)
	}
	return ws, actions
}

// pressed is what Slack sends when somebody presses a button, as its documentation shows it.
func pressed(t *testing.T, action map[string]any, change func(payload map[string]any)) string {
	t.Helper()
	payload := map[string]any{
		"type": "block_actions", "user": map[string]any{"id": "U1", "username": "ann", "name": "ann", "team_id": "T1"}, "api_app_id": "A1", "token": "x",
		"container":  map[string]any{"type": "message", "message_ts": "1700000000.000001", "channel_id": botChannel, "is_ephemeral": false},
		"trigger_id": "1.2.3", "team": map[string]any{"id": "T1", "domain": "example"}, "channel": map[string]any{"id": botChannel, "name": "ops"},
		"message":      map[string]any{"type": "message", "ts": "1700000000.000001", "text": "x"},
		"response_url": "https://hooks.slack.com/actions/T1/1/x",
		"actions":      []any{map[string]any{"action_id": action["action_id"], "value": action["value"], "type": "button", "block_id": "b", "action_ts": "1700000001.0"}},
	}
	if change != nil {
		change(payload)
	}
	body, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return url.Values{"payload": {string(body)}}.Encode()
}

// sign makes a request of a body as Slack does: https://docs.slack.dev/authentication/verifying-requests-from-slack.
func sign(t *testing.T, body, with string, at time.Time) *http.Request {
	t.Helper()
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(with))
	_, _ = mac.Write([]byte("v0:" + stamp + ":" + body)) // it never fails
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/slack/interactivity", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func pressConfig(api string) slack.PressConfig {
	return slack.PressConfig{
		Endpoint: alert.EndpointConfig{Name: "newsroom", URL: secret.NewURL(api), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		Secret:   secret.New(signingSecret), Channel: botChannel,
	}
}

// TestButtons presses each button of a message and reads what Slack is answered.
func TestButtons(t *testing.T) {
	t.Parallel()
	id := alerttest.Meta()[1].Data.ID
	tests := []struct {
		button int
		err    error
		did    string
		want   map[string]any
	}{
		{0, nil, "ack " + id + " by ann", map[string]any{"replace_original": false, "response_type": "ephemeral", "text": "👀 *Taken over*: by ann at 17:46 UTC"}},
		{1, nil, "mute " + id + " by ann for 1h0m0s", map[string]any{
			"replace_original": false, "response_type": "in_channel", "thread_ts": "1700000000.000001", "text": "🔕 *Muted*: until 18:45 UTC, by ann"}},
		{2, nil, "mute " + id + " by ann for 0s", map[string]any{
			"replace_original": false, "response_type": "in_channel", "thread_ts": "1700000000.000001", "text": "🔕 *Muted*: until it is over, by ann"}},
		{0, errors.New("no outage begins with <!here>"), "ack " + id + " by ann", map[string]any{
			"replace_original": false, "response_type": "ephemeral", "text": "⚠️ no outage begins with &lt;!here&gt;"}},
	}
	_, actions := buttons(t, nil)
	for _, test := range tests {
		t.Run(test.did, func(t *testing.T) {
			t.Parallel()
			answers := make(chan []byte, 1)
			slackAPI := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body) // what is missing, the test misses
				answers <- body
			}))
			defer slackAPI.Close()
			h := &hand{err: test.err}
			body := pressed(t, actions[test.button], func(payload map[string]any) { payload["response_url"] = slackAPI.URL + "/actions/T1/1/x" })
			w := httptest.NewRecorder()
			slack.Presses([]slack.PressConfig{pressConfig(slackAPI.URL)}, h, zap.NewNop()).ServeHTTP(w, sign(t, body, signingSecret, time.Now()))
			if w.Code != http.StatusOK || w.Body.Len() > 0 || !slices.Equal(h.did, []string{test.did}) {
				t.Errorf("it is answered %d %q, and %q was done; want 200 and %q", w.Code, w.Body, h.did, test.did)
			}
			var got map[string]any
			if err := json.Unmarshal(<-answers, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("what is said (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPressesAreChecked: nothing is done for who is not Slack, or sends what Slack sent long ago, or something else.
func TestPressesAreChecked(t *testing.T) {
	t.Parallel()
	_, actions := buttons(t, nil)
	body := pressed(t, actions[0], nil)
	now := time.Now()
	tests := []struct {
		name    string
		request func() *http.Request
		code    int
		done    bool
	}{
		{"signed", func() *http.Request { return sign(t, body, signingSecret, now) }, 200, true},
		{"signed four minutes ago", func() *http.Request { return sign(t, body, signingSecret, now.Add(-4*time.Minute)) }, 200, true},
		{"signed six minutes ago", func() *http.Request { return sign(t, body, signingSecret, now.Add(-6*time.Minute)) }, 401, false},
		{"signed in the future", func() *http.Request { return sign(t, body, signingSecret, now.Add(6*time.Minute)) }, 401, false},
		{"signed with another secret", func() *http.Request { return sign(t, body, "other", now) }, 401, false},
		{"signed with no secret", func() *http.Request { return sign(t, body, "", now) }, 401, false},
		{"another body than was signed", func() *http.Request {
			r := sign(t, body, signingSecret, now)
			r.Body = io.NopCloser(strings.NewReader(strings.Replace(body, "ann", "bob", 1)))
			return r
		}, 401, false},
		{"another time than was signed", func() *http.Request {
			r := sign(t, body, signingSecret, now.Add(-time.Hour))
			r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
			return r
		}, 401, false},
		{"not signed", func() *http.Request {
			r := sign(t, body, signingSecret, now)
			r.Header.Del("X-Slack-Signature")
			return r
		}, 401, false},
		{"too long", func() *http.Request { return sign(t, body+strings.Repeat("x", 2<<20), signingSecret, now) }, 400, false},
		{"no payload", func() *http.Request { return sign(t, "a=b", signingSecret, now) }, 400, false},
		{"no form", func() *http.Request { return sign(t, "%zz", signingSecret, now) }, 400, false},
		{"another kind", func() *http.Request {
			return sign(t, pressed(t, actions[0], func(p map[string]any) { p["type"] = "view_submission" }), signingSecret, now)
		}, 400, false},
		{"no button", func() *http.Request {
			return sign(t, pressed(t, actions[0], func(p map[string]any) { p["actions"] = []any{} }), signingSecret, now)
		}, 400, false},
		{"somebody else's button", func() *http.Request {
			return sign(t, pressed(t, map[string]any{"action_id": "approve", "value": "x"}, nil), signingSecret, now)
		}, 200, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := &hand{}
			core, logs := observer.New(zapcore.DebugLevel)
			cfg := pressConfig("")
			cfg.Endpoint.URL = secret.NewURL("http://127.0.0.1:1/") // nobody is told what came of it
			w := httptest.NewRecorder()
			slack.Presses([]slack.PressConfig{cfg}, h, zap.New(core)).ServeHTTP(w, test.request())
			if w.Code != test.code || (len(h.did) > 0) != test.done {
				t.Errorf("it is answered %d, and %q was done; want %d and %v", w.Code, h.did, test.code, test.done)
			}
			for _, line := range logs.All() {
				if text := fmt.Sprint(line.Message, line.ContextMap()); strings.Contains(text, signingSecret) || strings.Contains(text, "hooks.slack.com") {
					t.Errorf("the log shows a secret: %s", text)
				}
			}
		})
	}
}

// TestAnswersGoToSlackOnly: the address for the answer is in the request, and Slack's own.
func TestAnswersGoToSlackOnly(t *testing.T) {
	t.Parallel()
	_, actions := buttons(t, nil)
	called := make(chan string, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { called <- r.URL.Path }))
	defer elsewhere.Close()
	for _, address := range []string{elsewhere.URL + "/x", "http://hooks.slack.com/x", "https://hooks.slack.com.evil.example/x", "https://evilslack.com/x", "://", ""} {
		body := pressed(t, actions[0], func(p map[string]any) { p["response_url"] = address })
		for _, api := range []string{"", "http://127.0.0.1:1/api/"} {
			cfg := pressConfig(api)
			w := httptest.NewRecorder()
			slack.Presses([]slack.PressConfig{cfg}, &hand{}, zap.NewNop()).ServeHTTP(w, sign(t, body, signingSecret, time.Now()))
			if w.Code != http.StatusOK {
				t.Errorf("%s: it is answered %d, want 200", address, w.Code)
			}
		}
	}
	if len(called) > 0 {
		t.Errorf("%s was called, which is not Slack's", <-called)
	}
}

// TestAnswersInTheChannelsLanguage: of two Bots of one app, that of the channel answers.
func TestAnswersInTheChannelsLanguage(t *testing.T) {
	t.Parallel()
	_, actions := buttons(t, nil)
	said := make(chan string, 1)
	slackAPI := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // what is missing, the test misses
		said <- string(body)
	}))
	defer slackAPI.Close()
	other, italian := pressConfig(slackAPI.URL), pressConfig(slackAPI.URL)
	other.Channel, italian.Language = "C2", alert.Speak("it", nil)
	body := pressed(t, actions[0], func(p map[string]any) { p["response_url"] = slackAPI.URL + "/x" })
	slack.Presses([]slack.PressConfig{other, italian}, &hand{}, zap.NewNop()).ServeHTTP(httptest.NewRecorder(), sign(t, body, signingSecret, time.Now()))
	if got := <-said; !strings.Contains(got, "In carico") {
		t.Errorf("the answer is %s, want it in Italian", got)
	}
}

// TestTakenOver: who takes an outage over stands in its message, in the thread, and in whatever follows; the button goes.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	ws, memory := newWorkspace(t), newNotes()
	life := alerttest.Meta()[1:]
	ack := &alert.Ack{Outage: life[0].Data.ID, By: "ann", At: life[0].Time.Add(time.Minute)}
	taken := life[0]
	taken.Type, taken.Time = event.NewEvent(alert.TypeTaken, "", ack.At, taken.Data).Type, ack.At
	notices := []alert.Notice{
		{Event: life[0], Key: life[0].ID}, {Event: taken, Key: "taken", Ack: ack}, {Event: taken, Key: "taken", Ack: ack}, {Event: life[1], Key: life[1].ID, Ack: ack},
	}
	var seen []string
	for _, n := range notices {
		bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Memory, cfg.Buttons, cfg.Picture = memory, true, nil })
		n.Attempt, n.At = 1, n.Event.Time
		if err := bot.Notify(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		text := render(t, ws.bodies[ws.channel[0]])
		seen = append(seen, fmt.Sprintf("taken over: %v, buttons: %d", strings.Contains(text, "Taken over*: by ann at 17:46 UTC"), strings.Count(text, "  [")))
	}
	want := []string{"taken over: false, buttons: 3", "taken over: true, buttons: 2", "taken over: true, buttons: 2", "taken over: true, buttons: 2"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("the message (-want +got):\n%s", diff)
	}
	thread := ws.threads[ws.channel[0]]
	if len(thread) != 2 || ws.texts[thread[0]] != "👀 Taken over: by ann at 17:46 UTC" {
		t.Errorf("the thread is %q, want it to say once who has taken it over", ws.seen())
	}
}

// FuzzPresses: whatever comes with a signature, nothing breaks and nobody but Slack is called.
func FuzzPresses(f *testing.F) {
	f.Add(`{"type":"block_actions","user":{"name":"ann"},"actions":[{"action_id":"outcry_take_over","value":"01B"}],"response_url":"https://x.example/"}`)
	f.Add(`{"type":"block_actions","actions":[{"action_id":"outcry_mute","value":""}]}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, payload string) {
		body := url.Values{"payload": {payload}}.Encode()
		w := httptest.NewRecorder()
		cfg := pressConfig("http://127.0.0.1:1/")
		slack.Presses([]slack.PressConfig{cfg}, &hand{}, zap.NewNop()).ServeHTTP(w, sign(t, body, signingSecret, time.Now()))
		if w.Code != 200 && w.Code != 400 {
			t.Errorf("it is answered %d, want 200 or 400", w.Code)
		}
	})
}
