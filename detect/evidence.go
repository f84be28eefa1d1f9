package detect

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/event"
)

// Bounds on what is kept and told of an outage.
const (
	keepValues  = 64
	keepSamples = 8
	tellValues  = 8
)

// evidence is what people said about one service since its onset.
type evidence struct {
	Voices float64     `json:"voices"`
	Posts  int         `json:"posts"`
	Tally  event.Tally `json:"tally"`
}

func newEvidence() evidence {
	return evidence{Tally: event.Tally{
		Kinds: map[event.Kind]float64{}, Symptoms: map[event.Symptom]float64{}, Countries: map[string]float64{},
		Places: map[string]float64{}, Languages: map[string]float64{}, Sources: map[string]float64{},
		Phrases: map[string]float64{}, With: map[string]float64{}, Blames: map[string]float64{},
	}}
}

// UnmarshalJSON reads what was saved. Maps that were empty are left out there; they are made again, because more is added.
func (e *evidence) UnmarshalJSON(data []byte) error {
	type plain evidence
	fresh := plain(newEvidence())
	if err := json.Unmarshal(data, &fresh); err != nil {
		return err
	}
	*e = evidence(fresh)
	return nil
}

// add takes a reading in.
func (e *evidence) add(r *event.Reading) {
	e.Voices += r.Voices
	e.Posts += r.Posts
	e.merge(&r.Tally)
}

func (e *evidence) merge(t *event.Tally) {
	addAll(e.Tally.Kinds, t.Kinds)
	addAll(e.Tally.Symptoms, t.Symptoms)
	addBounded(e.Tally.Countries, t.Countries)
	addBounded(e.Tally.Places, t.Places)
	addBounded(e.Tally.Languages, t.Languages)
	addBounded(e.Tally.Sources, t.Sources)
	addBounded(e.Tally.Phrases, t.Phrases)
	addBounded(e.Tally.With, t.With)
	addBounded(e.Tally.Blames, t.Blames)
	e.Tally.Partial += t.Partial
	for i := range t.Samples {
		if len(e.Tally.Samples) < keepSamples {
			e.Tally.Samples = append(e.Tally.Samples, t.Samples[i])
		}
	}
}

// addBounded adds, and drops the smallest values beyond keepValues.
func addBounded(dst, src map[string]float64) {
	addAll(dst, src)
	if len(dst) <= keepValues {
		return
	}
	for _, k := range largest(dst)[keepValues:] {
		delete(dst, k)
	}
}

// largest lists the keys by falling value; equal ones by name.
func largest[K ~string](m map[K]float64) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	return keys
}

func top[K ~string](m map[K]float64) []K {
	keys := largest(m)
	return keys[:min(tellValues, len(keys))]
}

// report is the outage as it is told.
func (o *outage) report(j *Judge) event.Outage {
	all := newEvidence()
	usual, surprise, peak := 0.0, 0.0, 0.0
	for _, id := range sortedKeys(o.Members) {
		if m := o.Members[id]; m.suffers() {
			all.Voices += m.Spoken.Voices
			all.Posts += m.Spoken.Posts
			all.merge(&m.Spoken.Tally)
			usual += m.Usual
			surprise = max(surprise, m.Score)
			peak += o.peak(j, id)
		}
	}
	members := o.relations(j)
	cause := relate.CauseOf(j.cfg.Relate, members)
	out := event.Outage{
		ID: o.ID, Seq: o.Seq, Phase: o.Phase, Severity: o.Severity, OnsetAt: o.Onset, DetectedAt: o.DetectedAt,
		ConfirmedAt: o.ConfirmedAt, EndedAt: o.EndedAt, AcknowledgedAt: o.AckedAt, LeadTimeS: o.lead(),
		Services: o.states(j, &all, relate.Told(members, cause)), Scope: o.scope(j, &all), Symptoms: shares(all.Tally.Symptoms),
		Confidence: confidence(surprise, j.cfg.Step.Suspect), Cause: cause,
		Waves: max(o.Waves, 1),
		Evidence: event.Evidence{
			Voices: round(all.Voices), Posts: all.Posts, Usual: round(usual), Peak: round(peak), PValue: math.Pow(10, -surprise),
			Sources: top(all.Tally.Sources), Languages: top(all.Tally.Languages), Phrases: top(all.Tally.Phrases),
			PostsSample: append([]event.PostRef{}, all.Tally.Samples[:min(keepSamples, len(all.Tally.Samples))]...),
		},
	}
	out.Name = o.title(j, out.Cause)
	if j.cfg.PageURL != "" {
		out.URL = j.cfg.PageURL + o.ID
	}
	return out
}

// lead is by how many seconds the confirmation came before the official word.
func (o *outage) lead() *float64 {
	if o.AckedAt == nil || o.ConfirmedAt == nil {
		return nil
	}
	s := o.AckedAt.Sub(*o.ConfirmedAt).Seconds()
	return &s
}

// title is what people call the outage.
func (o *outage) title(j *Judge, c *event.Cause) string {
	suffering := 0
	for _, m := range o.Members {
		if m.suffers() {
			suffering++
		}
	}
	if suffering > 1 && c != nil {
		if name, ok := j.cfg.Owners[c.Service]; ok && c.Basis == relate.BasisOwner {
			return name
		}
		return j.name(c.Service)
	}
	return j.name(o.subject())
}

// echoShare is the share of an outage's voices from which on a service named beside it is told, blamedShare that of one
// that carries others and is looked at first when something fails, and echoLeast the weight. echoPlenty is enough whatever the
// share: of a whole world's voices nobody's is large.
const (
	echoShare   = 0.02
	blamedShare = 0.002
	echoLeast   = 5
	echoPlenty  = 100
)

// mayEcho reports whether a service can be told as one that is only named beside an outage: it is known, and not surely hit itself.
func (j *Judge) mayEcho(id string) bool {
	_, known := j.catalogue[id]
	s := j.services[id]
	return known && (s == nil || rankPhase(s.Machine.Phase) < rankPhase(event.Confirmed))
}

// states lists the services: sufferers by voices, then the others.
func (o *outage) states(j *Judge, all *evidence, told []relate.Member) []event.ServiceState {
	var out []event.ServiceState
	for i := range told {
		id := told[i].ID
		m := o.Members[id]
		out = append(out, event.ServiceState{
			ID: id, Name: j.name(id), Role: told[i].Role, Phase: j.service(id).Machine.Phase, Score: round(m.Score),
			Voices: round(m.Spoken.Voices), Usual: round(m.Usual),
		})
	}
	for _, id := range sortedKeys(o.Echoes) {
		e := o.Echoes[id]
		role := e.role(j.know(id), j.know(o.subject()), all.Tally.Sources[id] > 0)
		share := echoShare
		if role == event.RoleBlamed {
			share = blamedShare
		}
		if w := e.Refuge + e.Joke; o.Members[id] == nil && j.mayEcho(id) && w >= min(max(echoLeast, share*all.Voices), echoPlenty) {
			out = append(out, event.ServiceState{ID: id, Name: j.name(id), Role: role, Voices: round(w)})
		}
	}
	slices.SortStableFunc(out, func(a, b event.ServiceState) int {
		return cmp.Or(cmp.Compare(order(a.Role), order(b.Role)), cmp.Compare(b.Voices, a.Voices), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// role is the part of a service that is only named beside the outage of subject. Who says on a network that everybody comes to that
// network now is joking, who has no net asks whether it is that or what is reached by it, and of another way to the net says that he has that.
func (e *echo) role(s, subject relate.Service, isSource bool) event.Role {
	switch {
	case s.Connects() && subject.Connects() && e.Refuge > e.Joke:
		return event.RoleRefuge
	case s.Carries(), subject.Connects():
		return event.RoleBlamed
	case isSource, e.Joke > e.Refuge:
		return event.RoleJoke
	}
	return event.RoleRefuge
}

func order(r event.Role) int {
	return slices.Index([]event.Role{event.RoleDown, event.RoleDependent, event.RoleBlamed, event.RoleRefuge, event.RoleJoke}, r)
}

func shares[K ~string](m map[K]float64) []event.Share {
	all := relate.Total(m)
	out := []event.Share{}
	for _, k := range top(m) {
		out = append(out, event.Share{ID: string(k), Share: round(m[k] / all)})
	}
	return out
}

// What the confidence is made of: certainty is its ceiling, since posts can be misread however many there are; doubt is what is
// missing from it at the surprise at which an outage is suspected, and it shrinks e-fold with every sureness of surprise.
const (
	certainty = 0.98
	doubt     = 0.05
	sureness  = 1.5
)

// confidence maps surprise to the probability that this is an outage. docs/quality.md shows how well it is calibrated.
func confidence(surprise, suspect float64) float64 {
	return round(certainty - doubt*math.Exp(-max(0, surprise-suspect)/sureness))
}

// round keeps three decimals: what is told is not more precise than what is known.
func round(x float64) float64 { return math.Round(x*1000) / 1000 }
