package discord_test

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/discord"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return discord.New(discord.Config{Endpoint: endpoint})
		},
	})
}

// told is a message as Discord reads it.
type told struct {
	Embeds []struct {
		Title, Description, URL, Timestamp string
		Footer                             struct{ Text string }
		Fields                             []struct{ Name, Value string }
	}
	AllowedMentions struct {
		Parse []string
	} `json:"allowed_mentions"`
}

func encode(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := discord.Message(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestGolden(t *testing.T) {
	t.Parallel()
	var seen strings.Builder
	for _, named := range alerttest.Lives() {
		body := encode(t, &named.Event)
		alerttest.Golden(t, *update, named.Name+".json", alerttest.Indent(t, body))
		seen.WriteString("──── " + named.Name + "\n" + render(t, body) + "\n")
		checkLimits(t, body)
	}
	alerttest.Golden(t, *update, "as-seen.txt", seen.String())
}

// render shows a message as its reader sees it: backslashes resolved.
func render(t *testing.T, body []byte) string {
	t.Helper()
	one := decode(t, body).Embeds[0]
	plain := func(text string) string {
		var b strings.Builder
		escaped := false
		for _, r := range text {
			if r == '\\' && !escaped {
				escaped = true
				continue
			}
			escaped = false
			b.WriteRune(r)
		}
		return b.String()
	}
	text := "# " + plain(one.Title) + "  <" + one.URL + ">\n"
	if one.Description != "" {
		text += "  " + one.Description + "\n"
	}
	for _, field := range one.Fields {
		text += "  " + field.Name + ": " + plain(field.Value) + "\n"
	}
	return text + "  · " + one.Footer.Text + " · " + one.Timestamp + "\n"
}

func decode(t *testing.T, body []byte) told {
	t.Helper()
	var m told
	if err := json.Unmarshal(body, &m); err != nil || len(m.Embeds) != 1 {
		t.Fatalf("%d embeds, %v; want one", len(m.Embeds), err)
	}
	return m
}

// checkLimits holds a message against Discord's limits, and to pinging nobody.
func checkLimits(t *testing.T, body []byte) {
	t.Helper()
	m := decode(t, body)
	one, total := m.Embeds[0], 0
	within := func(what, text string, least, most int) {
		n := utf8.RuneCountInString(text)
		total += n
		if n < least || n > most {
			t.Errorf("%s has %d characters, want %d to %d", what, n, least, most)
		}
	}
	within("title", one.Title, 1, 256)
	within("description", one.Description, 0, 4096)
	within("footer", one.Footer.Text, 1, 2048)
	for _, field := range one.Fields {
		within("name of a field", field.Name, 1, 256)
		within("value of a field", field.Value, 1, 1024)
	}
	if total > 6000 || len(one.Fields) > 25 {
		t.Errorf("%d characters in %d fields, want at most 6000 in 25", total, len(one.Fields))
	}
	if m.AllowedMentions.Parse == nil || len(m.AllowedMentions.Parse) > 0 {
		t.Errorf("allowed_mentions.parse is %v, want an empty list", m.AllowedMentions.Parse)
	}
	if strings.Count(one.Description, "`")%2 != 0 {
		t.Errorf("a quote is not closed: %s", one.Description)
	}
}

func TestKeepsToDiscordsPace(t *testing.T) {
	t.Parallel()
	n, err := discord.New(discord.Config{Endpoint: alert.EndpointConfig{Name: "ops", URL: secret.NewURL("https://discord.example/1")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	if every, burst := n.Pace(); every != 2*time.Second || burst < 1 {
		t.Errorf("Pace() = %s, %d, want thirty a minute", every, burst)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("@everyone <@1>", "``` [a](https://e.example) \\", "https://e.example/)", "suspected", "<x>", -1.0, int64(-1), 60)
	f.Add(strings.Repeat("😀*", 400), strings.Repeat("`", 4000), "http://"+strings.Repeat("&", 3000), "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		checkLimits(t, encode(t, alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)))
	})
}
