package baseline

import "math"

// zscore calls when a bin of five minutes is four standard deviations above the mean of the bins of the last day, and holds
// three posts at least: the textbook's answer, which takes counts for normal.
type zscore struct {
	bins         [24 * 12]float64
	seen         int
	sum, squares float64
	bin, minutes int
}

const (
	zLimit = 4
	zLeast = 3
	zWarm  = 12
)

// Minute implements Detector.
func (d *zscore) Minute(c Count) bool {
	d.bin += c.Complaints
	if d.minutes++; d.minutes < now {
		return false
	}
	x := float64(d.bin)
	d.bin, d.minutes = 0, 0
	n := float64(min(d.seen, len(d.bins)))
	calls := false
	if n >= zWarm && x >= zLeast {
		mean := d.sum / n
		deviation := math.Sqrt(max(0, d.squares/n-mean*mean))
		calls = x-mean > zLimit*deviation
	}
	d.push(x)
	return calls
}

func (d *zscore) push(x float64) {
	i := d.seen % len(d.bins)
	old := d.bins[i]
	d.bins[i] = x
	d.seen++
	d.sum += x - old
	d.squares += x*x - old*old
}
