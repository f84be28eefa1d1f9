package sim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

func byID(t *testing.T, id string) sim.Scenario {
	t.Helper()
	for _, s := range sim.Scenarios() {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("there is no scenario %q", id)
	return sim.Scenario{}
}

// about says that a text names TikTok in one of the ways in which people write it.
func about(text string) bool {
	low := strings.ToLower(text)
	for _, name := range []string{"tiktok", "tik tok", "ティックトック", "टिकटॉक", "тикток", "تيك توك", "ติ๊กตอก", "틱톡"} {
		if strings.Contains(low, name) {
			return true
		}
	}
	return false
}

// An outage looks as measured ones do: plain words first, hashtags and reposts later, and far more posts than before.
func TestShapeOfAnOutage(t *testing.T) {
	t.Parallel()
	s := byID(t, "tiktok-2023-03-09")
	onset := s.Truth.Outages[0].Onset
	type share struct{ posts, tagged, reposted int }
	var before, early, late, after share
	for p := range s.Posts(2) {
		if !about(p.Text) {
			continue
		}
		var in *share
		switch d := p.CreatedAt.Sub(onset); {
		case d >= -10*time.Minute && d < 0:
			in = &before
		case d >= 4*time.Minute && d < 14*time.Minute:
			in = &early
		case d >= 25*time.Minute && d < 35*time.Minute:
			in = &late
		case d >= 200*time.Minute && d < 210*time.Minute:
			in = &after
		default:
			continue
		}
		in.posts++
		if strings.Contains(p.Text, "#") {
			in.tagged++
		}
		if p.RepostOf != "" {
			in.reposted++
		}
	}
	if late.posts < 5*before.posts || early.posts < before.posts*5/4 {
		t.Errorf("posts in ten minutes: %d before, %d at first, %d at the peak", before.posts, early.posts, late.posts)
	}
	if after.posts > late.posts/4 {
		t.Errorf("%d posts in ten minutes long after it, %d at the peak", after.posts, late.posts)
	}
	if early.tagged*3 > late.tagged || float64(early.tagged)/float64(early.posts) > 0.2 {
		t.Errorf("hashtags do not come later: %+v, then %+v", early, late)
	}
	if share := float64(late.reposted) / float64(late.posts); share < 0.15 || share > 0.5 {
		t.Errorf("%.2f of the posts at the peak are reposts", share)
	}
}

// The same story can be told at another time and at another volume, and the truth goes with it.
func TestTruthFollowsTheStory(t *testing.T) {
	t.Parallel()
	s := byID(t, "telegram-2020-12-16")
	moved := s.Shift(48 * time.Hour).Truth.Outages[0]
	if want := s.Truth.Outages[0].Onset.Add(48 * time.Hour); !moved.Onset.Equal(want) {
		t.Errorf("two days later it begins at %s, want %s", moved.Onset, want)
	}
	thin := s.Scaled(0.1).Truth.Outages[0]
	if !thin.FirstBurst.After(s.Truth.Outages[0].FirstBurst) {
		t.Errorf("with a tenth of the posts the fifth voice still comes at %s", thin.FirstBurst)
	}
	full, tenth := 0, 0
	for range s.Posts(1) {
		full++
	}
	for range s.Scaled(0.1).Posts(1) {
		tenth++
	}
	if tenth < full/13 || tenth > full/8 {
		t.Errorf("a tenth of %d posts are %d", full, tenth)
	}
}

// Texts are mostly their own: only what is passed on, and the shortest, repeat.
func TestTextsVary(t *testing.T) {
	t.Parallel()
	s := byID(t, "meta-2021-10-04")
	seen := make(map[string]int)
	complaints := 0
	for p := range s.Scaled(0.3).Posts(1) {
		if p.RepostOf != "" || p.ReplyTo != "" || !strings.Contains(strings.ToLower(p.Text), "whatsapp") {
			continue
		}
		complaints++
		seen[p.Text]++
	}
	if unique := float64(len(seen)) / float64(complaints); unique < 0.6 {
		t.Errorf("only %.2f of %d texts are different", unique, complaints)
	}
}

// A ring is what it is said to be: three hundred posts from as many new accounts within a minute.
func TestRing(t *testing.T) {
	t.Parallel()
	s := byID(t, "ring-whatsapp")
	from := s.Start.Add(3 * time.Hour)
	authors := make(map[string]bool)
	for p := range s.Posts(4) {
		if !strings.Contains(p.Text, "everybody switch today") || p.RepostOf != "" {
			continue
		}
		authors[p.Author] = true
		if d := p.CreatedAt.Sub(from); d < 0 || d >= time.Minute {
			t.Errorf("one speaks at %s", d)
		}
		if p.CreatedAt.Sub(p.AuthorCreatedAt) > 72*time.Hour {
			t.Errorf("an account is %s old", p.CreatedAt.Sub(p.AuthorCreatedAt))
		}
	}
	if n := len(authors); n < 250 || n > 350 {
		t.Errorf("%d new accounts speak, want about three hundred", n)
	}
}

func TestServicesOfTheStoriesAreKnown(t *testing.T) {
	t.Parallel()
	known := make(map[string]event.Service)
	for _, s := range sim.Services() {
		if _, twice := known[s.ID]; twice {
			t.Errorf("service %s comes twice", s.ID)
		}
		known[s.ID] = s
	}
	for _, s := range everyone() {
		for _, o := range s.Truth.Outages {
			for _, svc := range o.Services {
				if known[svc.ID].Name == "" {
					t.Errorf("%s: nobody knows the service %q", s.ID, svc.ID)
				}
			}
		}
	}
}

// A country wakes up: WhatsApp is named some five times as often within two hours, and nobody complains more.
func TestCountryWakes(t *testing.T) {
	t.Parallel()
	s := byID(t, "country-wakes")
	var named [2]int
	for p := range s.Posts(1) {
		d := p.CreatedAt.Sub(s.Start)
		if low := strings.ToLower(p.Text); !strings.Contains(low, "whatsapp") && !strings.Contains(low, "zap") {
			continue
		}
		switch {
		case d < time.Hour:
			named[0]++
		case d >= hours(3.5) && d < hours(4.5):
			named[1]++
		}
	}
	if rise := float64(named[1]) / float64(named[0]); rise < 3 || rise > 8 {
		t.Errorf("WhatsApp is named %d and then %d times an hour: %.1f times as often", named[0], named[1], rise)
	}
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
