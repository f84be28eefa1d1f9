package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/webhook"
	"github.com/outcry/outcry/internal/secret"
)

// apprise is the template that docs/notifiers.md recommends.
const apprise = `{"title": {{json .Headline}}, "body": {{json .Text}}, "type": "{{if eq .Kind "resolved"}}success{{else}}failure{{end}}"}`

// TestExamOfTemplates: with a body of its own, a webhook sits the same exam.
func TestExamOfTemplates(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return webhook.New(webhook.Config{Endpoint: endpoint, Body: apprise, Secrets: []secret.String{secret.New(newSecret)}})
		},
		Secrets: []string{strings.TrimPrefix(newSecret, "whsec_"), "new-new-new"},
	})
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, kind, want string
	}{
		{"apprise", apprise, "application/json", `{"title": "Meta: Facebook, Instagram and WhatsApp are down", "body": "Since: 17:41 UTC (4 min ago)\n` +
			`Where: worldwide; Brazil 31%, Italy 17%, United Kingdom 12%, 2 more\nSeverity: critical\n` +
			`How sure: almost certain (over 99%)\nPeople say: the feed does not load 44%, messages do not go through 31%, the app crashes or stays blank 15%\nOfficial word: none yet\n` +
			`Evidence: about 2,140 people complain, usually 10; 5,120 posts on Bluesky and X\nCities: São Paulo, Milano, London\nNot down, though blamed: Verizon\n` +
			`Not down, people go there: Telegram\nNot down, only joked about: X\n“#instagramdown”\n“insta caiu”\n“whatsapp non va”", "type": "failure"}`},
		{"a chat", `{"text": {{json (print .Mark " " .Headline)}}}`, "application/json", `{"text": "🔴 Meta: Facebook, Instagram and WhatsApp are down"}`},
		{"fields of the event", `{"id": {{json .Key}}, "severity": {{json .Event.Data.Severity}}}`, "application/json", `{"id": "01JEV9M2M0METAMETAMETAMETA-2", "severity": "critical"}`},
		{"no JSON", `{{.Kind}} {{.Since.Text}}`, "text/plain; charset=utf-8", `confirmed 17:41 UTC (4 min ago)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := receive(t, webhook.Config{Body: test.body, ContentType: test.kind}, confirmed())
			if diff := cmp.Diff(test.want, string(got.body)); diff != "" || got.header.Get("Content-Type") != test.kind {
				t.Errorf("%s (-want +got):\n%s", got.header.Get("Content-Type"), diff)
			}
		})
	}
}

func TestTemplatesThatCannotBe(t *testing.T) {
	t.Parallel()
	endpoint := alert.EndpointConfig{Name: "ops", URL: secret.NewURL("https://host.example/5ecre7")}
	for name, test := range map[string]struct{ body, kind, want string }{
		"no template":               {`{{.Headline`, "", "unclosed action"},
		"no such field":             {`{{json .Headlin}}`, "", "can't evaluate field Headlin"},
		"no such function":          {`{{yaml .Headline}}`, "", `"yaml" not defined`},
		"no JSON":                   {`{"text": "{{.Headline}}"}`, "", "write {{json .Headline}}"},
		"no JSON in one case":       {`{"text": {{if eq .Kind "resolved"}}over{{else}}1{{end}}}`, "", "not JSON"},
		"more than anybody reads":   {`{{printf "%2000000d" 1}}`, "text/plain", "it writes more than"},
		"a type that breaks apart":  {`x`, "text/plain\r\nX: y", "content_type holds a line break"},
		"a service that may not be": {`{{json (index .Event.Data.Services 7).Name}}`, "", "out of range"},
	} {
		_, err := webhook.New(webhook.Config{Endpoint: endpoint, Body: test.body, ContentType: test.kind})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "notifier ops") || strings.Contains(err.Error(), "5ecre7") {
			t.Errorf("%s: New() = %v, want an error that says %q", name, err, test.want)
		}
	}
}

// FuzzTemplates puts strangers' text wherever an event has text: what a template writes stays JSON.
func FuzzTemplates(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add(`"},{"`, "\\\x00\n\u2028", "javascript:alert(1)", "resolved", "\xff", 1e308, int64(1)<<40, 200)
	b, err := webhook.NewBody(apprise, "application/json", nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		e := alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)
		body, err := b.Write(&alert.Notice{Event: *e, Key: e.ID})
		if err != nil || !json.Valid(body) {
			t.Errorf("%v, or not JSON: %s", err, body)
		}
	})
}
