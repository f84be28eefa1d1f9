package scoreboard

import (
	"math"
	"slices"
	"time"
)

// Board is the scores of many scenarios, and of simpler detectors on the same.
type Board struct {
	Rows   []Row
	Rivals []Rival
}

// Summary is a board in numbers. Shares are 0 to 1; a share or percentile of nothing is NaN or 0 respectively.
type Summary struct {
	Scenarios, Silent int
	Outages, Found    int
	FalseAlarms       int
	ServiceYears      float64
	Recall, Precision float64
	// FalsePerYear is false alarms per service-year.
	FalsePerYear float64
	// SuspectedP50 and so on are delays from the first burst.
	SuspectedP50, SuspectedP90 time.Duration
	ConfirmedP50, ConfirmedP90 time.Duration
	// LeadP50 is the median time by which the official word came later; Led the share of outages in which it did.
	LeadP50 time.Duration
	Led     float64
	// OnsetP50 and OnsetP90 are of the absolute error of the onset.
	OnsetP50, OnsetP90 time.Duration
	// Of the outages found: the share named rightly, told as one, resolved in time, resolved too early …
	Named, Whole, InTime, TooEarly float64
	ResolvedP50, RecoveringP50     time.Duration
	// Roles is the share of services that were given their true role; Strangers how many were drawn in without a part.
	Roles     float64
	Strangers int
	// Scope, Symptom, Country and Waves are shares of the outages found that were described rightly.
	Scope, Symptom, Country, Waves float64
	// Calibration is the expected error of the stated confidences over ten bins.
	Calibration float64
}

// Summary adds the rows up.
func (b Board) Summary() Summary {
	s := Summary{Scenarios: len(b.Rows)}
	var found []Finding
	var stated []Stated
	for _, r := range b.Rows {
		if r.MustStaySilent {
			s.Silent++
		}
		s.Outages += len(r.Findings)
		s.FalseAlarms += len(r.FalseAlarms)
		s.ServiceYears += r.ServiceYears
		stated = append(stated, r.Stated...)
		for _, f := range r.Findings {
			if f.Found {
				found = append(found, f)
			}
		}
	}
	s.Found = len(found)
	s.Recall = share(s.Found, s.Outages)
	s.Precision = share(s.Found, s.Found+s.FalseAlarms)
	s.FalsePerYear = float64(s.FalseAlarms) / s.ServiceYears
	s.Calibration = calibration(stated)
	s.delays(found)
	s.descriptions(found)
	return s
}

func (s *Summary) delays(found []Finding) {
	var suspected, confirmed, lead, onset, resolved, recovering []time.Duration
	led := 0
	for _, f := range found {
		suspected = append(suspected, f.Suspected)
		confirmed = append(confirmed, f.Confirmed)
		onset = append(onset, f.OnsetError.Abs())
		if f.Ending != Never {
			resolved = append(resolved, f.Resolved)
		}
		if f.Recovering != nil {
			recovering = append(recovering, *f.Recovering)
		}
		if f.Lead != nil {
			lead = append(lead, *f.Lead)
			if *f.Lead > 0 {
				led++
			}
		}
	}
	s.SuspectedP50, s.SuspectedP90 = quantile(suspected, .5), quantile(suspected, .9)
	s.ConfirmedP50, s.ConfirmedP90 = quantile(confirmed, .5), quantile(confirmed, .9)
	s.OnsetP50, s.OnsetP90 = quantile(onset, .5), quantile(onset, .9)
	s.LeadP50, s.Led = quantile(lead, .5), share(led, len(lead))
	s.ResolvedP50, s.RecoveringP50 = quantile(resolved, .5), quantile(recovering, .5)
}

func (s *Summary) descriptions(found []Finding) {
	right, of := 0, 0
	for _, f := range found {
		right += f.Roles.Right
		of += f.Roles.Of
		s.Strangers += len(f.Roles.Strangers)
	}
	s.Roles = share(right, of)
	part := func(is func(*Finding) bool) float64 {
		n := 0
		for i := range found {
			if is(&found[i]) {
				n++
			}
		}
		return share(n, len(found))
	}
	s.Named = part(func(f *Finding) bool { return f.Named })
	s.Whole = part(func(f *Finding) bool { return f.Splits == 0 && !f.Merged })
	s.InTime = part(func(f *Finding) bool { return f.Ending == InTime })
	s.TooEarly = part(func(f *Finding) bool { return f.Ending == Early })
	s.Scope = part(func(f *Finding) bool { return f.Scope })
	s.Symptom = part(func(f *Finding) bool { return f.Symptom })
	s.Country = part(func(f *Finding) bool { return f.Country })
	s.Waves = part(func(f *Finding) bool { return f.Waves })
}

func share(n, of int) float64 {
	if of == 0 {
		return math.NaN()
	}
	return float64(n) / float64(of)
}

// quantile is the smallest value that at least the share q does not exceed; 0 of none.
func quantile(values []time.Duration, q float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(0, int(math.Ceil(q*float64(len(sorted))))-1)]
}

// calibration is the expected calibration error: the mean distance, weighted by how many fall into each of ten equal bins,
// between the confidence stated and the share that was right (Naeini et al. 2015).
func calibration(stated []Stated) float64 {
	var sum, right, n [10]float64
	for _, s := range stated {
		i := min(9, max(0, int(s.Confidence*10)))
		n[i]++
		sum[i] += s.Confidence
		if s.True {
			right[i]++
		}
	}
	total := 0.0
	for i := range n {
		total += math.Abs(sum[i] - right[i])
	}
	return total / float64(len(stated))
}
