package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/pause"
)

// Cursors remembers how far sources have been read.
type Cursors interface {
	// Cursor gives what was saved last for the source; "" if nothing was.
	Cursor(ctx context.Context, source string) (string, error)
}

// Feed takes over what a source gives, and hears how the source fares. *Funnel is one.
type Feed interface {
	// Take is the source's Sink.
	Take(ctx context.Context, b Batch) error
	// Elapse lets the source's time pass although it is silent.
	Elapse(ctx context.Context, d time.Duration) error
	// Blind says that the source cannot be heard.
	Blind(ctx context.Context) error
	// End says that the source has no more to give.
	End(ctx context.Context) error
}

// Quiet is a Source that may be silent for long while all is well, so that its silence is news. It hands an empty batch over as soon as it can
// be heard: before that, its silence says nothing.
type Quiet interface {
	// MayBeQuiet reports whether time passes for the source while it is silent.
	MayBeQuiet() bool
}

// Spender is a Source that costs money.
type Spender interface {
	// Spent is what it has cost so far. It may be called at any time.
	Spent() event.SourceSpent
}

// Observer is told of every change of a source's state, in order. It must not block.
type Observer interface {
	Observe(s event.SourceStatus)
}

// How a Runner waits.
const (
	firstWait = 500 * time.Millisecond
	maxWait   = time.Minute
	// leastWait is how soon a source comes again at most, although it asks to be called sooner.
	leastWait = 100 * time.Millisecond
	// healthy is how long a source must have been read for its next failure to count as the first.
	healthy = time.Minute
	// blindAfter is how long a source may be away before it counts as blind. Until then everybody waits for its posts.
	blindAfter = 5 * time.Second
)

// Runner keeps one source running: it resumes it where it was safe, and comes again when it fails: ever more slowly, or after as long as
// the error says (backoff.RetryAfterError), for networks have rules of their own.
type Runner struct {
	source  Source
	feed    Feed
	cursors Cursors
	log     *zap.Logger
	*condition
	// safe is the last cursor that the feed has taken over; until it has (taken), the one that was saved last.
	safe  string
	taken bool
}

// NewRunner makes the runner of one source. cursors and observer may be nil.
func NewRunner(s Source, feed Feed, cursors Cursors, observer Observer, log *zap.Logger) *Runner {
	return &Runner{
		source: s, feed: feed, cursors: cursors, condition: newCondition(s, observer),
		log: log.Named("source").With(zap.String("source", s.Name())),
	}
}

// Run reads the source until it has no more to give (nil), ctx ends (its error) or the source says that trying again cannot
// help (a *backoff.PermanentError). It must be called once.
func (r *Runner) Run(ctx context.Context) error {
	err := r.run(ctx)
	if err != nil && ctx.Err() != nil {
		r.enter(event.SourceStopped, nil)
	}
	return err
}

func (r *Runner) run(ctx context.Context) error {
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval, wait.MaxInterval, wait.Multiplier = firstWait, maxWait, 2
	r.enter(event.SourceConnecting, nil)
	for {
		began := time.Now()
		ended, err := r.once(ctx)
		switch {
		case ended:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case isPermanent(err):
			return err
		}
		if time.Since(began) >= healthy {
			wait.Reset()
		}
		delay := wait.NextBackOff()
		if asked := (*backoff.RetryAfterError)(nil); errors.As(err, &asked) && asked.Duration > 0 {
			delay = max(leastWait, asked.Duration)
		}
		r.complain(err, delay)
		if err := r.rest(ctx, delay, err); err != nil {
			return err
		}
	}
}

// complain logs why the source failed. What was said already is not said again before the source was heard.
func (r *Runner) complain(err error, delay time.Duration) {
	say := r.log.Debug
	if r.fails(err) {
		say = r.log.Warn
	}
	say("source failed, coming again", zap.Error(err), zap.Duration("pause", delay))
}

// recover logs that the source can be heard again, if it could not.
func (r *Runner) recover() {
	if failure := r.recovers(); failure != "" {
		r.log.Info("source can be heard again", zap.String("after", failure))
	}
}

// once reads the source one time. ended: it has no more to give, and the feed knows.
func (r *Runner) once(ctx context.Context) (ended bool, err error) {
	if err := r.load(ctx); err != nil {
		r.enter(event.SourceStalled, err)
		return false, err
	}
	sink := &watched{feed: r.feed, state: r.condition, heard: r.heard, refused: func(err error) { r.enter(event.SourceStalled, err) }}
	err = r.read(ctx, sink)
	switch {
	case sink.err != nil:
		return false, err
	case ctx.Err() != nil:
		return false, ctx.Err()
	case isPermanent(err):
		return false, r.give(ctx, err)
	case err != nil:
		if r.missed(err) {
			r.blind(ctx, err)
		}
		return false, err
	}
	if err := r.feed.End(ctx); err != nil {
		r.enter(event.SourceStalled, err)
		return false, err
	}
	r.enter(event.SourceDone, nil)
	return true, nil
}

// read calls the source's Read and lets time pass beside it if the source is one that may be quiet.
func (r *Runner) read(ctx context.Context, sink *watched) error {
	q, ok := r.source.(Quiet)
	if !ok || !q.MayBeQuiet() {
		return r.source.Read(ctx, r.safe, sink.take)
	}
	ticking, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.tick(ticking, sink)
	}()
	err := r.source.Read(ctx, r.safe, sink.take)
	stop()
	<-done
	return err
}

// tick lets the source's time pass in every slot in which nothing came, once the source can be heard.
func (r *Runner) tick(ctx context.Context, sink *watched) {
	ticker := time.NewTicker(event.Slot)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if !sink.open() {
			continue
		}
		r.recover()
		r.alive()
		if sink.busy() {
			continue
		}
		if err := r.feed.Elapse(ctx, event.Slot); err != nil && ctx.Err() == nil {
			r.log.Warn("time of a silent source could not be marked", zap.Error(err))
		}
	}
}

// load asks where the source was left, again with every try until the feed has taken something over: an operator may have had the place
// forgotten.
func (r *Runner) load(ctx context.Context) error {
	if r.taken || r.cursors == nil {
		return nil
	}
	cursor, err := r.cursors.Cursor(ctx, r.source.Name())
	if err != nil {
		return err
	}
	r.safe = cursor
	r.resumes(cursor)
	return nil
}

// heard is told of every batch that is safe.
func (r *Runner) heard(b *Batch) {
	if b.Cursor != "" {
		r.safe, r.taken = b.Cursor, true
	}
	r.recover()
	r.took(b)
}

// blind makes the source count as blind, in the log too.
func (r *Runner) blind(ctx context.Context, err error) {
	if r.enter(event.SourceBlind, err) {
		r.log.Warn("source is blind: until it is heard again, its silence means nothing", zap.Error(err))
	}
	if err := r.feed.Blind(ctx); err != nil {
		r.log.Warn("a blind source could not be marked", zap.Error(err))
	}
}

// rest waits before the source is tried again. One that stays away for too long meanwhile is blind from that moment on.
func (r *Runner) rest(ctx context.Context, delay time.Duration, err error) error {
	until := time.Now().Add(delay)
	r.retries(until)
	if left, away := r.untilBlind(); away && left < delay {
		if err := pause.For(ctx, left); err != nil {
			return err
		}
		r.blind(ctx, err)
		r.retries(until)
	}
	return pause.For(ctx, time.Until(until))
}

// give ends a source for which trying again cannot help. Its silence means nothing from here on, which the feed must know.
func (r *Runner) give(ctx context.Context, err error) error {
	r.enter(event.SourceStopped, err)
	for delay := firstWait; ; delay = min(2*delay, maxWait) {
		unmarked := r.feed.Blind(ctx)
		if unmarked == nil {
			return err
		}
		r.log.Warn("a source that has stopped could not be marked as blind", zap.Error(unmarked), zap.Duration("pause", delay))
		if pause.For(ctx, delay) != nil {
			return err
		}
	}
}

func isPermanent(err error) bool {
	_, ok := errors.AsType[*backoff.PermanentError](err)
	return ok
}
