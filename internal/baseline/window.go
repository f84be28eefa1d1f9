package baseline

import "math"

// The window in which all detectors look, and what they compare it with, in minutes.
const (
	now      = 5
	trailing = 60
)

// window holds the last minutes: five that are now, and the hour before them.
type window struct {
	minutes [now + trailing]int
	next    int
	seen    int
	// recent and before are the sums of the two parts.
	recent, before int
}

func (w *window) push(n int) {
	size := len(w.minutes)
	leaves := (w.next - now + size) % size
	w.before += w.minutes[leaves] - w.minutes[w.next]
	w.recent += n - w.minutes[leaves]
	w.minutes[w.next] = n
	w.next = (w.next + 1) % size
	w.seen++
}

// usual is the mean of five minutes over the trailing hour, of what there is of it; false before ten minutes of it are known.
func (w *window) usual() (float64, bool) {
	known := min(w.seen, len(w.minutes)) - now
	if known < 10 {
		return 0, false
	}
	return float64(w.before) / float64(known) * now, true
}

// poissonTail is the probability of k or more where mean is usual.
func poissonTail(k int, mean float64) float64 {
	if k <= 0 || float64(k) <= mean {
		return 1
	}
	logGamma, _ := math.Lgamma(float64(k) + 1)
	sum, term := 1.0, 1.0
	for i := k + 1; term > 1e-12*sum; i++ {
		term *= mean / float64(i)
		sum += term
	}
	return math.Exp(float64(k)*math.Log(mean)-mean-logGamma) * sum
}
