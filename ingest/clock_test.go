package ingest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/ingest"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestClock(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		times []string
		want  string
	}{
		{"one post is nobody's word", []string{"2021-10-04T15:00:00Z"}, ""},
		{"two agree", []string{"2021-10-04T15:00:00Z", "2021-10-04T15:00:05Z"}, "2021-10-04T15:00:05Z"},
		{"the same line twice is one word", []string{"2021-10-04T15:00:00Z", "2021-10-04T15:00:00Z"}, ""},
		{
			"a broken clock is not believed",
			[]string{"2021-10-04T15:00:00Z", "2021-10-04T15:00:05Z", "2031-01-01T00:00:00Z", "2021-10-04T15:00:09Z"},
			"2021-10-04T15:00:09Z",
		},
		{
			"a broken clock at the start is not believed",
			[]string{"2031-01-01T00:00:00Z", "2021-10-04T15:00:00Z", "2021-10-04T15:00:05Z"},
			"2021-10-04T15:00:05Z",
		},
		{
			"months missing are stepped over",
			[]string{"2021-01-04T15:00:00Z", "2021-01-04T15:00:05Z", "2021-06-01T10:00:00Z", "2021-06-01T10:00:20Z"},
			"2021-06-01T10:00:20Z",
		},
		{
			"parked times in reach are taken along",
			[]string{"2021-01-04T15:00:00Z", "2021-01-04T16:30:00Z", "2021-01-04T15:40:00Z"},
			"2021-01-04T16:30:00Z",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var c ingest.Clock
			for _, s := range tt.times {
				c.See(at(s))
			}
			var want time.Time
			if tt.want != "" {
				want = at(tt.want)
			}
			if !c.Through().Equal(want) {
				t.Errorf("Through() = %v, want %v", c.Through(), want)
			}
		})
	}
}

func TestClockTellsGapsFromSilence(t *testing.T) {
	t.Parallel()
	start := at("2021-01-04T00:00:00Z")
	tests := []struct {
		name  string
		every time.Duration
		pause time.Duration
		gap   bool
	}{
		{"a firehose that stops", time.Second, 20 * time.Minute, true},
		{"a firehose that hesitates", time.Second, 10 * time.Minute, false},
		{"a post in five minutes, and a quiet hour", 5 * time.Minute, time.Hour, false},
		{"a post in five minutes, and a quiet night", 5 * time.Minute, 8 * time.Hour, false},
		{"a post in five minutes, and a day is missing", 5 * time.Minute, 24 * time.Hour, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var c ingest.Clock
			now := start
			for range 500 {
				now = now.Add(tt.every)
				c.See(now)
				c.See(now) // twice is once
			}
			from := now
			now = now.Add(tt.pause)
			c.See(now)
			c.See(now.Add(time.Second))
			var want []ingest.Gap
			if tt.gap {
				want = []ingest.Gap{{From: from, To: now}}
			}
			if diff := cmp.Diff(want, c.TakeGaps()); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
			if again := c.TakeGaps(); again != nil {
				t.Errorf("told twice: %v", again)
			}
		})
	}
}
