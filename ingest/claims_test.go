package ingest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/outcry/outcry/ingest"
)

// TestClaims sends posts to a source at ten o'clock, one batch a case, one after the other.
func TestClaims(t *testing.T) {
	t.Parallel()
	now := at("2026-07-04T10:00:00Z")
	const refused = "what is refused has moved nothing"
	var c ingest.Claims
	for _, tc := range []struct {
		name    string
		now     time.Time
		claimed []string
		through string // empty: nothing is believed yet
		gaps    []ingest.Gap
	}{
		{"one post of last year waits for company", now, []string{"2025-07-04T08:00:00Z"}, "", nil},
		{"two of them are believed", now, []string{"2025-07-04T08:00:10Z"}, "2025-07-04T08:00:10Z", nil},
		{"a time far ahead moves nothing", now, []string{"2035-07-04T10:00:00Z", "2035-07-04T10:00:01Z", "2026-07-04T10:01:01Z"}, "2025-07-04T08:00:10Z", nil},
		{
			refused, now, []string{"2025-08-04T08:00:00Z", "2025-08-04T08:00:10Z"}, "2025-08-04T08:00:10Z",
			[]ingest.Gap{{From: at("2025-07-04T08:00:10Z"), To: at("2025-08-04T08:00:00Z")}},
		},
		{refused, now, []string{"2025-07-04T08:05:00Z"}, "2025-07-04T08:05:00Z", nil},
		{
			"a month later once more, since it was refused", now, []string{"2025-08-04T08:00:10Z", "2025-08-04T08:00:20Z"}, "2025-08-04T08:00:20Z",
			[]ingest.Gap{{From: at("2025-07-04T08:00:10Z"), To: at("2025-08-04T08:00:10Z")}},
		},
		{
			"one of the present is believed at once, after a gap in what was recorded", now.Add(time.Second), []string{"2026-07-04T09:59:59Z"}, "2026-07-04T09:59:59Z",
			[]ingest.Gap{{From: at("2025-08-04T08:00:20Z"), To: at("2026-07-04T09:59:59Z")}},
		},
		{"silence while it listened is no gap", now.Add(5 * time.Hour), []string{"2026-07-04T15:00:00Z"}, "2026-07-04T15:00:00Z", nil},
	} {
		var claimed []time.Time
		for _, text := range tc.claimed {
			claimed = append(claimed, at(text))
		}
		var b ingest.Batch
		c.Stamp(&b, claimed, tc.now)
		var want time.Time
		if tc.through != "" {
			want = at(tc.through)
		}
		if !b.Through.Equal(want) {
			t.Errorf("%s: through %v, want %v", tc.name, b.Through, want)
		}
		if diff := cmp.Diff(tc.gaps, b.Gaps, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: gaps (-want +got):\n%s", tc.name, diff)
		}
		if tc.name != refused {
			c.Safe()
		}
	}
}
