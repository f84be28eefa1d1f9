package match_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match"
)

func TestGuess(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"netflix keeps giving me the spinning wheel on every episode", []string{"netflix report"}},
		{"spotify servers wrong again?? anyone else", []string{"spotify question"}},
		{"@alice spotify servers wrong again?? anyone else", nil},
		{"spotify servers wrong again?? anyone else https://news.example/1", nil},
		{"spotify and netflix servers wrong again?? anyone else", []string{"netflix question", "spotify question"}},
		{"I watched netflix with my mother and we laughed all evening", nil},
	} {
		if diff := cmp.Diff(c.want, said(m, post(c.text))); diff != "" {
			t.Errorf("%q:\n%s", c.text, diff)
		}
		if c.want != nil && !m.Pass(canonicalLine(t, post(c.text))) {
			t.Errorf("held back: %q", c.text)
		}
	}
}

func TestExplainTellsAGuess(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	x := m.Explain(post("spotify servers wrong again?? anyone else"))
	if !slices.Contains(x.Guessed, "others are asked") || !slices.Contains(x.Guessed, "something on screens") {
		t.Errorf("a guess is not explained: %+v", x)
	}
	if x := m.Explain(post("spotify is down")); x.Guessed != nil {
		t.Errorf("what is known is called a guess: %+v", x)
	}
}

func TestExplainTellsADoubt(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	x := m.Explain(post("whatsapp is down and the neighbours are meeting each other for the first time since 1998"))
	if !slices.Contains(x.Doubted, "something happens to others") || !strings.HasPrefix(x.Doubted[len(x.Doubted)-1], "the words \"") {
		t.Errorf("a doubt is not explained: %+v", x)
	}
	if x := m.Explain(post("spotify is down")); x.Doubted != nil {
		t.Errorf("what is believed is called doubtful: %+v", x)
	}
}

// TestConfiguredPhrasesAreTrusted expects that a phrase which the configuration gives is a complaint by itself, however little else of
// the post speaks of one.
func TestConfiguredPhrasesAreTrusted(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for _, text := range []string{
		"Hello kindly assist,power outage at High rise mbagathi way",
		"Hello again Harare. Just been welcomed by a power outage. Welcome indeed.",
		"unscheduled power outage in Fairland area, please note",
	} {
		if diff := cmp.Diff([]string{"power report"}, said(m, post(text))); diff != "" {
			t.Errorf("%q:\n%s", text, diff)
		}
	}
}

func TestHintsMeanAServiceWhereAllElseIsAComplaint(t *testing.T) {
	t.Parallel()
	m, err := match.New([]event.Service{
		{ID: "netz", Name: "Netzfunk", Hints: []string{"funky tick", "kite"}},
		{ID: "other", Name: "Otherphone"},
		{ID: "bank", Name: "Steinbank", Country: "DE", Hints: []string{"georg"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "only one funky tick on everything I send, nothing goes through since noon", []string{"netz report"}},
		{"en", "kite won't load for anyone else?", []string{"netz question"}},
		{"en", "my son's kite is stuck in a tree again", nil},
		{"en", "we flew a kite on the beach and it was lovely", nil},
		{"en", "otherphone has no signal, kite weather at least", []string{"other report"}},
		{"de", "georg lädt nicht, komme nicht rein", []string{"bank report"}},
		{"en", "georg won't load and keeps logging me out", nil},
	} {
		p := postIn(c.lang, c.text)
		if diff := cmp.Diff(c.want, said(m, p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}
