package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match"
)

// kinds reads a text and tells what it says of each service.
func kinds(m *match.Matcher, lang, text string) map[string]event.Kind {
	p := postIn(lang, text)
	got := map[string]event.Kind{}
	for _, x := range m.Match(nil, p) {
		got[x.Service] = x.Kind
	}
	return got
}

func TestWhoAnswersOneselfThatItWorksComplainsOfNothing(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "is Netflix down? no, checked, works fine here"},
		{"de", "Netflix down? nö läuft bei mir"},
		{"es", "se cayó Netflix? no, a mí me anda bien"},
		{"fi", "onko Netflix kaatunut? ei, mulla toimii"},
		{"ja", "Netflix落ちてる？うちは普通に見れてる"},
		{"ko", "넷플릭스 터졌다고? 난 잘되는데"},
	} {
		if got := kinds(m, c.lang, c.text)["netflix"]; got != event.Other {
			t.Errorf("%s: %q, want other", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text string }{
		{"en", "is Netflix down? no picture here"},
		{"en", "is Netflix down? no, seriously, it won't load"},
		{"de", "Netflix down? nee, oder?"},
		{"es", "se cayó Netflix? no me carga nada"},
	} {
		if got := kinds(m, c.lang, c.text)["netflix"]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
}

func TestWhatWasHeldGuiltyIsNotWhatFails(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "thought Verizon was down but it's Netflix"},
		{"en", "restarted the router four times, it was Netflix"},
		{"nl", "router 3 keer herstart, was het Netflix"},
		{"tr", "telefonum bozuldu sandım meğer Netflix kimsede açılmıyor"},
		{"ja", "スマホ壊れたかと思ったらNetflixだった"},
	} {
		got := kinds(m, c.lang, c.text)
		if !got["netflix"].IsComplaint() || got["verizon"].IsComplaint() {
			t.Errorf("%s: %v, want a complaint of Netflix alone", c.text, got)
		}
	}
}
