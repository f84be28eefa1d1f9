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

// Series scores a series of counts, in order of time, with the Scorer that the Judge uses, at the series' own step (the median of
// the first distances). It gives one anomaly score, 0 to 1, per point; a score depends on no later point once the
// step is known. A hole of a step and more is time in which nobody listened.
func Series(points []Point) []float64 {
	step := StepOf(points)
	s := NewStep(Default(), step)
	out := make([]float64, len(points))
	for i, p := range points {
		in := Interval{From: p.Time, To: p.Time.Add(step), Count: p.Value, Heard: true, Learn: true}
		out[i] = s.Step(in).Anomaly
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
