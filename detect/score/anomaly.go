package score

import (
	"math"
	"time"
)

// The constants of the anomaly score, one set for all series.
const (
	// block is the stretch of the past that counts once, however long a window was loud in it: a step, where that is longer. What is counted
	// in blocks below is meant as hours.
	block = time.Hour
	// moment, or a step, and halfDay, in blocks, are the windows: an episode begins with an unusual moment in an unusual half of a day.
	moment  = 5 * time.Minute
	halfDay = 12
	// memory is how many blocks are remembered: four weeks.
	memory = 28 * 24
	// episode is for how many blocks nothing more is told of an episode that gets no rarer.
	episode = 24
	// margin is by how much, in powers of ten, a moment must be rarer to be told all the same: about three times.
	margin = 0.5
	// rare is how many blocks pass between two as loud as the present, in the geometric mean of both windows, where the score is 0.5:
	// three days.
	rare = 72
	// chance is the surprise below which nothing has happened, and certain that at which what is louder than the whole past is told however
	// short that is: one in ten, and one in a million.
	chance  = 1
	certain = 6
)

// anomaly is the state of a series: the Scorer knows its usual level, the windows by how much the counts exceed it.
type anomaly struct {
	scorer  *Scorer
	windows [2]excess
	// left is how many slots of the present block are still to come, of perBlock.
	left, perBlock int64
	// peak is the rarest moment of the last episode, forgotten when fades slots have passed, of perEpisode.
	peak              float64
	fades, perEpisode int64
}

func newAnomaly(step time.Duration) *anomaly {
	slots := func(d time.Duration) int64 { return max(1, int64((d+step/2)/step)) }
	perBlock := slots(block)
	return &anomaly{
		scorer:     NewStep(Default(), step),
		windows:    [2]excess{newExcess(slots(moment)), newExcess(halfDay * perBlock)},
		perBlock:   perBlock,
		perEpisode: episode * perBlock,
	}
}

// step takes the next count in and gives its score.
func (a *anomaly) step(in Interval) float64 {
	before := a.scorer.index
	surprise := a.scorer.Step(in).Surprise
	more := in.Count
	if n := a.scorer.index - before; n > 0 {
		a.pass(n - 1)
		a.pass(1)
		more -= a.scorer.slow(in.Count)
	}
	for i := range a.windows {
		a.windows[i].add(more)
	}
	return a.tell(surprise)
}

// pass lets n slots go by in which nothing has been counted yet.
func (a *anomaly) pass(n int64) {
	ended := n > a.left
	if a.left -= n; ended {
		a.left = a.perBlock - 1 - (-a.left-1)%a.perBlock
	}
	for i := range a.windows {
		if ended {
			a.windows[i].endBlock()
		}
		a.windows[i].pass(n)
	}
	if a.fades = max(0, a.fades-n); a.fades == 0 {
		a.peak = 0
	}
}

// tell is the score of the present: 0 if it is no rarer than the episode was before, by margin once that was told with 0.5.
func (a *anomaly) tell(surprise float64) float64 {
	if surprise < chance {
		return 0
	}
	half := math.Log10(rare)
	v, record := 0.0, true
	for i := range a.windows {
		rank, highest := a.windows[i].rank()
		v += rank / float64(len(a.windows))
		record = record && highest
	}
	if record && surprise >= certain {
		v = math.Max(v, half)
	}
	told := a.peak
	if told >= half {
		told += margin
	}
	if v <= told {
		return 0
	}
	a.peak, a.fades = v, a.perEpisode
	return v / (v + half)
}
