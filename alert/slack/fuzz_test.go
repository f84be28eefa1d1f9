package slack_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/outcry/outcry/alert/alerttest"
)

// markup is the only markup that a message may hold: links to web pages.
var markup = regexp.MustCompile(`<https?://[^<>| ]+\|[^<>]*>`)

// checkHarmless holds every text of a message to having no markup but links, and no mention.
func checkHarmless(t *testing.T, body []byte) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		t.Fatal(err)
	}
	eachText(tree, func(text string) {
		rest := markup.ReplaceAllString(text, "")
		if strings.ContainsAny(rest, "<>\x00\x1b\u202e") {
			t.Errorf("markup or invisible characters in %q", text)
		}
		for _, after := range strings.Split(rest, "@")[1:] {
			if !strings.HasPrefix(after, "\u2060") {
				t.Errorf("a mention in %q", text)
			}
		}
	})
}

func eachText(tree any, visit func(string)) {
	switch tree := tree.(type) {
	case string:
		visit(tree)
	case []any:
		for _, branch := range tree {
			eachText(branch, visit)
		}
	case map[string]any:
		for _, branch := range tree {
			eachText(branch, visit)
		}
	}
}

func TestLivesAreWithinLimitsAndHarmless(t *testing.T) {
	t.Parallel()
	for _, named := range alerttest.Lives() {
		body := message(t, &named.Event)
		checkLimits(t, body)
		checkHarmless(t, body)
	}
}

// FuzzMessage puts strangers' text, of any length, wherever an event has text.
func FuzzMessage(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("<!channel>", "@here <@U1> *b* `c` ~d~ &amp;", "https://e.example/<!here>|x", "suspected", "<x>", -1.0, int64(-1), 60)
	f.Add(strings.Repeat("😀&", 400), strings.Repeat("<", 4000), "http://"+strings.Repeat("&", 3000), "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Add("\x1b[2J\u202e", "@\u200bchannel", "javascript:alert(1)", "changed", "", 0.0, int64(0), 0)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		body := message(t, alerttest.Strange(name, phrase, url, kind, code, x, seconds, count))
		checkLimits(t, body)
		checkHarmless(t, body)
	})
}
