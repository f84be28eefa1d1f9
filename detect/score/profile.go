package score

import "time"

const (
	hoursOfDay  = 24
	hoursOfWeek = 7 * hoursOfDay
)

// profile is how many voices were heard in how many seconds in each hour of the week, in UTC. It is kept in single precision, which
// is plenty and halves what is stored.
type profile struct {
	voices  [hoursOfWeek]float32
	seconds [hoursOfWeek]float32
	// any says that a voice was heard.
	any bool
}

// weekHour is the position of t in the week in hours, 0 at the middle of the first hour, and how it divides between the two
// hours whose middles it lies between.
func weekHour(unixSeconds int64) (lo, hi int, part float64) {
	const week = hoursOfWeek * 3600
	s := (unixSeconds - 1800) % week
	if s < 0 {
		s += week
	}
	lo = int(s / 3600)
	return lo, (lo + 1) % hoursOfWeek, float64(s%3600) / 3600
}

// learn adds voices heard in seconds around t, divided between the two hours next to it.
func (p *profile) learn(t time.Time, voices, seconds float64) {
	lo, hi, part := weekHour(t.Unix())
	p.any = p.any || voices > 0
	p.voices[lo] += float32(voices * (1 - part))
	p.seconds[lo] += float32(seconds * (1 - part))
	p.voices[hi] += float32(voices * part)
	p.seconds[hi] += float32(seconds * part)
}

// scale multiplies all evidence, to forget.
func (p *profile) scale(by float32) {
	for i := range p.seconds {
		p.seconds[i] *= by
	}
	if !p.any {
		return
	}
	for i := range p.voices {
		p.voices[i] *= by
	}
}

// at is the profile's factor around the base rate at t, and the squared coefficient of variation of our doubt about it.
func (p *profile) at(t time.Time, rate float64, par *Params) (factor, doubt float64) {
	lo, hi, part := weekHour(t.Unix())
	f1, d1 := p.hour(lo, rate, par)
	f2, d2 := p.hour(hi, rate, par)
	return f1*(1-part) + f2*part, d1*(1-part) + d2*part
}

// hour shrinks an hour of the week to its hour of the day, and that to flat.
func (p *profile) hour(h int, rate float64, par *Params) (factor, doubt float64) {
	var voices, seconds float64
	for i := h % hoursOfDay; i < hoursOfWeek; i += hoursOfDay {
		voices += float64(p.voices[i])
		seconds += float64(p.seconds[i])
	}
	perHour := rate * 3600
	prior := par.ProfilePrior + par.DayPrior*perHour
	day := (voices + prior) / (seconds*rate + prior)
	prior = par.ProfilePrior + par.WeekPrior*perHour
	week := (float64(p.voices[h]) + prior*day) / (float64(p.seconds[h])*rate + prior)
	doubt = par.HourSpread*par.HourSpread*par.HourPrior/(par.HourPrior+seconds/3600) +
		par.WeekSpread*par.WeekSpread*par.WeekKnown/(par.WeekKnown+float64(p.seconds[h])/3600)
	return week, doubt
}
