package relate

import (
	"cmp"
	"slices"

	"github.com/outcry/outcry/event"
)

// The bases on which a cause is named.
const (
	BasisSelf       = "self"
	BasisOwner      = "owner"
	BasisDependency = "dependency"
)

// dependentsNeeded is how many services of one dependency must fail together before it is named without anybody having
// said so.
const dependentsNeeded = 3

// CauseOf names what the suffering services of an outage have in common; nil: nothing that the evidence supports. Those that only suffer from
// another one do not hide what that, or its company, is.
func CauseOf(p Params, members []Member) *event.Cause {
	suffering := withRole(members, event.RoleDown, event.RoleDependent)
	switch len(suffering) {
	case 0:
		return nil
	case 1:
		return &event.Cause{Service: suffering[0].ID, Basis: BasisSelf}
	}
	down := withRole(suffering, event.RoleDown)
	owner := commonOwner(down)
	root, proven := dependency(p, suffering)
	switch {
	case root != "" && (proven || owner == ""):
		return &event.Cause{Service: root, Basis: BasisDependency}
	case len(down) == 1:
		return &event.Cause{Service: down[0].ID, Basis: BasisDependency}
	case owner != "":
		return &event.Cause{Service: owner, Basis: BasisOwner}
	}
	return nil
}

// Told gives the members the roles in which they are told, now that the cause is known: what failed first may have failed because of another
// one. Whose failing is only concluded takes nobody's own trouble away.
func Told(members []Member, cause *event.Cause) []Member {
	told := slices.Clone(members)
	if cause == nil || cause.Basis != BasisDependency {
		return told
	}
	root := slices.IndexFunc(members, func(m Member) bool { return m.ID == cause.Service && m.Suffers() })
	if root < 0 {
		return told
	}
	for i := range told {
		if m := &told[i]; m.Role == event.RoleDown && m.relies(&members[root].Service) {
			m.Role = event.RoleDependent
		}
	}
	return told
}

func withRole(members []Member, roles ...event.Role) []Member {
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return !slices.Contains(roles, m.Role) })
}

// commonOwner is the owner of all members; empty: there is none.
func commonOwner(members []Member) string {
	if len(members) == 0 {
		return ""
	}
	owner := members[0].Owner
	if slices.ContainsFunc(members, func(m Member) bool { return m.Owner != owner }) {
		return ""
	}
	return owner
}

// dependency is the service on which the others depend, where it fails itself, is named, or enough of those that depend on it
// fail together. proven says that it fails itself or is held responsible: services of one owner may as well have failed
// from something else that they share.
func dependency(p Params, suffering []Member) (root string, proven bool) {
	type tally struct {
		dependents    int
		named, blamed float64
		failing       bool
	}
	counts := make(map[string]tally)
	voices := 0.0
	for i := range suffering {
		m := &suffering[i]
		voices += m.Voices
		for _, d := range m.DependsOn {
			t := counts[d]
			t.dependents++
			t.named += m.With[d] + m.Blames[d]
			t.blamed += m.Blames[d]
			counts[d] = t
		}
	}
	share := p.Named / 4 * voices
	var roots []string
	for d, t := range counts {
		others := len(suffering)
		if t.failing = slices.ContainsFunc(suffering, func(m Member) bool { return m.ID == d }); t.failing {
			others--
		}
		counts[d] = t
		if t.dependents*2 > others && (t.failing || t.dependents >= dependentsNeeded || t.named >= share) {
			roots = append(roots, d)
		}
	}
	if len(roots) == 0 {
		return "", false
	}
	slices.SortFunc(roots, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b].dependents, counts[a].dependents),
			cmp.Compare(counts[b].named, counts[a].named), cmp.Compare(a, b))
	})
	top := counts[roots[0]]
	return roots[0], top.failing || top.blamed >= share
}
