package score

import (
	"math"
	"time"
)

// leaving gathers the slots of one bin as they fall out of the longest window: only then are they learnt, so that no window is
// compared with itself and the first minutes of an outage do not count as usual.
type leaving struct {
	count    int64
	talk     int64
	exposure int64
	heard    int64 // slots that may be learnt
	slots    int64
}

// leave takes a slot that fell out of the longest window, and learns the bin when it is full.
func (s *Scorer) leave(out slot) {
	if s.index <= int64(len(s.ring.slots)) {
		return
	}
	l := &s.leaving
	if out.learn {
		l.count += out.count
		l.talk += out.talk
		l.exposure += out.exposure
		l.heard++
	}
	if l.slots++; l.slots == s.binSlots() {
		s.learnBin()
		*l = leaving{}
	}
}

// learnBin moves base, local level and profile by one bin.
func (s *Scorer) learnBin() {
	l := &s.leaving
	width := s.step.Seconds() * float64(s.binSlots())
	keepLocal := keep(width, s.par.LocalHalfLife.Seconds())
	if l.heard == 0 {
		s.level.learn(0, 0, 0, 1, keepLocal)
		return
	}
	seconds := float64(l.heard) * s.step.Seconds()
	exposure := float64(l.exposure) / exposureUnit
	keepBase := keep(seconds, s.par.BaseHalfLife.Seconds())
	n := 0.0
	if l.count > 0 {
		n = s.clip(float64(l.count)/countUnit, exposure)
	}
	s.level.learn(n, seconds, exposure, keepBase, keepLocal)
	s.level.Talk = s.level.Talk*keepBase + float64(l.talk)/countUnit
	s.profile.scale(float32(keepBase))
	mid := s.at - int64(len(s.ring.slots))*int64(s.step) - int64(width*float64(time.Second)/2)
	s.profile.learn(time.Unix(0, mid), n, seconds)
}

// clip cuts a bin's count at Clip standard deviations above what was expected, so that an outage nobody told us of moves the level little,
// while a lasting new level still gets through bin by bin.
func (s *Scorer) clip(n, exposure float64) float64 {
	phi := s.dispersion(2, slot{})
	rate, doubt := s.level.predict(0, 0, phi, &s.par)
	mean := rate * exposure
	sd := math.Sqrt(mean*phi + mean*mean*(doubt+s.drift(2)))
	return math.Min(n, mean+s.par.Clip*sd+s.par.ClipVoices*phi)
}

// measure adds the residuals of the windows that end now, where windows are laid end to end.
func (s *Scorer) measure() {
	if s.index%int64(s.perUnit) != 0 {
		return
	}
	unit := s.index / int64(s.perUnit)
	for i, u := range units {
		if unit%int64(u) == 0 {
			s.measureWindow(i)
		}
	}
	if unit%int64(units[len(units)-1]) == 0 {
		s.endBlock()
	}
}

// endBlock learns the residuals of the block before the one that ends now.
func (s *Scorer) endBlock() {
	k := keep(s.step.Seconds()*float64(len(s.ring.slots)), s.par.DispersionHalfLife.Seconds())
	for i := range units {
		if !s.spoilt {
			s.spreads[i].add(s.pending[i], k)
			s.pool.learn(i, &s.pending[i], &s.par)
		}
		s.pending[i], s.current[i] = s.current[i], spread{}
	}
	s.spoilt = s.hold > 0
}

// measureWindow compares a window that ends now with what was expected of it.
func (s *Scorer) measureWindow(i int) {
	w := &s.ring.sums[i]
	if w.exposure == 0 || s.index <= int64(len(s.ring.slots)) {
		return
	}
	f := s.expect(i)
	n := math.Min(float64(w.count)/countUnit, f.mean+s.par.Clip*math.Sqrt(f.variance())+s.par.ClipVoices*f.dispersion)
	s.current[i].add(residual(n, f), 1)
}
