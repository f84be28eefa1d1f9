package alert

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/pause"
)

// fallbackAttempts is how often a fallback is tried; fallbackTimeout bounds one attempt, and fallbackPause lies between two.
const (
	fallbackAttempts = 3
	fallbackTimeout  = 15 * time.Second
	fallbackPause    = 2 * time.Second
)

// Fallback keeps dead letters, and tells another receiver of each, so that somebody hears of an outage though the receiver
// that was meant to could not be told.
type Fallback struct {
	// Dead keeps the letters. A letter that cannot be kept is not told elsewhere: its event comes again.
	Dead DeadLetters
	// To is the other receiver. It is tried a few times; what it cannot be told is in the dead letter and in Log.
	To  Notifier
	Log *zap.Logger
	// Receipts are those of the Desks: what the other receiver was told by its own Desk, or what is newer, it need not hear once
	// more. Nil: it is told in any case.
	Receipts Receipts
	// Now and Sleep are as in DeskConfig.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

var _ DeadLetters = (*Fallback)(nil)

// DeadLetter implements DeadLetters.
func (f *Fallback) DeadLetter(ctx context.Context, notifier string, e event.Event, reason string) error {
	if err := f.Dead.DeadLetter(ctx, notifier, e, reason); err != nil {
		return err
	}
	log := f.Log.Named("alert").With(zap.String("notifier", notifier), zap.String("fallback", f.To.Name()), zap.String("event", e.ID))
	if f.knows(ctx, &e, log) {
		log.Info("the fallback knows already")
		return nil
	}
	if err := f.tellPatiently(ctx, &e); err != nil {
		log.Error("the fallback cannot be told either; the dead letter is kept", zap.Error(err))
		return nil // the letter is kept, which is all that is promised
	}
	log.Info("told instead")
	return nil
}

// knows reports whether the fallback's own Desk has told it of e, or of what is newer.
func (f *Fallback) knows(ctx context.Context, e *event.Event, log *zap.Logger) bool {
	if f.Receipts == nil {
		return false
	}
	told, err := Told(ctx, f.Receipts, f.To.Name(), e.Data.ID)
	if err != nil {
		log.Warn("whether the fallback knows already cannot be read, and so it is told", zap.Error(err))
	}
	return told >= e.Data.Seq
}

// tellPatiently tells the fallback of e, in a few attempts.
func (f *Fallback) tellPatiently(ctx context.Context, e *event.Event) error {
	now, wait := f.Now, f.Sleep
	if now == nil {
		now = time.Now
	}
	if wait == nil {
		wait = pause.For
	}
	for attempt := 1; ; attempt++ {
		err := f.tell(ctx, Notice{Event: *e, Key: e.ID, Attempt: attempt, At: now()})
		if err == nil || attempt == fallbackAttempts || IsPermanent(err) || wait(ctx, fallbackPause) != nil {
			return err
		}
	}
}

func (f *Fallback) tell(ctx context.Context, n Notice) error {
	ctx, cancel := context.WithTimeout(ctx, fallbackTimeout)
	defer cancel()
	return f.To.Notify(ctx, n)
}
