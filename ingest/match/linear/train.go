package linear

import (
	"math"
	"math/rand/v2"
)

// Example is one of what a Model learns from. Weight is how much it counts: 1 as one, 0 not at all.
type Example struct {
	Features []uint32
	Weight   float64
	Positive bool
}

// Options tell how a Model learns.
type Options struct {
	// Bits is the logarithm of how many weights there are, from 1 to MaxBits.
	Bits int
	// Cost is what it costs to be wrong beside what large weights cost: the greater, the closer the examples are fitted.
	Cost float64
	// Rounds is how often each example is looked at.
	Rounds int
	// Seed is of the order in which they are.
	Seed uint64
}

// Train finds the weights by which the examples are told apart best, with a penalty on the square of the weights, by coordinate descent in the
// dual (Yu, Huang and Lin, Dual coordinate descent methods for logistic regression and maximum entropy models, 2011). The same examples in the
// same order give the same model.
func Train(examples []Example, o Options) *Model {
	shift := 32 - uint32(o.Bits)
	w := make([]float64, 1<<o.Bits)
	bias := 0.0
	alpha, norms := make([]float64, len(examples)), make([]float64, len(examples))
	order := make([]int, len(examples))
	for i := range examples {
		order[i] = i
		norms[i] = norm(&examples[i], shift)
		alpha[i] = startOf(o.Cost * examples[i].Weight)
		bias += add(w, &examples[i], shift, alpha[i])
	}
	chance := rand.New(rand.NewPCG(o.Seed, 0))
	for range o.Rounds {
		chance.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			e := &examples[i]
			if cost := o.Cost * e.Weight; cost > 0 {
				next := solve(e.sign()*sum(w, e, shift, bias), alpha[i], norms[i], cost)
				bias += add(w, e, shift, next-alpha[i])
				alpha[i] = next
			}
		}
	}
	return quantise(w, bias, shift)
}

func (e *Example) sign() float64 {
	if e.Positive {
		return 1
	}
	return -1
}

// startOf is where the dual variable of an example begins.
func startOf(cost float64) float64 { return min(.001*cost, 1e-8) }

// scale is what each of n features counts.
func scale(n int) float64 { return 1 / math.Sqrt(float64(max(n, 1))) }

// sum is the logarithm of the odds that the weights give an example.
func sum(w []float64, e *Example, shift uint32, bias float64) float64 {
	total := 0.0
	for _, f := range e.Features {
		total += w[f>>shift]
	}
	return bias + total*scale(len(e.Features))
}

// norm is the square of an example's length, with a one for the bias.
func norm(e *Example, shift uint32) float64 {
	counts := make(map[uint32]float64, len(e.Features))
	for _, f := range e.Features {
		counts[f>>shift]++
	}
	total := 0.0
	for _, n := range counts {
		total += n * n
	}
	return 1 + total*scale(len(e.Features))*scale(len(e.Features))
}

// add adds an example by times to the weights, and returns what that adds to the bias.
func add(w []float64, e *Example, shift uint32, times float64) float64 {
	d := e.sign() * times * scale(len(e.Features))
	for _, f := range e.Features {
		w[f>>shift] += d
	}
	return e.sign() * times
}

// solveSteps is how often the interval in which the solution lies is halved.
const solveSteps = 40

// solve is where the dual of one example, as it stands with the variable at alpha, is least.
func solve(margin, alpha, norm, cost float64) float64 {
	low, high := 0.0, cost
	for range solveSteps {
		z := (low + high) / 2
		if norm*(z-alpha)+margin+math.Log(z/(cost-z)) > 0 {
			high = z
		} else {
			low = z
		}
	}
	return (low + high) / 2
}

// quantise brings weights to bytes.
func quantise(w []float64, bias float64, shift uint32) *Model {
	most := 0.0
	for _, x := range w {
		most = max(most, math.Abs(x))
	}
	m := &Model{bias: float32(bias), unit: float32(max(most, 1e-9) / math.MaxInt8), shift: shift, table: make([]int8, len(w))}
	for i, x := range w {
		m.table[i] = int8(math.Round(x / float64(m.unit)))
	}
	return m
}
