package score_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/score"
)

func TestOneLongSilenceIsManyShortOnes(t *testing.T) {
	t.Parallel()
	long, short := score.New(score.Default()), score.New(score.Default())
	r := rand.New(rand.NewPCG(1, 2))
	at := monday
	for range 40 {
		n := 1 + r.IntN(2000)
		silence(long, at, time.Duration(n)*10*time.Second)
		for range n {
			at = silence(short, at, 10*time.Second)
		}
		for range 1 + r.IntN(9) {
			count := float64(r.IntN(4))
			want, _ := feed1(short, at, count)
			var got score.Score
			got, at = feed1(long, at, count)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("at %v (-short +long):\n%s", at, diff)
			}
		}
	}
}

// hear steps through d with perSlot voices on average.
func hear(s *score.Scorer, r *rand.Rand, from time.Time, d time.Duration, perSlot float64, learn bool) (top float64, to time.Time) {
	for to = from; to.Before(from.Add(d)); to = to.Add(10 * time.Second) {
		sc := s.Step(score.Interval{From: to, To: to.Add(10 * time.Second), Count: poisson(r, perSlot), Heard: true, Learn: learn})
		top = math.Max(top, sc.Surprise)
	}
	return top, to
}

func TestOutageIsNotLearnt(t *testing.T) {
	t.Parallel()
	s, r := score.New(score.Default()), rand.New(rand.NewPCG(4, 4))
	_, at := hear(s, r, monday, 72*time.Hour, 0.2, true)
	before, _ := s.Usual(at, 5*time.Minute)
	_, at = hear(s, r, at, 10*time.Minute, 5, true) // not recognised yet
	_, at = hear(s, r, at, 6*time.Hour, 10, false)
	_, at = hear(s, r, at, 3*time.Hour, 0.2, true)
	after, _ := s.Usual(at, 5*time.Minute)
	if after > 1.2*before || after < 0.8*before {
		t.Errorf("usual count in 5 min is %.2f after an outage, was %.2f before", after, before)
	}
}

func TestSurpriseLastsThroughTheOutage(t *testing.T) {
	t.Parallel()
	for _, heard := range []time.Duration{40 * time.Minute, 24 * time.Hour} {
		s, r := score.New(score.Default()), rand.New(rand.NewPCG(4, 9))
		at := silence(s, monday, heard)
		_, at = hear(s, r, at, 5*time.Minute, 2, true)
		for to := at.Add(2 * time.Hour); at.Before(to); {
			var top float64
			if top, at = hear(s, r, at, 5*time.Minute, 2, false); top < alarm {
				t.Fatalf("after %v of silence: surprise %.1f at %v, in the middle of the outage", heard, top, at)
			}
		}
	}
}

func TestLastingNewLevelIsLearnt(t *testing.T) {
	t.Parallel()
	s, r := score.New(score.Default()), rand.New(rand.NewPCG(5, 5))
	_, at := hear(s, r, monday, 72*time.Hour, 0.2, true)
	first, at := hear(s, r, at, time.Hour, 4, false)
	_, at = hear(s, r, at, 71*time.Hour, 4, false) // nobody ends the outage
	last, _ := hear(s, r, at, 24*time.Hour, 4, false)
	if first < alarm || last >= alarm {
		t.Errorf("surprise of a level twenty times as high: %.1f at first and %.1f on the fourth day", first, last)
	}
}

func TestGapTeachesNothing(t *testing.T) {
	t.Parallel()
	s, r := score.New(score.Default()), rand.New(rand.NewPCG(6, 6))
	_, at := hear(s, r, monday, 72*time.Hour, 1, true)
	before, _ := s.Usual(at, 5*time.Minute)
	s.Step(score.Interval{From: at, To: at.Add(12 * time.Hour), Learn: true})
	at = at.Add(12 * time.Hour)
	after, _ := s.Usual(at, 5*time.Minute)
	if math.Abs(after-before) > 0.2*before {
		t.Errorf("usual count in 5 min is %.1f after twelve deaf hours, was %.1f", after, before)
	}
	// In the first minute after the gap a window of five minutes was heard for a minute only.
	sc, _ := feed1(s, at, 20)
	if sc.Usual > 8 {
		t.Errorf("%.1f voices are usual in the ten seconds that were heard", sc.Usual)
	}
	hole := score.New(score.Default())
	_, at = hear(hole, rand.New(rand.NewPCG(6, 6)), monday, 72*time.Hour, 1, true)
	if got, _ := feed1(hole, at.Add(12*time.Hour), 20); got.Usual > 8 {
		t.Errorf("a hole between intervals is taken for silence: %.1f usual", got.Usual)
	}
}

func TestDayIsLearntAndWeekShrinksToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(9, 30, 2, weekly)
	w.loudest(21*24*time.Hour, usual)
	for _, hour := range []int{3, 9, 15, 21} {
		at := w.at.Add(time.Duration(hour) * time.Hour)
		got, _ := w.s.Usual(at, 5*time.Minute)
		want := w.level * w.shape(at.Sub(w.start).Hours())
		if math.Abs(got-want) > 0.3*want {
			t.Errorf("at %02d:00 %.1f is usual, want about %.1f", hour, got, want)
		}
	}
}

func TestLongGapIsManyShortOnes(t *testing.T) {
	t.Parallel()
	var got [2]score.Score
	for i, part := range []time.Duration{60 * 24 * time.Hour, 10 * time.Second} {
		s := score.New(score.Default())
		_, at := hear(s, rand.New(rand.NewPCG(8, 8)), monday, 30*time.Hour, 0.5, true)
		for end := at.Add(60 * 24 * time.Hour); at.Before(end); at = at.Add(part) {
			s.Step(score.Interval{From: at, To: at.Add(part), Learn: true})
		}
		_, at = feed(s, at, 2, 1, 0, 3)
		got[i], _ = feed1(s, at, 4)
	}
	for i, pair := range [][2]float64{
		{got[0].Surprise, got[1].Surprise},
		{got[0].Usual, got[1].Usual},
		{got[0].Dispersion, got[1].Dispersion},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9*(1+pair[1]) {
			t.Errorf("number %d: %v after one gap, %v after many", i, pair[0], pair[1])
		}
	}
}
