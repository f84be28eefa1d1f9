package score

import (
	"math"
	"time"
)

// score finds the most surprising window.
func (s *Scorer) score() Score {
	var best Score
	if s.ring.total().count == 0 {
		return best
	}
	for i := range units {
		if s.ring.sums[i].count == 0 {
			continue
		}
		price := math.Log10(s.price(i))
		sc := s.scoreWindow(i, best.Surprise+price)
		sc.Surprise = math.Max(0, sc.Surprise-price)
		if sc.Surprise > best.Surprise || best.Window == 0 {
			best = sc
			s.best = i
		}
	}
	return best
}

// scoreWindow scores one window against everything that was heard before it, without the price of having a choice. A surprise up to least need not
// be exact.
func (s *Scorer) scoreWindow(i int, least float64) Score {
	f := s.outlook(i)
	sc := s.beside(i, f)
	if f.mean > 0 {
		sc.Surprise = math.Min(f.surprise(sc.Count, least), sc.Count*s.par.VoiceWorth)
	}
	return sc
}

// beside is window i beside what was forecast, without the surprise.
func (s *Scorer) beside(i int, f forecast) Score {
	sc := Score{Window: s.window(i), Count: s.count(i), Usual: f.mean, Dispersion: 1, Ratio: maxRatio}
	if f.mean > 0 {
		sc.Dispersion = f.variance() / f.mean
		sc.Ratio = math.Min(sc.Count/f.mean, maxRatio)
	}
	return sc
}

// count is what was counted in window i.
func (s *Scorer) count(i int) float64 { return float64(s.ring.sums[i].count) / countUnit }

// outlook is the forecast of window i with what is to be expected whatever the past says: what services of all kinds bring, and what is misread.
func (s *Scorer) outlook(i int) forecast {
	f := s.expect(i)
	if crowd := s.crowd * s.window(i).Seconds(); crowd > f.mean {
		f.mean, f.doubt = crowd, math.Max(f.doubt, 1)
	}
	if f.mean > 0 {
		f.mean += s.murmur(i)
	}
	return f
}

// murmur is how many voices of window i are to be expected from talk about the service that is louder than usual. Amid an
// outage most complain and some talk, so that only talk beyond TalkFree times the voices counts.
func (s *Scorer) murmur(i int) float64 {
	w := &s.ring.sums[i]
	voices, talk := float64(w.count)/countUnit, float64(w.talk)/countUnit
	if talk <= s.par.TalkFree*voices {
		return 0
	}
	usual := 0.0
	if s.level.Seconds > 0 {
		usual = s.level.Talk / s.level.Seconds * float64(w.exposure) / exposureUnit
	}
	return s.level.misread(&s.par) * math.Max(0, talk-s.par.TalkFree*voices-usual)
}

// price is by how much a window's probability is multiplied for the choice among windows and for looking at it in every slot
// instead of once per bin.
func (s *Scorer) price(i int) float64 {
	p := float64(len(units))
	if s.perUnit > 1 {
		p *= s.par.Scan
	}
	return p * math.Max(1, 5/float64(units[i]))
}

// expect is the forecast of window i as it ends now, given all that was heard before it.
func (s *Scorer) expect(i int) forecast {
	return s.forecast(i, s.ring.sums[i].exposure, s.before(i))
}

// before is what was heard before window i and is not learnt yet. While an outage goes on, and until the longest window is clear of it, it is
// what was heard before the outage.
func (s *Scorer) before(i int) slot {
	if s.hold > 0 {
		return s.frozen
	}
	w, t := &s.ring.sums[i], s.ring.total()
	return slot{
		count:    t.count - w.count + s.leaving.count,
		exposure: t.exposure - w.exposure + s.leaving.exposure,
	}
}

// forecast is that of window i with the given exposure, if before has been heard beyond what is learnt.
func (s *Scorer) forecast(i int, exposure int64, before slot) forecast {
	voices, seconds := before.units()
	rate, doubt := s.level.predict(voices, seconds, s.dispersion(2, before), &s.par)
	return forecast{mean: rate * float64(exposure) / exposureUnit, dispersion: s.dispersion(i, before), doubt: doubt + s.drift(i)}
}

// drift is the squared coefficient of variation of the level within window i. What is not known of the hours changes the level
// little in a minute and a lot in half an hour.
func (s *Scorer) drift(i int) float64 {
	return s.doubt * float64(units[i]) / float64(units[len(units)-1])
}

// dispersion is that of window i if before has been heard beyond what is learnt.
func (s *Scorer) dispersion(i int, before slot) float64 {
	voices, seconds := before.units()
	mean := s.level.base(voices, seconds, &s.par) * s.factor * s.window(i).Seconds()
	prior := s.pool.dispersion(i, mean, &s.par) * s.par.quiet(s.level.Seconds+seconds)
	return s.spreads[i].dispersion(s.level.Voices+voices, prior, &s.par)
}

// slow is what the newest slot holds at this hour of the week by the slow level alone, without the local one: the yardstick of an episode is
// not to move along with it. It is unknown as long as nobody listened before.
func (s *Scorer) slow(unknown float64) float64 {
	voices, seconds := s.before(0).units()
	if s.level.Seconds+seconds == 0 {
		return unknown
	}
	return s.level.base(voices, seconds, &s.par) * s.factor * s.step.Seconds()
}

// Usual is what a window around at would hold on a usual day, and the dispersion (variance over mean) of that. It does not count what is not
// learnt yet.
func (s *Scorer) Usual(at time.Time, window time.Duration) (mean, dispersion float64) {
	i := 0
	for i < len(units)-1 && s.window(i) < window {
		i++
	}
	factor, _ := s.profile.at(at, s.level.base(0, 0, &s.par), &s.par)
	f := s.forecast(i, int64(factor*window.Seconds()*exposureUnit), slot{})
	if f.mean <= 0 {
		return 0, 1
	}
	return f.mean, f.variance() / f.mean
}
