package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/slack-go/slack/slacktest"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

const (
	botToken   = "xoxb-5ecre7-token"
	botChannel = "C0123456789"
)

// workspace is a Slack that keeps to the documented contract of the four methods that a Bot uses, and that fails by script.
type workspace struct {
	*slacktest.Server
	mu sync.Mutex
	// fail answers a call in place of Slack; it returns false to let it through. n counts the calls of this method from 1.
	fail func(method string, n int, w http.ResponseWriter) bool
	// calls are the methods in order; channel and threads what a person would see, by id.
	calls    []string
	channel  []string
	texts    map[string]string
	threads  map[string][]string
	aloud    int
	uploaded []byte
	posted   int
	count    map[string]int
	// marks are the metadata of messages, by id; files the pictures of a thread; blind an app that may not read the channel.
	marks map[string]json.RawMessage
	// bodies are the messages as they are, by id, and firsts as they were when they were posted.
	bodies, firsts map[string][]byte
	files          map[string][]string
	blind          bool
	// lost are the methods whose work is done but whose answer does not arrive, once.
	lost map[string]bool
	name string
}

func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	ws := &workspace{
		texts: map[string]string{}, threads: map[string][]string{}, count: map[string]int{},
		bodies: map[string][]byte{}, firsts: map[string][]byte{}, marks: map[string]json.RawMessage{}, files: map[string][]string{}, lost: map[string]bool{},
	}
	ws.Server = slacktest.NewTestServer(func(c slacktest.Customize) {
		for method, answer := range map[string]func(form url.Values) any{
			"chat.postMessage": ws.postMessage, "chat.update": ws.updateMessage,
			"files.getUploadURLExternal": ws.uploadURL, "files.completeUploadExternal": ws.complete,
			"conversations.history": ws.history, "conversations.replies": ws.replies,
		} {
			c.Handle("/"+method, ws.method(t, method, answer))
		}
		c.Handle("/upload", ws.upload(t))
	})
	ws.Start()
	t.Cleanup(ws.Stop)
	return ws
}

// method answers as Slack does: 200 and JSON with "ok", whatever went wrong.
func (ws *workspace) method(t *testing.T, name string, answer func(url.Values) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
			t.Errorf("%s: %s, %v; want a form that is posted", name, r.Method, err)
		}
		ws.mu.Lock()
		defer ws.mu.Unlock()
		ws.calls = append(ws.calls, name)
		ws.count[name]++
		if ws.fail != nil && ws.fail(name, ws.count[name], w) {
			return
		}
		if token := r.Form.Get("token"); token != botToken && r.Header.Get("Authorization") != "Bearer "+botToken {
			_ = json.NewEncoder(w).Encode(refused("invalid_auth"))
			return
		}
		if blocks := r.Form.Get("blocks"); blocks != "" {
			checkForm(t, r.Form.Get("text"), blocks)
		}
		done := answer(r.Form)
		if ws.lost[name] {
			delete(ws.lost, name)
			panic(http.ErrAbortHandler)
		}
		_ = json.NewEncoder(w).Encode(done)
	}
}

// checkForm holds what a Bot posts to the limits and the harmlessness of what goes to a webhook.
func checkForm(t *testing.T, text, blocks string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"text": text, "blocks": json.RawMessage(blocks)})
	if err != nil {
		t.Errorf("blocks are no JSON: %v", err)
		return
	}
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		t.Error(err)
		return
	}
	plain, err := json.Marshal(tree)
	if err != nil {
		t.Error(err)
	}
	checkLimits(t, plain)
	checkHarmless(t, plain)
}

func refused(code string) map[string]any { return map[string]any{"ok": false, "error": code} }

func (ws *workspace) postMessage(form url.Values) any {
	if form.Get("channel") != botChannel {
		return refused("channel_not_found")
	}
	if form.Get("text") == "" || form.Get("blocks") == "" {
		return refused("no_text")
	}
	ws.posted++
	ts := fmt.Sprintf("1700000000.%06d", ws.posted)
	ws.texts[ts], ws.marks[ts] = form.Get("text"), json.RawMessage(form.Get("metadata"))
	ws.bodies[ts] = bodyOf(form)
	ws.firsts[ts] = ws.bodies[ts]
	if parent := form.Get("thread_ts"); parent != "" {
		ws.threads[parent] = append(ws.threads[parent], ts)
		if form.Get("reply_broadcast") == "true" {
			ws.aloud++
		}
	} else {
		ws.channel = append(ws.channel, ts)
	}
	return map[string]any{"ok": true, "channel": botChannel, "ts": ts}
}

// bodyOf is what was posted, as a webhook would take it.
func bodyOf(form url.Values) []byte {
	body, _ := json.Marshal(map[string]any{"text": form.Get("text"), "blocks": json.RawMessage(form.Get("blocks"))}) // checkForm has read it
	return body
}

func (ws *workspace) updateMessage(form url.Values) any {
	ts := form.Get("ts")
	if _, ok := ws.texts[ts]; !ok {
		return refused("message_not_found")
	}
	if form.Get("blocks") == "" {
		return refused("no_text") // Slack would drop the blocks; nobody wants that
	}
	ws.texts[ts], ws.bodies[ts] = form.Get("text"), bodyOf(form)
	return map[string]any{"ok": true, "channel": botChannel, "ts": ts, "text": form.Get("text")}
}

func (ws *workspace) uploadURL(form url.Values) any {
	if form.Get("filename") == "" || form.Get("length") == "" {
		return refused("invalid_arguments")
	}
	ws.name = form.Get("filename")
	return map[string]any{"ok": true, "upload_url": ws.GetAPIURL() + "upload", "file_id": "F1"}
}

func (ws *workspace) upload(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile("file")
		if err != nil {
			t.Error(err)
			return
		}
		body, err := io.ReadAll(file)
		if err != nil {
			t.Error(err)
		}
		ws.mu.Lock()
		defer ws.mu.Unlock()
		ws.uploaded = body
		_, _ = io.WriteString(w, "OK - 3")
	}
}

func (ws *workspace) complete(form url.Values) any {
	parent := form.Get("thread_ts")
	ws.threads[parent] = append(ws.threads[parent], "picture")
	ws.files[parent] = append(ws.files[parent], ws.name)
	return map[string]any{"ok": true, "files": []map[string]string{{"id": "F1", "title": "x"}}}
}

// history is the channel, newest first, in pages of one message.
func (ws *workspace) history(form url.Values) any {
	if ws.blind {
		return refused("missing_scope")
	}
	at := 0
	if cursor := form.Get("cursor"); cursor != "" {
		_, _ = fmt.Sscan(cursor, &at) // it is our own
	}
	if at >= len(ws.channel) {
		return map[string]any{"ok": true, "messages": []any{}}
	}
	ts := ws.channel[len(ws.channel)-1-at]
	return map[string]any{"ok": true, "messages": []any{ws.marked(form, ts, "")}, "response_metadata": map[string]string{"next_cursor": fmt.Sprint(at + 1)}}
}

// replies is a thread, and the message that it hangs on.
func (ws *workspace) replies(form url.Values) any {
	if ws.blind {
		return refused("missing_scope")
	}
	parent := form.Get("ts")
	messages := []any{ws.marked(form, parent, parent)}
	for _, ts := range ws.threads[parent] {
		if ts != "picture" {
			messages = append(messages, ws.marked(form, ts, parent))
		}
	}
	for _, name := range ws.files[parent] {
		messages = append(messages, map[string]any{"ts": "1.1", "thread_ts": parent, "files": []any{map[string]string{"name": name}}})
	}
	return map[string]any{"ok": true, "messages": messages}
}

func (ws *workspace) marked(form url.Values, ts, parent string) any {
	m := map[string]any{"ts": ts, "thread_ts": parent, "text": ws.texts[ts]}
	if form.Get("include_all_metadata") == "1" {
		m["metadata"] = ws.marks[ts]
	}
	return m
}

// seen is the channel as a person reads it.
func (ws *workspace) seen() string {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	var b strings.Builder
	for _, ts := range ws.channel {
		b.WriteString(ws.texts[ts] + "\n")
		for _, reply := range ws.threads[ts] {
			if text, ok := ws.texts[reply]; ok {
				b.WriteString("  ↳ " + text + "\n")
			} else {
				b.WriteString("  ↳ [" + reply + "]\n")
			}
		}
	}
	return b.String()
}

// notes is a Memory; broken makes it fail.
type notes struct {
	mu     sync.Mutex
	values map[string]string
	broken error
}

func (n *notes) Get(_ context.Context, key string) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.values[key], n.broken
}

func (n *notes) Put(_ context.Context, key, value string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.broken == nil {
		n.values[key] = value
	}
	return n.broken
}

func newNotes() *notes { return &notes{values: map[string]string{}} }

func picture(context.Context, *event.Event) ([]byte, error) { return []byte("PNG"), nil }

func newBot(t *testing.T, base string, change func(*slack.BotConfig)) *slack.Bot {
	t.Helper()
	cfg := slack.BotConfig{
		Endpoint: alert.EndpointConfig{
			Name: "newsroom", URL: secret.NewURL(base), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		},
		Token: secret.New(botToken), Channel: botChannel, Memory: newNotes(), Picture: picture,
	}
	if change != nil {
		change(&cfg)
	}
	b, err := slack.NewBot(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func tell(t *testing.T, b *slack.Bot, e event.Event, attempt int) error {
	t.Helper()
	return b.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID, Attempt: attempt, At: e.Time})
}
