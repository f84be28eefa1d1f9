package score

import "math"

// Pool is what all services together tell of how much voices vary, by window: a service that was not heard for long is taken to vary as the
// others do. The zero Pool knows nothing yet; a nil *Pool never learns. It is safe for one goroutine at a time, and the
// Scorers that share one have to be stepped in the same order to give the same scores again.
type Pool struct {
	// Excess is the sum, over windows laid end to end, of the squared distance from the mean beyond that of a Poisson count and
	// of the doubt about the mean; Squares that of the squared means. Both are weighted.
	Excess  [len(units)]float64 `json:"excess"`
	Squares [len(units)]float64 `json:"squares"`
}

// variation is the squared coefficient of variation by which the rate of window i varies from one window to the next. As long as
// nothing is known, short windows are taken to vary more: what people say in clusters of a minute evens out over several.
func (p *Pool) variation(i int, par *Params) float64 {
	prior := par.Variation * math.Max(1, 5/float64(units[i]))
	excess, squares := prior*par.VariationPrior, par.VariationPrior
	if p != nil {
		excess += p.Excess[i]
		squares += p.Squares[i]
	}
	return math.Max(excess/squares, par.VariationLeast)
}

// dispersion is that of window i of a service of the given mean: a count of mean m has the variance m + variation × m² (the
// negative binomial of a Gamma mixture), up to PoolMean; beyond, it is of many crowds that do not vary together.
func (p *Pool) dispersion(i int, mean float64, par *Params) float64 {
	return 1 + p.variation(i, par)*math.Min(mean, par.PoolMean)
}

// learn takes in what one service's windows of a block taught, and forgets what is more than VariationMost windows ago.
func (p *Pool) learn(i int, o *spread, par *Params) {
	if p == nil || o.Means2 == 0 {
		return
	}
	p.Excess[i] += o.Excess
	p.Squares[i] += o.Means2
	if over := p.Squares[i] / par.VariationMost; over > 1 {
		p.Excess[i] /= over
		p.Squares[i] /= over
	}
}
