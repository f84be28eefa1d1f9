package chart

import (
	"math"
	"strconv"
	"time"
)

// The margins of the drawing area, in pixels.
const (
	left   = 96
	right  = 48
	top    = 150
	bottom = 74
)

// scale maps times and voices to pixels.
type scale struct {
	from, to time.Time
	most     float64
	step     float64
}

func newScale(c Chart) scale {
	s := scale{from: c.Points[0].At, to: c.Points[len(c.Points)-1].At}
	peak := 1.0
	for _, p := range c.Points {
		peak = max(peak, finite(p.Voices), finite(p.Usual))
	}
	s.step = roundStep(peak / 4)
	s.most = math.Ceil(peak*1.08/s.step) * s.step
	return s
}

// finite keeps numbers that cannot be drawn out of the picture.
func finite(x float64) float64 {
	if math.IsNaN(x) || x < 0 {
		return 0
	}
	return min(x, 1e9)
}

// roundStep gives the least of 1, 2, 5, 10, 20, 50 … that is not below least.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(least, 1))))
	for _, factor := range []float64{1, 2, 5, 10} {
		if power*factor >= least {
			return power * factor
		}
	}
	return power * 10
}

func (s scale) x(at time.Time) int {
	share := float64(at.Sub(s.from)) / float64(s.to.Sub(s.from))
	return left + int(math.Round(min(max(share, 0), 1)*(Width-left-right)))
}

func (s scale) y(voices float64) int {
	return Height - bottom - int(math.Round(min(finite(voices)/s.most, 1)*(Height-top-bottom)))
}

func (s scale) holds(at time.Time) bool { return !at.Before(s.from) && !at.After(s.to) }

// levels are the values at which a line is ruled.
func (s scale) levels() []float64 {
	var all []float64
	for v := 0.0; v <= s.most+s.step/2; v += s.step {
		all = append(all, v)
	}
	return all
}

// hours are the round times that are written beneath, at most about ten.
func (s scale) hours() []time.Time {
	const most = 10
	steps := []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
		time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}
	step := steps[len(steps)-1]
	for _, one := range steps {
		if s.to.Sub(s.from)/one <= most {
			step = one
			break
		}
	}
	var all []time.Time
	for at := s.from.Truncate(step); !at.After(s.to); at = at.Add(step) {
		if s.holds(at) {
			all = append(all, at)
		}
	}
	return all
}

// number writes a level: "1,500".
func number(v float64, thousands string) string {
	digits := strconv.FormatInt(int64(v), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + thousands + digits[i:]
	}
	return digits
}
