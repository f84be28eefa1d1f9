package match_test

import (
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/x"
)

// speller writes strings as JSON, in one of the many ways in which JSON can say the same.
type speller struct{ *rand.Rand }

// quote writes s as a JSON string; which characters it escapes, and how, is left to chance.
func (r speller) quote(s string) string {
	much := r.IntN(4)
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case much == 3 || c < ' ' || c == 0x7F || much == 2 && r.IntN(4) == 0 || much == 1 && c > 0x7E:
			for _, u := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&b, []string{`\u%04x`, `\u%04X`}[r.IntN(2)], u)
			}
		case c == '"' || c == '\\' || c == '/' && r.IntN(2) == 0:
			b.WriteString(`\` + string(c))
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// markup writes s as Mastodon does: escaped, with links around tags and accounts and tags between the lines.
func (r speller) markup(s string) string {
	s = html.EscapeString(s)
	if r.IntN(3) > 0 {
		s = strings.ReplaceAll(s, "#", `<a href="https://example.social/tags/x" class="mention hashtag" rel="tag">#<span>`) + "</span></a>"
	}
	if r.IntN(3) == 0 {
		at := r.IntN(len(s) + 1)
		if strings.LastIndexByte(s[:at], '<') <= strings.LastIndexByte(s[:at], '>') && strings.LastIndexByte(s[:at], '&') <= strings.LastIndexByte(s[:at], ';') {
			s = s[:at] + []string{"<b>", "<br />", "</p><p>", `<span class="invisible">`, "<wbr>"}[r.IntN(5)] + s[at:]
		}
	}
	return "<p>" + strings.ReplaceAll(s, "\n", "<br/>") + "</p>"
}

// wired is a raw line and the format that decodes it.
type wired struct {
	format ingest.Format
	raw    string
}

// spell writes a post in every wire format.
func (r speller) spell(text, tag, handle string) []wired {
	q := r.quote
	reddened := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	record := fmt.Sprintf(`{"$type":"app.bsky.feed.post","createdAt":"2024-09-09T19:46:02.102Z","langs":["en"],"text":%s,"tags":[%s],"facets":[{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":%s}],"index":{"byteEnd":3,"byteStart":0}}]}`, q(text), q(tag), q(tag))
	status := fmt.Sprintf(`{"id":"1","uri":"https://a.example/1","url":"https://a.example/@b/1","created_at":"2024-09-09T19:46:02.102Z","visibility":"public","language":"en","spoiler_text":%s,"content":%s,"account":{"acct":%s,"url":"https://a.example/@b"},"tags":[{"name":%s}]}`,
		[]string{`""`, q("CW: " + tag)}[r.IntN(2)], q(r.markup(text)), q(handle), q(tag))
	first, rest, _ := strings.Cut(text, " ")
	parted := fmt.Sprintf(`{"id":"1","uri":"https://a.example/1","created_at":"2024-09-09T19:46:02.102Z","spoiler_text":%s,"content":%s,"account":{"acct":"b@c.example"},"tags":[]}`, q(first), q(r.markup(rest)))
	v1 := fmt.Sprintf(`{"created_at":"Mon Sep 09 19:46:02 +0000 2024","id":1833224222222222222,"id_str":"1833224222222222222","text":%s,"source":"<a href=\"x\">web</a>","user":{"id_str":"12","screen_name":%s,"name":"n"},"entities":{"hashtags":[{"text":%s,"indices":[0,3]}]},"lang":"en"}`, q(reddened), q(handle), q(tag))
	v1long := fmt.Sprintf(`{"created_at":"Mon Sep 09 19:46:02 +0000 2024","id_str":"1833224222222222222","text":"cut…","user":{"id_str":"12","screen_name":"b"},"retweeted_status":{"id_str":"1833224222222222221","text":"x","extended_tweet":{"full_text":%s,"entities":{"hashtags":[{"text":%s}]}},"user":{"id_str":"13"}}}`, q(reddened), q(tag))
	v2 := fmt.Sprintf(`{"data":{"id":"1833224222222222222","author_id":"12","created_at":"2024-09-09T19:46:02.000Z","text":%s,"entities":{"hashtags":[{"start":0,"end":3,"tag":%s}]}},"includes":{"users":[{"id":"12","username":%s,"name":"n"}]}}`, q(reddened), q(tag), q(handle))
	plain := fmt.Sprintf(`{"id":"1","source":"s","created_at":"2024-09-09T19:46:02Z","author":%s,"text":%s,"tags":[%s],"author_handle":%s}`, q(handle+"x"), q(text), q(tag), q(handle))
	return []wired{
		{&canonical.Format{}, plain},
		{bluesky.Jetstream{}, `{"did":"did:plc:abc","time_us":1725911162329308,"kind":"commit","commit":{"rev":"3l3qo2vutsw2b","operation":"create","collection":"app.bsky.feed.post","rkey":"3l3qo2vuowo2b","record":` + record + `,"cid":"bafy"}}`},
		{bluesky.Jetstream{}, `{"$type":"message","payload":{"$type":"network.jetstream.subscribeEvents#commit","did":"did:plc:abc","time":"2024-09-09T19:46:02.102Z","operation":"create","collection":"app.bsky.feed.post","rkey":"3l3qo2vuowo2b","record":` + record + `}}`},
		{mastodon.Format{}, status}, {mastodon.Format{}, parted},
		{mastodon.Format{}, `data: ` + status},
		{mastodon.Format{}, `{"stream":["public"],"event":"update","payload":` + q(status) + `}`},
		{x.V1{}, v1}, {x.V1{}, v1long}, {x.V2{}, v2},
	}
}

// holdsBack fails for every line of a post that Match would make something of and that Pass holds back. It returns how
// many of the lines were decoded, and how many made something.
func holdsBack(t *testing.T, m *match.Matcher, r speller, text, tag, handle string) (decoded, said int) {
	t.Helper()
	for _, w := range r.spell(text, tag, handle) {
		posts, err := w.format.Decode(nil, []byte(w.raw))
		if err != nil {
			continue
		}
		for i := range posts {
			decoded++
			got := m.Match(nil, &posts[i])
			if len(got) == 0 {
				continue
			}
			if said++; !m.Pass([]byte(w.raw)) {
				t.Errorf("%s: held back: %s\n%q says %v", w.format.Name(), w.raw, posts[i].Text, got)
			}
		}
	}
	return decoded, said
}

// spelt is how many of the labelled posts are written in every format, one in so many: fewer under the race detector, which finds nothing in what
// one goroutine does, and takes ten times as long.
func spelt() int {
	if raced {
		return 5
	}
	return 1
}

func TestPassHoldsNothingBackInAnyFormat(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, file := range []string{"corpus.ndjson", "corpus_held.ndjson"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			r := speller{rand.New(rand.NewPCG(5, 6))}
			decoded, said := 0, 0
			for i, row := range match.ReadLabelled[labelled](t, file) {
				if i%spelt() != 0 {
					continue
				}
				tag, handle := "", "somebody"
				if len(row.Tags) > 0 {
					tag = row.Tags[0]
				}
				if row.AuthorHandle != "" {
					handle = row.AuthorHandle
				}
				for _, text := range []string{row.Text, strings.ToUpper(row.Text), wide(row.Text)} {
					d, s := holdsBack(t, m, r, text, tag, handle)
					decoded, said = decoded+d, said+s
				}
			}
			if lines := 10 * 3 * 1000 / spelt(); decoded < lines || said < lines/4 {
				t.Errorf("only %d lines were decoded, and only %d of them spoke of a service", decoded, said)
			}
		})
	}
}

// wide writes ASCII letters and signs in their full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// particular makes a post of an account whose name alone decides.
func TestPassKnowsAccounts(t *testing.T) {
	t.Parallel()
	m, err := match.New([]event.Service{
		{ID: "a", Name: "Alphaphone", Handles: []string{"did:plc:abc", "Alpha@a.example", "Al pha-care", "12"}},
		{ID: "b", Name: "Beta & Co", Phrases: []string{"전기가 나갔", "power is out"}, Tags: []string{"stromweg"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := speller{rand.New(rand.NewPCG(7, 8))}
	total := 0
	for range 20 {
		for _, handle := range []string{"nobody", "Alpha", "al_pha-care", "Al pha-care"} {
			for _, text := range []string{
				"we are aware of the trouble and work on a fix", "hello @alphacare", "하전기가 나갔어요", "the  power is out", "#stromweg", "beta & co is down", "beta&co is down",
			} {
				_, said := holdsBack(t, m, r, text, "stromweg2", handle)
				total += said
			}
		}
	}
	if total < 1000 {
		t.Errorf("only %d lines spoke of a service", total)
	}
}

func FuzzSieve(f *testing.F) {
	m := builtin(f)
	for i, s := range append(append([]string{
		"#B站崩了# #قطعی_واتساپ", "＃ｔｉｋｔｏｋdown", "@WhatsApp & co", "อินสตาแกรมล่ม", "카톡 나만 먹통", "インスタグラムが落ちてる", "AT&T is down", "لا يعمل والواتساب",
		"https://youtube.com/@YouTube#x is youtube down", "ватсапа не работает", "𝐰𝐡𝐚𝐭𝐬𝐚𝐩𝐩 down", "whats\u200bapp down", "bank of america app down",
	}, calm...), loud...) {
		f.Add(s, "whatsappdown", "WhatsApp", uint64(i))
	}
	f.Fuzz(func(t *testing.T, text, tag, handle string, seed uint64) {
		valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
		holdsBack(t, m, speller{rand.New(rand.NewPCG(seed, 0))}, valid(text), valid(tag), valid(handle))
	})
}

// FuzzSieveRaw looks for lines of whatever shape that a decoder understands and the sieve does not.
func FuzzSieveRaw(f *testing.F) {
	m := builtin(f)
	formats := []ingest.Format{&canonical.Format{}, bluesky.Jetstream{}, mastodon.Format{}, x.V1{}, x.V2{}}
	r := speller{rand.New(rand.NewPCG(9, 10))}
	for _, text := range []string{"is whatsapp down?", "インスタ落ちてる", "#rogersdown"} {
		for _, w := range r.spell(text, "tiktokdown", "Spotify") {
			f.Add([]byte(w.raw))
		}
	}
	f.Add([]byte(`{"id_str":"1100000000000","text":"we are down","user":{"id_str":"SpotifY"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, format := range formats {
			posts, _ := format.Decode(nil, raw)
			for i := range posts {
				if got := m.Match(nil, &posts[i]); len(got) > 0 && !m.Pass(raw) {
					said, _ := json.Marshal(posts[i])
					t.Errorf("%s: held back: %s\n%s says %v", format.Name(), raw, said, got)
				}
			}
		}
	})
}
