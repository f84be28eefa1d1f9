package ingest

import (
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// maxStride is how far a single post may move the clock of a source whose times are claimed by strangers.
const maxStride = time.Hour

// maxParked bounds the times that wait for company.
const maxParked = 16

// A stretch of time without any post is a gap in the recording, and no silence, when it is this many times longer than what usually
// lies between two slots of time in which there are posts, and at least shortestGap.
const (
	gapFactor   = 100
	shortestGap = 15 * time.Minute
)

// Gap is a stretch of event time in which nobody listened.
type Gap struct {
	From, To time.Time
}

// Clock follows the event time of a source whose posts carry claimed times. Times may step forwards by at most an hour on
// the word of one post; a longer step is believed when a second post, with another time, says the same. So one broken clock
// among millions of posts cannot carry the others' time away, and a file with months missing is still read.
// What comes out depends on which times were seen, and not on how they were batched. The zero value is ready.
type Clock struct {
	oldest time.Time
	newest time.Time
	parked []time.Time
	gaps   []Gap

	// began is when the present stretch without a gap began; slots counts those of its slots that hold posts, and recent has
	// a bit for each of the last 64 slots that is counted.
	began  time.Time
	slots  int
	recent uint64
}

// See takes note of one post's time. A time that no post can have (event.Post.Check) is not believed at all.
func (c *Clock) See(t time.Time) {
	if !event.PlausibleTime(t) {
		return
	}
	if !c.newest.IsZero() && t.Sub(c.newest) <= maxStride {
		c.count(t)
		return
	}
	for _, p := range c.parked {
		if d := t.Sub(p); d != 0 && d.Abs() <= maxStride {
			c.jump(earlier(t, p))
			c.count(earlier(t, p))
			c.count(later(t, p))
			c.settle()
			return
		}
	}
	c.park(t)
}

// Vouch takes note of a post's time that something beside the post speaks for, such as the wall clock: it is believed at once.
func (c *Clock) Vouch(t time.Time) {
	if !event.PlausibleTime(t) {
		return
	}
	if c.newest.IsZero() || t.Sub(c.newest) > maxStride {
		c.jump(t)
	}
	c.count(t)
	c.settle()
}

// clone is a clock of its own that has seen the same.
func (c *Clock) clone() Clock {
	other := *c
	other.parked, other.gaps = slices.Clone(c.parked), slices.Clone(c.gaps)
	return other
}

// From is the oldest time that is believed; zero while there is none. Older times that come more than an hour late do not count.
func (c *Clock) From() time.Time { return c.oldest }

// Through is the newest time that is believed; zero while there is none.
func (c *Clock) Through() time.Time { return c.newest }

// TakeGaps gives the gaps that were found since it was last asked.
func (c *Clock) TakeGaps() []Gap {
	gaps := c.gaps
	c.gaps = nil
	return gaps
}

// jump moves to a time that lies more than a stride ahead.
func (c *Clock) jump(t time.Time) {
	if c.newest.IsZero() {
		c.restart(t)
		return
	}
	c.step(t)
}

// count takes a time in reach.
func (c *Clock) count(t time.Time) {
	if t.After(c.newest) {
		c.step(t)
	}
	if c.oldest.IsZero() || t.Before(c.oldest) && c.newest.Sub(t) <= maxStride {
		c.oldest = t
	}
	back := slotOf(c.newest) - slotOf(t)
	if back < 64 && !t.Before(c.began) && c.recent&(1<<back) == 0 {
		c.recent |= 1 << back
		c.slots++
	}
}

// step moves the newest time forwards.
func (c *Clock) step(t time.Time) {
	if d := t.Sub(c.newest); d >= shortestGap && d > c.longestSilence() {
		c.gaps = append(c.gaps, Gap{c.newest, t})
		c.restart(t)
		return
	}
	c.recent <<= min(64, slotOf(t)-slotOf(c.newest))
	c.newest = t
}

// restart begins a new stretch.
func (c *Clock) restart(t time.Time) { c.newest, c.began, c.slots, c.recent = t, t, 1, 1 }

// longestSilence is how long nobody may say anything without that being a gap.
func (c *Clock) longestSilence() time.Duration {
	return gapFactor * max(event.Slot, c.newest.Sub(c.began)/time.Duration(max(1, c.slots)))
}

func slotOf(t time.Time) int64 { return t.Unix() / int64(event.Slot/time.Second) }

// park keeps a time until another one confirms it.
func (c *Clock) park(t time.Time) {
	for _, p := range c.parked {
		if p.Equal(t) {
			return
		}
	}
	if len(c.parked) == maxParked {
		c.parked = c.parked[:copy(c.parked, c.parked[1:])]
	}
	c.parked = append(c.parked, t)
}

// settle moves on over the parked times that are in reach now, and forgets those that lie behind.
func (c *Clock) settle() {
	for moved := true; moved; {
		moved = false
		keep := c.parked[:0]
		for _, p := range c.parked {
			switch {
			case !p.After(c.newest):
			case p.Sub(c.newest) <= maxStride:
				c.count(p)
				moved = true
			default:
				keep = append(keep, p)
			}
		}
		c.parked = keep
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
