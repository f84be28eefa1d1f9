package score

import (
	"math"
	"time"
)

// Interval is a closed stretch of time with what was counted in it. Intervals follow one another; a hole between two of them counts as
// unheard. Lengths are rounded to whole steps; an interval longer than a step is treated as that many steps that share
// its count evenly, so that a long silence and the many short ones are the same.
type Interval struct {
	From, To time.Time
	// Count is the weight of what was counted, 0 or more, of a grain of 1e-6.
	Count float64
	// Talk is the weight of what was said beside it without being counted, of the same grain: of a crowd that talks about a
	// service some will always be taken for complaints. 0 where nothing is known of it.
	Talk float64
	// Crowd is how many voices a second are to be expected whatever the past says, because services of all kinds are louder than
	// ever before; 0: they are not.
	Crowd float64
	// Heard says that somebody listened. What nobody heard is not learnt, and lends its windows no exposure.
	Heard bool
	// Learn says that the interval may shape the usual level. It is false while an outage goes on; the first such interval also
	// takes back what the last longest window has not yet taught.
	Learn bool
}

// Score says how surprising the present is. The zero Score is that of silence.
type Score struct {
	// Surprise is -log10 of the probability of a window as loud as this on a usual day, 0 to MaxSurprise, of the window for which it
	// is highest and after paying for the choice among windows.
	Surprise float64
	// Window is that window. Count is what was counted in it, Usual what was expected, and Dispersion the variance expected
	// over Usual, at least 1.
	Window     time.Duration
	Count      float64
	Usual      float64
	Dispersion float64
	// Ratio is Count over Usual, 0 if nothing was counted, and at most 1e6.
	Ratio float64
}

const maxRatio = 1e6

// Scorer is the state of one service. It is no larger than a few kilobytes and safe for one goroutine at a time.
type Scorer struct {
	par     Params
	step    time.Duration
	perUnit int
	started bool
	at      int64 // unix nanoseconds: end of the newest slot
	index   int64 // slots since the start
	muted   int64 // slots since Learn became false
	hold    int64 // slots until the longest window is clear of slots that may not be learnt
	frozen  slot  // while hold lasts: what was heard before it and is not learnt
	best    int   // the window of the last score
	ring    ring
	level   level
	profile profile
	pool    *Pool
	spreads [len(units)]spread
	// current and pending are the residuals of this block and of the one before, which is learnt when this one ends.
	current [len(units)]spread
	pending [len(units)]spread
	spoilt  bool
	leaving leaving
	// factor and doubt are the profile at the present bin.
	factor float64
	doubt  float64
	crowd  float64 // of the newest interval
}

// New returns the state of a service of which nothing is known, counted in slots of 10 seconds.
func New(p Params) *Scorer { return NewStep(p, 10*time.Second) }

// NewStep is New for counts that come once per step, at least a second. Where a step is longer than a minute, the windows are the same
// multiples of the step instead of minutes.
func NewStep(p Params, step time.Duration) *Scorer {
	step = max(step.Round(time.Second), time.Second)
	perUnit := max(1, int((time.Minute+step/2)/step))
	return &Scorer{par: p, step: step, perUnit: perUnit, ring: newRing(perUnit), factor: 1}
}

// Join makes the Scorer learn from, and teach, how much voices vary in all services of the pool. A restored Scorer has to join
// again.
func (s *Scorer) Join(pool *Pool) { s.pool = pool }

// Windows are the lengths of the windows, shortest first.
func (s *Scorer) Windows() []time.Duration {
	out := make([]time.Duration, len(units))
	for i := range units {
		out[i] = s.window(i)
	}
	return out
}

func (s *Scorer) window(i int) time.Duration {
	return time.Duration(units[i]*s.perUnit) * s.step
}

// binSlots is the length of a bin, the grain in which levels are learnt: five units.
func (s *Scorer) binSlots() int64 { return int64(max(1, int(5*time.Minute/s.step))) }

// Step takes the next interval in and scores the windows that end with it. An interval that does not reach beyond the last is
// counted into the newest slot.
func (s *Scorer) Step(in Interval) Score {
	to := in.To.UnixNano()
	s.crowd = in.Crowd
	if !s.started {
		s.started = true
		s.at = in.From.UnixNano()
	}
	if hole := (in.From.UnixNano() - s.at + int64(s.step)/2) / int64(s.step); hole > 0 {
		s.deaf(hole, in.Learn)
	}
	n := (to - s.at + int64(s.step)/2) / int64(s.step)
	if n <= 0 {
		return s.recount(in)
	}
	if !in.Heard {
		s.deaf(n, in.Learn)
		return s.score()
	}
	s.advance(n, in)
	return s.score()
}

// recount adds a late count to the newest slot.
func (s *Scorer) recount(in Interval) Score {
	if s.index > 0 && in.Heard {
		s.ring.add(toCount(in.Count), toCount(in.Talk))
	}
	return s.score()
}

// advance pushes n slots that share the interval's count.
func (s *Scorer) advance(n int64, in Interval) {
	sl := slot{count: toCount(in.Count / float64(n)), talk: toCount(in.Talk / float64(n))}
	for bin := s.binSlots(); n > 0; {
		if n >= bin && sl == (slot{}) && in.Heard && in.Learn && s.isHushed() {
			s.passBin()
			n -= bin
			continue
		}
		s.pass(sl, in)
		n--
	}
}

// pass pushes one slot.
func (s *Scorer) pass(sl slot, in Interval) {
	learn := s.learnable(in.Learn)
	if s.index%s.binSlots() == 0 {
		s.openBin()
	}
	if in.Heard {
		sl.learn = learn
		sl.exposure = s.exposure()
	} else {
		sl = slot{}
	}
	out := s.ring.push(sl, s.perUnit)
	s.at += int64(s.step)
	s.index++
	s.leave(out)
	s.measure()
}

// exposure is that of a slot of the present bin.
func (s *Scorer) exposure() int64 { return int64(s.factor * s.step.Seconds() * exposureUnit) }

// learnable follows Learn, and says whether the slot that begins now may be learnt. The first that may not takes back what is still waiting to
// be learnt: nobody knows how much of it was the outage already. After LearnAfter the present is the usual level.
func (s *Scorer) learnable(learn bool) bool {
	if learn {
		s.muted = 0
	} else {
		s.muted++
		learn = s.muted*int64(s.step) > int64(s.par.LearnAfter)
	}
	switch {
	case !learn:
		if s.hold == 0 {
			s.frozen = s.before(s.best)
			s.ring.forget()
		}
		s.hold = int64(len(s.ring.slots))
		s.spoilt = true
	case s.hold > 0:
		s.hold--
	}
	return learn
}

// openBin refreshes the profile's factor for the bin that begins now.
func (s *Scorer) openBin() {
	mid := s.at + s.binSlots()*int64(s.step)/2
	s.factor, s.doubt = s.profile.at(time.Unix(0, mid), s.level.base(0, 0, &s.par), &s.par)
}

func toCount(c float64) int64 {
	if !(c > 0) {
		return 0
	}
	return int64(math.Round(math.Min(c, 1e12) * countUnit))
}
