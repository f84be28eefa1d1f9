package step

import (
	"math"
	"time"

	"github.com/outcry/outcry/event"
)

// rateWindow is the length of the window of Input.Rate.
const rateWindow = 5 * time.Minute

// Quiet is the phase of a service about which there is nothing to say.
const Quiet event.Phase = ""

// Params are the thresholds of the phases: one set for every service.
type Params struct {
	// Suspect is the surprise (-log10 of a probability) at which a burst is suspected to be an outage, and Voices the weight of
	// distinct voices that it takes besides.
	Suspect float64
	Voices  float64
	// Sure is the surprise, and SureVoices the weight of voices, at which an outage is confirmed at once; below, a
	// suspicion has to last for Last, and voices of the weight Joiners have to join those that raised it: what comes together by chance stops.
	Sure       float64
	SureVoices float64
	Last       time.Duration
	Joiners    float64
	// Doubt is the surprise below which a suspicion is dropped after DoubtFor.
	Doubt    float64
	DoubtFor time.Duration
	// Back is the share of "it's back" among the voices of the last minutes from which on people are believed to have it back,
	// if at least BackVoices say so.
	Back       float64
	BackVoices float64
	// Majority is the share from which on most are believed to have it back, once complaints have fallen to Settled times what they were
	// when it began to recover; Sweep the share at which Swept times that is enough. Both hold within Brisk of
	// that; later, complaints must have fallen to Few times it.
	Majority float64
	Settled  float64
	Sweep    float64
	Swept    float64
	Few      float64
	Brisk    time.Duration
	// Easing is how long that must last for the outage to be recovering, and Calm how long for it to be over: within Brisk, and LongCalm later.
	// Once it holds, the thresholds give way by Hysteresis (a factor) before it counts as broken off.
	Easing     time.Duration
	Calm       time.Duration
	LongCalm   time.Duration
	Hysteresis float64
	// Fall and Rest are the shares of the high-water mark of complaints below which an outage is recovering, or over, although
	// most do not say that it is back. That must be no chance: Over is the evidence that it takes (log10 of how much likelier the
	// voices since then are if the outage is over), or Silence how long it must last.
	Fall    float64
	Rest    float64
	Over    float64
	Silence time.Duration
	// Left is the share of the mean rate of complaints that is left of an outage that is over, and as many then say that it is back;
	// Stray is the share that say so while it goes on. MeanHalfLife is how fast the mean forgets.
	Left         float64
	Stray        float64
	MeanHalfLife time.Duration
	// HighHalfLife is how fast the high-water mark sinks when complaints do: people tire of complaining.
	HighHalfLife time.Duration
	// Again is the share of the high-water mark that makes a new wave, and Rise how many times the trough it must be.
	Again float64
	Rise  float64
	// Reopen is how long after its end an outage takes up again instead of being a new one.
	Reopen time.Duration
	// Afterglow is how long it takes until people talk half as much of an outage that is over, and at least AfterglowShare of
	// how long it lasted: a new burst must rise above Fall times the peak, halved once for each such time since the end.
	Afterglow      time.Duration
	AfterglowShare float64
}

// Default is the one set of parameters; docs/phases.md explains the figures.
func Default() Params {
	return Params{
		Suspect: 5.6, Voices: 4.5,
		Sure: 5.9, SureVoices: 5, Last: 30 * time.Second, Joiners: 0.5,
		Doubt: 3, DoubtFor: 5 * time.Minute,
		Back: 0.3, BackVoices: 4,
		Majority: 0.55, Settled: 0.35, Sweep: 0.75, Swept: 0.75, Few: 0.22, Brisk: 10 * time.Minute,
		Easing: time.Minute, Calm: 70 * time.Second, LongCalm: 210 * time.Second, Hysteresis: 1.15,
		Fall: 0.35, Rest: 0.15, Over: 3, Silence: 40 * time.Minute,
		Left: 0.2, Stray: 0.03, MeanHalfLife: 30 * time.Minute,
		HighHalfLife: time.Hour,
		Again:        0.5, Rise: 2.5,
		Reopen: time.Hour, Afterglow: 70 * time.Minute, AfterglowShare: 1.0 / 3,
	}
}

// Input is what a Machine is told about one slot of time.
type Input struct {
	// At is the end of the slot.
	At time.Time
	// Surprise is -log10 of the probability of the voices of the most telling window, whose weight is Voices.
	Surprise float64
	Voices   float64
	// Rate is the weight of complaining voices within the last five minutes, Usual what is usual there.
	Rate  float64
	Usual float64
	// NewComplaints and NewRecoveries are the weights of the voices within the slot that complained, and that said that it is over.
	NewComplaints float64
	NewRecoveries float64
	// Complaints and Recoveries are the weights of the voices that complained, and that said that it is over, as the last
	// three minutes promise for five.
	Complaints float64
	Recoveries float64
}

// Machine is where one service stands. The zero value is quiet.
type Machine struct {
	Phase event.Phase `json:"phase,omitempty"`
	// Since is when the phase was entered.
	Since time.Time `json:"since,omitzero"`
	// Hold is since when the conditions for the next phase down have held; zero: they do not.
	Hold time.Time `json:"hold,omitzero"`
	// Peak is the highest Rate of this outage, High its high-water mark, which sinks slowly, and Trough the lowest Rate since
	// it is recovering.
	Peak   float64 `json:"peak,omitempty"`
	High   float64 `json:"high,omitempty"`
	Trough float64 `json:"trough,omitempty"`
	// Joined is the weight of the voices that complained since it is suspected.
	Joined float64 `json:"joined,omitempty"`
	// Mean is the mean Rate of this outage, of which the newest counts most.
	Mean float64 `json:"mean,omitempty"`
	// Eased is the rate of complaints from which they fell when it began to recover.
	Eased float64 `json:"eased,omitempty"`
	// Evidence says how much likelier the voices since the best moment are if the outage was over by then (a natural logarithm).
	Evidence float64 `json:"evidence,omitempty"`
	// Fading is since when complaints have been low without a word that it is back; zero: they are not.
	Fading time.Time `json:"fading,omitzero"`
	// Began is when this outage was confirmed, or the last one; Ended when the last one was over; zero: there was none lately.
	Began time.Time `json:"began,omitzero"`
	Ended time.Time `json:"ended,omitzero"`
	// Waves counts how often this outage broke out.
	Waves int `json:"waves,omitempty"`
}

// Step moves the machine over one slot and reports whether the phase changed.
func (m *Machine) Step(p Params, in Input) bool {
	before := m.Phase
	switch m.Phase {
	case Quiet:
		if p.suspicious(in) && in.Rate >= m.afterglow(p, in.At) && !p.back(in, p.Majority) {
			m.enter(event.Suspected, in.At)
		}
	case event.Suspected:
		m.suspected(p, in)
	case event.Confirmed:
		m.confirmed(p, in)
	case event.Recovering:
		m.recovering(p, in)
	case event.Resolved:
		m.resolved(p, in)
	}
	if m.Phase == event.Suspected && p.sure(in) {
		m.confirm(in)
	}
	return m.Phase != before
}

func (p *Params) suspicious(in Input) bool { return in.Surprise >= p.Suspect && in.Voices >= p.Voices }

func (p *Params) sure(in Input) bool { return in.Surprise >= p.Sure && in.Voices >= p.SureVoices }

func (m *Machine) enter(phase event.Phase, at time.Time) {
	m.Phase, m.Since, m.Hold, m.Fading, m.Joined = phase, at, time.Time{}, time.Time{}, 0
}

// afterglow is the rate of complaints that an outage which is over may still leave.
func (m *Machine) afterglow(p Params, at time.Time) float64 {
	if m.Ended.IsZero() {
		return 0
	}
	half := max(float64(p.Afterglow), p.AfterglowShare*float64(m.Ended.Sub(m.Began)))
	return p.Fall * m.Peak * math.Exp2(-float64(at.Sub(m.Ended))/half)
}

// lasting reports whether cond has held for d without a break; since keeps when it began to.
func lasting(since *time.Time, cond bool, at time.Time, d time.Duration) bool {
	if !cond {
		*since = time.Time{}
		return false
	}
	if since.IsZero() {
		*since = at
	}
	return at.Sub(*since) >= d
}

func (m *Machine) confirm(in Input) {
	if m.Phase == event.Suspected {
		m.Peak, m.Mean, m.Began = 0, in.Rate, in.At
	}
	m.enter(event.Confirmed, in.At)
	m.Peak = max(m.Peak, in.Rate)
	m.High = max(m.High, in.Rate)
	m.Evidence = 0
	m.Waves++
}

func (m *Machine) suspected(p Params, in Input) {
	m.Joined += in.NewComplaints
	switch {
	case p.suspicious(in) && in.At.Sub(m.Since) >= p.Last && m.Joined >= p.Joiners:
		m.confirm(in)
	case lasting(&m.Hold, in.Surprise < p.Doubt, in.At, p.DoubtFor):
		m.rest()
	}
}

// measure follows the marks of the complaints.
func (m *Machine) measure(p Params, in Input) {
	m.Peak = max(m.Peak, in.Rate)
	m.High = max(in.Rate, m.High*math.Exp2(-float64(event.Slot)/float64(p.HighHalfLife)))
}

// weigh takes the slot's voices into the evidence that the outage is over: a cumulative sum of log likelihoods that is never below
// zero (Page 1954), for complaints and words that it is back, both Poisson.
func (m *Machine) weigh(p Params, in Input) {
	m.Mean += (in.Rate - m.Mean) * (1 - math.Exp2(-float64(event.Slot)/float64(p.MeanHalfLife)))
	const perSlot = float64(event.Slot) / float64(rateWindow)
	on := m.Mean * perSlot
	left := max(p.Left*on, in.Usual*perSlot)
	if left >= on {
		m.Evidence = 0
		return
	}
	complaints := on - left + in.NewComplaints*math.Log(left/on)
	recoveries := (p.Stray-p.Left)*on + in.NewRecoveries*math.Log(p.Left/p.Stray)
	m.Evidence = max(0, m.Evidence+complaints+recoveries)
}

// faded reports whether complaints have fallen to a share of the high-water mark, or are usual, and not by chance.
func (m *Machine) faded(p Params, in Input, share float64) bool {
	low := in.Rate <= share*m.High || p.usual(in)
	silent := lasting(&m.Fading, low, in.At, p.Silence)
	return low && m.Evidence >= p.Over*math.Ln10 || silent
}

func (m *Machine) confirmed(p Params, in Input) {
	m.measure(p, in)
	m.weigh(p, in)
	back := lasting(&m.Hold, p.back(in, p.Back), in.At, p.Easing)
	faded := m.faded(p, in, p.Fall)
	if back || faded {
		m.enter(event.Recovering, in.At)
		m.Trough = in.Rate
		m.Eased = min(max(m.Mean, in.Rate), m.High)
	}
}

// back reports whether enough of the voices of the last minutes say that it is.
func (p *Params) back(in Input, share float64) bool {
	return in.Recoveries >= p.BackVoices && in.Recoveries >= share*(in.Complaints+in.Recoveries)
}

// usual reports that complaints are back at their usual level, or nearly.
func (p *Params) usual(in Input) bool { return in.Rate <= 1.5*in.Usual+2 }

func (m *Machine) recovering(p Params, in Input) {
	m.Trough = min(m.Trough, in.Rate)
	m.weigh(p, in)
	if p.suspicious(in) && in.Rate >= p.Again*m.High && in.Rate >= p.Rise*m.Trough && !p.back(in, p.Back) {
		m.confirm(in)
		return
	}
	calm := p.Calm
	if m.isSlow(p, in) {
		calm = p.LongCalm
	}
	over := lasting(&m.Hold, m.settled(p, in), in.At, calm)
	faded := m.faded(p, in, p.Rest)
	if over || faded {
		m.enter(event.Resolved, in.At)
		m.Ended = in.At
		m.Trough = in.Rate
	}
}

// settled reports whether most have it back: most of those who speak say so, and complaints have fallen by as much as that means.
// What is mended at once is over at once, though some still complain of what they met minutes ago; what gets better by
// degrees is over when few are left.
func (m *Machine) settled(p Params, in Input) bool {
	way := 1.0
	if !m.Hold.IsZero() {
		way = p.Hysteresis
	}
	fallen := func(share, to float64) bool { return p.back(in, share/way) && in.Complaints <= to*m.Eased*way }
	if m.isSlow(p, in) {
		return fallen(p.Majority, p.Few)
	}
	return fallen(p.Majority, p.Settled) || fallen(p.Sweep, p.Swept)
}

// isSlow reports whether the outage has been recovering for so long that it is mended by degrees.
func (m *Machine) isSlow(p Params, in Input) bool { return in.At.Sub(m.Since) > p.Brisk }

// rest forgets all but the afterglow.
func (m *Machine) rest() { *m = Machine{Peak: m.Peak, Began: m.Began, Ended: m.Ended} }

func (m *Machine) resolved(p Params, in Input) {
	m.Trough = min(m.Trough, in.Rate)
	switch {
	case in.At.Sub(m.Since) > p.Reopen:
		m.rest()
	case p.suspicious(in) && in.Rate >= p.Rise*max(m.Trough, 1) && in.Rate >= m.afterglow(p, in.At) && !p.back(in, p.Back):
		m.confirm(in)
	}
}
