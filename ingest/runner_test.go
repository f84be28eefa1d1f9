package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// diary writes down, with the seconds since its beginning, what a Runner does to all its neighbours.
type diary struct {
	began time.Time

	mu    sync.Mutex
	lines []string

	takeErr []error // of the first calls of Take
	loadErr []error // of the first calls of Cursor

	blindErr []error // of the first calls of Blind

	forgotten bool // says that there is no saved cursor
}

func newDiary() *diary { return &diary{began: time.Now()} }

func (d *diary) write(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, fmt.Sprintf("%.0f ", time.Since(d.began).Seconds())+fmt.Sprintf(format, args...))
}

func (d *diary) Take(_ context.Context, b ingest.Batch) error {
	if err := pop(&d.takeErr); err != nil {
		d.write("refuse %s", b.Cursor)
		return err
	}
	d.write("take %s", b.Cursor)
	return nil
}

func (d *diary) Elapse(_ context.Context, by time.Duration) error {
	d.write("elapse %v", by)
	return nil
}
func (d *diary) Blind(context.Context) error {
	if err := pop(&d.blindErr); err != nil {
		return err
	}
	d.write("mark blind")
	return nil
}
func (d *diary) End(context.Context) error { d.write("mark end"); return nil }
func (d *diary) Observe(s event.SourceStatus) {
	d.write("is %s", s.State)
}

func (d *diary) Cursor(_ context.Context, source string) (string, error) {
	if err := pop(&d.loadErr); err != nil {
		return "", err
	}
	if d.forgotten {
		return "", nil
	}
	return "saved-" + source, nil
}

func pop(errs *[]error) error {
	if len(*errs) == 0 {
		return nil
	}
	err := (*errs)[0]
	*errs = (*errs)[1:]
	return err
}

// script is a source that does what a test says, one function per call of Read.
type script struct {
	d     *diary
	reads []func(ctx context.Context, sink ingest.Sink) error
	quiet bool
}

func (s *script) Name() string     { return "s" }
func (s *script) MayBeQuiet() bool { return s.quiet }

func (s *script) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	s.d.write("read from %s", cursor)
	if len(s.reads) == 0 {
		return nil
	}
	next := s.reads[0]
	s.reads = s.reads[1:]
	return next(ctx, sink)
}

func give(cursors ...string) func(context.Context, ingest.Sink) error {
	return func(ctx context.Context, sink ingest.Sink) error {
		for _, c := range cursors {
			if err := sink(ctx, ingest.Batch{Seen: 1, Cursor: c}); err != nil {
				return err
			}
		}
		return nil
	}
}

var errBroken = errors.New("connection broken")

func broken(after func(context.Context, ingest.Sink) error) func(context.Context, ingest.Sink) error {
	return func(ctx context.Context, sink ingest.Sink) error {
		if err := after(ctx, sink); err != nil {
			return err
		}
		return errBroken
	}
}

func run(t *testing.T, s *script) {
	t.Helper()
	if err := ingest.NewRunner(s, s.d, s.d, s.d, zap.NewNop()).Run(t.Context()); err != nil {
		t.Errorf("Run = %v", err)
	}
}

// without gives the diary without its seconds, for what does not depend on the jittered pauses.
func (d *diary) without() []string {
	var all []string
	for _, l := range d.lines {
		_, rest, _ := strings.Cut(l, " ")
		all = append(all, rest)
	}
	return all
}

func TestRunnerToTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{give("1", "2")}})
		// A batch is safe before the source counts as heard.
		want := []string{"0 is connecting", "0 read from saved-s", "0 take 1", "0 is live", "0 take 2", "0 mark end", "0 is done"}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunnerResumesWhereItWasSafe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		d.takeErr = []error{nil, errors.New("log is down")}
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{give("1", "2", "3"), broken(give("2", "3")), give("4")}})
		want := []string{
			"is connecting", "read from saved-s", "take 1", "is live", "refuse 2", "is stalled",
			"read from 1", "take 2", "is live", "take 3", "is backing_off",
			"read from 3", "take 4", "is live", "mark end", "is done",
		}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunnerMarksBlindOnlyWhenItLasts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		nothing := broken(give())
		slow := func(context.Context, ingest.Sink) error { time.Sleep(5 * time.Second); return errBroken }
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{broken(give("1")), nothing, slow, slow, give("2")}})
		want := []string{
			"is connecting", "read from saved-s", "take 1", "is live", "is backing_off",
			"read from 1", "read from 1", "is blind", "mark blind", "read from 1", "mark blind", "read from 1", "take 2", "is live", "mark end", "is done",
		}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAPlaceThatCannotBeUsed: once it is forgotten, the source begins anew; what it has taken over meanwhile is not forgotten.
func TestAPlaceThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		forget := func(context.Context, ingest.Sink) error { d.forgotten = true; return errBroken }
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{forget, broken(give("1")), give("2")}})
		want := []string{
			"is connecting", "read from saved-s", "is backing_off", "read from ", "take 1", "is live", "is backing_off",
			"read from 1", "take 2", "is live", "mark end", "is done",
		}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASourceThatIsLeftAloneIsBlindMeanwhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		later := func(context.Context, ingest.Sink) error {
			return errors.Join(errBroken, &backoff.RetryAfterError{Duration: time.Hour})
		}
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{later, give("1")}})
		want := []string{
			"0 is connecting", "0 read from saved-s", "0 is backing_off", "5 is blind", "5 mark blind",
			"3600 read from saved-s", "3600 take 1", "3600 is live", "3600 mark end", "3600 is done",
		}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunnerStopsWhereTryingAgainCannotHelp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		d.blindErr = []error{errors.New("log is down")}
		hopeless := func(context.Context, ingest.Sink) error { return fmt.Errorf("read: %w", backoff.Permanent(errBroken)) }
		r := ingest.NewRunner(&script{d: d, reads: []func(context.Context, ingest.Sink) error{hopeless}}, d, d, d, zap.NewNop())
		if err := r.Run(t.Context()); !errors.Is(err, errBroken) {
			t.Errorf("Run = %v", err)
		}
		want := []string{"is connecting", "read from saved-s", "is stopped", "mark blind"}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
		if s := r.Status(); s.State != event.SourceStopped || s.Error != "read: connection broken" || s.BlindSince.IsZero() {
			t.Errorf("status %+v", s)
		}
	})
}

// TestStatus holds what a source says of itself while it is read, fails and is stopped.
func TestStatus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		began := time.Now().UTC()
		read := func(ctx context.Context, sink ingest.Sink) error {
			for range 3 {
				time.Sleep(10 * time.Second)
				if err := sink(ctx, ingest.Batch{Seen: 100, Cursor: strings.Repeat("c", 300), Through: time.Now().Add(-2 * time.Second)}); err != nil {
					return err
				}
			}
			return errors.New("line\n" + strings.Repeat("e", 400))
		}
		ctx, cancel := context.WithCancel(t.Context())
		r := ingest.NewRunner(&script{d: d, reads: []func(context.Context, ingest.Sink) error{read}}, d, d, nil, zap.NewNop())
		done := make(chan error, 1)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(30*time.Second + time.Millisecond) // the first posts came 20 s ago
		heard := began.Add(30 * time.Second)
		got := r.Status()
		if got.NextTry.Before(heard) || len(got.Error) > 310 || len(got.Cursor) > 210 || !strings.HasPrefix(got.Error, "line e") {
			t.Errorf("next try %v, error %q, cursor %q", got.NextTry, got.Error, got.Cursor)
		}
		got.NextTry, got.Error, got.Cursor, got.Rate = time.Time{}, "", "", math.Round(got.Rate)
		want := event.SourceStatus{
			Source: "s", State: event.SourceBackingOff, Since: heard, At: heard.Add(time.Millisecond), Posts: 300, Rate: 15,
			HeardAt: heard, LastPost: heard.Add(-2 * time.Second), LagS: 2,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("status (-want +got):\n%s", diff)
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run = %v, want the context's error", err)
		}
		time.Sleep(2 * time.Minute)
		if s := r.Status(); s.State != event.SourceStopped || s.Error != "" || s.Rate != 0 {
			t.Errorf("status %+v after it was stopped", s)
		}
	})
}

// TestWhatIsLoggedOfASource: each failure once, until the source could be heard in between.
func TestWhatIsLoggedOfASource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		core, logged := observer.New(zap.InfoLevel)
		other := func(context.Context, ingest.Sink) error { return errors.New("token refused") }
		wait := func(ctx context.Context, sink ingest.Sink) error {
			time.Sleep(15 * time.Second)
			return errors.Join(sink(ctx, ingest.Batch{}), errBroken)
		}
		nothing := broken(give())
		s := &script{d: newDiary(), quiet: true, reads: []func(context.Context, ingest.Sink) error{
			nothing, nothing, nothing, other, nothing, nothing, nothing, broken(give("1")), nothing, wait, give("2"),
		}}
		if err := ingest.NewRunner(s, s.d, s.d, s.d, zap.New(core)).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []string
		blind := 0
		for _, e := range logged.All() {
			if strings.HasPrefix(e.Message, "source is blind") { // when that is depends on jittered pauses
				blind++
				continue
			}
			why := e.ContextMap()["error"]
			if why == nil {
				why = e.ContextMap()["after"]
			}
			got = append(got, fmt.Sprintf("%s: %v", e.Message, why))
		}
		const failed, again = "source failed, coming again: ", "source can be heard again: "
		want := []string{
			failed + "connection broken", failed + "token refused", again + "connection broken",
			failed + "connection broken", again + "connection broken", failed + "connection broken", again + "connection broken",
		}
		if blind == 0 {
			t.Error("it is not logged that the source is blind")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("logged (-want +got):\n%s", diff)
		}
	})
}

// TestAQuietSourceWasWellUntilItFailed: nobody said anything, and yet it could be heard; that time is complete is no post.
func TestAQuietSourceWasWellUntilItFailed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now().UTC()
		quiet := func(ctx context.Context, sink ingest.Sink) error {
			time.Sleep(61 * time.Second)
			if err := sink(ctx, ingest.Batch{Through: time.Now()}); err != nil {
				return err
			}
			time.Sleep(58 * time.Second)
			return errBroken
		}
		later := func(context.Context, ingest.Sink) error {
			return errors.Join(errBroken, &backoff.RetryAfterError{Duration: time.Hour})
		}
		r := ingest.NewRunner(&script{d: newDiary(), quiet: true, reads: []func(context.Context, ingest.Sink) error{quiet, later}}, newDiary(), nil, nil, zap.NewNop())
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		done := make(chan error, 1)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(5 * time.Minute)
		s := r.Status()
		if s.State != event.SourceBlind || !s.BlindSince.Equal(began.Add(110*time.Second)) || !s.LastPost.IsZero() || !s.HeardAt.IsZero() {
			t.Errorf("status %+v, want it blind since the last tick before it failed, and no post", s)
		}
		if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Run = %v", err)
		}
	})
}

func TestRunnerComesEverMoreSlowlyAndFastAgainAfterAHealthyMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		var at []time.Duration
		fail := func(context.Context, ingest.Sink) error { at = append(at, time.Since(d.began)); return errBroken }
		long := func(context.Context, ingest.Sink) error {
			time.Sleep(2 * time.Minute)
			at = append(at, time.Since(d.began))
			return errBroken
		}
		s := &script{d: d}
		for range 12 {
			s.reads = append(s.reads, fail)
		}
		s.reads = append(s.reads, long, fail)
		run(t, s)
		for i, pause := 1, 500*time.Millisecond; i < 12; i++ {
			got := at[i] - at[i-1]
			if got < pause/2 || got > pause*3/2 {
				t.Errorf("pause %d is %v, want about %v", i, got, pause)
			}
			pause = min(2*pause, time.Minute)
		}
		if got := at[13] - at[12]; got > 750*time.Millisecond {
			t.Errorf("pause after two healthy minutes is %v", got)
		}
	})
}

// TestRunnerComesWhenItIsAskedTo: a network's own rule counts, also where it asks for less patience than usual.
func TestRunnerComesWhenItIsAskedTo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		asked := []time.Duration{250 * time.Millisecond, 10 * time.Minute, 500 * time.Millisecond, 750 * time.Millisecond, time.Nanosecond}
		var at []time.Duration
		s := &script{d: d}
		for _, wait := range asked {
			s.reads = append(s.reads, func(context.Context, ingest.Sink) error {
				at = append(at, time.Since(d.began))
				return errors.Join(errBroken, &backoff.RetryAfterError{Duration: wait})
			})
		}
		s.reads = append(s.reads, func(context.Context, ingest.Sink) error { at = append(at, time.Since(d.began)); return nil })
		run(t, s)
		for i, want := range append(asked[:4:4], 100*time.Millisecond) {
			if got := at[i+1] - at[i]; got != want {
				t.Errorf("pause %d is %v, want %v", i, got, want)
			}
		}
	})
}

func TestRunnerLetsTimePassForAQuietSource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		read := func(ctx context.Context, sink ingest.Sink) error {
			time.Sleep(5 * time.Second)
			if err := give("1")(ctx, sink); err != nil {
				return err
			}
			time.Sleep(26 * time.Second)
			return nil
		}
		run(t, &script{d: d, quiet: true, reads: []func(context.Context, ingest.Sink) error{read}})
		want := []string{
			"0 is connecting", "0 read from saved-s", "5 take 1", "5 is live", "20 elapse 10s", "30 elapse 10s", "31 mark end", "31 is done",
		}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAQuietSourceThatDoesNotFailCanBeHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		deaf := func(context.Context, ingest.Sink) error { time.Sleep(25 * time.Second); return errBroken }
		read := func(ctx context.Context, sink ingest.Sink) error {
			if err := sink(ctx, ingest.Batch{}); err != nil {
				return err
			}
			time.Sleep(21 * time.Second)
			return nil
		}
		run(t, &script{d: d, quiet: true, reads: []func(context.Context, ingest.Sink) error{deaf, read}})
		// While it is connecting, nothing is known; after that, its silence is.
		want := []string{
			"is connecting", "read from saved-s", "is backing_off", "read from saved-s", "take ", "is live", "elapse 10s", "mark end", "is done",
		}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunnerStopsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, read := range map[string]func(context.Context, ingest.Sink) error{
			"while reading": func(ctx context.Context, _ ingest.Sink) error { <-ctx.Done(); return ctx.Err() },
			"while waiting": broken(give()),
		} {
			d := newDiary()
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			s := &script{d: d, reads: []func(context.Context, ingest.Sink) error{read}}
			err := ingest.NewRunner(s, d, nil, nil, zap.NewNop()).Run(ctx)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(d.began) != 100*time.Millisecond {
				t.Errorf("%s: %v after %v", name, err, time.Since(d.began))
			}
			for _, l := range d.without() {
				if l == "mark end" {
					t.Errorf("%s: a source that was stopped has not ended", name)
				}
			}
		}
	})
}

func TestRunnerDoesNotReadBeforeItKnowsFromWhere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDiary()
		d.loadErr = []error{errors.New("store is down")}
		run(t, &script{d: d, reads: []func(context.Context, ingest.Sink) error{give("1")}})
		want := []string{"is connecting", "is stalled", "read from saved-s", "take 1", "is live", "mark end", "is done"}
		if diff := cmp.Diff(want, d.without()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunnerDoesNotSwallowAPanic(t *testing.T) {
	t.Parallel()
	d := newDiary()
	defer func() {
		if recover() != "bug" {
			t.Error("the panic of a source was swallowed")
		}
	}()
	s := &script{d: d, reads: []func(context.Context, ingest.Sink) error{func(context.Context, ingest.Sink) error { panic("bug") }}}
	_ = ingest.NewRunner(s, d, nil, nil, zap.NewNop()).Run(t.Context()) // panics
}
