package match_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match"
)

func newMatcher(tb testing.TB) *match.Matcher {
	tb.Helper()
	m, err := match.New(services())
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// post is a post with nothing but a text.
func post(text string) *event.Post {
	return &event.Post{ID: "1", Source: "test", Author: "somebody", CreatedAt: time.Unix(1_700_000_000, 0), Text: text}
}

// postIn is a post that the network states to be in a language.
func postIn(lang, text string) *event.Post {
	p := post(text)
	p.Lang = lang
	return p
}

// said tells what a post says, as "service kind", sorted.
func said(m *match.Matcher, p *event.Post) []string {
	var out []string
	for _, x := range m.Match(nil, p) {
		out = append(out, x.Service+" "+string(x.Kind))
	}
	slices.Sort(out)
	return out
}

func TestMatchReadsTagsWithoutWords(t *testing.T) {
	t.Parallel()
	p := post(" ")
	p.Tags = []string{"whatsappdown"}
	if diff := cmp.Diff([]string{"whatsapp report"}, said(newMatcher(t), p)); diff != "" {
		t.Errorf("a hashtag beside no words (-want +got):\n%s", diff)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"WhatsApp is down", []string{"whatsapp report"}},
		{"is insta down for anyone else?", []string{"instagram question"}},
		{"#whatsappdown", []string{"whatsapp report"}},
		{"#TikTokDown2023 ugh", []string{"tiktok report"}},
		{"#istiktokdown", []string{"tiktok report"}},
		{"#Stotifydown", []string{"spotify report"}},
		{"#rogersdown since this morning", []string{"tag-rogers report"}},
		{"whatsapp, insta and facebook are all down", []string{"whatsapp report", "instagram report", "facebook report"}},
		{"WhatsApp is back!", []string{"whatsapp recovery"}},
		{"is Signal down?", []string{"signal question"}},
		{"signal went down the line", nil},
		{"can't log in to Instagram", []string{"instagram report"}},
		{"WhatsApp is down, thank god for Telegram", []string{"whatsapp report", "telegram other"}},
		{"META down 5 %", nil},
		{"#lockdown #countdown #touchdown", nil},
		{"Instagram is down bad for him", nil},
		{"#tiktokdownload #YouTubeDownloader", nil},
		{"I love WhatsApp", nil},
	} {
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, said(m, post(c.text))); diff != "" {
			t.Errorf("%q:\n%s", c.text, diff)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	x := newMatcher(t).Explain(post("is insta down for anyone else? #whatsappdown"))
	if diff := cmp.Diff([]string{"whatsappdown"}, x.Tags); diff != "" {
		t.Errorf("tags:\n%s", diff)
	}
	counted := false
	for _, r := range x.Rules {
		if r.Text == "down" && r.Lang != "en" {
			t.Errorf("told what %q says in %s, in an English post", r.Text, r.Lang)
		}
		counted = counted || r.Counted && r.Lang == "en" && r.List == "says_after" && r.Text == "down"
	}
	if !counted || len(x.Names) != 1 || x.Names[0].Text != "insta" || len(x.Mentions) != 2 {
		t.Errorf("explanation lacks something: %+v", x)
	}
}

func TestMentionFields(t *testing.T) {
	t.Parallel()
	m, err := match.New(services(), match.WithLocator(somewhere{}))
	if err != nil {
		t.Fatal(err)
	}
	p := post("RT @someone: Instagram won't let me log in because of AWS. Some users only it seems, telegram is fine")
	p.Lang, p.AuthorCreatedAt, p.AuthorFollowers = "en-GB", p.CreatedAt.Add(-50*time.Hour), 7
	got := m.Match(nil, p)
	if len(got) == 0 {
		t.Fatal("nothing found")
	}
	x := got[0]
	if x.AuthorAgeDays == nil || *x.AuthorAgeDays != 2 {
		t.Errorf("age %v, want 2 days", x.AuthorAgeDays)
	}
	if x.Service != "instagram" || x.Kind != event.Report || x.Blames != "aws" || !x.Repost || !x.Partial || x.Lang != "en" ||
		x.Country != "IT" || x.Place != "Milano" || x.Print == 0 || x.Voice == 0 || x.AuthorFollowers != 7 {
		t.Errorf("mention %+v", x)
	}
	if diff := cmp.Diff([]event.Symptom{event.Login}, x.Symptoms); diff != "" {
		t.Errorf("symptoms:\n%s", diff)
	}
}

// somewhere says that every post was made in Milan.
type somewhere struct{}

func (somewhere) Locate(*event.Post) (country, place string) { return "IT", "Milano" }

func TestOfficial(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"We're aware that some people are having trouble and are working on a fix", []string{"whatsapp official"}},
		{"And we're back! WhatsApp is working again", []string{"whatsapp official"}},
		{"Say hello to new stickers", nil},
	} {
		p := post(c.text)
		p.AuthorHandle = "WhatsApp"
		if diff := cmp.Diff(c.want, said(m, p)); diff != "" {
			t.Errorf("%q:\n%s", c.text, diff)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []event.Service{
		{ID: "Not A Slug", Name: "x"}, {ID: "a", Name: "!"}, {ID: "a", Name: "a", Tags: []string{"#"}},
		{ID: "a", Name: "a", Handles: []string{"@"}}, {ID: "a", Name: "a", Phrases: []string{" "}},
	} {
		if _, err := match.New([]event.Service{s}); err == nil {
			t.Errorf("%+v was taken", s)
		}
	}
}

func TestLongTextsTakeLinearTime(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	p := post(strings.Repeat("whatsapp down can't ~ #is @WhatsApp (", 300_000))
	for range 64 {
		p.Tags = append(p.Tags, strings.Repeat("zap", 30)+"down")
	}
	m.Match(nil, p)
	m.Pass([]byte(p.Text))
}
