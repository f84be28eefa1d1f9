package score

import "time"

// Params are the constants of the method. There is one set for all services and all series.
type Params struct {
	// PriorVoices and PriorExposure are the Gamma prior of a service's rate before anything was heard: PriorVoices voices in
	// PriorExposure. A tiny exposure makes the prior wide, so that in the first minutes nearly nothing is surprising.
	PriorVoices   float64
	PriorExposure time.Duration
	// TalkPrior is how many voices more that prior has at most where people talk of a service without complaining: Misread of the talk.
	TalkPrior float64
	// BaseHalfLife is how fast the slow level and the weekly profile forget.
	BaseHalfLife time.Duration
	// LocalHalfLife is how fast the local level forgets.
	LocalHalfLife time.Duration
	// LocalSpread is the standard deviation, as a ratio, of a day's level around the slow level times the profile.
	LocalSpread float64
	// HourSpread is the standard deviation, as a ratio, of how far the level may move within the longest window in an hour of the day
	// that was never heard before; HourPrior is how many days' evidence that prior is worth.
	HourSpread float64
	HourPrior  float64
	// WeekSpread and WeekKnown are the same for an hour of the week around its hour of the day.
	WeekSpread float64
	WeekKnown  float64
	// DayPrior and WeekPrior are how many occasions of an hour the shrinkage of hour-of-day to flat and of hour-of-week to
	// hour-of-day is worth; ProfilePrior is how many voices both are worth.
	DayPrior     float64
	WeekPrior    float64
	ProfilePrior float64
	// DispersionPrior is how many voices the prior dispersion is worth, which follows from the Pool. In the first DispersionSettle it is raised
	// DispersionNoisy times.
	DispersionPrior  float64
	DispersionNoisy  float64
	DispersionSettle time.Duration
	// Variation is the squared coefficient of variation of the rate of windows of five minutes and more as long as the Pool knows nothing,
	// and VariationPrior how many windows of two voices that is worth. VariationLeast is the least that is believed, and
	// VariationMost how many windows the Pool remembers. PoolMean is the mean up to which the dispersion grows with it.
	Variation      float64
	VariationPrior float64
	VariationLeast float64
	VariationMost  float64
	PoolMean       float64
	// DispersionHalfLife is how fast the dispersion forgets.
	DispersionHalfLife time.Duration
	// Clip is how many standard deviations, and ClipVoices how many voices times the dispersion, a count may lie above its mean
	// to be learnt as it is; what is above is cut.
	Clip       float64
	ClipVoices float64
	// VoiceWorth is the most that a single voice can be worth, in powers of ten: however long a service was silent, two or three people who speak
	// at the same time know each other or read the same. At 1.4 five voices are the fewest that reach 5.6.
	VoiceWorth float64
	// Misread is the share of what is said of a service that is taken for complaints on usual days, until MisreadPrior voices
	// are known; TalkFree is how many times as loud as the voices the talk may be before it says anything.
	Misread      float64
	MisreadPrior float64
	TalkFree     float64
	// Scan is the price of sliding: by how many times the rate of exceedances of a window that is looked at in every slot is
	// higher than that of windows laid end to end.
	Scan float64
	// Kinds is how many kinds of voices, languages for example, are taken to exist, and KindPrior how many voices of each were heard before any was.
	// SharePrior is how many voices the world's shares weigh beside a service's own, ShareKept how many voices of a service tell how they
	// are divided, and WorldKept how many of all services together. ShareScan is the price of looking at the kinds besides the whole.
	Kinds      float64
	KindPrior  float64
	SharePrior float64
	ShareKept  float64
	WorldKept  float64
	ShareScan  float64
	// LearnAfter is how long Learn may be false at a stretch before the level is learnt all the same.
	LearnAfter time.Duration
}

// Default is the parameter set that outcry runs with.
func Default() Params {
	return Params{
		PriorVoices:        0.35,
		PriorExposure:      100 * time.Millisecond,
		TalkPrior:          1,
		BaseHalfLife:       14 * 24 * time.Hour,
		LocalHalfLife:      2 * time.Hour,
		LocalSpread:        0.2,
		HourSpread:         0.6,
		HourPrior:          0.06,
		WeekSpread:         0.46,
		WeekKnown:          0.018,
		DayPrior:           0.5,
		WeekPrior:          2,
		ProfilePrior:       5,
		DispersionPrior:    20,
		DispersionNoisy:    1.3,
		DispersionSettle:   30 * time.Minute,
		Variation:          0.35,
		VariationPrior:     20,
		VariationLeast:     0.02,
		VariationMost:      20_000,
		PoolMean:           20,
		DispersionHalfLife: 28 * 24 * time.Hour,
		Clip:               4,
		ClipVoices:         3,
		VoiceWorth:         1.4,
		Misread:            0.1,
		MisreadPrior:       20,
		TalkFree:           1,
		Scan:               2,
		Kinds:              33,
		KindPrior:          0.3,
		SharePrior:         1,
		ShareKept:          30,
		WorldKept:          300,
		ShareScan:          5,
		LearnAfter:         48 * time.Hour,
	}
}
