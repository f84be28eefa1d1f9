package baseline

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
)

// Count is what was said of one service in one minute: posts, not voices, as simple detectors count them.
type Count struct {
	// Minute is the minute's beginning.
	Minute time.Time
	// Complaints are reports and questions, reposts among them.
	Complaints int
	// Predicate are those complaints that were recognised by "down" or "fail".
	Predicate int
}

// Detector judges one service.
type Detector interface {
	// Minute takes the count of the next minute, silent ones too, and says whether to call now.
	Minute(c Count) bool
}

// Method is a detector by name.
type Method struct {
	Name string
	// New makes the detector of one service.
	New func() Detector
}

// Methods lists the detectors, simplest first.
func Methods() []Method {
	return []Method{
		{"fixed: three times the trailing hour", func() Detector { return new(fixed) }},
		{"EWMA of is-down and fail (Motoyama 2010)", func() Detector { return new(ewma) }},
		{"rolling z-score, a day", func() Detector { return new(zscore) }},
		{"point Poisson (Hendrickson 2015)", func() Detector { return new(pointPoisson) }},
		{"cycle-corrected Poisson (Hendrickson 2015)", func() Detector { return new(cyclePoisson) }},
	}
}

// Alarm is one moment at which a detector called.
type Alarm struct {
	Service string
	// At is the end of the minute that made it call.
	At time.Time
}

// Run feeds mentions, in order of time, to every method from start to end and returns the alarms by the method's name, by
// time and then service. A service is watched from its first mention on.
func Run(mentions iter.Seq[event.Mention], start, end time.Time) map[string][]Alarm {
	r := &runner{methods: Methods(), minute: start.Truncate(time.Minute), services: make(map[string]*watched), alarms: make(map[string][]Alarm)}
	for m := range mentions {
		r.until(m.At.Truncate(time.Minute))
		r.add(m)
	}
	r.until(end.Truncate(time.Minute))
	return r.alarms
}

type runner struct {
	methods  []Method
	minute   time.Time
	services map[string]*watched
	names    []string
	alarms   map[string][]Alarm
}

// watched is one service with a detector of each method.
type watched struct {
	count     Count
	detectors []Detector
}

func (r *runner) add(m event.Mention) {
	s := r.services[m.Service]
	if s == nil {
		s = new(watched)
		for _, method := range r.methods {
			s.detectors = append(s.detectors, method.New())
		}
		r.services[m.Service] = s
		i, _ := slices.BinarySearch(r.names, m.Service)
		r.names = slices.Insert(r.names, i, m.Service)
	}
	if !m.Kind.IsComplaint() {
		return
	}
	s.count.Complaints++
	if p := strings.ToLower(m.Phrase); strings.Contains(p, "down") || strings.Contains(p, "fail") {
		s.count.Predicate++
	}
}

// until closes every minute before the given one.
func (r *runner) until(minute time.Time) {
	for ; r.minute.Before(minute); r.minute = r.minute.Add(time.Minute) {
		for _, name := range r.names {
			s := r.services[name]
			s.count.Minute = r.minute
			for i, d := range s.detectors {
				if d.Minute(s.count) {
					method := r.methods[i].Name
					r.alarms[method] = append(r.alarms[method], Alarm{name, r.minute.Add(time.Minute)})
				}
			}
			s.count = Count{}
		}
	}
}
