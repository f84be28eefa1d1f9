package detect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/outcry/outcry/detect/window"
	"github.com/outcry/outcry/event"
)

// View keeps groups of hashes together with the position in the log that they reflect.
type View interface {
	// Load gives every field of a group, and its position; 0: the group is empty.
	Load(ctx context.Context, group string, each func(key, field string, value []byte) error) (uint64, error)
	// Apply sets and deletes fields and moves the position from from to to, in one atomic step. Where the group stands
	// elsewhere it changes nothing and returns false.
	Apply(ctx context.Context, group string, from, to uint64, set map[string]map[string][]byte, del map[string][]string) (bool, error)
}

// Readings is where a Counter publishes.
type Readings interface {
	// PublishReadings returns nil when the readings and then the tick are stored. Storing them twice does no harm.
	PublishReadings(ctx context.Context, readings []event.Reading, tick event.Tick) error
}

// ErrMoved says that the view no longer stands where it was left: it was emptied, or another process has gone on. The loop
// has to be opened anew.
var ErrMoved = errors.New("the stored state has moved under this process")

// flushReadings is how many readings are published at a time at most.
const flushReadings = 2000

// maxEarly bounds the slots per service that lie ahead of the watermark.
const maxEarly = 720

// Counter folds the mentions of one partition into windows and publishes a reading for every slot that is complete.
type Counter struct {
	partition, of int
	view          View
	out           Readings
	metrics       *Metrics

	pos      uint64
	changes  *window.Changes
	mark     watermark
	services map[string]*window.Windows
	pending  map[int64]map[string]bool
	next     int64 // the first slot that is still open
	swept    int64
	dirty    bool
}

// OpenCounter loads the windows of a partition, 0 ≤ partition < of, and gives the Counter that continues from there. view
// may be nil where nothing has to survive.
func OpenCounter(ctx context.Context, partition, of int, view View, out Readings, metrics *Metrics) (*Counter, error) {
	c := &Counter{
		partition: partition, of: of, view: view, out: out, metrics: metrics,
		services: make(map[string]*window.Windows), pending: make(map[int64]map[string]bool),
	}
	if view == nil {
		return c, nil
	}
	c.changes = window.NewChanges()
	if err := c.load(ctx); err != nil {
		return nil, fmt.Errorf("load the windows of partition %d: %w", partition, err)
	}
	return c, nil
}

// Pos is the position in the log of mentions up to which everything is counted; 0: nothing is.
func (c *Counter) Pos() uint64 { return c.pos }

// PartitionOf is the partition, 0 ≤ p < of, that counts a service.
func PartitionOf(service string, of int) int {
	if of <= 1 {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(service))
	return int(h.Sum32() % uint32(of))
}

// Apply folds records, which follow each other in the log: readings are published first, then the windows are saved with
// the position. Records that are counted already change nothing. After an error the Counter is no longer usable.
func (c *Counter) Apply(ctx context.Context, records []event.MentionRecord) error {
	return c.fold(ctx, records, c.out)
}

// Rebuild folds records like Apply, but publishes nothing: their readings are in the log already.
func (c *Counter) Rebuild(ctx context.Context, records []event.MentionRecord) error {
	return c.fold(ctx, records, nil)
}

func (c *Counter) fold(ctx context.Context, records []event.MentionRecord, out Readings) error {
	from := c.pos
	for i := range records {
		r := &records[i]
		if r.Seq <= c.pos {
			continue
		}
		if r.Pack != nil {
			c.add(r.Pack)
		}
		if r.Mark != nil {
			if err := c.advance(ctx, *r.Mark, out); err != nil {
				return err
			}
		}
		c.pos = r.Seq
	}
	if c.view == nil || c.pos == from {
		return nil
	}
	return c.save(ctx, from)
}

func (c *Counter) add(p *event.Pack) {
	if PartitionOf(p.Service, c.of) != c.partition {
		return
	}
	for i := range p.Mentions {
		m := &p.Mentions[i]
		n := window.SlotOf(m.At)
		if n < c.next {
			c.metrics.late()
			continue
		}
		w, ok := c.services[p.Service]
		if !ok {
			w = window.New(p.Service, c.changes)
			c.services[p.Service] = w
		}
		if !c.await(n, p.Service) {
			c.metrics.early()
			continue
		}
		w.Add(m)
	}
}

// await notes that a service has something in an open slot; false: too many slots are open.
func (c *Counter) await(n int64, service string) bool {
	services, ok := c.pending[n]
	if !ok {
		if len(c.pending) >= maxEarly && c.next > 0 && n > c.next+maxEarly {
			return false
		}
		services = make(map[string]bool)
		c.pending[n] = services
	}
	services[service] = true
	return true
}

// advance moves the watermark and closes the slots below it.
func (c *Counter) advance(ctx context.Context, m event.Mark, out Readings) error {
	before := window.SlotOf(c.mark.At)
	moved, unheard := c.mark.see(m)
	c.dirty = true
	if !moved {
		return nil
	}
	open := window.SlotOf(c.mark.At)
	slots := c.closing(open)
	if unheard && len(slots) > 0 && slots[0] == before { // the slot in which the silence began was heard in part
		if err := c.publish(ctx, out, c.close(before), event.Tick{At: window.EndOf(before)}); err != nil {
			return err
		}
		slots = slots[1:]
	}
	if unheard {
		silent := open
		if len(slots) > 0 {
			silent = min(silent, slots[0])
		}
		if err := c.publish(ctx, out, nil, event.Tick{At: window.EndOf(silent - 1), Unheard: true}); err != nil {
			return err
		}
	}
	var readings []event.Reading
	for _, n := range slots {
		readings = append(readings, c.close(n)...)
		if len(readings) >= flushReadings {
			if err := c.publish(ctx, out, readings, event.Tick{At: window.EndOf(n)}); err != nil {
				return err
			}
			readings = nil
		}
	}
	c.next = open
	c.sweep(open)
	return c.publish(ctx, out, readings, event.Tick{At: window.EndOf(open - 1)})
}

// closing lists the pending slots below open, in order.
func (c *Counter) closing(open int64) []int64 {
	var slots []int64
	for n := range c.pending {
		if n < open {
			slots = append(slots, n)
		}
	}
	slices.Sort(slots)
	return slots
}

// close closes one slot of all services.
func (c *Counter) close(n int64) []event.Reading {
	var readings []event.Reading
	names := make([]string, 0, len(c.pending[n]))
	for s := range c.pending[n] {
		names = append(names, s)
	}
	slices.Sort(names)
	for _, s := range names {
		if r, ok := c.services[s].Close(n); ok {
			readings = append(readings, r)
		}
	}
	delete(c.pending, n)
	return readings
}

// sweep forgets what lies behind Recall, every few minutes of event time.
func (c *Counter) sweep(open int64) {
	const every = 30
	if open-c.swept < every {
		return
	}
	c.swept = open
	for name, w := range c.services {
		if w.Expire(open); w.Idle() {
			delete(c.services, name)
		}
	}
}

func (c *Counter) publish(ctx context.Context, out Readings, readings []event.Reading, tick event.Tick) error {
	if out == nil {
		return nil
	}
	tick.Partition, tick.Of, tick.Since, tick.Blind = c.partition, c.of, c.mark.Since, c.mark.blind()
	slices.Sort(tick.Blind)
	if err := out.PublishReadings(ctx, readings, tick); err != nil {
		return fmt.Errorf("publish the readings of %s: %w", tick.At.Format("15:04:05"), err)
	}
	c.metrics.read(len(readings))
	return nil
}

// Keys of the Counter's own state within its group.
const (
	clockKey  = "clock"
	markField = "mark"
	nextField = "next"
)

func (c *Counter) group() string {
	return "count-" + strconv.Itoa(c.partition) + "-of-" + strconv.Itoa(c.of)
}

func (c *Counter) save(ctx context.Context, from uint64) error {
	set, del, err := c.changes.Flush()
	if err != nil {
		return err
	}
	if c.dirty {
		mark, err := json.Marshal(c.mark)
		if err != nil {
			return fmt.Errorf("encode the watermark: %w", err)
		}
		set[clockKey] = map[string][]byte{markField: mark, nextField: strconv.AppendInt(nil, c.next, 10)}
		c.dirty = false
	}
	ok, err := c.view.Apply(ctx, c.group(), from, c.pos, set, del)
	if err != nil {
		return fmt.Errorf("save the windows of partition %d: %w", c.partition, err)
	}
	if !ok {
		return fmt.Errorf("save the windows of partition %d: %w", c.partition, ErrMoved)
	}
	return nil
}

func (c *Counter) load(ctx context.Context) error {
	pos, err := c.view.Load(ctx, c.group(), c.restore)
	if err != nil {
		return err
	}
	c.pos = pos
	for name, w := range c.services {
		w.Settle(c.next)
		for _, n := range w.Open(c.next) {
			c.await(n, name)
		}
	}
	return nil
}

func (c *Counter) restore(hash, field string, value []byte) error {
	if hash == clockKey {
		return c.restoreClock(field, value)
	}
	service, ok := window.ServiceOf(hash)
	if !ok {
		return fmt.Errorf("unknown hash %q in group %s", hash, c.group())
	}
	w, ok := c.services[service]
	if !ok {
		w = window.New(service, c.changes)
		c.services[service] = w
	}
	return w.Restore(hash, field, value)
}

func (c *Counter) restoreClock(field string, value []byte) (err error) {
	switch field {
	case markField:
		err = json.Unmarshal(value, &c.mark)
	case nextField:
		c.next, err = strconv.ParseInt(string(value), 10, 64)
	default:
		return fmt.Errorf("unknown field %q of the clock in group %s", field, c.group())
	}
	if err != nil {
		return fmt.Errorf("field %s of the clock: %w", field, err)
	}
	return nil
}
