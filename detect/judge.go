package detect

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// Events is where a Judge publishes.
type Events interface {
	// PublishOutage returns nil when the event is stored. Storing it twice does no harm.
	PublishOutage(ctx context.Context, e event.Event) error
}

// JudgeConfig is what a Judge knows beforehand.
type JudgeConfig struct {
	// Services is the catalogue; services that are not in it are judged all the same.
	Services []event.Service
	// Owners maps owner slugs to names.
	Owners map[string]string
	// Lateness is how far the stream has to run ahead before a slot is judged; it is part of when something was detected.
	Lateness time.Duration
	// PageURL is the address in front of an outage's id that makes its page; empty: there is none.
	PageURL string

	Score  score.Params
	Step   step.Params
	Relate relate.Params
}

// DefaultJudge is the configuration with the one set of parameters for everything.
func DefaultJudge(services []event.Service, owners map[string]string, lateness time.Duration) JudgeConfig {
	return JudgeConfig{
		Services: services, Owners: owners, Lateness: lateness,
		Score: score.Default(), Step: step.Default(), Relate: relate.Default(),
	}
}

// Judge folds readings of all partitions into outages, slot by slot of event time, and publishes what happens to them.
type Judge struct {
	cfg       JudgeConfig
	catalogue map[string]event.Service
	view      View
	out       Events
	metrics   *JudgeMetrics

	pos uint64
	state
}

// OpenJudge loads what the last Judge knew and gives the Judge that continues from there. view may be nil where nothing has
// to survive.
func OpenJudge(ctx context.Context, cfg JudgeConfig, view View, out Events, metrics *JudgeMetrics) (*Judge, error) {
	j := &Judge{cfg: cfg, catalogue: make(map[string]event.Service), view: view, out: out, metrics: metrics, state: newState()}
	for _, s := range cfg.Services {
		j.catalogue[s.ID] = s
	}
	j.reachDependencies()
	if view == nil {
		return j, nil
	}
	j.unsaved = newUnsaved()
	if err := j.load(ctx); err != nil {
		return nil, fmt.Errorf("load what the judge knew: %w", err)
	}
	return j, nil
}

// reachDependencies makes every service depend also on what those depend on that it depends on.
func (j *Judge) reachDependencies() {
	for _, s := range j.cfg.Services {
		all := slices.Clone(s.DependsOn)
		for i := 0; i < len(all); i++ {
			for _, d := range j.catalogue[all[i]].DependsOn {
				if d != s.ID && !slices.Contains(all, d) {
					all = append(all, d)
				}
			}
		}
		s.DependsOn = all
		j.catalogue[s.ID] = s
	}
}

// Pos is the position in the log of readings up to which everything is judged; 0: nothing is.
func (j *Judge) Pos() uint64 { return j.pos }

// Apply folds records, which follow each other in the log: events are published first, then the state is saved with the
// position. Records that are judged already change nothing. After an error the Judge is no longer usable.
func (j *Judge) Apply(ctx context.Context, records []event.ReadingRecord) error {
	return j.fold(ctx, records, j.out)
}

// Rebuild folds records like Apply, but publishes nothing: their events are in the log already.
func (j *Judge) Rebuild(ctx context.Context, records []event.ReadingRecord) error {
	return j.fold(ctx, records, nil)
}

func (j *Judge) fold(ctx context.Context, records []event.ReadingRecord, out Events) error {
	from := j.pos
	for i := range records {
		r := &records[i]
		if r.Seq <= j.pos {
			continue
		}
		if r.Reading != nil {
			j.keep(r.Reading)
		}
		if r.Tick != nil {
			if err := j.tick(ctx, *r.Tick, out); err != nil {
				return err
			}
		}
		j.pos = r.Seq
	}
	if j.view == nil || j.pos == from {
		return nil
	}
	return j.save(ctx, from)
}

// keep holds a reading until all partitions have come as far.
func (j *Judge) keep(r *event.Reading) {
	if !r.At.After(j.at) {
		return
	}
	n := r.At.Unix()
	if slices.ContainsFunc(j.pending[n], func(have event.Reading) bool { return have.Service == r.Service }) {
		return
	}
	j.pending[n] = append(j.pending[n], *r)
	j.unsaved.pend(r)
}

// tick judges what all partitions have completed.
func (j *Judge) tick(ctx context.Context, t event.Tick, out Events) error {
	to, unheard := j.hear(t)
	if !to.After(j.at) {
		return nil
	}
	if j.at.IsZero() {
		j.begin(t.Since, to)
	}
	if unheard {
		j.gaps = append(j.gaps, span{j.at, to})
	}
	for slot := j.next(to, unheard); !slot.IsZero(); slot = j.next(to, unheard) {
		for _, e := range j.judge(slot) {
			if err := j.publish(ctx, out, e); err != nil {
				return err
			}
		}
		j.at = slot
	}
	j.at = to
	j.metrics.judged(to.Unix(), len(j.open()))
	return nil
}

func (j *Judge) publish(ctx context.Context, out Events, e event.Event) error {
	if out == nil {
		return nil
	}
	if err := out.PublishOutage(ctx, e); err != nil {
		return fmt.Errorf("publish %s of outage %s: %w", e.Kind(), e.Data.ID, err)
	}
	j.metrics.event(string(e.Kind()))
	return nil
}

// judge judges the slot that ends at t.
func (j *Judge) judge(t time.Time) []event.Event {
	readings := j.take(t)
	crowd := j.flow(t, readings)
	for _, id := range j.stirring(readings) {
		s := j.service(id)
		s.step(j, t, readings[id], crowd)
		j.unsaved.touch(s)
	}
	j.echo(readings)
	j.place(t)
	var events []event.Event
	for _, o := range j.outages {
		o.gather(j, readings)
		events = append(events, o.live(j, t)...)
	}
	j.forget(t)
	return events
}

// place gives every loud service without an outage its place.
func (j *Judge) place(t time.Time) {
	for _, o := range j.open() {
		j.release(o, t)
	}
	for _, id := range j.loud() {
		if j.outageOf(id) != nil {
			continue
		}
		s := j.service(id)
		if o := j.stoodBy(id, t); o != nil && !j.hasOutgrown(o, s, t) {
			continue
		}
		open := j.open()
		i, role := relate.Place(j.cfg.Relate, j.describe(s, s.onset(j)), j.relations(open))
		if i >= 0 {
			open[i].Members[id] = newMember(j, s, role)
			continue
		}
		if o := j.past(id); o != nil {
			o.rejoin(s)
			continue
		}
		j.outages = append(j.outages, newOutage(j, id, newMember(j, s, event.RoleDown), t))
	}
}

// release gives every bystander that has outgrown its outage one of its own.
func (j *Judge) release(o *outage, t time.Time) {
	if o.Phase != event.Confirmed {
		return
	}
	for _, id := range sortedKeys(o.Members) {
		s, m := j.service(id), o.Members[id]
		if m.suffers() || s.Machine.Phase != event.Confirmed || !j.hasOutgrown(o, s, t) {
			continue
		}
		delete(o.Members, id)
		m.Role = event.RoleDown
		j.outages = append(j.outages, newOutage(j, id, m, t))
	}
}

// hasOutgrown reports whether a bystander of the outage has trouble of its own, by what was said lately.
func (j *Judge) hasOutgrown(o *outage, s *service, t time.Time) bool {
	return relate.HasOutgrown(j.cfg.Relate, j.describe(s, t.Add(-recently)), o.lately(j, t))
}

// echo notes services that are named beside an outage without a complaint of their own: where people went, or what
// they joke about.
func (j *Judge) echo(readings map[string]*event.Reading) {
	for _, o := range j.open() {
		for _, id := range sortedKeys(readings) {
			o.echo(id, readings[id])
		}
	}
}
