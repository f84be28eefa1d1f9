package match_test

import (
	"strings"
	"testing"
)

func TestJokesHeadlinesAndComplaints(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for text, want := range map[string]string{
		"WhatsApp is down and suddenly my mother stands at the door with a cake":          "whatsapp joke",
		"facebook down, the neighbours discovered that they can talk":                     "facebook joke",
		"suddenly whatsapp is down":                                                       "whatsapp report",
		"my mother can't send messages on whatsapp":                                       "whatsapp report",
		"WhatsApp is down, is everybody else cut off too?":                                "whatsapp question",
		"\"Instagram down for thousands of users\" yep same here, nothing loads in Leeds": "instagram report",
		"the news says WhatsApp is down for some users. my messages won't send either":    "whatsapp report",
		"the news says WhatsApp is down for some users. it won't send my messages":        "whatsapp report",
		"WhatsApp: Outage hits half of Europe":                                            "whatsapp news",
		"whatsapp outage of 2021, best afternoon":                                         "whatsapp other",
		"web.whatsapp.com is down":                                                        "whatsapp report",
		"WhatsApp Park is down to ten men":                                                "",
		"Instagram down for thousands of users":                                           "instagram news",
	} {
		if got := strings.Join(said(m, post(text)), ", "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
