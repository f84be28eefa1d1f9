package sim

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
)

// Quiet is many services over a long time in which nothing happens but everybody's own small trouble: the ground on which
// false alarms are counted. Its counts follow the hours of the day and of the week and are overdispersed three times over:
// by day, by hour and by five minutes. Who complains where follows the hours of each country, and varies from hour to hour.
type Quiet struct {
	// Services is how many services there are; Days how long each is watched.
	Services, Days int
	Start          time.Time
	Seed           uint64
	// Low and High bound the services' mean complaints per minute, spread evenly over the magnitudes between. Zero: 0.0003 and 0.5.
	Low, High float64
}

// The variances of the factors that hold for a day, an hour, one country in an hour, and five minutes, and how often a complaint is passed on.
const (
	dayVariance   = 0.06
	hourVariance  = 0.2
	placeVariance = 0.5
	blockVariance = 0.5
	passedOn      = 0.05
	block         = 5 * time.Minute
)

// ServiceYears is how much is watched in all.
func (q Quiet) ServiceYears() float64 { return float64(q.Services) * float64(q.Days) / 365.25 }

// Mentions makes the mentions in order of time. The same Quiet gives the same mentions; nothing is held but one hour.
func (q Quiet) Mentions() iter.Seq[event.Mention] {
	return func(yield func(event.Mention) bool) {
		calm := q.services()
		var hour []event.Mention
		for h := range q.Days * 24 {
			from := q.Start.Add(time.Duration(h) * time.Hour)
			hour = hour[:0]
			for i := range calm {
				hour = calm[i].hour(hour, from)
			}
			slices.SortStableFunc(hour, func(a, b event.Mention) int {
				return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Service, b.Service))
			})
			for _, m := range hour {
				if !yield(m) {
					return
				}
			}
		}
	}
}

// calmService is one service of a Quiet.
type calmService struct {
	id      string
	rand    *rand.Rand
	perMin  float64
	places  []country
	weights []float64
	profile [7 * 24]float64
	day     int
	dayLuck float64
	count   int
}

func (q Quiet) services() []calmService {
	low, high := q.Low, q.High
	if low <= 0 {
		low = 0.0003
	}
	if high <= 0 {
		high = 0.5
	}
	all := make([]calmService, q.Services)
	world := countries()
	for i := range all {
		s := &all[i]
		s.id = fmt.Sprintf("quiet-%04d", i)
		s.rand = newRand(q.Seed, s.id)
		s.perMin = low * math.Pow(high/low, (float64(i)+0.5)/float64(q.Services))
		s.day = -1
		s.places = world
		if i%3 == 0 { // every third serves one country and has its full cycle
			s.places = world[i/3%len(world) : i/3%len(world)+1]
		}
		s.fit()
	}
	return all
}

// fit computes the service's week from its countries', 1 on the average.
func (s *calmService) fit() {
	monday := utc(2024, 1, 1, 0, 30)
	sum := 0.0
	for h := range s.profile {
		for i := range s.places {
			s.profile[h] += s.places[i].weight * s.places[i].activity(monday.Add(time.Duration(h)*time.Hour))
		}
		sum += s.profile[h]
	}
	for h := range s.profile {
		s.profile[h] *= float64(len(s.profile)) / sum
	}
	s.weights = make([]float64, len(s.places))
}

// settle computes from where people complain in the hour from.
func (s *calmService) settle(from time.Time) {
	for i := range s.places {
		s.weights[i] = s.places[i].weight * s.places[i].activity(from.Add(30*time.Minute)) * gamma(s.rand, placeVariance)
	}
}

// hour appends the mentions of one hour, not in order.
func (s *calmService) hour(dst []event.Mention, from time.Time) []event.Mention {
	if d := from.YearDay(); d != s.day {
		s.day, s.dayLuck = d, gamma(s.rand, dayVariance)
	}
	s.settle(from)
	week := (int(from.Weekday())+6)%7*24 + from.Hour()
	mean := s.perMin * block.Minutes() * s.profile[week] * s.dayLuck * gamma(s.rand, hourVariance)
	for b := range int(time.Hour / block) {
		start := from.Add(time.Duration(b) * block)
		for range poisson(s.rand, mean*gamma(s.rand, blockVariance)) {
			at := start.Add(time.Duration(s.rand.Float64() * float64(block))).Truncate(time.Millisecond)
			dst = append(dst, s.mention(at))
			if s.rand.Float64() < passedOn {
				dst = s.pass(dst, from.Add(time.Hour))
			}
		}
	}
	return dst
}

// mention is one complaint, or now and then something said beside.
func (s *calmService) mention(at time.Time) event.Mention {
	c := &s.places[pickWeighted(s.rand, s.weights)]
	age := 30 + s.rand.IntN(3500)
	m := event.Mention{
		Source: pick(s.rand, []string{"bluesky", "bluesky", "x", "x", "mastodon"}), Service: s.id, At: at, Voice: 1 + s.rand.Uint64N(2_000_000),
		Kind: event.Report, Lang: c.lang(s.rand), Phrase: "#down", AuthorAgeDays: &age, AuthorFollowers: s.rand.IntN(800),
	}
	switch x := s.rand.Float64(); {
	case x < 0.35:
		m.Kind = event.Question
	case x > 0.96:
		m.Kind = event.Joke
	case x > 0.93:
		m.Kind = event.News
	}
	if s.rand.Float64() < 0.2 {
		m.Country = c.code
	}
	m.Symptoms = [][]event.Symptom{nil, nil, {event.Login}, {event.Crash}, {event.Connection}, {event.Account}}[s.rand.IntN(6)]
	s.number(&m)
	return m
}

func (s *calmService) number(m *event.Mention) {
	s.count++
	m.Post = s.id + "-" + strconv.Itoa(s.count)
}

// pass appends a few who pass the last mention on within minutes, but before end.
func (s *calmService) pass(dst []event.Mention, end time.Time) []event.Mention {
	last := dst[len(dst)-1]
	for range 1 + s.rand.IntN(4) {
		m := last
		m.At = last.At.Add(time.Duration(s.rand.ExpFloat64() * float64(4*time.Minute))).Truncate(time.Millisecond)
		if !m.At.Before(end) {
			continue
		}
		m.Voice, m.Repost = 1+s.rand.Uint64N(2_000_000), true
		s.number(&m)
		dst = append(dst, m)
	}
	return dst
}
