package sim

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/scoreboard"
)

// Truth is what really happens in a scenario.
type Truth = scoreboard.Truth

// TrueOutage is one outage of a Truth.
type TrueOutage = scoreboard.TrueOutage

// ServiceTruth is the part of one service in a TrueOutage.
type ServiceTruth = scoreboard.ServiceTruth

// Scenario is a stretch of time in the simulated world, with what really happens in it.
type Scenario struct {
	// ID is stable and fit for a folder's name: "tiktok-2023-03-09".
	ID string
	// Title is what people read.
	Title string
	// Seed is the scenario's own seed, which the seed of a run is mixed with.
	Seed uint64
	// Start and End bound the posts: Start ≤ created_at < End.
	Start, End time.Time
	// Scale multiplies all volumes but the scripted posts; change it by Scaled, which keeps the truth true.
	Scale float64
	// Truth is what really happens.
	Truth Truth

	story story
}

// Posts makes the scenario's posts in order of time. The same seed gives the same posts; nothing is held but the slot of
// time at hand. It may be ranged over more than once.
func (s Scenario) Posts(seed uint64) iter.Seq[event.Post] {
	return func(yield func(event.Post) bool) {
		w, err := newWorld(s.Start, s.story.networks)
		if err != nil {
			panic("sim: the built-in phrase files are broken: " + err.Error())
		}
		flow(s.streams(w, seed), s.Start, s.End, s.Scale)(yield)
	}
}

// streams lists every stream of the scenario, each with a generator of its own.
func (s *Scenario) streams(w *world, seed uint64) []*stream {
	all := s.story.usual(w)
	for i := range s.story.outages {
		all = append(all, s.story.outages[i].streams(w)...)
	}
	for i := range s.story.crowds {
		all = append(all, s.story.crowds[i].streams(w)...)
	}
	for i := range s.story.quiet {
		all = append(all, s.story.quiet[i].streams(w)...)
	}
	for _, one := range all {
		one.rand = newRand(mix(seed)^s.Seed, one.name)
	}
	return all
}

// Scaled gives the scenario with all volumes multiplied by factor, which also moves the time of the first burst.
func (s Scenario) Scaled(factor float64) Scenario {
	s.Scale *= factor
	s.Truth = s.truth()
	return s
}

// Shift moves the scenario with its truth in time, so that it can be told as if it were tonight. Usual talk follows the
// hours of the new day.
func (s Scenario) Shift(by time.Duration) Scenario {
	s.Start, s.End = s.Start.Add(by), s.End.Add(by)
	s.Truth = s.truth()
	return s
}

// truth derives the truth from the story.
func (s *Scenario) truth() Truth {
	t := Truth{
		Scenario: s.ID, Title: s.Title, Seed: s.Seed, Start: s.Start, End: s.End,
		MustStaySilent: len(s.story.outages) == 0, Outages: []TrueOutage{}, Services: s.story.config,
	}
	for i := range s.story.outages {
		t.Outages = append(t.Outages, s.story.outages[i].truth(s))
	}
	return t
}

func (o *outage) truth(s *Scenario) TrueOutage {
	first, last := o.waves[0], o.waves[len(o.waves)-1]
	t := TrueOutage{
		Name: o.name, Scope: o.scope, Waves: len(o.waves),
		Onset: s.Start.Add(first.onset), End: s.Start.Add(last.end), FirstBurst: s.Start.Add(o.firstBurst(s)),
	}
	if last.ease > 0 {
		ease := s.Start.Add(min(last.ease+mostBack, last.end))
		t.Easing = &ease
	}
	for _, p := range o.strands {
		t.Services = append(t.Services, ServiceTruth{ID: p.service, Role: p.role, Optional: p.optional})
	}
	for _, f := range slices.SortedStableFunc(slices.Values(o.from), func(a, b origin) int { return cmp.Compare(b.share, a.share) }) {
		t.Countries = append(t.Countries, f.code)
	}
	for _, y := range o.symptoms {
		t.Symptoms = append(t.Symptoms, y.symptom)
	}
	for _, y := range o.words {
		if y.ack {
			at := s.Start.Add(y.at)
			t.Acknowledged = &at
		}
	}
	return t
}
