package e2e_test

import (
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

// lateness is how much older than the newest post a post may be and still be counted.
const lateness = 15 * time.Second

// shuffled puts lines out of order, each by less than the allowed lateness.
func shuffled(t testing.TB, lines []string, r *rand.Rand) []string {
	t.Helper()
	type late struct {
		at   time.Time
		line string
	}
	all := make([]late, len(lines))
	for i, line := range lines {
		var p event.Post
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		all[i] = late{p.CreatedAt.Add(time.Duration(r.Int64N(int64(lateness)))), line}
	}
	slices.SortStableFunc(all, func(a, b late) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.line, b.line)) })
	out := make([]string, len(all))
	for i := range all {
		out[i] = all[i].line
	}
	return out
}

// TestOrderDoesNotMatter replays the same posts in another order, with every line twice and in other batches: the events are the
// same to the byte.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	for name, posts := range map[string]func(testing.TB) []string{
		"demo":       demo,
		"first-hour": func(t testing.TB) []string { return simulated(t, "first-hour") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := posts(t)
			_ = replayed(t, lines) // a whole outage is in them
			want := must(t, join(lines), "replay", "-").out
			r := rand.New(rand.NewPCG(15, 30))
			twice := slices.Concat(lines, lines)
			for _, tc := range []struct {
				name  string
				lines []string
				args  []string
			}{
				{"one by one", lines, []string{"--batch", "1"}},
				{"all at once", lines, []string{"--batch", "1000000"}},
				{"shuffled", shuffled(t, lines, r), nil},
				{"shuffled otherwise, in odd batches", shuffled(t, lines, r), []string{"--batch", "37"}},
				{"every line twice, shuffled", shuffled(t, twice, r), nil},
				{"every line twice, shuffled, one by one", shuffled(t, twice, r), []string{"--batch", "1"}},
			} {
				t.Run(tc.name, func(t *testing.T) {
					t.Parallel()
					got := must(t, join(tc.lines), append([]string{"replay", "-"}, tc.args...)...).out
					if got != want {
						same(t, "the events", split(want), split(got))
					}
				})
			}
		})
	}
}
