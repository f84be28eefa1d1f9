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
		p := postIn(c.lang, c.text)
		got := event.Kind("")
		for _, x := range m.Match(nil, p) {
			got = x.Kind
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestStillNotBack holds that words that it is back say the contrary behind "not yet", and that what still fails is not back, whoever says so.
func TestStillNotBack(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		want       event.Kind
	}{
		{"en", "robinhood still not back for us", event.Report},
		{"en", "rogers internet says it's back. it is not. still down in halifax", event.Report},
		{"en", "woke up and roblox is still down", event.Report},
		{"en", "whatsapp isn't fixed yet", event.Report},
		{"pt", "playstation network ainda nao voltou", event.Report},
		{"ru", "чатгпт так и не ожил", event.Report},
		{"de", "whatsapp geht immer noch nicht wieder", event.Report},
		{"ja", "KDDIまだ復旧しない", event.Report},
		{"ja", "ラインまだ直ってない", event.Report},
		{"en", "signal is back for us", event.Recovery},
		{"en", "discord works now for me", event.Recovery},
		{"ja", "LINE復旧した", event.Recovery},
		{"pt", "o zap voltou", event.Recovery},
	} {
		p := postIn(c.lang, c.text)
		if got := m.Match(nil, p); len(got) != 1 || got[0].Kind != c.want {
			t.Errorf("%s: %q makes %v, want one %s", c.lang, c.text, got, c.want)
		}
	}
}

// TestWorksForMe holds that who never had trouble tells of no end of it.
func TestWorksForMe(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "discord works fine for me"},
		{"es", "a mi me va bien whatsapp"},
		{"ja", "ツイッター普通に使えてるけど"},
		{"pl", "u mnie youtube działa"},
		{"ar", "واتس شغال عندي"},
	} {
		p := postIn(c.lang, c.text)
		for _, x := range m.Match(nil, p) {
			if x.Kind != event.Other {
				t.Errorf("%s: %q is %s of %s", c.lang, c.text, x.Kind, x.Service)
			}
		}
	}
}
