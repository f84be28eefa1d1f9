package sim

import (
	"math"
	"time"
)

// The shape of an outage in the posts about it.
const (
	// novelty is the time constant with which people tire of saying that it still does not work.
	novelty = 40 * time.Minute
	// relief is the time constant with which complaints end once the fault is mended; a tenth of them linger.
	relief = 4 * time.Minute
	linger = 22 * time.Minute
	// easing is the time constant of a gradual repair.
	easing = 25 * time.Minute
	// mostBack is how long after the beginning of a gradual repair three in four have it back: easing × ln 4.
	mostBack = 35 * time.Minute
)

// late is the wave where it begins later: it is mended everywhere at once.
func (w wave) late(by time.Duration) wave {
	w.onset = min(w.onset+by, w.end)
	w.peak = min(w.peak+by, w.end)
	return w
}

// complaints is how strong the complaints of a wave are at d after the scenario's start: 1 at the peak.
func (w *wave) complaints(d time.Duration) float64 {
	level := w.level
	if level == 0 {
		level = 1
	}
	switch {
	case d < w.onset:
		return 0
	case d < w.end:
		return level * w.during(d)
	}
	after := d - w.end
	return level * w.during(w.end) * (0.9*decay(after, relief) + 0.1*decay(after, linger))
}

func (w *wave) during(d time.Duration) float64 {
	if d < w.peak {
		return 0.02 + 0.98*math.Pow(ratio(d-w.onset, w.peak-w.onset), 1.5)
	}
	level := 0.34 + 0.66*decay(d-w.peak, novelty)
	if w.ease > 0 && d > w.ease {
		level *= 0.03 + 0.97*decay(d-w.ease, easing)
	}
	return level
}

// aside is how strong the talk about a wave is: jokes, news and reposts come 8 to 25 minutes later and stay longer.
func (w *wave) aside(d time.Duration) float64 {
	if d < w.onset+8*time.Minute {
		return 0
	}
	grown := min(1, ratio(d-w.onset-8*time.Minute, 17*time.Minute))
	level := grown * w.complaints(min(d, w.end-1))
	if d > w.end {
		level *= decay(d-w.end, 28*time.Minute)
	}
	return level
}

// relieved is how strong the posts are that say that it is back: a hump right after the repair with a long tail.
func (w *wave) relieved(d time.Duration) float64 {
	back := w.end
	if w.ease > 0 {
		back = w.ease
	}
	if d < back {
		return 0
	}
	x := ratio(d-back, 7*time.Minute)
	return w.complaints(back-1) * (0.75*x*math.Exp(1-x) + 0.15*decay(d-back, 35*time.Minute))
}

func decay(d, constant time.Duration) float64 { return math.Exp(-ratio(d, constant)) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// shape is how strong a crowd is: 1 at the full.
func (c *crowd) shape(d time.Duration) float64 {
	switch d -= c.from; {
	case d < 0:
		return 0
	case d < c.rise:
		return ratio(d, c.rise)
	case d < c.rise+c.hold:
		return 1
	case c.fade <= 0:
		return 0
	}
	return decay(d-c.rise-c.hold, c.fade)
}
