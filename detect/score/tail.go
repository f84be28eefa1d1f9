package score

import "math"

// MaxSurprise is the largest surprise that is told apart from a larger one.
const MaxSurprise = 300

// NBTail is -log10 P(X ≥ k) for a negative binomial X with the given mean and variance, 0 to MaxSurprise. A variance at or below
// the mean gives the Poisson distribution. k may be fractional: the tail is then interpolated by the incomplete beta
// (or gamma) function, which agrees with the sum of probabilities at whole k. k at or below the mean gives 0: nothing
// to be surprised about.
func NBTail(k, mean, variance float64) float64 {
	if k <= mean || k <= 0 {
		return 0
	}
	if mean <= 0 {
		return MaxSurprise
	}
	ln, _ := lnTail(k, mean, variance)
	return math.Min(math.Max(-ln/math.Ln10, 0), MaxSurprise)
}

// lnTail is the logarithm of the tail from k > mean on, and how fast it rises with the logarithm of the mean while the squared coefficient of
// variation stays.
func lnTail(k, mean, variance float64) (ln, rise float64) {
	if excess := variance - mean; excess > 1e-9*mean {
		r := mean * mean / excess
		return lnBetaTail(k, r, mean/(mean+r))
	}
	return lnGammaTail(k, mean)
}

const (
	cfTiny  = 1e-300
	cfExact = 1e-12
	cfLimit = 2000
)

// lnBetaTail is ln I_x(a, b), the regularised incomplete beta function, for x below the mean of Beta(a, b), where its
// continued fraction (Lentz's method) converges fast, and its derivative by the logit of x.
func lnBetaTail(a, b, x float64) (ln, rise float64) {
	front := lgamma(a+b) - lgamma(a) - lgamma(b) + a*math.Log(x) + b*math.Log1p(-x) - math.Log(a)
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < cfTiny {
		d = cfTiny
	}
	d = 1 / d
	h := d
	for i := 1; i <= cfLimit; i++ {
		m := float64(i)
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / nonZero(1+even*d)
		c = nonZero(1 + even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / nonZero(1+odd*d)
		c = nonZero(1 + odd/c)
		step := d * c
		h *= step
		if math.Abs(step-1) < cfExact {
			break
		}
	}
	return front + math.Log(h), a / h
}

// lnGammaTail is ln P(k, m), the regularised lower incomplete gamma function, which is P(Poisson(m) ≥ k), for k > m, by its
// series, and its derivative by the logarithm of m.
func lnGammaTail(k, m float64) (ln, rise float64) {
	term := 1.0
	sum := term
	for i := 1; i <= cfLimit; i++ {
		term *= m / (k + float64(i))
		sum += term
		if term < cfExact*sum {
			break
		}
	}
	return k*math.Log(m) - m - lgamma(k+1) + math.Log(sum), k / sum
}

func nonZero(x float64) float64 {
	if math.Abs(x) < cfTiny {
		return cfTiny
	}
	return x
}

func lgamma(x float64) float64 {
	l, _ := math.Lgamma(x)
	return l
}
