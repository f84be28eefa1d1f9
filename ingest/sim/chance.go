package sim

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// newRand gives a generator of its own to whoever is named, so that one more stream changes none of the others.
func newRand(seed uint64, name string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash never fails to write
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// poisson draws from a Poisson distribution: by Knuth's product for small means, by the rounded normal for large ones.
func poisson(r *rand.Rand, mean float64) int {
	switch {
	case mean <= 0:
		return 0
	case mean > 60:
		return max(0, int(math.Round(mean+math.Sqrt(mean)*r.NormFloat64())))
	}
	limit, product, n := math.Exp(-mean), r.Float64(), 0
	for product > limit {
		product *= r.Float64()
		n++
	}
	return n
}

// gamma draws from a Gamma distribution of mean 1 and the given variance (Marsaglia and Tsang 2000).
func gamma(r *rand.Rand, variance float64) float64 {
	if variance <= 0 {
		return 1
	}
	shape := 1 / variance
	boost := 1.0
	if shape < 1 {
		boost = math.Pow(r.Float64(), 1/shape)
		shape++
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-r.Float64()) < 0.5*x*x+d*(1-v+math.Log(v)) {
			return d * v * boost * variance
		}
	}
}

// pick takes one of the values with equal chance; the zero value if there is none.
func pick[T any](r *rand.Rand, values []T) T {
	if len(values) == 0 {
		var none T
		return none
	}
	return values[r.IntN(len(values))]
}

// pickWeighted takes the index of one of the weights with a chance in proportion to it.
func pickWeighted(r *rand.Rand, weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	x := r.Float64() * total
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// mix spreads the bits of x (splitmix64), for features that belong to an author for ever.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
