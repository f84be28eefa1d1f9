package alert

import (
	"time"

	"github.com/cenkalti/backoff/v5"
)

// circuit is what is known of a receiver's health. It is closed while the receiver works; the first failure opens it,
// and nobody calls the receiver until retryAt; then one attempt goes through, which closes it or opens it for longer.
// It outlives the single notice, so that a receiver that is down is not hammered afresh with each notice that comes.
type circuit struct {
	backoff *backoff.ExponentialBackOff
	jitter  func() float64
	// failingSince is the time of the first failure in a row; zero while closed.
	failingSince time.Time
	retryAt      time.Time
}

func newCircuit(cfg DeskConfig) *circuit {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval, b.Multiplier, b.RandomizationFactor = cfg.FirstRetry, cfg.LastRetry, 2, 0
	b.Reset()
	return &circuit{backoff: b, jitter: cfg.Jitter}
}

// closed records that the receiver answered, be it to refuse.
func (c *circuit) closed() {
	c.failingSince, c.retryAt = time.Time{}, time.Time{}
	c.backoff.Reset()
}

// failed records a temporary failure, after which the receiver asked to be left alone for atLeast.
func (c *circuit) failed(now time.Time, atLeast time.Duration) {
	if c.failingSince.IsZero() {
		c.failingSince = now
	}
	pause := time.Duration(float64(c.backoff.NextBackOff()) * (0.5 + c.jitter()))
	c.retryAt = now.Add(max(pause, atLeast))
}

// wait is how long nobody may call.
func (c *circuit) wait(now time.Time) time.Duration {
	return max(c.retryAt.Sub(now), 0)
}

// waitsSince is when the waiting of an event began that happened at happened and is being delivered since begun: with
// the event itself, but not before the receiver failed (the event may be an old one, replayed) and not after begun.
// Events that piled up behind a failing receiver have so used up their time together and not one after the other.
func (c *circuit) waitsSince(happened, begun time.Time) time.Time {
	since := happened
	if since.Before(c.failingSince) {
		since = c.failingSince
	}
	if since.After(begun) {
		since = begun
	}
	return since
}
