package score_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/score"
)

// TestSilenceIsSteppedOver compares states to the last bit: long silences are taken bin by bin, the single slots of short ones are
// not. What was heard before is let out of the windows slot by slot, as it is still scored.
func TestSilenceIsSteppedOver(t *testing.T) {
	t.Parallel()
	for name, perSlot := range map[string]float64{"unknown": 0, "rare": 0.0005, "usual": 0.02, "loud": 2} {
		for _, step := range []time.Duration{10 * time.Second, 7 * time.Second, 90 * time.Second, 5 * time.Minute} {
			t.Run(name+"/"+step.String(), func(t *testing.T) {
				t.Parallel()
				long, short := score.NewStep(score.Default(), step), score.NewStep(score.Default(), step)
				windows := long.Windows()
				r := rand.New(rand.NewPCG(5, uint64(step)))
				at := monday
				both := func(in score.Interval) {
					in.From, in.To = at, at.Add(step)
					at = in.To
					long.Step(in)
					short.Step(in)
				}
				for range 30 {
					heard, learn := r.IntN(8) > 0, r.IntN(5) > 0
					for range r.IntN(400) {
						both(score.Interval{Heard: heard, Learn: learn, Count: poisson(r, perSlot), Talk: poisson(r, perSlot)})
					}
					for range windows[len(windows)-1] / step {
						both(score.Interval{Heard: heard, Learn: learn})
					}
					n := r.IntN(3000)
					long.Step(score.Interval{From: at, To: at.Add(time.Duration(n) * step), Heard: true, Learn: true})
					for range n {
						short.Step(score.Interval{From: at, To: at.Add(step), Heard: true, Learn: true})
						at = at.Add(step)
					}
					if diff := cmp.Diff(saved(t, short), saved(t, long)); diff != "" {
						t.Fatalf("at %v (-slot by slot +at once):\n%s", at, diff)
					}
				}
			})
		}
	}
}

func saved(t *testing.T, s *score.Scorer) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
