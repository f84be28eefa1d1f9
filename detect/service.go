package detect

import (
	"slices"
	"time"

	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// Lengths over which a service is looked at.
const (
	rateWindow = 5 * time.Minute
	easeWindow = 3 * time.Minute
	recently   = 30 * time.Minute
)

// service is one service as the Judge sees it.
type service struct {
	ID      string
	Scorer  *score.Scorer
	Through time.Time // scored through
	Machine step.Machine
	// Level is the usual weight of complaining voices a second, as it was when the service was last quiet.
	Level float64
	// Watched is since when the service has been so loud that what is usual is not learnt from it; zero: it is not.
	Watched time.Time
	// Complained is until when it counts as complained of.
	Complained time.Time
	// Recent are the readings of the last half hour, oldest first.
	Recent []event.Reading
	// Tongues are how its voices are usually divided by language.
	Tongues score.Shares
	// Countries are how its voices are usually divided by country, where it is known.
	Countries score.Shares

	// What the last slot gave; it is used within the slot and not kept.
	last score.Score
	rate float64
	// saved is through when everything was last stored.
	saved time.Time
}

// step moves the service over the slot that ends at t; r is nil when it was silent, and crowd is what flow gave.
func (s *service) step(j *Judge, t time.Time, r *event.Reading, crowd float64) {
	from := t.Add(-event.Slot)
	if s.Scorer == nil {
		s.Scorer = score.New(j.cfg.Score)
		s.Scorer.Join(&j.pool)
		s.Through = j.began
	}
	s.catchUp(j, from)
	voices, talk := 0.0, 0.0
	if r != nil {
		own := *r
		own.Voices = max(0, r.Voices-j.borrowed(s.ID, r))
		voices, talk = own.Voices, remarks(r)
		s.Recent = append(s.Recent, own)
	}
	s.expire(j, t)
	s.last = s.Scorer.Step(score.Interval{From: from, To: t, Count: voices, Talk: talk, Crowd: crowd, Heard: true, Learn: s.learns(t)})
	s.last = s.inOneTongue(j, t, s.last)
	s.Through = t
	if s.Machine.Phase == step.Quiet && s.last.Window > 0 {
		s.Level = s.last.Usual / s.last.Window.Seconds()
	}
	s.Machine.Step(j.cfg.Step, s.input(t))
}

// remarks is the weight of the voices that spoke of the service without complaining and without saying that it is over.
func remarks(r *event.Reading) float64 {
	return r.Kinds[event.Other] + r.Kinds[event.Joke] + r.Kinds[event.News]
}

// From watchSurprise on a burst may be the beginning of an outage: for watchFor the usual level is not learnt from it, so that
// what climbs slowly, or lies just below suspicion, does not become usual while it lasts.
const (
	watchSurprise = 4.5
	watchFor      = 45 * time.Minute
)

// learns reports whether the slot that ends at t may shape the usual level.
func (s *service) learns(t time.Time) bool {
	if s.last.Surprise < watchSurprise {
		s.Watched = time.Time{}
	} else if s.Watched.IsZero() {
		s.Watched = t
	}
	return s.Machine.Phase == step.Quiet && (s.Watched.IsZero() || t.Sub(s.Watched) > watchFor)
}

// catchUp scores the silence since the service was last looked at, without the stretches in which nobody listened.
func (s *service) catchUp(j *Judge, to time.Time) {
	for _, g := range j.gaps {
		if !g.To.After(s.Through) || !g.From.Before(to) {
			continue
		}
		s.silence(g.From, true)
		s.silence(earlier(g.To, to), false)
	}
	s.silence(to, true)
}

func (s *service) silence(to time.Time, heard bool) {
	if !to.After(s.Through) {
		return
	}
	s.Scorer.Step(score.Interval{From: s.Through, To: to, Heard: heard, Learn: s.Machine.Phase == step.Quiet})
	s.Through = to
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (s *service) expire(j *Judge, t time.Time) {
	n := 0
	for n < len(s.Recent) && !s.Recent[n].At.After(t.Add(-recently)) {
		j.unsaved.dropReading(s.ID, s.Recent[n].At)
		s.learnShares(j, &s.Recent[n])
		n++
	}
	s.Recent = slices.Delete(s.Recent, 0, n)
}

// input is what the phases are told.
func (s *service) input(t time.Time) step.Input {
	in := step.Input{At: t, Surprise: s.last.Surprise, Voices: s.last.Count}
	in.Rate, _ = s.lately(t, rateWindow)
	in.NewComplaints, in.NewRecoveries = s.lately(t, event.Slot)
	in.Complaints, in.Recoveries = s.lately(t, easeWindow)
	in.Complaints *= float64(rateWindow) / float64(easeWindow)
	in.Recoveries *= float64(rateWindow) / float64(easeWindow)
	s.rate = in.Rate
	in.Usual = s.usual(rateWindow)
	return in
}

// lately is the weight of the voices that complained, and that said it is over, within the window before t.
func (s *service) lately(t time.Time, window time.Duration) (complaints, recoveries float64) {
	for i := len(s.Recent) - 1; i >= 0 && s.Recent[i].At.After(t.Add(-window)); i-- {
		complaints += s.Recent[i].Voices
		recoveries += s.Recent[i].Kinds[event.Recovery]
	}
	return complaints, recoveries
}

// usual is the usual weight of complaining voices within d.
func (s *service) usual(d time.Duration) float64 { return s.Level * d.Seconds() }

// onset estimates when the present burst began.
func (s *service) onset(j *Judge) time.Time {
	if len(s.Recent) == 0 {
		return j.at
	}
	counts := make([]step.Count, 0, len(s.Recent))
	for i := range s.Recent {
		if v := s.Recent[i].Voices; v > 0 {
			counts = append(counts, step.Count{End: s.Recent[i].At, Voices: v})
		}
	}
	if len(counts) == 0 {
		return s.Recent[0].At
	}
	return step.Onset(counts, s.usual(event.Slot), event.Slot)
}

// borrowed is the weight of those voices of a reading that name a service which is down, and louder: they speak of that one.
func (j *Judge) borrowed(id string, r *event.Reading) float64 {
	total := 0.0
	for _, o := range j.open() {
		if m := o.Members[id]; m != nil && m.suffers() {
			return 0
		}
		for _, other := range sortedKeys(o.Members) {
			if o.Members[other].suffers() && !j.related(id, other) && j.louder(other, id) {
				total += r.With[other]
			}
		}
	}
	return total
}

// related reports whether two services can fail from one cause, as far as the catalogue knows.
func (j *Judge) related(a, b string) bool {
	x, y := j.catalogue[a], j.catalogue[b]
	return x.Owner != "" && x.Owner == y.Owner || slices.Contains(x.DependsOn, b) || slices.Contains(y.DependsOn, a)
}

func (j *Judge) louder(a, b string) bool {
	return j.service(a).rate >= 2*j.service(b).rate
}
