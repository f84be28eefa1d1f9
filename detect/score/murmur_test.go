package score_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/outcry/outcry/detect/score"
)

// crowd is the highest surprise of half an hour in which so many voices and so much talk come every minute, after three days with one
// voice and ten times as much talk in five minutes.
func crowd(voices, talk float64) float64 {
	s := score.New(score.Default())
	r := rand.New(rand.NewPCG(5, 5))
	at, top := monday, 0.0
	slot := func(voices, talk float64, learn bool) {
		to := at.Add(10 * time.Second)
		sc := s.Step(score.Interval{From: at, To: to, Count: poisson(r, voices/6), Talk: poisson(r, talk/6), Heard: true, Learn: learn})
		at, top = to, max(top, sc.Surprise)
	}
	for range 3 * 8640 {
		slot(0.2, 2, true)
	}
	top = 0
	for range 180 {
		slot(voices, talk, false)
	}
	return top
}

// A crowd that talks about a service makes a few seem to complain; amid an outage most complain.
func TestTalkExplainsAFewVoices(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name         string
		voices, talk float64
		low, high    float64
	}{
		{"ten times the talk, and as many more who seem to complain", 2, 20, 0, 4},
		{"a hundred times the talk, and a few who seem to complain", 6, 200, 0, 4},
		{"complaints without more talk", 2, 2, 6, 300},
		{"complaints, and as many who joke about it", 6, 10, 6, 300},
		{"complaints that outnumber the talk of a busy day", 20, 20, 6, 300},
	} {
		got := crowd(tc.voices, tc.talk)
		t.Logf("%s: highest surprise %.1f", tc.name, got)
		if got < tc.low || got > tc.high {
			t.Errorf("%s: highest surprise %.1f, want %g to %g", tc.name, got, tc.low, tc.high)
		}
	}
}
