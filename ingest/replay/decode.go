package replay

import (
	"errors"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// decoder turns messages into the posts of a batch.
type decoder struct {
	formats []ingest.Format
	sieve   ingest.Sieve
	onDrop  func(line int, err error)
	// last is the format of the message before; files are seldom mixed.
	last ingest.Format

	posts    []event.Post
	messages int
	seen     int
	dropped  map[string]int
	// clock believes no single message that is far ahead of all others.
	clock ingest.Clock
}

// counting is a Format that can tell how many posts a message holds without decoding it; for the others it is one.
type counting interface {
	Count(message []byte) int
}

// glancing is a Format that knows at a glance when a message was sent that holds one post; false: it does not.
type glancing interface {
	Glance(message []byte) (at time.Time, ok bool)
}

var errUnknown = errors.New("looks like no known wire format")

// take reads one message.
func (d *decoder) take(message []byte, line int) {
	d.messages++
	if d.sieve != nil && !d.sieve.Pass(message) && d.pass(message) {
		return
	}
	f := d.look(message)
	if f == nil {
		err := ingest.CheckMessage(message)
		if err == nil {
			err = &ingest.Drop{Reason: ingest.ReasonUnknown, Err: errUnknown}
		}
		d.drop(line, err)
		return
	}
	before := len(d.posts)
	var err error
	d.posts, err = f.Decode(d.posts, message)
	for _, e := range ingest.Drops(err) {
		d.drop(line, e)
	}
	d.seen += len(d.posts) - before
	for i := before; i < len(d.posts); i++ {
		d.clock.See(d.posts[i].CreatedAt)
	}
}

// pass counts a message that cannot be relevant, without decoding it. False: it has no time, so that somebody should see why.
func (d *decoder) pass(message []byte) bool {
	if message[len(message)-1] != '}' {
		return false
	}
	if d.last == nil && d.look(message) == nil {
		return false
	}
	if g, is := d.last.(glancing); is {
		if at, ok := g.Glance(message); ok {
			d.seen++
			d.clock.See(at)
			return true
		}
	}
	f := d.last
	at, ok := f.Time(message)
	if !ok {
		if f = d.look(message); f == nil {
			return false
		}
		if at, ok = f.Time(message); !ok {
			return false
		}
	}
	if c, ok := f.(counting); ok {
		d.seen += c.Count(message)
	} else {
		d.seen++
	}
	d.clock.See(at)
	return true
}

// look finds the format of a message; nil: none.
func (d *decoder) look(message []byte) ingest.Format {
	if d.last != nil && d.last.Detect(message) {
		return d.last
	}
	for _, f := range d.formats {
		if f.Detect(message) {
			d.last = f
			return f
		}
	}
	return nil
}

func (d *decoder) drop(line int, err error) {
	if d.dropped == nil {
		d.dropped = make(map[string]int)
	}
	d.dropped[ingest.DropReason(err)]++
	if d.onDrop != nil {
		d.onDrop(line, err)
	}
}

// reject counts a message that could not even be cut out of its stream.
func (d *decoder) reject(line int, reason string, err error) {
	d.messages++
	d.drop(line, &ingest.Drop{Reason: reason, Err: err})
}

// batch gives what was read since the last reset.
func (d *decoder) batch() ingest.Batch {
	return ingest.Batch{Posts: d.posts, Seen: d.seen, Dropped: d.dropped, From: d.clock.From(), Through: d.clock.Through(), Gaps: d.clock.TakeGaps()}
}

// reset begins a new batch.
func (d *decoder) reset() {
	clear(d.posts) // lets go of the texts
	d.posts = d.posts[:0]
	d.messages, d.seen, d.dropped = 0, 0, nil
}
