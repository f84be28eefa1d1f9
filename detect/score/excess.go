package score

import (
	"math"
	"slices"
)

// excess is by how much the counts of a sliding window exceed what is usual, and the highest such sum of each past block.
type excess struct {
	slots []float64
	next  int // the oldest slot
	sum   float64
	high  float64   // of the present block; -Inf if nothing was counted in it
	past  []float64 // of the past blocks, oldest first, at most memory
	ranks []float64 // the same, ascending
}

func newExcess(slots int64) excess {
	return excess{slots: make([]float64, slots), high: math.Inf(-1)}
}

// pass moves the window on by n slots without excess.
func (e *excess) pass(n int64) {
	for range min(n, int64(len(e.slots))) {
		e.sum -= e.slots[e.next]
		e.slots[e.next] = 0
		if e.next++; e.next == len(e.slots) {
			e.next = 0
			e.settle()
		}
	}
}

// settle sums up afresh, so that roundings do not pile up.
func (e *excess) settle() {
	e.sum = 0
	for _, v := range e.slots {
		e.sum += v
	}
}

// add counts more into the newest slot.
func (e *excess) add(v float64) {
	e.slots[(e.next+len(e.slots)-1)%len(e.slots)] += v
	e.sum += v
	e.high = math.Max(e.high, e.sum)
}

// endBlock puts the present block to the past ones.
func (e *excess) endBlock() {
	if math.IsInf(e.high, -1) {
		return
	}
	if len(e.past) == memory {
		at, _ := slices.BinarySearch(e.ranks, e.past[0])
		e.ranks = slices.Delete(e.ranks, at, at+1)
		e.past = e.past[1:]
	}
	e.past = append(e.past, e.high)
	at, _ := slices.BinarySearch(e.ranks, e.high)
	e.ranks = slices.Insert(e.ranks, at, e.high)
	e.high = math.Inf(-1)
}

// rank is -log10 of the share of the past blocks that are at least as high as the present, which counts for half a block itself: the
// mid-p-value of a conformal test. record says that none is.
func (e *excess) rank() (rank float64, record bool) {
	at, _ := slices.BinarySearch(e.ranks, e.sum)
	above := float64(len(e.ranks) - at)
	return -math.Log10((above + 0.5) / float64(len(e.ranks)+1)), above == 0
}
