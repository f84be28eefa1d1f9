package score

// deaf lets n slots pass in which nobody listened. Once the windows are empty nothing but forgetting goes on, which is done at once for any
// length: by whole blocks and bins, so that the grid of both stays where it was.
func (s *Scorer) deaf(n int64, learn bool) {
	block := int64(len(s.ring.slots))
	grid := block * s.binSlots()
	if settle := 3 * block; n > settle+grid {
		s.advance(settle, Interval{Learn: learn})
		jump := (n - settle) / grid * grid
		s.forget(jump, block)
		if !learn {
			s.muted += jump
		}
		n -= settle + jump
	}
	s.advance(n, Interval{Learn: learn})
}

// forget lets n slots pass of which nothing is in the windows and nothing is learnt.
func (s *Scorer) forget(n, block int64) {
	step := s.step.Seconds()
	local := keep(step*float64(n), s.par.LocalHalfLife.Seconds())
	s.level.learn(0, 0, 0, 1, local)
	k := keep(step*float64(n/block*block), s.par.DispersionHalfLife.Seconds())
	for i := range s.spreads {
		s.spreads[i].add(spread{}, k)
	}
	s.at += n * int64(s.step)
	s.index += n
}

// isHushed reports whether passBin may be taken for the bin that begins now: the windows are full of silence that is learnt
// bin by bin, and the service is one of which no window expects a voice, so that measuring silence tells nothing.
func (s *Scorer) isHushed() bool {
	bin, block := s.binSlots(), int64(len(s.ring.slots))
	if s.index%bin != 0 || s.index < block || block%bin != 0 || bin%int64(s.perUnit) != 0 || s.hold > 0 {
		return false
	}
	total := s.ring.total()
	if total.count != 0 || total.talk != 0 || s.ring.sums[0].exposure == 0 || s.leaving != (leaving{}) {
		return false
	}
	s.openBin()
	return s.loudest(float64(total.exposure+bin*s.exposure())/exposureUnit) < 0.5
}

// loudest is a bound of the mean of a window with the given exposure, if nothing is heard in it: level.predict with a dispersion of 1
// and no exposure of the local level.
func (s *Scorer) loudest(exposure float64) float64 {
	base := s.level.base(0, 0, &s.par)
	spread := s.par.LocalSpread*s.par.LocalSpread + 1/(s.level.prior(&s.par)+s.level.Voices)
	return base * exposure * (1 + s.level.Near*spread)
}

// passBin is pass for all the silent slots of a bin at once, and gives the same state to the last bit.
func (s *Scorer) passBin() {
	bin := s.binSlots()
	s.muted = 0
	heard, exposure := s.ring.pushSilence(int(bin), s.exposure(), s.perUnit)
	s.leaving = leaving{heard: heard, exposure: exposure}
	s.at += bin * int64(s.step)
	s.index += bin
	s.learnBin()
	s.leaving = leaving{}
	if s.index%int64(len(s.ring.slots)) == 0 {
		s.endBlock()
	}
}
