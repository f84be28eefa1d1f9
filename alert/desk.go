package alert

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"go.uber.org/zap"
	"golang.org/x/time/rate"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/pause"
	"github.com/outcry/outcry/internal/preset"
)

// DeskConfig is how a Desk treats its receiver. The zero value is the default of every field.
type DeskConfig struct {
	Policy Policy
	// Bound is how long a notice is retried before it is given up; default 1 h. See Desk for what it is counted from.
	Bound time.Duration
	// BoundResolved is the same for the news that an outage is over, which stays worth knowing; default 6 h.
	BoundResolved time.Duration
	// FirstRetry and LastRetry are the shortest and the longest mean pause between attempts; it doubles from one to the
	// other. Each pause varies by half either way. Defaults 1 s and 5 min.
	FirstRetry, LastRetry time.Duration
	// Timeout bounds one attempt; default 30 s.
	Timeout time.Duration
	// Every and Burst limit how often the receiver is told: once per Every, Burst at once after a pause. Default: what
	// the notifier asks for if it is Paced, else no limit.
	Every time.Duration
	Burst int
	// Past gives the events of the log so far. It is asked where the Desk finds that it has not heard of all that came
	// before an event, as when another Desk of the same consumer was handed them. Nil: it makes do with what it knows.
	Past func(ctx context.Context) ([]event.Event, error)
	// Receipts remember what was told, beyond the end of this process; nil: nothing does, and after a crash the receiver may be
	// told again what it heard long before.
	Receipts Receipts
	// Jitter gives numbers from 0 up to 1 by chance, which vary the pauses; default: the real ones.
	Jitter func() float64
	// Now is the wall clock, and Sleep waits for d or until ctx ends, whose error it then returns. Defaults: the real ones.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

func (c DeskConfig) withDefaults(n Notifier) DeskConfig {
	preset.Positive(&c.Bound, time.Hour)
	preset.Positive(&c.BoundResolved, 6*time.Hour)
	preset.Positive(&c.FirstRetry, time.Second)
	preset.Positive(&c.LastRetry, 5*time.Minute)
	preset.Positive(&c.Timeout, 30*time.Second)
	if p, ok := n.(Paced); ok && c.Every <= 0 {
		c.Every, c.Burst = p.Pace()
	}
	c.Burst = max(c.Burst, 1)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = pause.For
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	return c
}

// How long an outage is remembered, in event time: a day after its end, and a month if its end is never heard of.
const (
	rememberResolved = 24 * time.Hour
	rememberSilent   = 30 * 24 * time.Hour
)

// Desk stands between the log of outages and one Notifier. Its Handle is the edge of one durable consumer and is called
// with one event at a time, in the order of the log. Its Look is the edge of a second one, which gives each event again
// whenever Look asks for it: that is how what was kept back is told in the end, and how receivers are reminded.
//
// A receiver gets each event it is to be told of at least once, in order. Repeats are folded by (outage, seq) as long
// as the Desk runs; after a crash the events that were not acknowledged come again, with the same key. A notice that
// cannot be delivered is retried until it has waited for the bound, counted from the event but at the earliest from the
// receiver's first failure; then it becomes a dead letter and the next one has its turn.
type Desk struct {
	cfg      DeskConfig
	notifier Notifier
	dead     DeadLetters
	log      *zap.Logger
	metrics  *Metrics
	limit    *rate.Limiter
	circuit  *circuit
	outages  map[string]State
	// receipts are kept here where nothing else keeps them.
	receipts map[string]receipt
	// turn holds one while somebody is at the desk.
	turn chan struct{}
	// newest is the newest event time heard of.
	newest time.Time
}

// NewDesk makes the Desk of one notifier. metrics may be nil.
func NewDesk(cfg DeskConfig, n Notifier, dead DeadLetters, log *zap.Logger, m *Metrics) *Desk {
	cfg = cfg.withDefaults(n)
	m.begin(n.Name())
	limit := rate.Inf
	if cfg.Every > 0 {
		limit = rate.Every(cfg.Every)
	}
	return &Desk{
		cfg: cfg, notifier: n, dead: dead, metrics: m,
		log:     log.Named("alert").With(zap.String("notifier", n.Name())),
		limit:   rate.NewLimiter(limit, cfg.Burst),
		circuit: newCircuit(cfg),
		outages: map[string]State{}, receipts: map[string]receipt{}, turn: make(chan struct{}, 1),
	}
}

// Seed tells a Desk that has just started what is in the log, oldest first, so that it knows which outages its receiver
// was told of. It marks no event as settled: an event that was not acknowledged comes again and is delivered, whether
// or not it is among events. It is called before the first Handle.
func (d *Desk) Seed(events []event.Event) {
	for i := range events {
		e := &events[i]
		s := d.outages[e.Data.ID]
		verdict, reason := Decide(s, e, d.cfg.Policy, e.Time)
		if reason == ReasonOpens && d.cfg.Policy.After > 0 {
			verdict = Skip // whether Look told it stands in the receipts
		}
		d.remember(e, s.heard(e, verdict))
	}
}

// Begin is for a receiver that is new: what the log holds is history to it, but for the newest event of each outage that
// lasts. It gives the index of the first event of past, which is the whole log, that is to be handed to Handle; len(past)
// if there is none. It may be called again until it has succeeded.
func (d *Desk) Begin(ctx context.Context, past []event.Event) (first int, err error) {
	newest := map[string]int{}
	for i := range past {
		newest[past[i].Data.ID] = i
	}
	first = len(past)
	for _, i := range newest {
		if !isOver(&past[i]) && d.cfg.Now().Sub(past[i].Time) <= rememberSilent {
			first = min(first, i)
		}
	}
	for _, i := range newest {
		e := &past[i]
		if i < first {
			continue // nothing of it comes any more
		}
		r := receipt{From: e.Data.Seq}
		if isOver(e) {
			r.From++
		}
		if err := d.note(ctx, e, r); err != nil {
			return 0, err
		}
	}
	return first, nil
}

// Handle tells the receiver of e if it is to be told. nil: e is settled and may be forgotten. An error: ctx ended, or
// what must be remembered could not be kept; e must come again. Handle can take as long as the bounds of the
// configuration. What a silence or an escalation keeps back is settled too: it is for Look to tell it once its time comes.
func (d *Desk) Handle(ctx context.Context, e event.Event) error {
	if err := e.Check(); err != nil {
		return d.giveUp(ctx, &e, "the event cannot be used: "+err.Error())
	}
	free, err := d.take(ctx)
	if err != nil {
		return err
	}
	defer free()
	return d.handle(ctx, &e)
}

// take waits until nobody else is at the desk: Handle and Look are called by two loops. free makes room.
func (d *Desk) take(ctx context.Context) (free func(), err error) {
	select {
	case d.turn <- struct{}{}:
		return func() { <-d.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (d *Desk) handle(ctx context.Context, e *event.Event) error {
	if err := d.catchUp(ctx, e); err != nil {
		return err
	}
	r, err := d.recall(ctx, e.Data.ID)
	if err != nil {
		return err
	}
	if r.Told < r.Trying && r.Trying < e.Data.Seq {
		if r, err = d.tellTried(ctx, r, e); err != nil {
			return err
		}
	}
	s := d.outages[e.Data.ID]
	verdict, reason := Decide(s, e, d.cfg.Policy, e.Time)
	if reason == ReasonOpens && d.cfg.Policy.After > 0 {
		verdict, reason = Skip, ReasonWaits // Look tells it how things stand when it is due
	}
	switch {
	case reason.keeps(e):
		err = d.note(ctx, e, receipt{Kept: e.Data.Seq})
	case r.Kept > r.Told && e.Data.Seq > s.Seq:
		err = d.note(ctx, e, receipt{Passed: e.Data.Seq})
	}
	if err != nil {
		return err
	}
	if verdict == Skip {
		d.metrics.skip(d.notifier.Name(), reason)
		d.log.Debug("not told", zap.String("event", e.ID), zap.String("reason", string(reason)))
		d.remember(e, s.Settle(e, verdict))
		return nil
	}
	return d.tell(ctx, e, e.Time)
}

// tell delivers e, about which was decided at a time, and settles it.
func (d *Desk) tell(ctx context.Context, e *event.Event, decided time.Time) error {
	if err := d.deliver(ctx, e); err != nil {
		return err
	}
	said := d.outages[e.Data.ID].Said.next(e, decided)
	if err := d.note(ctx, e, receipt{Told: e.Data.Seq, At: d.cfg.Now(), Said: said}); err != nil {
		return err
	}
	s := d.outages[e.Data.ID].Settle(e, Tell)
	s.Said = said
	d.remember(e, s)
	return nil
}

// catchUp reads the log again where events before e have passed this Desk by: it must know whether they were told.
func (d *Desk) catchUp(ctx context.Context, e *event.Event) error {
	if e.Data.Seq <= d.outages[e.Data.ID].Heard+1 {
		return nil
	}
	past, err := d.past(ctx, e)
	d.Seed(past)
	return err
}

// past are the events of the log, as far as they can be asked for.
func (d *Desk) past(ctx context.Context, e *event.Event) ([]event.Event, error) {
	if d.cfg.Past == nil {
		return nil, nil
	}
	past, err := d.cfg.Past(ctx)
	if err != nil {
		return nil, fmt.Errorf("notifier %s: what stands in the log beside event %s cannot be read: %w", d.notifier.Name(), e.ID, err)
	}
	return past, nil
}

// remember keeps the state of one outage and forgets those whose time is over.
func (d *Desk) remember(e *event.Event, s State) {
	d.outages[e.Data.ID] = s
	if !e.Time.After(d.newest) {
		return
	}
	d.newest = e.Time
	for id, s := range d.outages {
		over := !s.ResolvedAt.IsZero() && d.newest.Sub(s.ResolvedAt) > rememberResolved
		if over || d.newest.Sub(s.HeardAt) > rememberSilent {
			delete(d.outages, id)
			delete(d.receipts, id)
		}
	}
}
