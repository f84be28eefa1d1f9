package score

import (
	"slices"
	"time"
)

// Point is one count of a series: what was counted in the step that begins at Time.
type Point struct {
	Time  time.Time
	Value float64
}

// stepSample is how many of the first distances between points tell a series' step.
const stepSample = 16

// Series gives one anomaly score per point, 0 to 1, for counts in order of time at one step (see StepOf). It is 0.5 or more where an
// episode begins that is rare in the series' own past. A score depends on no later point: the first ones, which tell the step, have
// none. A hole of a step and more is time in which nobody counted.
func Series(points []Point) []float64 {
	step := StepOf(points)
	a := newAnomaly(step)
	out := make([]float64, len(points))
	for i, p := range points {
		v := a.step(Interval{From: p.Time, To: p.Time.Add(step), Count: p.Value, Heard: true, Learn: true})
		if i >= stepSample {
			out[i] = v
		}
	}
	return out
}

// StepOf is the median distance between the first points, at least a second; 5 minutes if there is no distance.
func StepOf(points []Point) time.Duration {
	var d []time.Duration
	for i := 1; i < len(points) && i <= stepSample; i++ {
		if gap := points[i].Time.Sub(points[i-1].Time); gap > 0 {
			d = append(d, gap)
		}
	}
	if len(d) == 0 {
		return 5 * time.Minute
	}
	slices.Sort(d)
	return max(d[len(d)/2].Round(time.Second), time.Second)
}
