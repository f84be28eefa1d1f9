package baseline

// The Poisson models follow S. Hendrickson, J. Kolb, B. Lehman and J. Montague, "Trend Detection in Social Data", Twitter 2015:
// how improbable is this count if counts are Poisson about an expectation? Point by point the expectation is the recent
// mean; cycle-corrected it is the mean of earlier days at the same time. The threshold is ours: one in a million.
const poissonLimit = 1e-6

// leastMean keeps the expectation away from zero, at which one post would be a sensation.
const leastMean = 0.1

// pointPoisson compares five minutes with the trailing hour.
type pointPoisson struct{ window }

// Minute implements Detector.
func (d *pointPoisson) Minute(c Count) bool {
	d.push(c.Complaints)
	usual, ok := d.usual()
	return ok && poissonTail(d.recent, max(usual, leastMean)) < poissonLimit
}

// cyclePoisson compares five minutes with the same half hour of earlier days, and with the trailing hour on the first day.
type cyclePoisson struct {
	window
	// sums are complaints by half hour of the day, over the days before today.
	sums  [48]float64
	days  [48]float64
	slot  int
	count float64
	begun bool
}

const slotMinutes = 30

// Minute implements Detector.
func (d *cyclePoisson) Minute(c Count) bool {
	d.push(c.Complaints)
	minute := c.Minute.Hour()*60 + c.Minute.Minute()
	slot := minute / slotMinutes
	if d.begun && slot != d.slot {
		d.sums[d.slot] += d.count
		d.days[d.slot]++
		d.count = 0
	}
	d.slot, d.begun = slot, true
	d.count += float64(c.Complaints)
	usual, ok := d.expected(minute)
	if !ok {
		usual, ok = d.usual()
	}
	return ok && poissonTail(d.recent, max(usual, leastMean)) < poissonLimit
}

// expected is the sum of what earlier days had in the five minutes up to minute; false: no earlier day is known.
func (d *cyclePoisson) expected(minute int) (float64, bool) {
	const day = 24 * 60
	sum := 0.0
	for i := range now {
		slot := (minute - i + day) % day / slotMinutes
		if d.days[slot] == 0 {
			return 0, false
		}
		sum += d.sums[slot] / d.days[slot] / slotMinutes
	}
	return sum, true
}
