package detect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// judgeGroup is the group of the view that holds what the Judge knows: hashes "clock", "outages", "pending", and one per
// service with the fields "service" and one per recent reading.
const judgeGroup = "judge"

const (
	judgeClock    = "clock"
	judgeOutages  = "outages"
	judgePending  = "pending"
	servicePrefix = "service/"
	serviceField  = "state"
	readingPrefix = "r/"
)

// clockState is the Judge's time as it is stored.
type clockState struct {
	Began time.Time          `json:"began"`
	At    time.Time          `json:"at"`
	Of    int                `json:"of"`
	Ticks map[int]event.Tick `json:"ticks"`
	Gaps  []span             `json:"gaps"`
	Count int                `json:"count"`
	Swept int64              `json:"swept"`
	Pool  score.Pool         `json:"pool"`
	Tide  tide               `json:"tide"`
	// Tongues are how the voices of all services are usually divided by language.
	Tongues score.Shares `json:"tongues,omitzero"`
	// Countries are how they are usually divided by country.
	Countries score.Shares `json:"countries,omitzero"`
}

// serviceRecord is a service as it is stored, its readings apart.
type serviceRecord struct {
	Scorer  *score.Scorer `json:"scorer"`
	Through time.Time     `json:"through"`
	Machine step.Machine  `json:"machine"`
	Level   float64       `json:"level"`
	Watched time.Time     `json:"watched,omitzero"`
	// Complained is until when the service counts as complained of.
	Complained time.Time `json:"complained,omitzero"`
	// Surprise is that of the last slot.
	Surprise float64 `json:"surprise,omitempty"`
	// Tongues are how its voices are usually divided by language.
	Tongues score.Shares `json:"tongues,omitzero"`
	// Countries are how they are usually divided by country.
	Countries score.Shares `json:"countries,omitzero"`
}

// unsaved notes what has changed since the last save. A nil *unsaved notes nothing.
type unsaved struct {
	services map[string]*service
	outages  map[string]*outage
	gone     []string
	dropped  map[string][]string
	pended   map[string]*event.Reading
	unpended map[string]bool
}

func newUnsaved() *unsaved {
	return &unsaved{
		services: make(map[string]*service), outages: make(map[string]*outage), dropped: make(map[string][]string),
		pended: make(map[string]*event.Reading), unpended: make(map[string]bool),
	}
}

func (u *unsaved) touch(s *service) {
	if u != nil {
		u.services[s.ID] = s
	}
}

func (u *unsaved) touchOutage(o *outage) {
	if u != nil {
		u.outages[o.ID] = o
	}
}

func (u *unsaved) forgetOutage(id string) {
	if u != nil {
		delete(u.outages, id)
		u.gone = append(u.gone, id)
	}
}

// forgetService drops a whole hash: a nil list of fields means all.
func (u *unsaved) forgetService(id string) {
	if u != nil {
		delete(u.services, id)
		u.dropped[servicePrefix+id] = nil
	}
}

func (u *unsaved) dropReading(service string, at time.Time) {
	if u != nil {
		key := servicePrefix + service
		u.dropped[key] = append(u.dropped[key], readingField(at))
	}
}

func (u *unsaved) pend(r *event.Reading) {
	if u != nil {
		u.pended[pendingField(r)] = r
		delete(u.unpended, pendingField(r))
	}
}

func (u *unsaved) unpend(r *event.Reading) {
	if u == nil {
		return
	}
	field := pendingField(r)
	if _, fresh := u.pended[field]; fresh {
		delete(u.pended, field)
		return
	}
	u.unpended[field] = true
}

func readingField(at time.Time) string { return readingPrefix + strconv.FormatInt(at.Unix(), 10) }

func pendingField(r *event.Reading) string {
	return strconv.FormatInt(r.At.Unix(), 10) + "/" + r.Service
}

// save stores what has changed together with the position.
func (j *Judge) save(ctx context.Context, from uint64) error {
	w := writer{set: make(map[string]map[string][]byte)}
	w.put(judgeClock, "clock", clockState{Began: j.began, At: j.at, Of: j.of, Ticks: j.ticks, Gaps: j.gaps, Count: j.count, Swept: j.swept, Pool: j.pool, Tide: j.tide, Tongues: j.tongues, Countries: j.lands})
	for id, o := range j.unsaved.outages {
		w.put(judgeOutages, id, o)
	}
	for field, r := range j.unsaved.pended {
		w.put(judgePending, field, r)
	}
	for id, s := range j.unsaved.services {
		j.saveService(&w, id, s)
	}
	if w.err != nil {
		return fmt.Errorf("encode what the judge knows: %w", w.err)
	}
	del := j.unsaved.dropped
	if len(j.unsaved.gone) > 0 {
		del[judgeOutages] = j.unsaved.gone
	}
	if len(j.unsaved.unpended) > 0 {
		del[judgePending] = sortedKeys(j.unsaved.unpended)
	}
	ok, err := j.view.Apply(ctx, judgeGroup, from, j.pos, w.set, del)
	if err != nil {
		return fmt.Errorf("save what the judge knows: %w", err)
	}
	if !ok {
		return fmt.Errorf("save what the judge knows: %w", ErrMoved)
	}
	j.unsaved = newUnsaved()
	return nil
}

func (j *Judge) saveService(w *writer, id string, s *service) {
	key := servicePrefix + id
	w.put(key, serviceField, serviceRecord{Scorer: s.Scorer, Through: s.Through, Machine: s.Machine, Level: s.Level, Watched: s.Watched, Complained: s.Complained, Surprise: s.last.Surprise, Tongues: s.Tongues, Countries: s.Countries})
	for i := len(s.Recent) - 1; i >= 0 && s.Recent[i].At.After(s.saved); i-- {
		w.put(key, readingField(s.Recent[i].At), &s.Recent[i])
	}
	s.saved = s.Through
}

// writer collects encoded fields and the first error.
type writer struct {
	set map[string]map[string][]byte
	err error
}

func (w *writer) put(key, field string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		w.err = err
		return
	}
	if w.set[key] == nil {
		w.set[key] = make(map[string][]byte)
	}
	w.set[key][field] = b
}

func (j *Judge) load(ctx context.Context) error {
	pos, err := j.view.Load(ctx, judgeGroup, j.restore)
	if err != nil {
		return err
	}
	j.pos = pos
	for _, s := range j.services {
		slices.SortFunc(s.Recent, func(a, b event.Reading) int { return a.At.Compare(b.At) })
		s.rate, _ = s.lately(s.Through, rateWindow)
	}
	slices.SortFunc(j.outages, func(a, b *outage) int { return a.Nth - b.Nth })
	for _, list := range j.pending {
		slices.SortFunc(list, func(a, b event.Reading) int { return strings.Compare(a.Service, b.Service) })
	}
	return nil
}

func (j *Judge) restore(key, field string, value []byte) error {
	var err error
	switch {
	case key == judgeClock:
		err = j.restoreClock(value)
	case key == judgeOutages:
		o := &outage{}
		err = json.Unmarshal(value, o)
		j.outages = append(j.outages, o)
	case key == judgePending:
		var r event.Reading
		err = json.Unmarshal(value, &r)
		j.pending[r.At.Unix()] = append(j.pending[r.At.Unix()], r)
	case strings.HasPrefix(key, servicePrefix):
		err = j.restoreService(strings.TrimPrefix(key, servicePrefix), field, value)
	default:
		err = errors.New("unknown hash")
	}
	if err != nil {
		return fmt.Errorf("field %s of %s in group %s: %w", field, key, judgeGroup, err)
	}
	return nil
}

func (j *Judge) restoreClock(value []byte) error {
	var c clockState
	if err := json.Unmarshal(value, &c); err != nil {
		return err
	}
	j.began, j.at, j.of, j.gaps = c.Began, c.At, c.Of, c.Gaps
	j.count, j.swept, j.pool, j.tide, j.tongues, j.lands = c.Count, c.Swept, c.Pool, c.Tide, c.Tongues, c.Countries
	if c.Ticks != nil {
		j.ticks = c.Ticks
	}
	return nil
}

func (j *Judge) restoreService(id, field string, value []byte) error {
	s := j.service(id)
	if strings.HasPrefix(field, readingPrefix) {
		var r event.Reading
		if err := json.Unmarshal(value, &r); err != nil {
			return err
		}
		s.Recent = append(s.Recent, r)
		return nil
	}
	var rec serviceRecord
	if err := json.Unmarshal(value, &rec); err != nil {
		return err
	}
	s.Scorer, s.Through, s.Machine, s.Level = rec.Scorer, rec.Through, rec.Machine, rec.Level
	s.Watched, s.Complained, s.last.Surprise = rec.Watched, rec.Complained, rec.Surprise
	s.Tongues, s.Countries = rec.Tongues, rec.Countries
	if root := j.root(id); rec.Complained.After(j.roots[root]) {
		j.roots[root] = rec.Complained
	}
	if s.Scorer != nil {
		s.Scorer.Join(&j.pool)
	}
	s.saved = rec.Through
	return nil
}
