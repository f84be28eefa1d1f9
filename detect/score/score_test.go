package score_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/score"
)

var monday = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// feed steps through counts, one per slot of 10 seconds, and gives the last score.
func feed(s *score.Scorer, from time.Time, counts ...float64) (score.Score, time.Time) {
	var last score.Score
	for _, c := range counts {
		to := from.Add(10 * time.Second)
		last = s.Step(score.Interval{From: from, To: to, Count: c, Heard: true, Learn: true})
		from = to
	}
	return last, from
}

// silence is one heard interval without a count.
func silence(s *score.Scorer, from time.Time, d time.Duration) time.Time {
	s.Step(score.Interval{From: from, To: from.Add(d), Heard: true, Learn: true})
	return from.Add(d)
}

func TestFiveVoicesAfterSilence(t *testing.T) {
	t.Parallel()
	for _, d := range []time.Duration{time.Hour, 24 * time.Hour, 30 * 24 * time.Hour} {
		s := score.New(score.Default())
		at := silence(s, monday, d)
		var got []float64
		for range 5 {
			var sc score.Score
			sc, at = feed(s, at, 1)
			got = append(got, sc.Surprise)
			at = silence(s, at, 50*time.Second)
		}
		t.Logf("after %v of silence: %.1f", d, got)
		if got[4] < 5.6 || got[3] >= 5.6 {
			t.Errorf("after %v the surprises of the first to fifth voice are %.2f, want only the fifth at least 5.6", d, got)
		}
	}
}

func TestFirstMinutesSurpriseNobody(t *testing.T) {
	t.Parallel()
	for _, perSlot := range []float64{0.2, 1, 5, 50} {
		s := score.New(score.Default())
		r := rand.New(rand.NewPCG(1, uint64(perSlot*10)))
		at := monday
		for i := range 60 {
			var sc score.Score
			sc, at = feed(s, at, poisson(r, perSlot))
			if sc.Surprise >= 6 {
				t.Fatalf("at %v per slot: surprise %.1f in slot %d of the stream", perSlot, sc.Surprise, i)
			}
		}
	}
}

func TestRoundTripIsExact(t *testing.T) {
	t.Parallel()
	straight, saved := score.New(score.Default()), score.New(score.Default())
	r := rand.New(rand.NewPCG(7, 7))
	at := monday
	for i := range 3000 {
		in := score.Interval{
			From: at, To: at.Add(10 * time.Second), Count: math.Round(poisson(r, 0.7)*700) / 1000,
			Heard: i%700 < 650, Learn: i%900 < 800,
		}
		want, got := straight.Step(in), saved.Step(in)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("slot %d (-straight +saved):\n%s", i, diff)
		}
		at = in.To
		if i%100 == 99 {
			saved = reload(t, saved)
		}
	}
}

// reload saves a state and reads it again.
func reload(t *testing.T, s *score.Scorer) *score.Scorer {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 12<<10 {
		t.Errorf("state is %d bytes", len(raw))
	}
	out := new(score.Scorer)
	if err := json.Unmarshal(raw, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What people talk of, they complain of too: a trickle after an hour of talk without a complaint is less surprising than one after silence.
func TestTalkBeforeTheFirstComplaint(t *testing.T) {
	t.Parallel()
	trickle := func(talk float64) score.Score {
		s, at := score.New(score.Default()), monday
		for range 6 * 90 {
			to := at.Add(10 * time.Second)
			s.Step(score.Interval{From: at, To: to, Talk: talk, Heard: true, Learn: true})
			at = to
		}
		var last score.Score
		for range 7 {
			last, at = feed(s, silence(s, at, 3*time.Minute), 1)
		}
		return last
	}
	if silent, talked := trickle(0), trickle(0.03); talked.Surprise > silent.Surprise-0.5 {
		t.Errorf("after talk %.1f, after silence %.1f; want at least 0.5 less", talked.Surprise, silent.Surprise)
	}
}
