package x_test

import (
	"slices"
	"testing"

	"github.com/outcry/outcry/ingest/x"
)

// stretch is n minutes of the same count.
func stretch(n, count int) []int { return slices.Repeat([]int{count}, n) }

func TestEar(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		minutes []int
		// open are the first and last minute in which the stream is open; 0, 0: it never is.
		from, to int
	}{
		"silence":                    {stretch(100, 0), 0, 0},
		"a few":                      {append(stretch(60, 0), 4, 0, 4, 0), 0, 0},
		"five out of nowhere":        {slices.Concat(stretch(60, 0), stretch(1, 5), stretch(20, 0)), 60, 69},
		"always loud":                {stretch(200, 500), 0, 0},
		"half as much again":         {slices.Concat(stretch(60, 100), stretch(60, 150)), 0, 0},
		"an outage of three hours":   {slices.Concat(stretch(60, 2), stretch(180, 90), stretch(30, 2)), 60, 248},
		"a short calm in between":    {slices.Concat(stretch(60, 2), stretch(5, 90), stretch(8, 2), stretch(5, 90), stretch(30, 2)), 60, 86},
		"nothing to compare with":    {stretch(10, 500), 0, 0},
		"nothing was counted so far": {nil, 0, 0},
	} {
		open := x.Ears(tc.minutes)
		from, to := slices.Index(open, true), len(open)-1
		for to >= 0 && !open[to] {
			to--
		}
		if from < 0 {
			from, to = 0, 0
		}
		if from != tc.from || to != tc.to {
			t.Errorf("%s: open from %d to %d, want %d to %d", name, from, to, tc.from, tc.to)
		}
	}
}

func FuzzCounts(f *testing.F) {
	f.Add([]byte(`{"data":[{"start":"2026-07-04T14:00:00Z","end":"2026-07-04T14:01:00Z","tweet_count":3}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		counts, err := x.ParseCounts(body)
		if err != nil && counts != nil {
			t.Fatal("counts and an error")
		}
		for _, n := range counts {
			if n < 0 {
				t.Fatalf("a count of %d", n)
			}
		}
	})
}

func FuzzDisconnected(f *testing.F) {
	f.Add([]byte(`{"errors":[{"title":"operational-disconnect","detail":"d"}]}`))
	f.Add([]byte(stream))
	f.Fuzz(func(t *testing.T, line []byte) {
		if reason, ok := x.Disconnected(line); ok && len(reason) > 400 {
			t.Fatalf("a reason of %d bytes", len(reason))
		}
	})
}
