package teams_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/teams"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return teams.New(teams.Config{Endpoint: endpoint})
		},
	})
}

// told is a message as Teams reads it.
type told struct {
	Type        string
	Attachments []struct {
		ContentType string
		Content     struct {
			Type, Version string
			Body          []struct {
				Type    string
				Inlines []struct{ Type, Text, Weight string }
			}
			Actions []struct{ Type, Title, URL string }
		}
	}
}

// check holds a message to the limits, to text without markup, and to leading nowhere but to the outage's page.
func check(t *testing.T, e *event.Event) (told, string) {
	t.Helper()
	body, err := teams.Message(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	var m told
	if err := json.Unmarshal(body, &m); err != nil || m.Type != "message" || len(m.Attachments) != 1 ||
		m.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" || m.Attachments[0].Content.Type != "AdaptiveCard" {
		t.Fatalf("%v in %s", err, body)
	}
	if len(body) > 28_000 {
		t.Errorf("the message has %d bytes, want at most 28000", len(body))
	}
	var seen strings.Builder
	for _, block := range m.Attachments[0].Content.Body {
		if block.Type != "RichTextBlock" || len(block.Inlines) == 0 {
			t.Errorf("a block %+v; want text that knows no markup", block)
		}
		for _, run := range block.Inlines {
			if run.Type != "TextRun" || run.Text == "" || strings.ContainsAny(run.Text, "\n\x00\x1b\u202e") {
				t.Errorf("a run %+v", run)
			}
			seen.WriteString(run.Text)
		}
		seen.WriteString("\n")
	}
	for _, action := range m.Attachments[0].Content.Actions {
		if action.Type != "Action.OpenUrl" || !strings.HasPrefix(action.URL, "http") {
			t.Errorf("an action %+v", action)
		}
		seen.WriteString("[" + action.Title + " " + action.URL + "]\n")
	}
	return m, seen.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, named := range alerttest.Lives() {
		_, seen := check(t, &named.Event)
		all.WriteString("──── " + named.Name + "\n" + seen)
	}
	alerttest.Golden(t, *update, "as-seen.txt", all.String())
	body, err := teams.Message(&alerttest.Lives()[1].Event, nil)
	if err != nil {
		t.Fatal(err)
	}
	alerttest.Golden(t, *update, "meta-2-confirmed.json", alerttest.Indent(t, body))
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{
		http.StatusForbidden: "copy it from the workflow", http.StatusNotFound: "create one anew",
		http.StatusBadRequest: "When a Teams webhook request is received", http.StatusTeapot: "418",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		defer server.Close()
		n, err := teams.New(teams.Config{Endpoint: alert.EndpointConfig{
			Name: "team", URL: secret.NewURL(server.URL), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer n.Close()
		if every, burst := n.Pace(); every != time.Second || burst < 1 {
			t.Errorf("Pace() = %s, %d", every, burst)
		}
		e := alerttest.Meta()[1]
		if err := n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID}); !alert.IsPermanent(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("Notify() = %v, want a permanent error that says %q", err, want)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("<at>all</at>", "[a](https://e.example) **b**", "https://e.example/)", "suspected", "<x>", -1.0, int64(-1), 60)
	f.Add(strings.Repeat("😀*", 400), strings.Repeat("`", 4000), "http://"+strings.Repeat("&", 3000), "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		check(t, alerttest.Strange(name, phrase, url, kind, code, x, seconds, count))
	})
}
