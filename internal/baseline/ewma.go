package baseline

import "math"

// ewma follows M. Motoyama, B. Meeder, K. Levchenko, G. M. Voelker and S. Savage, "Measuring Online Service Availability Using
// Twitter", WOSN 2010: count only what says "X is down" or "#Xfail", smooth it with an exponentially weighted moving
// average, and call when a bin stands out of the band around it. The constants are ours: bins of five minutes, a weight of
// 0.1, three deviations and five posts.
type ewma struct {
	bin, minutes   int
	bins           int
	mean, variance float64
}

const (
	ewmaWeight     = 0.1
	ewmaDeviations = 3
	ewmaLeast      = 5
	ewmaWarm       = 3
)

// Minute implements Detector.
func (d *ewma) Minute(c Count) bool {
	d.bin += c.Predicate
	if d.minutes++; d.minutes < now {
		return false
	}
	n := d.bin
	d.bin, d.minutes = 0, 0
	d.bins++
	off := float64(n) - d.mean
	calls := d.bins > ewmaWarm && n >= ewmaLeast && off > ewmaDeviations*math.Sqrt(d.variance)
	d.mean += ewmaWeight * off
	d.variance = (1 - ewmaWeight) * (d.variance + ewmaWeight*off*off)
	return calls
}
