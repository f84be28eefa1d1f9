package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
)

func TestWhatIsOverIsTalkedOfAndNotSuffered(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "what was up with Discord earlier"},
		{"en", "we all made it through the Discord outage"},
		{"en", "the Discord crash cost us a customer"},
		{"en", "Discord was down for two hours without compensation"},
		{"de", "was war da vorhin mit Discord los"},
		{"de", "Discord Störung gut überstanden"},
		{"es", "sobrevivimos a la caída de Discord"},
		{"fr", "c'était quoi ce bug Discord"},
		{"it", "sopravvissuta al down di Discord"},
		{"pt", "o que foi aquilo no Discord ontem"},
		{"nl", "wat was er vanochtend met Discord"},
		{"ru", "что это было с Discord"},
		{"uk", "що то було з Discord"},
		{"he", "מה קרה לדיסקורד מקודם"},
		{"hi", "Discord ko kya hua tha"},
		{"tl", "ano nangyari sa Discord kanina"},
		{"ja", "さっきのDiscord障害なんだったの"},
		{"ko", "아까 디스코드 왜 먹통이었지"},
		{"th", "เมื่อกี้ Discord เป็นอะไร"},
	} {
		if got := kinds(m, c.lang, c.text)["discord"]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text string }{
		{"en", "what happened to Discord, can't log in"},
		{"en", "Discord was down for hours and still won't load"},
		{"de", "was ist los mit Discord"},
		{"id", "dari tadi Discord kenapa"},
		{"ko", "아까부터 디스코드 왜 안돼"},
		{"ja", "さっきからDiscord開かない"},
	} {
		if got := kinds(m, c.lang, c.text)["discord"]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
}

func TestHeadlinesThatAskOrSpeakForUsAreNews(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, text := range []string{"Is Discord down? Reports surge across Europe", "Discord outage: what we know so far"} {
		if got := kinds(m, "en", text)["discord"]; got != event.News {
			t.Errorf("%s: %q, want news", text, got)
		}
	}
	if got := kinds(m, "en", "Discord outage: we can't log in")["discord"]; !got.IsComplaint() {
		t.Errorf("who suffers is no headline: %q", got)
	}
}
