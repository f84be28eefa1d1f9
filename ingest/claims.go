package ingest

import (
	"slices"
	"time"
)

// How far from the wall clock a claimed time may be and still be believed at once: maxAhead ahead of it, and presence behind it.
const maxAhead = time.Minute

// Claims follows the event time of a source to which strangers send posts, live or from an archive. What claims to be of the present
// is believed by the wall clock; what does not needs company, as with Clock; what lies ahead moves nothing. What is not safe has moved
// nothing either, because it comes again, perhaps with less beside it.
type Claims struct {
	// clock is the time of what is safe, next that of the batch which was stamped last.
	clock, next Clock
	began       time.Time
}

// Stamp says in a batch how far the time comes with what its posts claim. What looks like a gap since the source began to listen is silence
// that it heard.
func (c *Claims) Stamp(b *Batch, claimed []time.Time, now time.Time) {
	if c.began.IsZero() && len(claimed) > 0 {
		c.began = now
	}
	c.next = c.clock.clone()
	for _, at := range claimed {
		switch ahead := at.Sub(now); {
		case ahead > maxAhead:
		case ahead >= -presence:
			c.next.Vouch(at)
		default:
			c.next.See(at)
		}
	}
	b.From, b.Through = c.next.From(), c.next.Through()
	b.Gaps = slices.DeleteFunc(c.next.TakeGaps(), func(g Gap) bool { return !g.To.Before(c.began) })
}

// Safe says that the batch which was stamped last is safe.
func (c *Claims) Safe() { c.clock = c.next }
