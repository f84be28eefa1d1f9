package score_test

import (
	"math"
	"testing"

	"github.com/outcry/outcry/detect/score"
)

func forecasts() []score.Forecast {
	return []score.Forecast{
		{Mean: 1, Dispersion: 1.1, Doubt: 0.05},
		{Mean: 0.5, Dispersion: 1.3, Doubt: 0.1},
		{Mean: 2, Dispersion: 2, Doubt: 0.1},
		{Mean: 5, Dispersion: 3.5, Doubt: 0.2},
		{Mean: 100, Dispersion: 11, Doubt: 0.05},
		{Mean: 0.02, Dispersion: 1.1, Doubt: 20}, // hardly anything is known
		{Mean: 20, Dispersion: 1, Doubt: 0.001},  // everything is
		{Mean: 0.1, Dispersion: 6, Doubt: 0.1},   // clusters
	}
}

// integral is -log10 of the probability of n or more: of the level's Gamma density times the tail of the count, over the logarithm of the level.
func integral(f score.Forecast, n float64) float64 {
	const step = 1e-3
	shape, sum := 1/f.Doubt, 0.0
	gamma, _ := math.Lgamma(shape)
	for y := -6.0; f.Mean*math.Exp(y) < n; y += step {
		mean := f.Mean * math.Exp(y)
		density := math.Exp(shape*(math.Log(shape)+y-math.Exp(y)) - gamma)
		sum += step * density * math.Pow(10, -score.NBTail(n, mean, mean+(f.Dispersion-1)/f.Mean*mean*mean))
	}
	return -math.Log10(sum)
}

func TestForecastAgreesWithTheIntegral(t *testing.T) {
	t.Parallel()
	for _, f := range forecasts() {
		for n := math.Ceil(f.Mean) + 1; n < 1000; n = math.Ceil(n * 1.2) {
			got := f.Surprise(n)
			if got <= 3 || got > 15 {
				continue
			}
			variance := f.Mean*f.Dispersion + f.Mean*f.Mean*f.Doubt
			if want := math.Min(integral(f.Layers(), n), score.NBTail(n, f.Mean, variance)); math.Abs(got-want) > 0.04 {
				t.Errorf("%+v: surprise of %v is %.3f, want %.3f", f, n, got, want)
			}
		}
	}
}

// Layers keep the variance, and make far more voices less surprising than one negative binomial would.
func TestLayersHaveAHeavierTail(t *testing.T) {
	t.Parallel()
	for _, f := range forecasts() {
		l := f.Layers()
		variance := f.Mean*f.Dispersion + f.Mean*f.Mean*f.Doubt
		cv := (l.Dispersion - 1) / l.Mean
		if got := l.Mean + l.Mean*l.Mean*((1+l.Doubt)*(1+cv)-1); math.Abs(got-variance) > 0.01*variance {
			t.Errorf("%+v: the layers' variance is %.4f, want %.4f", f, got, variance)
		}
		last := 0.0
		for n := math.Ceil(f.Mean) + 1; n < 2000; n++ {
			got, single := f.Surprise(n), score.NBTail(n, f.Mean, variance)
			if got > single || got < last-0.03 {
				t.Fatalf("%+v: surprise of %v is %.3f after %.3f, and %.3f of one negative binomial", f, n, got, last, single)
			}
			last = got
		}
	}
	f := score.Forecast{Mean: 2, Dispersion: 2, Doubt: 0.1}
	if got := f.Surprise(30); got > 6 {
		t.Errorf("thirty voices where two are usual, by factors that multiply: surprise %.2f, want at most 6", got)
	}
}
