package score

import "math"

// spread estimates a window's dispersion, the variance of its counts around what was expected over the expected count: the sums of
// squares and of means of windows laid end to end. What was seen is kept for one block before it is learnt, so that an outage that
// is recognised late is not learnt at all.
type spread struct {
	Squares, Means float64
	// Seen is Means as it would be if every window had full weight.
	Seen float64
	// Excess and Means2 are what the windows teach the Pool.
	Excess, Means2 float64
}

// poolMean is the least mean of a window that teaches the Pool: below it hardly anything is learnt, and silence would have to be
// measured too.
const poolMean = 0.5

// residual is what one window adds: its squared distance from the mean, weighted by how much of the expected variance is dispersion and not
// doubt about the mean, so that the days in which the hours are still unknown say little. A mean below one voice is no yardstick for a square, so there the count itself is: a lone
// voice is then no sign of clustering, five in one window are.
func residual(n float64, f forecast) spread {
	s := spread{Squares: n * (n - f.mean), Means: n, Seen: n}
	square := (n - f.mean) * (n - f.mean)
	if f.mean >= 1 {
		own := f.dispersion * f.mean / f.variance()
		weight := own * own
		s = spread{Squares: weight * square, Means: weight * f.mean, Seen: f.mean}
	}
	if f.mean >= poolMean {
		// The square of a count of large mean is itself uncertain in proportion to the fourth power of the mean.
		weight := 4 / ((2 + f.mean) * (2 + f.mean))
		s.Excess, s.Means2 = weight*(square-f.mean-f.mean*f.mean*f.doubt), weight*f.mean*f.mean
	}
	return s
}

func (s *spread) add(o spread, keep float64) {
	s.Squares = s.Squares*keep + o.Squares
	s.Means = s.Means*keep + o.Means
	s.Seen = s.Seen*keep + o.Seen
	s.Excess = s.Excess*keep + o.Excess
	s.Means2 = s.Means2*keep + o.Means2
}

// dispersion is the estimate shrunk to prior, and at least 1. Of the voices heard in all, those that are in no estimate yet count as
// if they had the prior dispersion.
func (s *spread) dispersion(voices, prior float64, par *Params) float64 {
	weight := par.DispersionPrior + math.Max(0, voices-s.Seen)
	return math.Max(1, (s.Squares+prior*weight)/(s.Means+weight))
}

// quiet is by how much the dispersion of a service is raised that was listened to for so many seconds: DispersionNoisy times at
// first, and hardly after an hour.
func (p *Params) quiet(seconds float64) float64 {
	x := seconds / p.DispersionSettle.Seconds()
	if x > 5 {
		return 1
	}
	return 1 + (p.DispersionNoisy-1)*math.Exp(-x*x)
}
