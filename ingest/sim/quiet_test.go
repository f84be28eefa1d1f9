package sim_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

// A quiet world has the stated means, cycles of day and week, and more variance than Poisson would have.
func TestQuietIsAsQuietAsStated(t *testing.T) {
	t.Parallel()
	q := sim.Quiet{Services: 4, Days: 56, Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Seed: 3, Low: 0.4, High: 0.4}
	perBlock := make([]float64, q.Days*24*12)
	perHour := make([]float64, 24)
	last := q.Start
	n := 0
	for m := range q.Mentions() {
		if m.At.Before(last) {
			t.Fatalf("mention %s at %s comes after %s", m.Post, m.At, last)
		}
		last = m.At
		if m.Service != "quiet-0000" { // it serves one country
			continue
		}
		n++
		perHour[m.At.Hour()]++
		if !m.Repost {
			perBlock[m.At.Sub(q.Start)/(5*time.Minute)]++
		}
	}
	if mean := float64(n) / float64(q.Days*24*60); mean < 0.36 || mean > 0.52 {
		t.Errorf("%.3f mentions a minute, want about 0.4 and the few that are passed on", mean)
	}
	low, high := perHour[0], perHour[0]
	for _, c := range perHour {
		low, high = min(low, c), max(high, c)
	}
	if high < 4*low {
		t.Errorf("the loudest hour has %.0f, the quietest %.0f: no cycle of the day", high, low)
	}
	if d := withinHourDispersion(perBlock); d < 1.3 || d > 4 {
		t.Errorf("variance over mean within the hour is %.2f, want more than Poisson's 1", d)
	}
}

// withinHourDispersion is the mean of variance over mean among the twelve blocks of each hour, which no cycle can explain.
func withinHourDispersion(blocks []float64) float64 {
	sum, hours := 0.0, 0.0
	for i := 0; i+12 <= len(blocks); i += 12 {
		mean, square := 0.0, 0.0
		for _, c := range blocks[i : i+12] {
			mean += c / 12
		}
		for _, c := range blocks[i : i+12] {
			square += (c - mean) * (c - mean) / 11
		}
		if mean > 1 {
			sum += square / mean
			hours++
		}
	}
	return sum / hours
}

func TestQuietRepeats(t *testing.T) {
	t.Parallel()
	q := sim.Quiet{Services: 5, Days: 3, Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Seed: 9}
	gather := func(q sim.Quiet) (all []event.Mention) {
		for m := range q.Mentions() {
			all = append(all, m)
		}
		return all
	}
	one := gather(q)
	if diff := cmp.Diff(one, gather(q)); diff != "" {
		t.Errorf("the same seed gives other mentions:\n%s", diff)
	}
	seen := make(map[string]bool)
	for _, m := range one {
		if seen[m.Post] {
			t.Fatalf("post %s comes twice", m.Post)
		}
		seen[m.Post] = true
	}
	q.Seed++
	if cmp.Equal(one, gather(q)) {
		t.Error("another seed gives the same mentions")
	}
}

func BenchmarkQuietServiceYear(b *testing.B) {
	for range b.N {
		q := sim.Quiet{Services: 12, Days: 30, Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Seed: 1}
		n := 0
		for range q.Mentions() {
			n++
		}
		b.ReportMetric(float64(n)/q.ServiceYears(), "mentions/service-year")
	}
}
