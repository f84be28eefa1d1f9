package score_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/outcry/outcry/detect/score"
)

const alarm = 5.6 // the surprise at which the Judge suspects

// world makes counts per slot of 10 seconds.
type world struct {
	s     *score.Scorer
	r     *rand.Rand
	start time.Time
	at    time.Time
	level float64 // voices per 5 minutes, on average
	phi   float64 // variance over mean
	shape func(hour float64) float64
}

func newWorld(seed uint64, level, phi float64, shape func(float64) float64) *world {
	return &world{
		s: score.New(score.Default()), r: rand.New(rand.NewPCG(seed, 5)),
		start: monday, at: monday, level: level, phi: phi, shape: shape,
	}
}

// step takes the next slot, with mult times the usual voices.
func (w *world) step(mult float64) score.Score {
	mean := w.level / 30 * w.shape(w.at.Sub(w.start).Hours()) * mult
	var sc score.Score
	sc, w.at = feed1(w.s, w.at, negBinomial(w.r, mean, w.phi))
	return sc
}

// loudest is the highest surprise over d.
func (w *world) loudest(d time.Duration, mult func(minute float64) float64) float64 {
	top := 0.0
	for from := w.at; w.at.Before(from.Add(d)); {
		top = math.Max(top, w.step(mult(w.at.Sub(from).Minutes())).Surprise)
	}
	return top
}

// delay is after how many minutes the alarm is reached, at most d.
func (w *world) delay(d time.Duration, mult func(minute float64) float64) (minutes float64, found bool) {
	for from := w.at; w.at.Before(from.Add(d)); {
		if w.step(mult(w.at.Sub(from).Minutes())).Surprise >= alarm {
			return w.at.Sub(from).Minutes(), true
		}
	}
	return 0, false
}

func usual(float64) float64 { return 1 }

func flat(float64) float64 { return 1 }

// daily is a cycle of the day that goes up and down by a factor of five.
func daily(hour float64) float64 { return math.Exp(0.8 * math.Sin(2*math.Pi*(hour-9)/24)) }

// weekly is the same with quieter weekends.
func weekly(hour float64) float64 {
	day := math.Mod(hour, 168) / 24
	weekend := 1/(1+math.Exp(-20*(day-5.1))) - 1/(1+math.Exp(-20*(day-6.9))) + 1/(1+math.Exp(20*(day+0.1)))
	return daily(hour) * (1 - 0.4*weekend)
}

func times(k float64) func(float64) float64 { return func(float64) float64 { return k } }

// ramp rises to k times within some minutes and stays there.
func ramp(k, minutes float64) func(float64) float64 {
	return func(m float64) float64 { return math.Pow(k, math.Min(1, m/minutes)) }
}

func TestDelays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		level   float64
		phi     float64
		known   time.Duration
		mult    func(float64) float64
		within  float64 // minutes
		silence time.Duration
	}{
		{name: "unseen, one voice a minute", level: 5, phi: 1, silence: time.Hour, mult: usual, within: 8},
		{name: "unseen, five voices a minute", level: 25, phi: 1, silence: time.Hour, mult: usual, within: 2},
		{name: "unseen for a week, one voice a minute", level: 5, phi: 1, silence: 168 * time.Hour, mult: usual, within: 6},
		{name: "5 per 5 min, ten times", level: 5, phi: 3, known: 14 * 24 * time.Hour, mult: times(10), within: 6},
		{name: "50 per 5 min, twice", level: 50, phi: 3, known: 14 * 24 * time.Hour, mult: times(2), within: 20},
		{name: "50 per 5 min, ten times", level: 50, phi: 3, known: 14 * 24 * time.Hour, mult: times(10), within: 1},
		{name: "500 per 5 min, half as much again", level: 500, phi: 3, known: 14 * 24 * time.Hour, mult: times(1.5), within: 20},
		{name: "500 per 5 min, twice", level: 500, phi: 3, known: 14 * 24 * time.Hour, mult: times(2), within: 5},
		{name: "500 per 5 min on its first day, to ten times in 10 min", level: 500, phi: 3, known: 8 * time.Hour, mult: ramp(10, 10), within: 10},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var all []float64
			for seed := range uint64(5) {
				w := newWorld(seed, tc.level, tc.phi, flat)
				if tc.silence > 0 {
					w.at = silence(w.s, w.at, tc.silence)
				} else {
					w.shape = daily
					w.loudest(tc.known+20*time.Hour, usual)
				}
				got, found := w.delay(time.Hour, tc.mult)
				if !found {
					got = math.Inf(1)
				}
				all = append(all, got)
			}
			slices.Sort(all)
			t.Logf("%-56s median %4.1f min, %4.1f to %4.1f", tc.name, all[2], all[0], all[4])
			if all[2] > tc.within {
				t.Errorf("alarm after %.1f min, want within %v", all[2], tc.within)
			}
		})
	}
}

func TestWakingCountryIsNoOutage(t *testing.T) {
	t.Parallel()
	for _, level := range []float64{5, 50, 500} {
		for _, phi := range []float64{1, 3} {
			t.Run(fmt.Sprintf("%v per 5 min, dispersion %v", level, phi), func(t *testing.T) {
				t.Parallel()
				first := newWorld(6, level, phi, flat)
				for first.at.Sub(first.start) < 8*time.Hour {
					first.step(1)
				}
				morning := first.loudest(4*time.Hour, ramp(8, 180))
				known := newWorld(6, level, phi, daily)
				for known.at.Sub(known.start) < 72*time.Hour {
					known.step(1)
				}
				day := known.loudest(24*time.Hour, usual)
				t.Logf("%4v per 5 min, dispersion %v: first morning (doubling per hour) %.1f, a known day (×5) %.1f", level, phi, morning, day)
				if morning >= alarm || day >= alarm {
					t.Errorf("surprise %.1f on the first morning and %.1f on a known day, want less than %v", morning, day, alarm)
				}
			})
		}
	}
}

func TestBeginsInTheMiddleOfNoise(t *testing.T) {
	t.Parallel()
	for _, level := range []float64{5, 50, 500} {
		for _, phi := range []float64{1, 3} {
			top := 0.0
			for seed := range uint64(20) {
				top = math.Max(top, newWorld(seed, level, phi, flat).loudest(2*time.Hour, usual))
			}
			t.Logf("%4v per 5 min, dispersion %v: highest surprise of the first two hours in 20 runs %.1f", level, phi, top)
			if top >= alarm {
				t.Errorf("at %v per 5 min with dispersion %v the surprise rose to %.1f", level, phi, top)
			}
		}
	}
}

// negBinomial draws from the negative binomial of the given mean and variance over mean.
func negBinomial(r *rand.Rand, mean, phi float64) float64 {
	if phi <= 1 {
		return poisson(r, mean)
	}
	return poisson(r, gamma(r, mean/(phi-1))*(phi-1))
}

// gamma draws from the gamma distribution of the given shape and scale 1 (Marsaglia and Tsang 2000).
func gamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(r, shape+1) * math.Pow(r.Float64(), 1/shape)
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
		if math.Log(r.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// poisson draws from the Poisson distribution: by products of uniforms, and from above 30 by the normal approximation.
func poisson(r *rand.Rand, mean float64) float64 {
	if mean > 30 {
		return math.Max(0, math.Round(mean+math.Sqrt(mean)*r.NormFloat64()))
	}
	n, p, limit := 0.0, r.Float64(), math.Exp(-mean)
	for p > limit {
		n++
		p *= r.Float64()
	}
	return n
}
