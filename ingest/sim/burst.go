package sim

import (
	"math"
	"time"

	"github.com/outcry/outcry/event"
)

// What makes a burst: more complaints within one of the spans than chance brings once in a million at the usual rate, and at least
// as many as fewest.
const (
	burstChance = 1e-6
	burstFewest = 5
)

func burstSpans() []time.Duration {
	return []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute}
}

// firstBurst is when an observer who understands every post and knows what is usual could first have told the outage from
// chance: when the complaints of a service that is down are expected to make a burst.
func (o *outage) firstBurst(s *Scenario) time.Duration {
	first := o.waves[0].end - 1
	all := countries()
	for i := range o.strands {
		if o.strands[i].role != event.RoleDown {
			continue
		}
		p := &o.strands[i]
		rise := ascent{o: o, part: p, start: s.Start, scale: s.Scale, countries: make(map[string]*country)}
		for k := range all {
			rise.countries[all[k].code] = &all[k]
		}
		usual := s.story.gripes(all, p.service, s.Start.Add(o.waves[0].onset)) * s.Scale
		first = rise.burst(usual, first)
	}
	return first
}

// ascent is the beginning of one service's part in an outage.
type ascent struct {
	o         *outage
	part      *strand
	start     time.Time
	scale     float64
	countries map[string]*country
}

// burst is when the complaints make a burst, where usual a minute are usual, and at most limit.
func (a *ascent) burst(usual float64, limit time.Duration) time.Duration {
	const tick = time.Second
	spans := burstSpans()
	need := make([]float64, len(spans))
	for i, span := range spans {
		mean := usual * span.Minutes()
		need[i] = max(burstFewest, float64(burstSize(mean))-mean)
	}
	said := []float64{0} // since the onset, second by second
	for d := a.o.waves[0].onset; d < limit; d += tick {
		now := said[len(said)-1] + a.rate(d)*tick.Seconds()
		for i, span := range spans {
			if before := max(0, len(said)-int(span/tick)); now-said[before] >= need[i] {
				return d
			}
		}
		said = append(said, now)
	}
	return limit
}

// rate is how many complaints a second are expected at d after the scenario's start.
func (a *ascent) rate(d time.Duration) float64 {
	sum := 0.0
	for _, f := range a.o.from {
		here := a.o.waves[0].late(a.part.lag + f.lag)
		sum += here.complaints(d) * f.share * awake(a.countries[f.code], a.start.Add(d)) * a.part.height / 60 * a.scale
	}
	return sum
}

// burstSize is the smallest count that chance brings no more often than burstChance where mean is usual.
func burstSize(mean float64) int {
	term := math.Exp(-mean)
	tail := 1 - term // of at least k
	k := 1
	for tail > burstChance {
		term *= mean / float64(k)
		tail -= term
		k++
	}
	return k
}
