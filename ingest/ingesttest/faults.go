package ingesttest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/outcry/outcry/ingest"
	"go.uber.org/zap"
)

// How much goes wrong.
const (
	faultCount = 100
	faultPosts = 3000
	faultSize  = 120
)

// What the log does.
var (
	errLog   = errors.New("the log of the exam fails")
	errCrash = errors.New("the process of the exam crashes")
)

// faults: a source that is cut, stalled and garbled a hundred times, while the log fails and the process crashes, gives the same
// mentions as one that nobody disturbs. What passes undisturbed tells where to disturb, so that it happens in the middle.
func faults(t *testing.T, s Subject) {
	all := noise(faultPosts, faultSize)
	calm := s.Start(t, all)
	undisturbed := newBook(all)
	undisturbed.fill(t, s, calm, func() bool { return true })
	if s.Hasty != nil {
		s.Start = s.Hasty
	}
	u := s.Start(t, all)
	disturbed := newBook(all)
	w := &weather{r: rand.New(rand.NewPCG(7, 7)), left: faultCount}
	over := func() bool { return w.left == 0 }
	reached := 0
	if u.Wire != nil {
		u.Wire.plan(7, s.apart(calm.Wire.passed()))
		w.left /= 4
		over = func() bool { return u.Wire.left() == 0 }
		w.told = func() {
			if !over() {
				reached = disturbed.count()
			}
		}
	}
	disturbed.before, disturbed.after = w.before, w.after
	disturbed.fill(t, s, u, over)
	disturbed.check(t, undisturbed)
	if !over() {
		t.Errorf("the source came through before everything had gone wrong")
	}
	if u.Wire != nil && reached < faultPosts/10 {
		t.Errorf("everything went wrong before more than %d mentions were there, which shows little of what comes after", reached)
	}
	t.Logf("%d mentions, %d of them before the last fault; %s; %d appends, of which %d failed before and %d after they were stored, %d of these with a crash",
		len(disturbed.counts), reached, u.Wire, disturbed.calls, w.failed, w.forgot, w.crashed)
}

// apart says how many bytes lie between two faults, at the least and at the most, of a source to which so many pass when nothing goes
// wrong: a little more than half of all has passed when the last one comes.
func (s Subject) apart(passed int) func(i int) (least, most int) {
	if s.Anew {
		step := passed / (2 * faultCount)
		return func(i int) (least, most int) { return 1 + i*step, (i + 1) * step }
	}
	mean := passed*6/10/faultCount + s.Waste
	return func(int) (least, most int) { return 1, 2 * mean }
}

// noise makes n different texts of so many bytes of which no two have much in common.
func noise(n, size int) []string {
	r := rand.New(rand.NewPCG(uint64(n), uint64(size)))
	all := make([]string, n)
	for i := range all {
		text := fmt.Sprintf("post %d", i)
		for len(text) < size {
			text += fmt.Sprintf(" %016x", r.Uint64())
		}
		all[i] = text
	}
	return all
}

// weather is what goes wrong with the log: of seven calls in eight, as long as it lasts.
type weather struct {
	r *rand.Rand
	// told, if set, is called after everything that the log has stored.
	told                    func()
	left                    int
	failed, forgot, crashed int
}

func (w *weather) before(n int) error {
	if w.left == 0 || n%8 == 0 || w.r.IntN(3) > 0 {
		return nil
	}
	w.left--
	w.failed++
	return errLog
}

// after fails although the log has stored what it was given, as when its answer is lost.
func (w *weather) after(n int) error {
	if w.told != nil {
		w.told()
	}
	if w.left == 0 || n%8 == 0 {
		return nil
	}
	w.left--
	w.forgot++
	if w.r.IntN(3) == 0 {
		w.crashed++
		return errCrash
	}
	return errLog
}

// burst: of fifty times as much as usual at once, nothing is lost, little is piled up in memory, and the state of the source shows that
// the log is what everybody waits for.
func burst(t *testing.T, s Subject) {
	const posts, size, limit = 2000, 8 << 10, 8 << 20 // a usual minute has 40 posts
	all := texts(posts, size)
	u := s.Start(t, all)
	b := newBook(all)
	runner := ingest.NewRunner(u.Source, b.funnel(u.Source.Name()), b, nil, zap.NewNop())
	before := heap()
	b.before = func(n int) error {
		if n != 2 {
			return nil
		}
		time.Sleep(300 * time.Millisecond) // for whoever would run ahead
		if grown := heap() - before; grown > limit {
			t.Errorf("while the log was busy, %d MiB were piled up", grown>>20)
		}
		if s := runner.Status(); s.Busy <= 0 {
			t.Errorf("while the log was busy, the source says %+v", s)
		}
		return nil
	}
	b.run(t, runner)
	for _, text := range all {
		if b.counts[short(text)] != 1 {
			t.Fatalf("%.20q counts %d times", text, b.counts[short(text)])
		}
	}
}

// skew: one post that claims a time far ahead takes nothing away from the others.
func skew(t *testing.T, s Subject) {
	all := texts(1000, 0)
	want := newBook(all)
	all[300] = Ahead
	b := newBook(all)
	b.wanted-- // the one that is ahead may be dropped
	b.fill(t, s, s.Start(t, all), func() bool { return true })
	if len(b.late) > 0 {
		t.Errorf("%d posts came too late because of one, of which the first is %q", len(b.late), b.late[0])
	}
	if len(b.counts) < want.wanted-1 {
		t.Errorf("%d posts, want %d", len(b.counts), want.wanted-1)
	}
}
