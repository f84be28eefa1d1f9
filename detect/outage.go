package detect

import (
	"crypto/sha256"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// changePause is how long at least lies between an event and the next one that only tells of a change.
const changePause = 5 * time.Minute

// member is a service within an outage.
type member struct {
	Role  event.Role `json:"role"`
	Onset time.Time  `json:"onset"`
	// Phase is the highest the service has come to be since it is a member, as last told.
	Phase event.Phase `json:"phase"`
	// Told says that an event has named it.
	Told   bool     `json:"told"`
	Score  float64  `json:"score"`
	Usual  float64  `json:"usual"`
	Peak   float64  `json:"peak"`
	Spoken evidence `json:"spoken"`
}

func (m *member) suffers() bool { return m.Role == event.RoleDown || m.Role == event.RoleDependent }

// outage is one outage as the Judge follows it.
type outage struct {
	ID string `json:"id"`
	// Nth counts the Judge's outages: it keeps their order.
	Nth         int            `json:"nth"`
	Seq         int            `json:"seq"`
	Phase       event.Phase    `json:"phase"`
	Severity    event.Severity `json:"severity"`
	Onset       time.Time      `json:"onset"`
	DetectedAt  time.Time      `json:"detected_at"`
	ConfirmedAt *time.Time     `json:"confirmed_at"`
	EndedAt     *time.Time     `json:"ended_at"`
	AckedAt     *time.Time     `json:"acked_at"`
	AckTold     bool           `json:"ack_told"`
	// News says that something changed that no event has told yet.
	News    bool               `json:"news"`
	Waves   int                `json:"waves"`
	Members map[string]*member `json:"members"`
	Echoes  map[string]*echo   `json:"echoes"`
	// ToldAt is when the last event was told.
	ToldAt time.Time `json:"told_at"`
}

// echo is a service that is named beside an outage without a complaint of its own.
type echo struct {
	Refuge float64 `json:"refuge"`
	Joke   float64 `json:"joke"`
}

// newOutage begins an outage with the service that became loud first.
func newOutage(j *Judge, id string, first *member, t time.Time) *outage {
	o := &outage{
		Nth: j.count, Phase: step.Quiet, Severity: event.Minor, DetectedAt: t.Add(j.cfg.Lateness),
		Members: map[string]*member{id: first}, Echoes: make(map[string]*echo), Onset: first.Onset,
	}
	j.count++
	o.ID = outageID(causeKey(j.know(id)), o.Onset)
	return o
}

// causeKey is what an outage is known by before its cause is: the owner of its first service, or the service.
func causeKey(s relate.Service) string {
	if s.Owner != "" {
		return "owner/" + s.Owner
	}
	return "service/" + s.ID
}

// outageID derives an id from the cause and the onset: a ULID whose time is the onset and whose chance is a hash of the cause.
func outageID(cause string, onset time.Time) string {
	sum := sha256.Sum256([]byte(cause))
	var id ulid.ULID
	if err := id.SetTime(ulid.Timestamp(onset)); err != nil {
		_ = id.SetTime(ulid.MaxTime())
	}
	_ = id.SetEntropy(sum[:10])
	return id.String()
}

// newMember makes a member of a service, with what was said about it since its onset.
func newMember(j *Judge, s *service, role event.Role) *member {
	m := &member{Role: role, Onset: s.onset(j), Phase: s.Machine.Phase, Spoken: newEvidence()}
	m.Score = s.last.Surprise
	// The newest reading is gathered with all others of its slot.
	for i := range s.Recent {
		if r := &s.Recent[i]; r.At.After(m.Onset) && r.At.Before(s.Through) {
			m.Spoken.add(r)
		}
	}
	m.Usual = s.usual(s.Through.Add(-event.Slot).Sub(m.Onset))
	return m
}

// rejoin takes an outage up again with one of its services.
func (o *outage) rejoin(s *service) {
	m := o.Members[s.ID]
	m.Phase, m.Peak = s.Machine.Phase, max(m.Peak, s.rate)
	if o.Phase == event.Resolved {
		o.EndedAt = nil
	}
}

// gather adds what was said in this slot.
func (o *outage) gather(j *Judge, readings map[string]*event.Reading) {
	if o.Phase == event.Resolved {
		return
	}
	for _, id := range sortedKeys(o.Members) {
		m, s := o.Members[id], j.service(id)
		m.Score = max(m.Score, s.last.Surprise)
		m.Peak = max(m.Peak, s.rate)
		m.Usual += s.usual(event.Slot)
		if readings[id] == nil || len(s.Recent) == 0 {
			continue
		}
		r := &s.Recent[len(s.Recent)-1]
		m.Spoken.add(r)
		if m.suffers() && o.AckedAt == nil {
			o.acknowledge(r)
		}
	}
}

// acknowledge notes the first official word.
func (o *outage) acknowledge(r *event.Reading) {
	for i := range r.Official {
		if ref := &r.Official[i]; ref.Kind == event.Official && !ref.At.Before(o.Onset) {
			at := ref.At
			o.AckedAt = &at
			return
		}
	}
}

// echo notes what a reading says of a service that is no sufferer, besides the outage.
func (o *outage) echo(id string, r *event.Reading) {
	if m := o.Members[id]; m != nil && m.suffers() {
		return
	}
	refuge, joke := r.Kinds[event.Other], r.Kinds[event.Joke]
	if refuge+joke == 0 || !o.namedWith(r) {
		return
	}
	e := o.Echoes[id]
	if e == nil {
		e = &echo{}
		o.Echoes[id] = e
	}
	e.Refuge += refuge
	e.Joke += joke
}

func (o *outage) namedWith(r *event.Reading) bool {
	for id := range r.With {
		if m := o.Members[id]; m != nil && m.suffers() {
			return true
		}
	}
	return false
}

// live moves the outage's life on and tells what happened in this slot.
func (o *outage) live(j *Judge, t time.Time) []event.Event {
	before := o.Phase
	o.Phase = o.derive(j)
	severity := o.grade(j)
	graver := rank(severity) > rank(o.Severity)
	if graver {
		o.Severity = severity
	}
	var events []event.Event
	if kind, ok := o.turn(before, t); ok {
		events = append(events, o.tell(j, kind, t))
	}
	if o.AckedAt != nil && !o.AckTold && o.ConfirmedAt != nil && o.Phase != event.Resolved { // an end is the last word
		o.AckTold = true
		events = append(events, o.tell(j, event.TypeAcknowledged, t))
	}
	o.News = o.News && len(events) == 0 || graver || o.newcomers(j)
	if len(events) == 0 && o.News && o.ConfirmedAt != nil && o.Phase != event.Resolved && t.Sub(o.ToldAt) >= changePause {
		o.News = false
		events = append(events, o.tell(j, event.TypeChanged, t))
	}
	if o.Phase != step.Quiet && (o.Phase != event.Resolved || before != event.Resolved) {
		j.unsaved.touchOutage(o)
	}
	return events
}

// newcomers reports whether a sufferer is confirmed that no event has named.
func (o *outage) newcomers(j *Judge) bool {
	for id, m := range o.Members {
		if m.suffers() && !m.Told && j.service(id).Machine.Phase == event.Confirmed {
			return true
		}
	}
	return false
}

// tell makes the next event.
func (o *outage) tell(j *Judge, kind event.Type, t time.Time) event.Event {
	o.Seq++
	o.ToldAt = t
	data := o.report(j)
	for _, m := range o.Members {
		m.Told = m.Told || m.suffers()
	}
	return event.NewEvent(kind, o.subject(), t, data)
}

// subject is the loudest sufferer.
func (o *outage) subject() string {
	best := ""
	for _, id := range sortedKeys(o.Members) {
		m := o.Members[id]
		if m.suffers() && (best == "" || m.Spoken.Voices > o.Members[best].Spoken.Voices) {
			best = id
		}
	}
	return best
}

// relations are the members as relate sees them.
func (o *outage) relations(j *Judge) []relate.Member {
	var out []relate.Member
	for _, id := range sortedKeys(o.Members) {
		m := o.Members[id]
		out = append(out, relate.Member{
			Loud: relate.Loud{
				Service: j.know(id), Onset: m.Onset, Voices: m.Spoken.Voices,
				Countries: m.Spoken.Tally.Countries, Sources: m.Spoken.Tally.Sources, With: m.Spoken.Tally.With, Blames: m.Spoken.Tally.Blames,
			},
			Role: m.Role,
		})
	}
	return out
}

// lately are the members as relate sees them, by how many voices spoke of each lately.
func (o *outage) lately(j *Judge, t time.Time) relate.Outage {
	var out relate.Outage
	for _, id := range sortedKeys(o.Members) {
		voices, _ := j.service(id).lately(t, recently)
		out.Members = append(out.Members, relate.Member{Loud: relate.Loud{Service: j.know(id), Voices: voices}, Role: o.Members[id].Role})
	}
	return out
}
