package relate

import (
	"maps"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
)

// Params are the thresholds of relating: one set for everything. docs/relating.md explains the figures.
type Params struct {
	// Together is how far apart the onsets of services may lie that fail from one cause.
	Together time.Duration
	// Named is the share of a service's voices that must name another one for the two to be told as one story.
	Named float64
	// Quieter is the share of the loudest service's voices below which a provider of connections that became loud
	// afterwards in the same countries is taken to be blamed, or an app to suffer from its provider.
	Quieter float64
	// Overlap is the share of a service's voices that must come from the countries of another one for it to be explained by that, and
	// Present the share of the other's voices that makes a country one of its own.
	Overlap, Present float64
	// Outgrown is the share of the loudest sufferer's voices from which on a service is no bystander any longer.
	Outgrown float64
}

// Default is the one set of parameters.
func Default() Params {
	return Params{Together: 30 * time.Minute, Named: 0.4, Quieter: 0.34, Overlap: 0.5, Present: 0.02, Outgrown: 0.75}
}

// Service is what is known about a service beforehand.
type Service struct {
	ID, Owner, Kind string
	DependsOn       []string
}

// Carries reports whether the service is what others reach the net through or run on.
func (s *Service) Carries() bool {
	switch s.Kind {
	case "carrier", "isp", "cloud", "cdn":
		return true
	}
	return false
}

// Connects reports whether the service is somebody's way to the net.
func (s *Service) Connects() bool { return s.Kind == "carrier" || s.Kind == "isp" }

// Hosts reports whether other companies' services run on this one.
func (s *Service) Hosts() bool { return s.Carries() && !s.Connects() }

// relies reports whether the service suffers from another's fault if m, on which it depends, fails. Services of one company fail
// themselves, but for those that run on what it hosts for everybody.
func (s *Service) relies(m *Service) bool {
	return slices.Contains(s.DependsOn, m.ID) && (m.Hosts() || !s.owned(m))
}

// talks reports whether people use the service to speak to each other.
func (s *Service) talks() bool { return s.Kind == "social" || s.Kind == "messaging" }

// pays reports whether people use the service to pay.
func (s *Service) pays() bool { return s.Kind == "bank" || s.Kind == "payment" }

// Loud is a service with what was said about it lately.
type Loud struct {
	Service
	Onset  time.Time
	Voices float64
	// Countries are the weights of the voices by country, where it is known.
	Countries map[string]float64
	// Sources are the weights of the voices by the network on which they were heard.
	Sources map[string]float64
	// With and Blames are the weights of the voices that named another service, or held it responsible.
	With, Blames map[string]float64
}

// Member is a service within an outage.
type Member struct {
	Loud
	Role event.Role
}

// Suffers reports whether the member is hit itself.
func (m *Member) Suffers() bool { return m.Role == event.RoleDown || m.Role == event.RoleDependent }

// Outage is an outage that is open, or was lately.
type Outage struct {
	Members []Member
}

// loudest is the loudest member that suffers; nil: there is none.
func (o *Outage) loudest() *Member {
	var top *Member
	for i := range o.Members {
		if m := &o.Members[i]; m.Suffers() && (top == nil || m.Voices > top.Voices) {
			top = m
		}
	}
	return top
}

// namedBy is the weight of the voices of a service that name one of those that suffer.
func (o *Outage) namedBy(s *Loud) float64 {
	sum := 0.0
	for i := range o.Members {
		if m := &o.Members[i]; m.Suffers() {
			sum += s.With[m.ID]
		}
	}
	return sum
}

// Place finds the outage to which a service that became loud belongs, and its role there. index -1: none; it is an outage
// of its own.
func Place(p Params, s Loud, open []Outage) (index int, role event.Role) {
	for i := range open {
		if role, ok := p.kin(s, &open[i]); ok {
			return i, role
		}
	}
	for i := range open {
		if role, ok := p.bystander(s, &open[i]); ok {
			return i, role
		}
	}
	return -1, event.RoleDown
}

// kin reports whether the service fails from the outage's cause.
func (p *Params) kin(s Loud, o *Outage) (event.Role, bool) {
	kin := false
	for i := range o.Members {
		m := &o.Members[i]
		if !m.Suffers() {
			continue
		}
		if s.Connects() && !m.Carries() && !s.owned(&m.Service) {
			continue // Nobody's way to the net fails because of what is reached by it.
		}
		near := s.Onset.Sub(m.Onset).Abs() <= p.Together
		if s.Blames[m.ID] >= p.Named/2*s.Voices {
			return event.RoleDependent, true
		}
		if (near || p.names(s, m.ID)) && s.relies(&m.Service) {
			return event.RoleDependent, true
		}
		kin = kin || s.owned(&m.Service) || near && p.mutual(s, m) || near && (slices.Contains(m.DependsOn, s.ID) || shareDependency(&s.Service, &m.Service))
	}
	return event.RoleDown, kin
}

// owned reports whether two services are of one company and of one sort: a company's cloud and its shop fail together, its
// network of masts does not fail with them.
func (s *Service) owned(m *Service) bool {
	return s.Owner != "" && s.Owner == m.Owner && s.Connects() == m.Connects()
}

// mutual reports whether enough voices of either name the other: one trouble that people call by two names.
func (p *Params) mutual(s Loud, m *Member) bool {
	return s.With[m.ID] >= p.Named*s.Voices && m.With[s.ID] >= p.Named*m.Voices
}

// names reports whether enough of a service's voices name another one.
func (p *Params) names(s Loud, id string) bool {
	return s.With[id]+s.Blames[id] >= p.Named/2*s.Voices
}

func shareDependency(a, b *Service) bool {
	return slices.ContainsFunc(a.DependsOn, func(d string) bool { return slices.Contains(b.DependsOn, d) })
}

// bystander reports whether the service is loud only for the outage's sake.
func (p *Params) bystander(s Loud, o *Outage) (event.Role, bool) {
	top := o.loudest()
	if top == nil || s.Voices >= top.Voices {
		return "", false
	}
	quiet := !s.Onset.Before(top.Onset.Add(-2*time.Minute)) && s.Voices <= p.Quieter*top.Voices && p.overlap(s, top)
	switch {
	case o.namedBy(&s) >= p.Named*s.Voices, s.Connects() && !top.Carries() && p.names(s, top.ID):
		return p.echo(s, top), true
	case quiet && top.talks() && s.Sources[s.ID] >= p.Named*s.Voices:
		// Where people talk while another network is silent, they mock the one they talk on.
		return event.RoleJoke, true
	case s.Connects() && (top.Connects() || !top.Carries()) && quiet:
		return event.RoleBlamed, true
	case top.Kind == "payment" && s.pays() && quiet && s.Onset.Sub(top.Onset) <= p.Together:
		return event.RoleDependent, true
	case top.Connects() && !s.Carries() && quiet:
		return event.RoleDependent, true
	}
	return "", false
}

// HasOutgrown reports whether a service that was taken for a bystander of the outage is too loud for one, of what was said lately, and few name those
// that suffer beside it: it has trouble of its own.
func HasOutgrown(p Params, s Loud, o Outage) bool {
	top := o.loudest()
	return top != nil && s.Voices >= p.Outgrown*top.Voices && o.namedBy(&s) < p.Named/2*s.Voices
}

// overlap reports whether the quieter service is heard of where the louder one is, which may be heard of elsewhere too. What is not known does
// not speak against it.
func (p *Params) overlap(s Loud, top *Member) bool {
	own, other := Total(s.Countries), Total(top.Countries)
	if own == 0 || other == 0 {
		return true
	}
	shared := 0.0
	for _, country := range slices.Sorted(maps.Keys(s.Countries)) {
		if top.Countries[country] >= p.Present*other {
			shared += s.Countries[country] / own
		}
	}
	return shared >= p.Overlap
}

// Total adds weights up in one order, so that the sum is the same every time.
func Total[K ~string](m map[K]float64) float64 {
	sum := 0.0
	for _, k := range slices.Sorted(maps.Keys(m)) {
		sum += m[k]
	}
	return sum
}

// echo is the role of a service whose complaints name the outage's loudest sufferer. Who pays through another's rails cannot
// pay when those fail: that is no joke. Nor is it where people cannot tell their way to the net from what they reach by it.
func (p *Params) echo(s Loud, top *Member) event.Role {
	switch {
	case s.Carries(), top.Connects():
		return event.RoleBlamed
	case s.pays() && top.pays():
		return event.RoleDependent
	}
	return event.RoleJoke
}
