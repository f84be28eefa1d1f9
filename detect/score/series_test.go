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
	for _, step := range []time.Duration{time.Minute, 5 * time.Minute, time.Hour} {
		points := series(6000, step, 20)
		points[2500].Value = 400
		points[5500].Value = 4000
		points[3].Time = points[2].Time                       // twice the same time
		points[9].Time = points[9].Time.Add(step / 3)         // a late one
		points = append(points[:4000:4000], points[4100:]...) // a hole
		whole := score.Series(points)
		for _, n := range []int{0, 1, 2, 5, 10, 15, 16, 17, 18, 20, 3000, 4500} {
			if diff := cmp.Diff(whole[:n], score.Series(points[:n])); diff != "" {
				t.Errorf("step %v: the first %d scores change when more points follow:\n%s", step, n, diff)
			}
		}
	}
}

// told is where scores reach 0.5.
func told(scores []float64) []int {
	var out []int
	for i, v := range scores {
		if v >= 0.5 {
			out = append(out, i)
		}
	}
	return out
}

// TestSeriesTellsAnEpisodeOnce also holds that a burst is told in a series of two days, which is all the shortest step has here.
func TestSeriesTellsAnEpisodeOnce(t *testing.T) {
	t.Parallel()
	for _, step := range []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, time.Hour, 24 * time.Hour} {
		points := series(3000, step, 20)
		for i := 2000; i < 2010; i++ {
			points[i].Value = 300
		}
		scores := score.Series(points)
		for _, v := range scores {
			if v < 0 || v > 1 {
				t.Fatalf("step %v: score %v", step, v)
			}
		}
		inside := 0
		all := told(scores)
		for _, i := range all {
			if i >= 2000 && i < 2010 {
				inside++
			}
		}
		blocks := 3000 * min(step.Hours(), 1)
		if inside < 1 || inside > 2 || float64(len(all)-inside) > 1+blocks/240 {
			t.Errorf("step %v: told at %v, want one in the burst at 2000 and hardly any outside", step, all)
		}
	}
}

// TestSeriesTellsHowRare holds that an episode is told again while it gets much rarer, and a lesser one of the next day with less.
func TestSeriesTellsHowRare(t *testing.T) {
	t.Parallel()
	points := series(6000, 5*time.Minute, 20)
	for i := 5000; i < 5100; i++ {
		points[i].Value = 150
	}
	points[5500].Value = 2000
	scores := score.Series(points)
	burst := told(scores[5000:5300])
	if len(burst) != 2 || burst[1] > 5 || scores[5000+burst[0]] >= scores[5000+burst[1]] {
		t.Fatalf("told %v after its beginning: want twice, with more the second time: %v", burst, scores[5000:5010])
	}
	if next := scores[5500]; next < 0.5 || next >= scores[5000+burst[1]] {
		t.Errorf("the next day has %v", next)
	}
}

// TestSeriesOfChance holds how often nothing but chance is told: a few times in two months.
func TestSeriesOfChance(t *testing.T) {
	t.Parallel()
	for _, step := range []time.Duration{5 * time.Minute, time.Hour} {
		for _, level := range []float64{0.5, 20, 500} {
			n := int(60 * 24 * time.Hour / step)
			if got := told(score.Series(series(n, step, level))); len(got) > 8 {
				t.Errorf("step %v, level %v: told at %v", step, level, got)
			}
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
