package score_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/score"
)

// series is n counts every step, noisy around level.
func series(n int, step time.Duration, level float64) []score.Point {
	r := rand.New(rand.NewPCG(11, 12))
	out := make([]score.Point, n)
	for i := range out {
		out[i] = score.Point{Time: monday.Add(time.Duration(i) * step), Value: negBinomial(r, level, 3)}
	}
	return out
}

func TestSeriesScoresOnlyThePast(t *testing.T) {
	t.Parallel()
	points := series(6000, 5*time.Minute, 20)
	points[2500].Value = 400
	points[5500].Value = 4000
	points = append(points[:4000:4000], points[4100:]...) // a hole
	whole := score.Series(points)
	for _, n := range []int{0, 1, 20, 3000, 4500} {
		if diff := cmp.Diff(whole[:n], score.Series(points[:n])); diff != "" {
			t.Errorf("the first %d scores change when more points follow:\n%s", n, diff)
		}
	}
}

func TestSeriesTellsAnEpisodeOnce(t *testing.T) {
	t.Parallel()
	for _, step := range []time.Duration{time.Minute, 5 * time.Minute, time.Hour} {
		points := series(3000, step, 20)
		for i := 2000; i < 2010; i++ {
			points[i].Value = 300
		}
		scores := score.Series(points)
		var told []int
		for i, v := range scores {
			if v < 0 || v > 1 {
				t.Fatalf("step %v: score %v", step, v)
			}
			if v >= 0.5 && i >= 500 {
				told = append(told, i)
			}
		}
		inside := 0
		for _, i := range told {
			if i >= 2000 && i < 2010 {
				inside++
			}
		}
		if inside < 1 || inside > 2 || len(told)-inside > 3 {
			t.Errorf("step %v: told at %v, want one in the burst at 2000 and hardly any outside", step, told)
		}
	}
}

func TestStepOf(t *testing.T) {
	t.Parallel()
	points := series(5, time.Hour, 1)
	points[3].Time = points[3].Time.Add(7 * time.Minute)
	if got := score.StepOf(points); got != time.Hour {
		t.Errorf("step is %v", got)
	}
	if got := score.StepOf(points[:1]); got != 5*time.Minute {
		t.Errorf("step of a single point is %v", got)
	}
}

func TestSeriesWithAHoleOfCenturies(t *testing.T) {
	t.Parallel()
	points := series(100, time.Second, 3)
	points[99].Time = points[99].Time.AddDate(250, 0, 0)
	if got := score.Series(points); len(got) != 100 {
		t.Errorf("%d scores", len(got))
	}
}
