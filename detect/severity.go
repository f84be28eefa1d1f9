package detect

import "github.com/outcry/outcry/event"

// Severity by the peak of complaining voices within five minutes over all sufferers, and by how many services suffer.
const (
	majorRate       = 30
	criticalRate    = 300
	criticalAmong   = 60
	criticalMembers = 3
)

func (o *outage) grade(j *Judge) event.Severity {
	peak, members := 0.0, 0
	for _, id := range sortedKeys(o.Members) {
		if m := o.Members[id]; m.suffers() && rankPhase(m.Phase) >= rankPhase(event.Confirmed) {
			peak += o.peak(j, id)
			members++
		}
	}
	switch {
	case peak >= criticalRate, members >= criticalMembers && peak >= criticalAmong:
		return event.Critical
	case peak >= majorRate:
		return event.Major
	}
	return event.Minor
}

// peak is how many complained of a member in its five loudest minutes so far.
func (o *outage) peak(j *Judge, id string) float64 {
	return max(o.Members[id].Peak, j.service(id).rate)
}

func rank(s event.Severity) int {
	switch s {
	case event.Critical:
		return 2
	case event.Major:
		return 1
	case event.Minor:
	}
	return 0
}
