package score_test

import (
	"fmt"
	"math"
	"time"

	"github.com/outcry/outcry/detect/score"
)

// labelled is a series with its labelled windows, in order of time.
type labelled struct {
	name    string
	points  []score.Point
	windows [][2]time.Time
}

// verdict is what the Numenta Anomaly Benchmark says of the points at or above a threshold, after a probation that is not scored: windows hit,
// points and episodes (an hour apart) of false alarms, and the sum of its scores with its two weights of a false alarm.
type verdict struct {
	windows, hits, rows, episodes int
	raw, rawLowFP                 float64
}

const (
	fpWeight      = 0.11
	fpWeightLowFP = 0.22
)

// sigma is the benchmark's worth of an alarm at a position in windows, 0 at the end of the window.
func sigma(x float64) float64 {
	if x > 3 {
		return -1
	}
	return 2/(1+math.Exp(5*x)) - 1
}

// judge scores a series. Windows within the probation do not count.
func (l *labelled) judge(scores []float64, threshold float64) verdict {
	probation := int(math.Min(0.15*float64(len(scores)), 750))
	index := func(at time.Time) int {
		i := 0
		for l.points[i].Time.Before(at) {
			i++
		}
		return i
	}
	var spans [][2]int
	var best []float64
	for _, span := range l.windows {
		if end := index(span[1]); end >= probation {
			spans = append(spans, [2]int{index(span[0]), end})
			best = append(best, -1)
		}
	}
	out := verdict{windows: len(spans)}
	last, w := -len(scores), 0
	for i := probation; i < len(scores); i++ {
		for w < len(spans) && i > spans[w][1] {
			w++
		}
		if scores[i] < threshold {
			continue
		}
		if w < len(spans) && i >= spans[w][0] {
			if best[w] == -1 {
				out.hits++
				width := float64(spans[w][1] - spans[w][0] + 1)
				best[w] = sigma(-float64(spans[w][1]-i+1)/width) / sigma(-1)
			}
			continue
		}
		worth := -1.0
		if w > 0 {
			worth = sigma(float64(i-spans[w-1][1]) / float64(spans[w-1][1]-spans[w-1][0]))
		}
		out.raw += fpWeight * worth
		out.rawLowFP += fpWeightLowFP * worth
		out.rows++
		if i-last > 12 {
			out.episodes++
		}
		last = i
	}
	for _, v := range best {
		out.raw += v
		out.rawLowFP += v
	}
	return out
}

func (v *verdict) add(o verdict) {
	v.windows += o.windows
	v.hits += o.hits
	v.rows += o.rows
	v.episodes += o.episodes
	v.raw += o.raw
	v.rawLowFP += o.rawLowFP
}

// normalised is a raw score between that of no alarm, 0, and that of perfection, 100.
func (v verdict) normalised(raw float64) float64 {
	n := float64(v.windows)
	return 100 * (raw + n) / (2 * n)
}

// f1 is the harmonic mean of precision and recall of episodes.
func (v verdict) f1() float64 {
	return 2 * float64(v.hits) / float64(v.windows+v.hits+v.episodes)
}

func (v verdict) String() string {
	return fmt.Sprintf("windows %d of %d, false alarms %d in %d episodes, standard %.1f, low FP %.1f, F1 of episodes %.3f",
		v.hits, v.windows, v.rows, v.episodes, v.normalised(v.raw), v.normalised(v.rawLowFP), v.f1())
}
