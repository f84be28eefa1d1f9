package detect

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// A service counts as complained of for recently after a complaint. The tide is high when services of far more roots are complained of
// at once than usual: tideFree times as many, and tideFew besides. What is usual is forgotten with tideHalfLife.
const (
	tideFree     = 3
	tideFew      = 5
	tideHalfLife = 24 * time.Hour
)

// tide is how many services are complained of at once. Services that have nothing in common do not fail by the dozen in the same
// hour, but a recording that becomes denser, or a network that many join, makes all of them louder: at high tide the silence before
// says little of any of them, and as much is expected of each as the others bring.
type tide struct {
	// Present is for how many seconds in all roots were complained of, within Seconds that were heard; both are forgotten.
	Present float64   `json:"present"`
	Seconds float64   `json:"seconds"`
	Through time.Time `json:"through"`
}

// pass moves on by the time heard since the last call, in which roots began to be complained of for present in all.
func (d *tide) pass(to time.Time, heard, present time.Duration) {
	keep := math.Exp2(-float64(heard) / float64(tideHalfLife))
	d.Present = d.Present*keep + present.Seconds()
	d.Seconds = d.Seconds*keep + heard.Seconds()
	d.Through = to
}

// isHigh reports whether services of far more roots are complained of than usual.
func (d *tide) isHigh(roots int) bool {
	return d.Seconds > 0 && float64(roots-tideFew) > tideFree*d.Present/d.Seconds
}

// root is what a service stands or falls with: what it depends on, or else its owner, or itself.
func (j *Judge) root(id string) string {
	s := j.catalogue[id]
	switch {
	case len(s.DependsOn) > 0:
		return s.DependsOn[0]
	case s.Owner != "":
		return s.Owner
	}
	return id
}

// flow takes the readings of the slot that ends at t into the tide, and gives how many voices a second are to be expected of any
// service that is complained of: 0 unless the tide is high.
func (j *Judge) flow(t time.Time, readings map[string]*event.Reading) float64 {
	var present time.Duration
	for id, r := range readings {
		if r.Voices > 0 {
			present += j.complained(id, t)
		}
	}
	from := j.tide.Through
	if from.IsZero() {
		from = j.began
	}
	j.tide.pass(t, max(0, t.Sub(from)-j.unheard(from, t)), present)
	maps.DeleteFunc(j.roots, func(_ string, until time.Time) bool { return !until.After(t) })
	if !j.tide.isHigh(len(j.roots)) {
		return 0
	}
	return j.median(t)
}

// median is that of the voices a second of the services that are complained of; 0 if there is none.
func (j *Judge) median(t time.Time) float64 {
	var crowd []float64
	for _, s := range j.services {
		if s.Complained.After(t) {
			voices, _ := s.lately(t, recently)
			crowd = append(crowd, voices)
		}
	}
	if len(crowd) == 0 {
		return 0
	}
	slices.Sort(crowd)
	return crowd[len(crowd)/2] / recently.Seconds()
}

// complained notes a complaint at t, and gives by how much longer the service's root counts as complained of.
func (j *Judge) complained(id string, t time.Time) time.Duration {
	until, root := t.Add(recently), j.root(id)
	longer := min(recently, until.Sub(j.roots[root]))
	j.service(id).Complained, j.roots[root] = until, until
	return longer
}

// unheard is how much of the stretch nobody listened to.
func (j *Judge) unheard(from, to time.Time) time.Duration {
	var sum time.Duration
	for i := len(j.gaps) - 1; i >= 0 && j.gaps[i].To.After(from); i-- {
		begin := j.gaps[i].From
		if begin.Before(from) {
			begin = from
		}
		sum += max(0, earlier(j.gaps[i].To, to).Sub(begin))
	}
	return sum
}
