package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
)

func TestThatSomethingWorksIsNoComplaintUnlessItIsAsked(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		want       event.Kind
	}{
		{"en", "instagram is working", ""},
		{"en", "WhatsApp is letting me in", ""},
		{"en", "instagram ok?", event.Question},
		{"en", "does insta work for you?", event.Question},
		{"en", "my cousin works at Google now. anyone else in Atlanta?", ""},
		{"en", "ok so who do you follow on YouTube? anyone else in New York", ""},
		{"en", "any good accounts on Telegram for gardening? who else", ""},
		{"en", "the Insta algorithm hates me", ""},
		{"de", "WhatsApp ist da", ""},
		{"de", "WhatsApp alles ok?", event.Question},
		{"de", "den ganzen abend auf Instagram, aus Frankfurt", ""},
		{"de", "WhatsApp ist wieder aus", event.Report},
		{"tr", "Instagram çalışıyor", ""},
		{"tr", "Instagram çalışıyor mu", event.Question},
		{"tr", "Instagram çalışmyor", event.Report},
		{"ru", "ватсап жив", ""},
		{"ru", "ватсап жив?", event.Question},
		{"id", "WA aman", ""},
		{"hu", "az Instagram él", ""},
		{"ja", "LINE生きてる？", event.Question},
	} {
		p := post(c.text)
		p.Lang = c.lang
		got := event.Kind("")
		for _, x := range m.Match(nil, p) {
			got = x.Kind
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
