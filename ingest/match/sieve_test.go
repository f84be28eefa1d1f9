package match_test

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match"
)

// canonicalLine is the wire line of a post in the canonical form.
func canonicalLine(tb testing.TB, p *event.Post) []byte {
	tb.Helper()
	raw, err := json.Marshal(p)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// escaped writes every character of s as a JSON escape.
func escaped(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, `\u%04X`, u)
	}
	return b.String()
}

// wires are the ways in which a text comes over the networks.
func wires(p *event.Post) []string {
	quoted, _ := json.Marshal(p.Text)
	markup, _ := json.Marshal("<p>" + strings.ReplaceAll(html.EscapeString(p.Text), "\n", "<br />") + "</p>")
	return []string{
		`{"did":"did:plc:abc","commit":{"collection":"app.bsky.feed.post","record":{"text":` + string(quoted) + `}}}`,
		`{"text":"` + escaped(p.Text) + `"}`,
		`{"content":` + string(markup) + `}`,
	}
}

func TestPassSeesWhatMatchSees(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, file := range []string{"corpus.ndjson", "corpus_held.ndjson"} {
		for _, row := range match.ReadLabelled[labelled](t, file) {
			p := row.post()
			if len(m.Match(nil, p)) > 0 && !m.Pass(canonicalLine(t, p)) {
				t.Errorf("held back: %s", canonicalLine(t, p))
			}
			p.Tags, p.AuthorHandle = nil, ""
			for _, p.Text = range []string{row.Text, strings.ToUpper(row.Text)} {
				if len(m.Match(nil, p)) == 0 {
					continue
				}
				for _, raw := range wires(p) {
					if !m.Pass([]byte(raw)) {
						t.Errorf("held back: %s\n%s", p.Text, raw)
					}
				}
			}
		}
	}
}

func TestPass(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for _, c := range []struct {
		raw  string
		want bool
	}{
		{`{"text":"\u0023whatsappdown"}`, true},
		{`{"text":"＃ＷｈａｔｓＡｐｐＤｏｗｎ"}`, true},
		{`{"text":"WHATSAPP IS DOWN"}`, true},
		{`{"text":"hi","entities":{"hashtags":[{"text":"rogersdown"}]}}`, true},
		{`{"tags":[{"name":"whatsapp_down"}]}`, true},
		{`{"text":"ok","services":["metro"]}`, true},
		{`{"text":"ok","services":[]}`, false},
		{`{"text":"ok","services": [ ]}`, false},
		{`{"content":"<p>#<span>metrostuck</span></p>"}`, true},
		{`{"text":"@CityMetroHelp hello"}`, true},
		{`{"text":"\uD835\uDC16\uD835\uDC21atsapp is down"}`, true},
		{`{"text":"nice weather","$type":"app.bsky.feed.post"}`, false},
		{`{"text":"I love WhatsApp"}`, false},
		{`{"text":"I came down the stairs"}`, false},
	} {
		if got := m.Pass([]byte(c.raw)); got != c.want {
			t.Errorf("Pass(%s) = %v", c.raw, got)
		}
	}
}

// calm are posts that have nothing to do with any service, in the mix of languages of a public network.
var calm = []string{
	"just finished my morning run and the park is beautiful this time of year, everyone should go outside more",
	"I can't believe the season is over already, what a game that was last night honestly",
	"working on a new painting today, will post it when the colours are right, wish me luck friends",
	"my cat refuses to get off the keyboard so this is all you are getting from me today",
	"does anyone have a good recipe for lentil soup? I need something warm for this weather",
	"finally back home after two weeks on the road, sleeping in my own bed tonight feels great",
	"the new episode broke my heart and I need to talk about it with somebody right now please",
	"reading a book about the history of maps and it is much more exciting than it sounds",
	"hoje acordei cedo e fui na feira comprar frutas, que dia lindo para caminhar na praia com a família",
	"今日はとても天気がよかったので公園まで散歩してきました。桜がもうすぐ咲きそうで楽しみです",
	"新しいカフェに行ってきた。ケーキがとても美味しくてまた行きたいと思う",
	"heute war ein langer tag im büro, jetzt endlich feierabend und ein gutes buch auf dem sofa",
	"ce matin j'ai vu un renard dans le jardin, il avait l'air aussi surpris que moi de cette rencontre",
	"esta noche cocino para toda la familia, espero que les guste la receta nueva de mi abuela",
	"오늘은 친구랑 맛있는 저녁을 먹고 한강을 걸었다 날씨가 정말 좋았어",
	"market day in town, bought far too many tomatoes and a plant I have no space for at all",
}

func TestNothingIsAllocatedForNothing(t *testing.T) {
	m := builtin(t)
	posts := make([]*event.Post, len(calm))
	for i, text := range calm {
		posts[i] = post(text)
		if got := m.Match(nil, posts[i]); len(got) > 0 {
			t.Fatalf("%q speaks of %v", text, got)
		}
	}
	// All but the lines that the sieve lets through, which are for others to read.
	lines := slices.DeleteFunc(stream(1000, 0), m.Pass)
	if n := testing.AllocsPerRun(20, func() {
		for _, p := range posts {
			m.Match(nil, p)
		}
		for _, raw := range lines {
			m.Pass(raw)
		}
	}); n >= 1 && !raced {
		t.Errorf("%v allocations for posts that say nothing", n)
	}
}

func FuzzMatch(f *testing.F) {
	m, err := match.New(services())
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range append(append([]string{"#B站崩了# #قطعی_واتساپ", "＃ｔｉｋｔｏｋdown", "$META down 5%", "@CityMetroHelp the app is down", "อินสตาแกรมล่ม", "카톡 나만 먹통"}, calm...), loud...) {
		f.Add(s, "whatsappdown", "WhatsApp")
	}
	f.Fuzz(func(t *testing.T, text, tag, handle string) {
		p := post(strings.ToValidUTF8(text, ""))
		p.Tags, p.AuthorHandle = []string{strings.ToValidUTF8(tag, "")}, strings.ToValidUTF8(handle, "")
		got := m.Match(nil, p)
		m.Explain(p)
		if len(got) > 0 && !m.Pass(canonicalLine(t, p)) {
			t.Errorf("held back: %s: %v", canonicalLine(t, p), got)
		}
		for _, g := range got {
			if len(g.Phrase) > 80 || strings.ToValidUTF8(g.Phrase, "") != g.Phrase || g.Service == "" {
				t.Errorf("bad mention: %+v", g)
			}
		}
	})
}
