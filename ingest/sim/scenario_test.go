package sim_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

// everyone are all scenarios, the demo's among them.
func everyone() []sim.Scenario {
	return append(sim.Scenarios(), sim.Demo(time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)))
}

func TestPostsAreUsableAndInOrder(t *testing.T) {
	t.Parallel()
	for _, s := range everyone() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			ids := make(map[string]bool)
			last := s.Start
			n := 0
			for p := range s.Scaled(0.05).Posts(1) {
				n++
				if err := p.Check(); err != nil {
					t.Fatalf("post %d: %v", n, err)
				}
				if p.CreatedAt.Before(last) || !p.CreatedAt.Before(s.End) {
					t.Fatalf("post %d at %s comes after %s", n, p.CreatedAt, last)
				}
				last = p.CreatedAt
				if ids[p.Source+p.ID] {
					t.Fatalf("id %s comes twice", p.ID)
				}
				ids[p.Source+p.ID] = true
				if hasSlot.MatchString(p.Text) || p.Text == "" {
					t.Fatalf("post %d was not filled in: %q", n, p.Text)
				}
			}
			days := max(1, s.End.Sub(s.Start).Hours()/24)
			if perDay := float64(n) / 0.05 / days; perDay < 5_000 || perDay > 205_000 {
				t.Errorf("%.0f posts a day, want enough to be a world and few enough to be quick", perDay)
			}
		})
	}
}

var hasSlot = regexp.MustCompile(`\{\w*\}`)

func TestSameSeedSamePosts(t *testing.T) {
	t.Parallel()
	s := sim.Demo(time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)).Scaled(0.3)
	one, again, other := gather(s, 7), gather(s, 7), gather(s, 8)
	if diff := cmp.Diff(one, again); diff != "" {
		t.Errorf("the same seed gives other posts:\n%s", diff)
	}
	if cmp.Equal(one, other) {
		t.Error("another seed gives the same posts")
	}
}

func gather(s sim.Scenario, seed uint64) []event.Post {
	var posts []event.Post
	for p := range s.Posts(seed) {
		posts = append(posts, p)
	}
	return posts
}

func TestTruthIsValid(t *testing.T) {
	t.Parallel()
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := make(map[string]bool)
	for _, s := range everyone() {
		if seen[s.ID] || !slug.MatchString(s.ID) {
			t.Errorf("scenario id %q is not a slug of its own", s.ID)
		}
		seen[s.ID] = true
		if err := s.Truth.Check(); err != nil {
			t.Error(err)
		}
		for _, o := range s.Truth.Outages {
			for _, svc := range o.Services {
				if !slug.MatchString(svc.ID) {
					t.Errorf("%s: service %q is not a slug", s.ID, svc.ID)
				}
			}
		}
	}
}
