package score

import (
	"maps"
	"math"
	"slices"
)

// Shares are how voices are usually divided into kinds, by language for example. The zero Shares know nothing.
type Shares struct {
	Weights map[string]float64 `json:"weights,omitempty"`
	Total   float64            `json:"total,omitempty"`
}

// leastShare is a weight that is as good as forgotten.
const leastShare = 0.01

// Learn adds weights, and forgets what is beyond the newest most.
func (s *Shares) Learn(weights map[string]float64, most float64) {
	if s.Weights == nil {
		s.Weights = make(map[string]float64)
	}
	for _, kind := range slices.Sorted(maps.Keys(weights)) {
		s.Weights[kind] += weights[kind]
		s.Total += weights[kind]
	}
	if s.Total <= most {
		return
	}
	keep := most / s.Total
	s.Total = 0
	for _, kind := range slices.Sorted(maps.Keys(s.Weights)) {
		if w := s.Weights[kind] * keep; w >= leastShare {
			s.Weights[kind] = w
			s.Total += w
		} else {
			delete(s.Weights, kind)
		}
	}
}

// share is the usual share of a kind, of which there are Kinds.
func (s *Shares) share(kind string, par *Params) float64 {
	return (s.Weights[kind] + par.KindPrior) / (s.Total + par.KindPrior*par.Kinds)
}

// Usual is the share, 0 to 1, that a kind usually has, where what all services have counts as much as prior of the service's own weight. Of all
// services something must have been learned.
func (s *Shares) Usual(kind string, world *Shares, prior float64) float64 {
	return (s.Weights[kind] + prior*world.Weights[kind]/world.Total) / (s.Total + prior)
}

// Part is the Score of the voices of the window of index i, of which count are of one kind: how surprising it is that so many come and that
// they are of this kind (Kulldorff 1997, with a prior instead of a search by chance). usual is how the service's voices are divided, world how those of
// all services are. A surprise up to least need not be exact. Each kind pays for the choice among kinds in proportion to how rare it is in the world, so that a service that was never heard
// gains nothing by having a language of its own.
func (s *Scorer) Part(i int, kind string, count, least float64, usual, world *Shares) Score {
	price := math.Log10(s.price(i))
	if count*s.par.VoiceWorth-price <= least {
		return Score{Window: s.window(i), Count: s.count(i)}
	}
	f := s.outlook(i)
	sc := s.beside(i, f)
	if f.mean <= 0 {
		return sc
	}
	share := world.share(kind, &s.par)
	own, all := s.par.SharePrior*share+usual.Weights[kind], s.par.SharePrior+usual.Total
	rarity := math.Min(urn(count, count, own, all), urn(count, math.Max(count, sc.Count), own, all)) + math.Log10(share/s.par.ShareScan)
	if rarity > 0 {
		surprise := f.surprise(count, least+price-rarity) + rarity
		sc.Surprise = math.Max(0, math.Min(surprise, count*s.par.VoiceWorth)-price)
	}
	return sc
}

// urn is -log10 of the probability of k balls of one colour among n that are drawn from a Pólya urn which holds own of that colour among all: the
// beta-binomial distribution, in which voices that follow each other are more alike than by chance, the more so the less is known.
func urn(k, n, own, all float64) float64 {
	rest := all - own
	ln := lgamma(n+1) - lgamma(k+1) - lgamma(n-k+1) + lgamma(k+own) - lgamma(own) + lgamma(n-k+rest) - lgamma(rest) + lgamma(all) - lgamma(n+all)
	return -ln / math.Ln10
}
