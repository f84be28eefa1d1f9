package telegram_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/telegram"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

const token = "123456:ABC-5ecre7"

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return telegram.New(telegram.Config{Endpoint: endpoint, Token: secret.New(token), Chat: "-100"})
		},
		Secrets: []string{token, "ABC-5ecre7"},
	})
}

func encode(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := telegram.Message(e, "-100", nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// told is a message as Telegram reads it.
type told struct {
	Chat      string `json:"chat_id"`
	Text      string `json:"text"`
	ParseMode string `json:"parse_mode"`
	Quiet     bool   `json:"disable_notification"`
}

// tags are the only markup that a message may hold.
var tags = regexp.MustCompile(`</?(?:b|i|code)>|<a href="https?://[^<>" ]+">|</a>`)

// check holds a message to the limits, to known markup that is closed again, and to mentioning nobody.
func check(t *testing.T, body []byte) told {
	t.Helper()
	var m told
	if err := json.Unmarshal(body, &m); err != nil || m.ParseMode != "HTML" || m.Chat != "-100" {
		t.Fatalf("%v in %s", err, body)
	}
	if n := len(utf16.Encode([]rune(m.Text))); n > 4096 || n == 0 {
		t.Errorf("the text has %d characters, want 1 to 4096", n)
	}
	if rest := tags.ReplaceAllString(m.Text, ""); strings.ContainsAny(rest, "<>\x00\x1b\u202e") {
		t.Errorf("markup or invisible characters in %q", rest)
	}
	for _, name := range []string{"b", "i", "code"} {
		if strings.Count(m.Text, "<"+name+">") != strings.Count(m.Text, "</"+name+">") {
			t.Errorf("<%s> is not closed in %q", name, m.Text)
		}
	}
	for _, after := range strings.Split(m.Text, "@")[1:] {
		if !strings.HasPrefix(after, "\u2060") {
			t.Errorf("a mention in %q", m.Text)
		}
	}
	return m
}

func TestGolden(t *testing.T) {
	t.Parallel()
	var seen strings.Builder
	for _, named := range alerttest.Lives() {
		m := check(t, encode(t, &named.Event))
		plain := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", `"`, "\u2060", "").Replace(tags.ReplaceAllString(m.Text, ""))
		fmt.Fprintf(&seen, "──── %s (quiet: %t)\n%s\n", named.Name, m.Quiet, plain)
	}
	alerttest.Golden(t, *update, "as-seen.txt", seen.String())
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		answer string
		wait   time.Duration
		want   string
	}{
		{429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`, 35 * time.Second, "429"},
		{429, `{"ok":false,"parameters":{"retry_after":-5}}`, 0, "429"},
		{400, `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`, 0, "add the bot"},
		{403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}`, 0, "add it again"},
		{401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`, 0, "BotFather"},
		{502, `<html>`, 0, "502"},
	}
	for _, test := range tests {
		t.Run(test.answer, func(t *testing.T) {
			t.Parallel()
			var path string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				path = r.URL.Path
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.answer))
			}))
			defer server.Close()
			n, err := telegram.New(telegram.Config{
				Endpoint: alert.EndpointConfig{Name: "chat", URL: secret.NewURL(server.URL), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
				Token:    secret.New(token), Chat: "@outages",
			})
			if err != nil {
				t.Fatal(err)
			}
			defer n.Close()
			e := alerttest.Meta()[1]
			err = n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID})
			if err == nil || !strings.Contains(err.Error(), test.want) || alert.RetryDelay(err) != test.wait {
				t.Errorf("Notify() = %v after %s, want %q after %s", err, alert.RetryDelay(err), test.want, test.wait)
			}
			if path != "/bot"+token+"/sendMessage" {
				t.Errorf("called %s", path)
			}
		})
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	for _, cfg := range []telegram.Config{
		{Chat: "1"}, {Token: secret.New("5ecre7"), Chat: "1"}, {Token: secret.New("1:5ecre7/../x"), Chat: "1"}, {Token: secret.New(token)},
	} {
		cfg.Endpoint.Name = "chat"
		if _, err := telegram.New(cfg); err == nil || strings.Contains(err.Error(), "5ecre7") {
			t.Errorf("New() = %v, want an error without the token", err)
		}
	}
	n, err := telegram.New(telegram.Config{Endpoint: alert.EndpointConfig{Name: "chat"}, Token: secret.New(token), Chat: "1"})
	if err != nil {
		t.Fatal(err)
	}
	if every, burst := n.Pace(); every != 3*time.Second || burst < 1 {
		t.Errorf("Pace() = %s, %d, want twenty a minute", every, burst)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("<b>@channel", "</code><a href='tg://x'>", `https://e.example/"><b>`, "suspected", "<x>", -1.0, int64(-1), 60)
	f.Add(strings.Repeat("😀&", 400), strings.Repeat("<", 4000), "http://"+strings.Repeat("&", 3000), "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		check(t, encode(t, alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)))
	})
}
