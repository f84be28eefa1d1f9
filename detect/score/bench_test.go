package score_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/outcry/outcry/detect/score"
)

// known is a service that was heard for three days at a rate of voices per slot.
func known(perSlot float64) (*score.Scorer, time.Time) {
	s := score.New(score.Default())
	r := rand.New(rand.NewPCG(3, 3))
	at := monday
	for range 3 * 8640 {
		_, at = feed(s, at, poisson(r, perSlot))
	}
	return s, at
}

func BenchmarkStep(b *testing.B) {
	for name, count := range map[string]float64{"silent": 0, "voices": 3} {
		b.Run(name, func(b *testing.B) {
			s, at := known(count)
			b.ReportAllocs()
			for b.Loop() {
				_, at = feed1(s, at, count)
			}
		})
	}
}

func BenchmarkSilentDay(b *testing.B) {
	s, at := known(0)
	b.ReportAllocs()
	for b.Loop() {
		at = silence(s, at, 24*time.Hour)
	}
}

// feed1 steps through one slot.
func feed1(s *score.Scorer, from time.Time, count float64) (score.Score, time.Time) {
	to := from.Add(10 * time.Second)
	return s.Step(score.Interval{From: from, To: to, Count: count, Heard: true, Learn: true}), to
}

func TestStepDoesNotAllocate(t *testing.T) {
	s, at := known(1)
	n := testing.AllocsPerRun(1000, func() { _, at = feed1(s, at, 2) })
	if n != 0 {
		t.Errorf("Step allocates %v times", n)
	}
}
