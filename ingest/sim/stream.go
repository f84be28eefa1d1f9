package sim

import (
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// stream is one current in the flow of posts: how fast it runs and what it carries.
type stream struct {
	// name is the stream's own within the scenario; its chance follows from it.
	name string
	// rate is posts per second at t.
	rate func(t time.Time) float64
	// spread is the variance of the Gamma factor, of mean 1, that holds for a minute: 0 is pure Poisson.
	spread float64
	// fixed are moments at which exactly one post is made each, in order; rate is not asked then.
	fixed []time.Time
	// write makes the post; false: there was nothing to say.
	write func(r *rand.Rand, at time.Time) (event.Post, bool)

	rand   *rand.Rand
	minute time.Time
	factor float64
}

// due appends the moments in [from, to) at which the stream posts.
func (s *stream) due(dst []time.Time, from, to time.Time, scale float64) []time.Time {
	if s.rate == nil {
		for len(s.fixed) > 0 && s.fixed[0].Before(to) {
			if !s.fixed[0].Before(from) {
				dst = append(dst, s.fixed[0])
			}
			s.fixed = s.fixed[1:]
		}
		return dst
	}
	width := to.Sub(from)
	level := s.rate(from.Add(width/2)) * scale
	if level <= 0 {
		return dst
	}
	if m := from.Truncate(time.Minute); !m.Equal(s.minute) {
		s.minute, s.factor = m, gamma(s.rand, s.spread)
	}
	for range poisson(s.rand, level*s.factor*width.Seconds()) {
		dst = append(dst, from.Add(time.Duration(s.rand.Float64()*float64(width))).Truncate(time.Millisecond))
	}
	return dst
}

// moment is one post that is due.
type moment struct {
	at time.Time
	by int
}

// flow merges the streams into one, in order of time, and holds no more than one slot of it.
func flow(streams []*stream, start, end time.Time, scale float64) iter.Seq[event.Post] {
	return func(yield func(event.Post) bool) {
		var due []moment
		var times []time.Time
		for from := start; from.Before(end); from = from.Add(event.Slot) {
			due = due[:0]
			to := from.Add(event.Slot)
			if to.After(end) {
				to = end
			}
			for i, s := range streams {
				times = s.due(times[:0], from, to, scale)
				for _, at := range times {
					due = append(due, moment{at, i})
				}
			}
			slices.SortStableFunc(due, func(a, b moment) int { return a.at.Compare(b.at) })
			for _, m := range due {
				s := streams[m.by]
				if p, ok := s.write(s.rand, m.at); ok && !yield(p) {
					return
				}
			}
		}
	}
}
