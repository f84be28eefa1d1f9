package score_test

import (
	"math"
	"testing"

	"github.com/outcry/outcry/detect/score"
)

// exact sums the probabilities of a negative binomial from k upwards, relative to the first.
func exact(k, mean, variance float64) float64 {
	var first, ratio func(x float64) float64
	if r := mean * mean / (variance - mean); variance > mean {
		p := mean / (mean + r)
		lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
		first = func(x float64) float64 { return lg(x+r) - lg(r) - lg(x+1) + x*math.Log(p) + r*math.Log1p(-p) }
		ratio = func(x float64) float64 { return p * (x + r) / (x + 1) }
	} else {
		lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
		first = func(x float64) float64 { return x*math.Log(mean) - mean - lg(x+1) }
		ratio = func(x float64) float64 { return mean / (x + 1) }
	}
	sum, term := 0.0, 1.0
	for x := k; term > 1e-17*sum || x < k+10; x++ {
		sum += term
		term *= ratio(x)
	}
	return -(first(k) + math.Log(sum)) / math.Ln10
}

func TestTailAgreesWithTheSum(t *testing.T) {
	t.Parallel()
	for _, mean := range []float64{1e-6, 0.01, 0.1, 1, 5, 20, 100, 500, 5000} {
		for _, phi := range []float64{1, 1.001, 1.5, 3, 20, 1000} {
			for _, over := range []float64{1, 2, 5, 50} {
				k := math.Ceil(mean*over) + 1
				want := math.Min(exact(k, mean, phi*mean), score.MaxSurprise)
				got := score.NBTail(k, mean, phi*mean)
				if math.Abs(got-want) > 1e-6*(1+want) {
					t.Errorf("NBTail(%v, %v, %v) = %.9f, want %.9f", k, mean, phi*mean, got, want)
				}
			}
		}
	}
}

// TestHowManyAreTooMany holds the counts at which a tail falls below 1e-6 to well known values.
func TestHowManyAreTooMany(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ mean, poisson, three float64 }{
		{0.1, 5, 22}, {0.5, 8, 27}, {1, 10, 30}, {5, 20, 44}, {20, 46, 77}, {100, 152, 202}, {500, 611, 703},
	} {
		for phi, want := range map[float64]float64{1: tc.poisson, 3: tc.three} {
			k := math.Ceil(tc.mean)
			for score.NBTail(k, tc.mean, phi*tc.mean) < 6 {
				k++
			}
			if k != want {
				t.Errorf("mean %v, dispersion %v: %v voices are too many, want %v", tc.mean, phi, k, want)
			}
		}
	}
}

func TestTailRises(t *testing.T) {
	t.Parallel()
	last := 0.0
	for k := 0.0; k < 2000; k += 0.37 {
		got := score.NBTail(k, 12.3, 40)
		if got < last || got > score.MaxSurprise || math.IsNaN(got) {
			t.Fatalf("NBTail(%v) = %v after %v", k, got, last)
		}
		last = got
	}
}
