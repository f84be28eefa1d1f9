package step

import (
	"math"
	"slices"
	"time"
)

// Count is the weight of fresh voices in the slot that ends at End.
type Count struct {
	End    time.Time
	Voices float64
}

// Onset estimates when a burst began: from then on the rate is no longer the usual one, but a higher one, or one that climbs in a
// straight line, whichever explains the counts better (a Poisson change point, Hinkley 1970). Of all moments at which it may have begun it gives
// the median of their probability, since the likeliest one comes too late as a rule: it is that of a voice. counts are
// slots in rising order that end with the newest; usual is the usual weight per slot; slot is a slot's length. Slots that
// are not listed were silent.
func Onset(counts []Count, usual float64, slot time.Duration) time.Time {
	if len(counts) == 0 {
		return time.Time{}
	}
	newest := counts[len(counts)-1].End
	b := burst{usual: max(usual, 1e-3)}
	for _, c := range counts {
		b.ages = append(b.ages, float64(newest.Sub(c.End)/slot)+0.5)
		b.voices = append(b.voices, c.Voices)
	}
	var lls []float64 // by how many slots ago it began, from 1
	longest := int(b.ages[0]+0.5) + int(maxClimb/slot)
	for began := 1; began <= longest; began++ {
		lls = append(lls, math.Max(b.likelihood(float64(began), stroke), b.likelihood(float64(began), climb)))
	}
	return newest.Add(-time.Duration(median(lls)+1) * slot)
}

// median is the index up to which half of the probability lies, given logarithms of it that lack a constant. Where nothing is
// likely it is the first.
func median(lls []float64) int {
	top, total := slices.Max(lls), 0.0
	if math.IsInf(top, -1) {
		return 0
	}
	for _, ll := range lls {
		total += math.Exp(ll - top)
	}
	sum := 0.0
	for i, ll := range lls {
		if sum += math.Exp(ll - top); sum >= total/2 {
			return i
		}
	}
	return len(lls) - 1
}

// maxClimb is how long before its first voice a burst may have begun.
const maxClimb = 3 * time.Minute

// burst is counts by their age in slots, from the newest.
type burst struct {
	usual  float64
	ages   []float64
	voices []float64
}

// rise is the shape of a burst: the rate above the usual one, per unit of slope, x slots after its beginning, and its integral.
type rise func(x float64) (rate, area float64)

func stroke(x float64) (rate, area float64) { return 1, x }

func climb(x float64) (rate, area float64) { return x, x * x / 2 }

// likelihood is, as a logarithm and over that of the usual rate, that of a rate that rises from began slots ago on. The slope is the
// one that is most likely.
func (b *burst) likelihood(began float64, shape rise) float64 {
	first := 0
	for first < len(b.ages) && b.ages[first] >= began {
		first++
	}
	ages, voices := b.ages[first:], b.voices[first:]
	total := 0.0
	for _, v := range voices {
		total += v
	}
	_, area := shape(began)
	slope := (total - b.usual*began) / area
	if slope <= 0 {
		return math.Inf(-1)
	}
	const steps = 4 // Newton's, towards the root of the derivative by the slope
	for range steps {
		sum, square := 0.0, 0.0
		for i, age := range ages {
			x, _ := shape(began - age)
			part := x / (b.usual + slope*x)
			sum += voices[i] * part
			square += voices[i] * part * part
		}
		slope = max(slope+(sum-area)/square, slope/10)
	}
	ll := -slope * area
	for i, age := range ages {
		x, _ := shape(began - age)
		ll += voices[i] * math.Log1p(slope*x/b.usual)
	}
	return ll
}
