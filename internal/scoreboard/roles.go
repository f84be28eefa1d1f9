package scoreboard

import (
	"fmt"
	"strings"

	"github.com/outcry/outcry/event"
)

// Roles counts how well the parts were given.
type Roles struct {
	// Right of Of services were given their true role. Services that may be missed and were are not counted.
	Right, Of int
	// Wrong says in words which were not, by service.
	Wrong []string
	// Strangers were called down or dependent and had no part in it.
	Strangers []string
}

// compareRoles holds the roles told against the true ones.
func compareRoles(truth *TrueOutage, t *told) Roles {
	var r Roles
	for _, s := range truth.Services {
		got, named := t.roles[s.ID]
		if !named && s.Optional {
			continue
		}
		r.Of++
		switch {
		case got == s.Role:
			r.Right++
		case named:
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s is %s, told as %s", s.ID, s.Role, got))
		default:
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s is %s, not told", s.ID, s.Role))
		}
	}
	for _, s := range t.last.Services {
		if truth.Role(s.ID) == "" && (s.Role == event.RoleDown || s.Role == event.RoleDependent) {
			r.Strangers = append(r.Strangers, s.ID)
		}
	}
	return r
}

// remarks says, one line an outage, what of the roles was wrong.
func (b Board) remarks() []string {
	var all []string
	for _, r := range b.Rows {
		for _, f := range r.Findings {
			wrong := f.Roles.Wrong
			for _, id := range f.Roles.Strangers {
				wrong = append(wrong[:len(wrong):len(wrong)], id+" has no part in it")
			}
			if len(wrong) > 0 {
				all = append(all, fmt.Sprintf("%s, %s: %s", r.Scenario, f.Name, strings.Join(wrong, "; ")))
			}
		}
	}
	return all
}
