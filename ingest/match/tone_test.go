package match_test

import "testing"

func TestJokesHeadlinesAndComplaints(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for text, want := range map[string]string{
		"WhatsApp is down and suddenly my mother stands at the door with a cake":          "whatsapp joke",
		"facebook down, the neighbours discovered that they can talk":                     "facebook joke",
		"suddenly whatsapp is down":                                                       "whatsapp report",
		"my mother says whatsapp doesn't send her messages":                               "whatsapp report",
		"WhatsApp is down, is everybody else cut off too?":                                "whatsapp question",
		"\"Instagram down for thousands of users\" yep same here, nothing loads in Leeds": "instagram report",
		"Instagram down for thousands of users":                                           "instagram news",
	} {
		if got := said(m, post(text)); len(got) != 1 || got[0] != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}
