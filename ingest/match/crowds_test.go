package match_test

import (
	"slices"
	"testing"

	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/sim"
)

// usualShare is the share of complaints of one service among all posts that is not passed on a day without an outage.
const usualShare = 0.006

// A crowd that shouts about a ban, a price or a match is read as no complaint: of no service there are more than on a usual day.
func TestCrowdsComplainOfNothing(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, s := range sim.Scenarios() {
		if len(s.Truth.Outages) > 0 || slices.Contains(match.LoudScenarios, s.ID) {
			continue
		}
		posts, complaints := 0, map[string]int{}
		for p := range s.Scaled(0.1).Posts(3) {
			posts++
			for _, mention := range m.Match(nil, &p) {
				if mention.Kind.IsComplaint() {
					complaints[mention.Service]++
				}
			}
		}
		for service, n := range complaints {
			if share := float64(n) / float64(posts); share > usualShare {
				t.Errorf("%s: %d of %d posts are read as complaints of %s, want at most %.1f %%", s.ID, n, posts, service, 100*usualShare)
			}
		}
	}
}
