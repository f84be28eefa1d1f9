package x

import "slices"

// How counts are heard in thrifty mode.
const (
	// loudRatio is how many times its usual level a service must reach for its stream to be opened, and calmRatio below how
	// many times it counts as calm.
	loudRatio, calmRatio = 3.0, 1.5
	// loudLeast is the smallest count per minute that opens a stream.
	loudLeast = 5
	// calmMinutes is for how long a service must be calm for its stream to be closed.
	calmMinutes = 10
	// leastHistory is how many minutes there must be to compare with.
	leastHistory = 10
)

// ear decides from counts per minute whether the stream of one service is worth its price. A minute is loud when it has at least
// five posts and three times the median of the hour before plus one. The median is kept while the stream is open, because
// the outage itself would soon be what is usual. The stream is closed after ten minutes below half of that.
type ear struct {
	Open bool    `json:"open,omitempty"`
	Base float64 `json:"base,omitempty"`
	Calm int     `json:"calm,omitempty"`
}

// hear takes the counts of the last whole minutes, oldest first, of which the newest has not been heard before.
func (e ear) hear(counts []int) ear {
	if len(counts) == 0 {
		return e
	}
	now := counts[len(counts)-1]
	if !e.Open {
		if len(counts) <= leastHistory {
			return ear{}
		}
		base := median(counts[:len(counts)-1]) + 1
		if now >= loudLeast && float64(now) >= loudRatio*base {
			return ear{Open: true, Base: base}
		}
		return ear{}
	}
	if float64(now) >= max(calmRatio*e.Base, loudLeast) {
		e.Calm = 0
		return e
	}
	if e.Calm++; e.Calm >= calmMinutes {
		return ear{}
	}
	return e
}

func median(counts []int) float64 {
	if len(counts) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(counts))
	n := len(sorted)
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2
}
