package score

import "math"

// forecast is what a window is expected to hold: a negative binomial count around a level that is not known exactly. The two multiply, so that
// far more is to be expected now and then than of one negative binomial of the same variance.
type forecast struct {
	mean float64
	// dispersion is the variance over the mean if the level were known, at least 1.
	dispersion float64
	// doubt is the squared coefficient of variation of the level, whose distribution is a Gamma.
	doubt float64
}

func (f forecast) variance() float64 { return f.mean*f.dispersion + f.mean*f.mean*f.doubt }

// unsurprising is the surprise below which the shape of the tail makes no difference that matters.
const unsurprising = 2

// surprise is -log10 of the probability of n voices or more, 0 to MaxSurprise. What cannot exceed least is told by one negative binomial alone,
// whose tail is the thinner.
func (f forecast) surprise(n, least float64) float64 {
	s := NBTail(n, f.mean, f.variance())
	if s < math.Max(unsurprising, least) {
		return s
	}
	return math.Min(s, math.Max(unsurprising, -f.layered().lnTail(n)/math.Ln10))
}

// layered is a forecast of the same variance in which a part of the dispersion is doubt: that windows vary has causes that last for minutes and others that
// last for hours, and they multiply. Of a variation up to mostVaried both take the same factor; what is beyond is of voices that come in clusters.
func (f forecast) layered() forecast {
	varied := (f.dispersion - 1) / f.mean / (1 + f.doubt)
	layer := math.Sqrt(1 + math.Min(varied, mostVaried))
	return forecast{
		mean: f.mean, dispersion: 1 + ((1+varied)/layer-1)*f.mean, doubt: math.Max((1+f.doubt)*layer-1, leastDoubt),
	}
}

const (
	// mostVaried is the squared coefficient of variation of the rate of windows, at most: that of an exponential distribution.
	mostVaried = 1
	// leastDoubt is so little that the level is as good as known.
	leastDoubt = 1e-6
	// laplaceSteps are halvings of the logarithm of the level.
	laplaceSteps = 12
)

// lnTail is the logarithm of the probability of n voices or more, far out in the tail: the integral, over the logarithm of the level, of the level's density
// times the tail of the count, by Laplace's method. Both are log-concave, so there is one peak, between the mean level and the one at
// which n is usual.
func (f forecast) lnTail(n float64) float64 {
	shape := 1 / f.doubt
	low, high := 0.0, math.Log(n/f.mean)
	for range laplaceSteps {
		y := (low + high) / 2
		if _, rise := f.at(y, n); rise > shape*math.Expm1(y) {
			low = y
		} else {
			high = y
		}
	}
	const apart = 1e-3
	ln, rise := f.at(low, n)
	_, more := f.at(low-apart, n)
	bend := shape*math.Exp(low) + (more-rise)/apart
	density := shape*(math.Log(shape)+low-math.Exp(low)) - lgamma(shape)
	return ln + density + math.Log(2*math.Pi/bend)/2
}

// at is the logarithm of the tail from n on where the logarithm of the level lies y above its mean, and how fast it rises with y.
func (f forecast) at(y, n float64) (ln, rise float64) {
	mean := f.mean * math.Exp(y)
	return lnTail(n, mean, mean+(f.dispersion-1)/f.mean*mean*mean)
}
