package event

import "time"

// Phase is where an outage stands in its life.
type Phase string

// The phases, in order of a life. A relapse leads from Recovering, or within the hour from Resolved, back to Confirmed.
const (
	Suspected  Phase = "suspected"
	Confirmed  Phase = "confirmed"
	Recovering Phase = "recovering"
	Resolved   Phase = "resolved"
)

// Type is what an event tells about an outage.
type Type string

// The types of event, in order of a life.
const (
	TypeSuspected    Type = "suspected"
	TypeConfirmed    Type = "confirmed"
	TypeChanged      Type = "changed"
	TypeAcknowledged Type = "acknowledged"
	TypeRecovering   Type = "recovering"
	TypeRelapsed     Type = "relapsed"
	TypeResolved     Type = "resolved"
)

// Types lists every type of event in order of a life.
func Types() []Type {
	return []Type{TypeSuspected, TypeConfirmed, TypeChanged, TypeAcknowledged, TypeRecovering, TypeRelapsed, TypeResolved}
}

// Severity is how grave an outage is, by how many times louder than usual it is and over how many services and countries.
type Severity string

// The severities, rising.
const (
	Minor    Severity = "minor"
	Major    Severity = "major"
	Critical Severity = "critical"
)

// Role is the part that a service plays in an outage.
type Role string

// The roles. Only Down and Dependent are outages; the others are loud for another's fault.
const (
	RoleDown      Role = "down"
	RoleDependent Role = "dependent" // suffers from another's fault
	RoleBlamed    Role = "blamed"    // held responsible by mistake: the carrier during an app's fault
	RoleRefuge    Role = "refuge"    // where everybody went
	RoleJoke      Role = "joke"      // named for fun
)

// Outage is one conclusion: one cause, one or more services, from onset to resolution.
type Outage struct {
	// ID is derived from the cause and the onset first announced: the same posts always give the same id.
	ID string `json:"id"`
	// Seq counts the events of one outage from 1; (ID, Seq) is the key by which a receiver folds duplicates.
	Seq      int      `json:"seq"`
	Phase    Phase    `json:"phase"`
	Severity Severity `json:"severity"`
	// OnsetAt is when people began to feel it, estimated backwards.
	OnsetAt time.Time `json:"onset_at"`
	// DetectedAt is the stream time at which it was first suspected, the allowed lateness included.
	DetectedAt  time.Time  `json:"detected_at"`
	ConfirmedAt *time.Time `json:"confirmed_at"`
	EndedAt     *time.Time `json:"ended_at"`
	// Name is what people call it: the service's name, or the owner's when several of its services are down.
	Name     string         `json:"name"`
	Services []ServiceState `json:"services"`
	Scope    Scope          `json:"scope"`
	Symptoms []Share        `json:"symptoms"`
	// Confidence is the probability, 0 to 1, that this is an outage.
	Confidence float64  `json:"confidence"`
	Evidence   Evidence `json:"evidence"`
	// Cause is null while no common cause is known.
	Cause          *Cause     `json:"cause"`
	AcknowledgedAt *time.Time `json:"acknowledged_at"`
	// LeadTimeS is how many seconds before the official word the outage was confirmed; negative if after.
	LeadTimeS *float64 `json:"lead_time_s"`
	// Waves counts how often it broke out, from 1.
	Waves int `json:"waves"`
	// URL is the outage's page in the dashboard, where one runs.
	URL string `json:"url,omitempty"`
}

// ServiceState is one service within an outage.
type ServiceState struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Role  Role   `json:"role"`
	Phase Phase  `json:"phase,omitempty"`
	// Score is the surprise, -log10 of the probability of so many voices on a usual day, 0 to 300.
	Score float64 `json:"score"`
	// Voices is the weight of distinct complaining voices since onset.
	Voices float64 `json:"voices"`
	// Usual is the weight of complaining voices that is usual for as long a time.
	Usual float64 `json:"usual"`
}

// Share is one value with its share, 0 to 1, of the voices that say anything of the sort.
type Share struct {
	ID    string  `json:"id"`
	Share float64 `json:"share"`
}

// CountryShare is a country with its share, 0 to 1, of the voices whose country is known, and the share that it usually has where people
// complain of these services; 0: it is not known.
type CountryShare struct {
	Code  string  `json:"code"`
	Share float64 `json:"share"`
	Usual float64 `json:"usual,omitempty"`
}

// Scope is where an outage is felt.
type Scope struct {
	// Label is "global", "regional", "partial" (not everybody, or not everything) or "unknown".
	Label     string         `json:"label"`
	Countries []CountryShare `json:"countries"`
	Places    []string       `json:"places"`
}

// Evidence is what the conclusion rests on, since onset.
type Evidence struct {
	Voices float64 `json:"voices"`
	Posts  int     `json:"posts"`
	Usual  float64 `json:"usual"`
	// Peak is the weight of the complaining voices in the five loudest minutes of each service, in all.
	Peak        float64   `json:"peak"`
	PValue      float64   `json:"p_value"`
	Sources     []string  `json:"sources"`
	Languages   []string  `json:"languages"`
	Phrases     []string  `json:"phrases"`
	PostsSample []PostRef `json:"posts_sample"`
}

// Cause names what the services of an outage have in common.
type Cause struct {
	// Service is the slug of an owner or a shared dependency.
	Service string `json:"service"`
	// Basis is why it is named: "self" (one service), "owner" or "dependency".
	Basis string `json:"basis"`
}
