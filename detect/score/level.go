package score

import "math"

// level is how loud a service is, apart from the hour of the week: a slow base, and a local level around it.
type level struct {
	// Voices were heard in Seconds; both are forgotten with BaseHalfLife.
	Voices, Seconds float64
	// Talk is what was said beside the voices, forgotten likewise.
	Talk float64
	// Near and Exposure are the same with LocalHalfLife; Exposure is seconds times the profile's factor.
	Near, Exposure float64
}

// prior is how many voices are taken for heard before any was: more of a service of which people talk without complaining, as they will complain of it, too.
func (l *level) prior(par *Params) float64 {
	return par.PriorVoices + math.Min(par.Misread*l.Talk, par.TalkPrior)
}

// base is the slow level in voices per second if also voices more were heard in seconds than is learnt.
func (l *level) base(voices, seconds float64, par *Params) float64 {
	return (l.Voices + voices + l.prior(par)) / (l.Seconds + seconds + par.PriorExposure.Seconds())
}

// predict is the rate of voices per second of exposure now, and the squared coefficient of variation of our doubt about it, if
// also voices more were heard in exposure seconds than is learnt. Overdispersed voices carry less information than their
// number: they are divided by the dispersion.
func (l *level) predict(voices, exposure, dispersion float64, par *Params) (rate, doubt float64) {
	base := l.base(voices, exposure, par)
	// The base is known as well as its voices are many; a day differs from the base by LocalSpread on top.
	known := l.prior(par) + (l.Voices+voices)/dispersion
	weight := 1 / (par.LocalSpread*par.LocalSpread + 1/known)
	near := (l.Near + voices) / dispersion
	expected := (l.Exposure + exposure) * base / dispersion
	return base * (near + weight) / (expected + weight), 1 / (near + weight)
}

// learn adds a bin and forgets a little.
func (l *level) learn(voices, seconds, exposure, keepBase, keepLocal float64) {
	l.Voices = l.Voices*keepBase + voices
	l.Seconds = l.Seconds*keepBase + seconds
	l.Near = l.Near*keepLocal + voices
	l.Exposure = l.Exposure*keepLocal + exposure
}

// keep is what is left of one unit of evidence after elapsed, given its half-life, both in seconds.
func keep(elapsed, halfLife float64) float64 { return math.Exp2(-elapsed / halfLife) }

// misread is the share of what is said of a service that is taken for a complaint on usual days: of a crowd that talks about it, as
// many voices are to be expected.
func (l *level) misread(par *Params) float64 {
	return (l.Voices + par.MisreadPrior*par.Misread) / (l.Voices + l.Talk + par.MisreadPrior)
}
