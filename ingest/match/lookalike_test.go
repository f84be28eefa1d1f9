package match_test

import "testing"

// TestWordsThatLookLikeNames holds that everyday words which are one letter, or an ending, from a name are none, and that the names still are.
func TestWordsThatLookLikeNames(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text, want string }{
		{"en", "the radio is down again", ""},
		{"de", "das Radio geht nicht mehr", ""},
		{"hu", "neki nem működik semmi", ""},
		{"hu", "titok, de nem működik semmi", ""},
		{"pl", "w tym roku nic nie działa", ""},
		{"cs", "voda neteče, nefunguje to", ""},
		{"sl", "neki ne dela", ""},
		{"sv", "tider som inte fungerar", ""},
		{"fr", "un sportif en panne", ""},
		{"it", "la dichiarazione dei redditi non funziona", ""},
		{"es", "la arena no funciona", ""},
		{"pt", "o povo não funciona", ""},
		{"nl", "mijn douanen werkt niet", ""},
		{"en", "roku is down", "roku"},
		{"es", "no funciona nequi", "nequi"},
		{"hu", "nem működik a tiktok", "tiktok"},
		{"cs", "nejde vodafone", "vodafone"},
		{"it", "reddit non funziona", "reddit"},
		{"fr", "spotify en panne", "spotify"},
	} {
		p := postIn(c.lang, c.text)
		got := ""
		for _, x := range m.Match(nil, p) {
			got = x.Service
		}
		if got != c.want {
			t.Errorf("%s: %q is of %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}
