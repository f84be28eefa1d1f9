package main

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/web"
)

var (
	_ slack.Memory   = (*nats.Notes)(nil)
	_ alert.Receipts = (*nats.Notes)(nil)
)

// desks are the loops that tell the configured notifiers, and the one that hears what people want.
func (h *house) desks(ctx context.Context) ([]loop, error) {
	if len(h.cfg.Notifiers) == 0 {
		return nil, nil
	}
	all, err := h.cfg.notifiers(tools{memory: &lateNotes{open: h.log.Notes}, picture: h.picture, log: h.zap})
	if err != nil {
		return nil, &usageError{err}
	}
	if err := namesOf(h.know.services).checkRoutes(h.cfg.Routes); err != nil {
		return nil, &usageError{err}
	}
	receipts, err := h.log.Notes(ctx)
	if err != nil {
		return nil, err
	}
	metrics := alert.NewMetrics(h.registry)
	routes := h.cfg.routes(h.know.services)
	people := newFolk()
	loops := []loop{{roleAlert, "people", func(ctx context.Context) error { return people.follow(ctx, h) }}}
	for i := range h.cfg.Notifiers {
		entry := &h.cfg.Notifiers[i]
		n := all[entry.name()]
		plan := deskPlan{notifier: n, dead: h.log, metrics: metrics, people: people, policy: entry.policy(routes, people.ledger)}
		if entry.Fallback != "" {
			plan.dead = &alert.Fallback{Dead: h.log, To: all[entry.Fallback], Log: h.zap, Receipts: receipts}
		}
		desk, err := h.deskOf(ctx, plan)
		if err != nil {
			return nil, err
		}
		loops = append(loops, desk)
	}
	return loops, nil
}

// policy is what the notifier of an entry wants to be told.
func (e *notifierEntry) policy(routes alert.Routes, people alert.People) alert.Policy {
	return alert.Policy{
		Suspected: e.From == string(event.TypeSuspected), Wants: routes.Wants(e.name()),
		People: people, Service: routes.Service, After: time.Duration(e.After), Remind: time.Duration(e.Remind), Damp: e.isCalm(),
	}
}

// deskPlan is what a desk is made of. people may be nil.
type deskPlan struct {
	notifier alert.Notifier
	policy   alert.Policy
	dead     alert.DeadLetters
	people   *folk
	metrics  *alert.Metrics
}

// desk is the loop that tells one notifier whatever people want.
func (h *house) desk(ctx context.Context, n alert.Notifier, policy alert.Policy, metrics *alert.Metrics) (loop, error) {
	return h.deskOf(ctx, deskPlan{notifier: n, policy: policy, dead: h.log, metrics: metrics})
}

// deskOf gives the desk its place in the log at once: what happens from now on is told, however long it takes until the
// loop runs.
func (h *house) deskOf(ctx context.Context, plan deskPlan) (loop, error) {
	name := "desk-" + plan.notifier.Name()
	receipts, err := h.log.Notes(ctx)
	if err != nil {
		return loop{}, err
	}
	desk := alert.NewDesk(alert.DeskConfig{Policy: plan.policy, Past: h.log.Outages, Receipts: receipts}, plan.notifier, plan.dead, h.zap, plan.metrics)
	if err := h.log.StartOutages(ctx, name, desk.Begin); err != nil {
		return loop{}, err
	}
	return loop{roleAlert, name, func(ctx context.Context) error {
		// What people want decides what was told before, too.
		if err := plan.people.await(ctx); err != nil {
			return err
		}
		past, err := h.log.Outages(ctx)
		if err != nil {
			return err
		}
		desk.Seed(past)
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return h.log.ConsumeOutages(ctx, name, desk.Handle) })
		g.Go(func() error { return h.log.LookAtOutages(ctx, name+"-later", desk.Look) })
		return g.Wait()
	}}, nil
}

// folk is what people want and do, kept in step with the log.
type folk struct {
	ledger *alert.Ledger
	// loaded is closed once all that was known before is in the ledger.
	loaded chan struct{}
}

func newFolk() *folk { return &folk{ledger: alert.NewLedger(), loaded: make(chan struct{})} }

// await waits until the ledger holds what was known before.
func (f *folk) await(ctx context.Context) error {
	if f == nil {
		return nil
	}
	select {
	case <-f.loaded:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// asides is what is shown of it beside an outage.
func (f *folk) asides(e *event.Event) []web.Aside {
	w := alert.English(e)
	var lines []alert.Line
	if ack := f.ledger.AckOf(e.Data.ID); ack != nil {
		lines = append(lines, w.Taken(ack.By, ack.At))
	}
	for _, s := range f.ledger.Silences() {
		if s.Outage == e.Data.ID && !s.IsOver(time.Now()) {
			lines = append(lines, w.Muted(s.By, s.Until))
		}
	}
	all := make([]web.Aside, len(lines))
	for i := range lines {
		all[i] = web.Aside(lines[i])
	}
	return all
}

// follow keeps the ledger in step until ctx ends.
func (f *folk) follow(ctx context.Context, h *house) error {
	silences, err := h.log.Silences(ctx)
	if err != nil {
		return err
	}
	acks, err := h.log.Acks(ctx)
	if err != nil {
		return err
	}
	past, err := h.log.Outages(ctx)
	if err != nil {
		return err
	}
	for i := range past {
		if err := f.ledger.Handle(ctx, past[i]); err != nil {
			return err
		}
	}
	ready := make(chan struct{}, 2)
	once := func() func() { return sync.OnceFunc(func() { ready <- struct{}{} }) }
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return silences.Watch(ctx, func(key, value string) { f.putSilence(h.zap, key, value) }, once())
	})
	g.Go(func() error {
		return acks.Watch(ctx, func(key, value string) { f.putAck(h.zap, key, value) }, once())
	})
	g.Go(func() error { return h.log.WatchAllOutages(ctx, "", f.ledger.Handle) })
	g.Go(func() error {
		for range cap(ready) {
			select {
			case <-ready:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		close(f.loaded)
		return nil
	})
	return g.Wait()
}

func (f *folk) putSilence(log *zap.Logger, key, value string) {
	var s alert.Silence
	err := json.Unmarshal([]byte(value), &s)
	if err == nil {
		err = s.Check()
	}
	if err != nil {
		log.Warn("a silence cannot be used and is passed over", zap.String("id", key), zap.Error(err))
		return
	}
	f.ledger.PutSilence(s)
}

func (f *folk) putAck(log *zap.Logger, key, value string) {
	var a alert.Ack
	if err := json.Unmarshal([]byte(value), &a); err != nil || a.Outage == "" || a.At.IsZero() {
		log.Warn("an ack cannot be used and is passed over", zap.String("outage", key), zap.Error(err))
		return
	}
	f.ledger.PutAck(a)
}

// lateNotes opens the notes when they are first needed.
type lateNotes struct {
	open func(ctx context.Context) (*nats.Notes, error)
	mu   sync.Mutex
	now  *nats.Notes
}

func (l *lateNotes) notes(ctx context.Context) (*nats.Notes, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil {
		notes, err := l.open(ctx)
		if err != nil {
			return nil, err
		}
		l.now = notes
	}
	return l.now, nil
}

// Get implements slack.Memory.
func (l *lateNotes) Get(ctx context.Context, key string) (string, error) {
	notes, err := l.notes(ctx)
	if err != nil {
		return "", err
	}
	return notes.Get(ctx, key)
}

// Put implements slack.Memory.
func (l *lateNotes) Put(ctx context.Context, key, value string) error {
	notes, err := l.notes(ctx)
	if err != nil {
		return err
	}
	return notes.Put(ctx, key, value)
}

// scratch is a memory that lasts as long as the process.
type scratch struct {
	mu     sync.Mutex
	values map[string]string
}

func newScratch() *scratch { return &scratch{values: map[string]string{}} }

// Get implements slack.Memory.
func (s *scratch) Get(_ context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key], nil
}

// Put implements slack.Memory.
func (s *scratch) Put(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
	return nil
}
