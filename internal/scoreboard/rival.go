package scoreboard

import (
	"math"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// Alarm is one moment at which a simpler detector would have called.
type Alarm struct {
	Service string
	At      time.Time
}

// pause is how long a service must be without an alarm for the next one to be a call of its own.
const pause = time.Hour

// Rival adds up one simpler detector over scenarios.
type Rival struct {
	Name           string
	Outages, Found int
	FalseAlarms    int
	ServiceYears   float64
	Delays         []time.Duration
}

// Add counts the detector's alarms of one scenario. Alarms of a service with less than an hour between them are one call. A
// call is false unless a true outage of that very service, down or dependent, overlaps it.
func (r *Rival) Add(truth Truth, alarms []Alarm, services int) {
	r.ServiceYears += float64(services) * truth.End.Sub(truth.Start).Hours() / (24 * 365.25)
	sorted := slices.Clone(alarms)
	slices.SortStableFunc(sorted, func(a, b Alarm) int { return a.At.Compare(b.At) })
	for i := range truth.Outages {
		o := &truth.Outages[i]
		r.Outages++
		for _, a := range sorted {
			if o.Role(a.Service) == event.RoleDown && !a.At.Before(o.Onset) && !a.At.After(o.End) {
				r.Found++
				r.Delays = append(r.Delays, a.At.Sub(o.FirstBurst))
				break
			}
		}
	}
	last := make(map[string]time.Time)
	for _, a := range sorted {
		before, called := last[a.Service]
		last[a.Service] = a.At
		if (!called || a.At.Sub(before) > pause) && !suffers(&truth, a) {
			r.FalseAlarms++
		}
	}
}

// suffers says that the alarm's service was really down or dependent then, or shortly before.
func suffers(truth *Truth, a Alarm) bool {
	for i := range truth.Outages {
		o := &truth.Outages[i]
		role := o.Role(a.Service)
		if (role == event.RoleDown || role == event.RoleDependent) && !a.At.Before(o.Onset) && !a.At.After(o.End.Add(wake)) {
			return true
		}
	}
	return false
}

// Recall is the share of outages of which a service that is down was called.
func (r *Rival) Recall() float64 { return share(r.Found, r.Outages) }

// Precision is the share of calls that were right.
func (r *Rival) Precision() float64 { return share(r.Found, r.Found+r.FalseAlarms) }

// Delay is a quantile, 0 to 1, of the delays from the first burst.
func (r *Rival) Delay(q float64) time.Duration { return quantile(r.Delays, q) }

// FalsePerYear is false alarms per service-year; NaN when nothing was watched.
func (r *Rival) FalsePerYear() float64 {
	if r.ServiceYears == 0 {
		return math.NaN()
	}
	return float64(r.FalseAlarms) / r.ServiceYears
}
