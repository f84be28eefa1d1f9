package detect

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// span is a stretch of event time.
type span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// maxGaps bounds the stretches of time that are remembered as unheard.
const maxGaps = 500

// state is what a Judge knows.
type state struct {
	began    time.Time
	at       time.Time // judged through
	of       int
	ticks    map[int]event.Tick
	pending  map[int64][]event.Reading
	gaps     []span
	services map[string]*service
	outages  []*outage
	count    int   // outages so far
	swept    int64 // the slot in which candidates were last forgotten
	pool     score.Pool
	tide     tide
	tongues  score.Shares
	lands    score.Shares
	roots    map[string]time.Time // until when each counts as complained of
	unsaved  *unsaved
}

func newState() state {
	return state{
		ticks: make(map[int]event.Tick), pending: make(map[int64][]event.Reading), services: make(map[string]*service),
		roots: make(map[string]time.Time),
	}
}

// hear notes how far a partition has come and gives the time that all have reached.
func (st *state) hear(t event.Tick) (to time.Time, unheard bool) {
	if t.Of != st.of {
		st.of = t.Of
		clear(st.ticks)
	}
	if old := st.ticks[t.Partition]; t.At.Before(old.At) {
		return st.at, false
	}
	st.ticks[t.Partition] = t
	if len(st.ticks) < st.of {
		return st.at, false
	}
	unheard = true
	for _, tick := range st.ticks {
		if to.IsZero() || tick.At.Before(to) {
			to = tick.At
		}
		unheard = unheard && tick.Unheard
	}
	return to, unheard
}

// begin sets the time from which on silence was heard.
func (st *state) begin(since, to time.Time) {
	if since.IsZero() || since.After(to) {
		since = to
	}
	st.at = since.Truncate(event.Slot)
	st.began = st.at
}

// next is the next slot up to to in which there is anything to judge; zero: there is none. Of a stretch in which nobody listened, silence says
// nothing.
func (st *state) next(to time.Time, unheard bool) time.Time {
	if st.awake() && !unheard {
		if t := st.at.Add(event.Slot); !t.After(to) {
			return t
		}
		return time.Time{}
	}
	var first int64
	for n := range st.pending {
		if n <= to.Unix() && (first == 0 || n < first) {
			first = n
		}
	}
	if first == 0 {
		return time.Time{}
	}
	return time.Unix(first, 0).UTC()
}

// awake reports that a service is in a phase that silence moves on too.
func (st *state) awake() bool {
	for _, s := range st.services {
		if s.Machine.Phase != step.Quiet {
			return true
		}
	}
	return len(st.outages) > 0
}

// take removes the readings of the slot that ends at t from those pending.
func (st *state) take(t time.Time) map[string]*event.Reading {
	list := st.pending[t.Unix()]
	delete(st.pending, t.Unix())
	readings := make(map[string]*event.Reading, len(list))
	for i := range list {
		readings[list[i].Service] = &list[i]
		st.unsaved.unpend(&list[i])
	}
	return readings
}

// stirring lists the services to be scored: those with a reading and those that are not quiet.
func (st *state) stirring(readings map[string]*event.Reading) []string {
	ids := slices.Collect(maps.Keys(readings))
	for id, s := range st.services {
		if s.Machine.Phase != step.Quiet && readings[id] == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (st *state) service(id string) *service {
	s, ok := st.services[id]
	if !ok {
		s = &service{ID: id}
		st.services[id] = s
	}
	return s
}

// loud lists the services in the midst of a burst, the loudest first.
func (st *state) loud() []string {
	var ids []string
	for id, s := range st.services {
		if p := s.Machine.Phase; p == event.Suspected || p == event.Confirmed {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(st.services[b].rate, st.services[a].rate), cmp.Compare(a, b))
	})
	return ids
}

// open lists the outages that are not resolved, oldest first.
func (st *state) open() []*outage {
	return slices.DeleteFunc(slices.Clone(st.outages), func(o *outage) bool { return o.Phase == event.Resolved })
}

// outageOf is the open outage of which the service is a member; nil: there is none.
func (st *state) outageOf(id string) *outage {
	for _, o := range st.outages {
		if o.Phase != event.Resolved && o.Members[id] != nil {
			return o
		}
	}
	return nil
}

// past is the newest resolved outage by which the service was hit, and which can take up again; nil: there is none.
func (st *state) past(id string) *outage {
	for _, o := range slices.Backward(st.outages) {
		if m := o.Members[id]; o.Phase == event.Resolved && m != nil && m.suffers() && o.ConfirmedAt != nil {
			return o
		}
	}
	return nil
}

// stoodBy is the newest outage, ended but lately, of which the service was a bystander, so that what is still said of it may be of that one; nil: there is none.
func (st *state) stoodBy(id string, t time.Time) *outage {
	for _, o := range slices.Backward(st.outages) {
		if m := o.Members[id]; m != nil && !m.suffers() && o.EndedAt != nil && t.Sub(*o.EndedAt) < recently {
			return o
		}
	}
	return nil
}

// forget drops the outages that cannot take up again.
func (j *Judge) forget(t time.Time) {
	j.outages = slices.DeleteFunc(j.outages, func(o *outage) bool {
		gone := o.Phase == event.Resolved && (o.ConfirmedAt == nil || t.Sub(o.ToldAt) > j.cfg.Step.Reopen)
		if gone {
			j.unsaved.forgetOutage(o.ID)
		}
		return gone
	})
	j.forgetStrangers(t)
	if len(j.gaps) > maxGaps {
		j.gaps = slices.Delete(j.gaps, 0, len(j.gaps)-maxGaps)
	}
}

// know is what the catalogue says of a service.
func (j *Judge) know(id string) relate.Service {
	s := j.catalogue[id]
	return relate.Service{ID: id, Owner: s.Owner, Kind: s.Kind, DependsOn: s.DependsOn}
}

// name is what people call a service.
func (j *Judge) name(id string) string {
	if s, ok := j.catalogue[id]; ok && s.Name != "" {
		return s.Name
	}
	return id
}

// describe is a loud service as relate sees it, by what was said since.
func (j *Judge) describe(s *service, since time.Time) relate.Loud {
	l := relate.Loud{Service: j.know(s.ID), Onset: since, Countries: map[string]float64{}, Sources: map[string]float64{}, With: map[string]float64{}, Blames: map[string]float64{}}
	for i := range s.Recent {
		r := &s.Recent[i]
		if r.At.Before(l.Onset) {
			continue
		}
		l.Voices += r.Voices
		addAll(l.Countries, r.Countries)
		addAll(l.Sources, r.Sources)
		addAll(l.With, r.With)
		addAll(l.Blames, r.Blames)
	}
	return l
}

// relations are outages as relate sees them.
func (j *Judge) relations(outages []*outage) []relate.Outage {
	out := make([]relate.Outage, len(outages))
	for i, o := range outages {
		out[i].Members = o.relations(j)
	}
	return out
}

func addAll[K comparable](dst, src map[K]float64) {
	for k, v := range src {
		dst[k] += v
	}
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}

// Services that are not in the catalogue (candidates, made from what people wrote) are forgotten after a day of silence.
const (
	strangersEvery = 360 // slots
	strangersKept  = 24 * time.Hour
)

// forgetStrangers bounds the services by the catalogue and the candidates of a day.
func (j *Judge) forgetStrangers(t time.Time) {
	n := t.Unix() / int64(event.Slot/time.Second)
	if n-j.swept < strangersEvery {
		return
	}
	j.swept = n
	for id, s := range j.services {
		if _, known := j.catalogue[id]; known || s.Machine.Phase != step.Quiet || t.Sub(s.Through) < strangersKept {
			continue
		}
		delete(j.services, id)
		j.unsaved.forgetService(id)
	}
}
