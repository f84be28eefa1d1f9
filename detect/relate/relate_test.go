package relate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/event"
)

var start = time.Date(2021, 10, 4, 15, 40, 0, 0, time.UTC)

func services() map[string]relate.Service {
	return map[string]relate.Service{
		"facebook": {ID: "facebook", Owner: "meta", Kind: "social"},
		"whatsapp": {ID: "whatsapp", Owner: "meta", Kind: "messaging"},
		"telegram": {ID: "telegram", Owner: "telegram", Kind: "messaging"},
		"att":      {ID: "att", Owner: "att", Kind: "carrier"},
		"verizon":  {ID: "verizon", Owner: "verizon", Kind: "carrier"},
		"aws":      {ID: "aws", Owner: "amazon", Kind: "cloud"},
		"canva":    {ID: "canva", Kind: "tools", DependsOn: []string{"aws"}},
		"ring":     {ID: "ring", Owner: "amazon", Kind: "home", DependsOn: []string{"aws"}},
		"snapchat": {ID: "snapchat", Kind: "social", DependsOn: []string{"aws"}},
		"google":   {ID: "google", Owner: "alphabet", Kind: "search"},
		"gmail":    {ID: "gmail", Owner: "alphabet", Kind: "email", DependsOn: []string{"google"}},
		"x":        {ID: "x", Owner: "x", Kind: "social"},
	}
}

func loud(id string, minute int, voices float64, with map[string]float64) relate.Loud {
	return relate.Loud{Service: services()[id], Onset: start.Add(time.Duration(minute) * time.Minute), Voices: voices, With: with}
}

func blaming(l relate.Loud, id string, voices float64) relate.Loud {
	l.Blames = map[string]float64{id: voices}
	return l
}

func owned(l relate.Loud, by string) relate.Loud {
	l.Owner = by
	return l
}

func in(country string, l relate.Loud) relate.Loud {
	l.Countries = map[string]float64{country: l.Voices}
	return l
}

func spread(l relate.Loud, countries ...string) relate.Loud {
	l.Countries = make(map[string]float64)
	for _, c := range countries {
		l.Countries[c] = l.Voices / float64(len(countries))
	}
	return l
}

func down(ls ...relate.Loud) relate.Outage {
	var o relate.Outage
	for _, l := range ls {
		o.Members = append(o.Members, relate.Member{Loud: l, Role: event.RoleDown})
	}
	return o
}

func dependent(l relate.Loud) relate.Member { return relate.Member{Loud: l, Role: event.RoleDependent} }

func TestTold(t *testing.T) {
	t.Parallel()
	members := down(loud("canva", 0, 40, nil), loud("aws", 4, 9, nil), loud("x", 5, 9, nil)).Members
	cause := &event.Cause{Service: "aws", Basis: relate.BasisDependency}
	roles := func(members []relate.Member, cause *event.Cause) (got []event.Role) {
		for _, m := range relate.Told(members, cause) {
			got = append(got, m.Role)
		}
		return got
	}
	if diff := cmp.Diff([]event.Role{event.RoleDependent, event.RoleDown, event.RoleDown}, roles(members, cause)); diff != "" {
		t.Errorf("canva, aws and x (-want +got):\n%s", diff)
	}
	if got := roles(members, nil)[0]; got != event.RoleDown {
		t.Errorf("without a cause canva is told as %s", got)
	}
	if got := roles(members[:1], cause)[0]; got != event.RoleDown {
		t.Errorf("where aws is no sufferer itself canva is told as %s", got)
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	meta := down(loud("facebook", 0, 400, nil))
	tests := []struct {
		name  string
		s     relate.Loud
		open  []relate.Outage
		index int
		role  event.Role
	}{
		{"the first", loud("facebook", 0, 10, nil), nil, -1, event.RoleDown},
		{"of the same owner", loud("whatsapp", 3, 90, nil), []relate.Outage{meta}, 0, event.RoleDown},
		{"of no relation", loud("telegram", 3, 90, nil), []relate.Outage{meta}, -1, event.RoleDown},
		{"a carrier that is named with it", loud("verizon", 5, 30, map[string]float64{"facebook": 20}), []relate.Outage{meta}, 0, event.RoleBlamed},
		{"a carrier that became loud after it", loud("verizon", 5, 30, nil), []relate.Outage{meta}, 0, event.RoleBlamed},
		{"a carrier whose customers cannot reach another's", in("US", loud("verizon", 5, 30, nil)), []relate.Outage{down(in("US", loud("att", 0, 400, nil)))}, 0, event.RoleBlamed},
		{"a carrier that was loud before it", loud("verizon", -30, 30, nil), []relate.Outage{meta}, -1, event.RoleDown},
		{"a carrier that is as loud", loud("verizon", 5, 390, nil), []relate.Outage{meta}, -1, event.RoleDown},
		{"a joke", loud("x", 20, 15, map[string]float64{"facebook": 9}), []relate.Outage{meta}, 0, event.RoleJoke},
		{"a small one of no relation", loud("x", 20, 15, nil), []relate.Outage{meta}, -1, event.RoleDown},
		{"a carrier in another country", in("DE", loud("verizon", 5, 30, nil)), []relate.Outage{down(in("US", loud("facebook", 0, 400, nil)))}, -1, event.RoleDown},
		{"a carrier in the same country", in("US", loud("verizon", 5, 30, nil)), []relate.Outage{down(in("US", loud("facebook", 0, 400, nil)))}, 0, event.RoleBlamed},
		{"a dependent of the same owner", loud("ring", 2, 10, nil), []relate.Outage{down(loud("aws", 0, 50, nil))}, 0, event.RoleDependent},
		{"one of the same owner that fails with what it builds on", loud("gmail", 2, 10, nil), []relate.Outage{down(loud("google", 0, 50, nil))}, 0, event.RoleDown},
		{"a dependent", loud("canva", 2, 10, nil), []relate.Outage{down(loud("aws", 0, 50, nil))}, 0, event.RoleDependent},
		{"a dependent hours later", loud("canva", 200, 10, nil), []relate.Outage{down(loud("aws", 0, 50, nil))}, -1, event.RoleDown},
		{"the root after its dependent", loud("aws", 4, 50, nil), []relate.Outage{down(loud("canva", 0, 10, nil))}, 0, event.RoleDown},
		{"two of one dependency", loud("canva", 2, 10, nil), []relate.Outage{down(loud("snapchat", 0, 50, nil))}, 0, event.RoleDown},
		{"an app on a carrier that is down", loud("whatsapp", 5, 20, nil), []relate.Outage{down(loud("verizon", 0, 200, nil))}, 0, event.RoleDependent},
		{"one that blames it, hours later", blaming(loud("canva", 200, 10, nil), "facebook", 3), []relate.Outage{meta}, 0, event.RoleDependent},
		{"two that are named together", loud("x", 3, 30, map[string]float64{"telegram": 15}), []relate.Outage{down(loud("telegram", 0, 40, map[string]float64{"x": 20}))}, 0, event.RoleDown},
		{"a refuge that is overrun", loud("x", 3, 30, map[string]float64{"telegram": 15}), []relate.Outage{down(loud("telegram", 0, 40, map[string]float64{"x": 10}))}, 0, event.RoleJoke},
		{"a carrier that holds an app responsible", blaming(loud("verizon", 5, 100, nil), "facebook", 60), []relate.Outage{meta}, 0, event.RoleBlamed},
		{
			"a carrier that is named with each of them", loud("verizon", 5, 150, map[string]float64{"facebook": 40, "whatsapp": 40}),
			[]relate.Outage{down(loud("facebook", 0, 400, nil), loud("whatsapp", 0, 90, nil))}, 0, event.RoleBlamed,
		},
		{
			"a carrier of one country, and an app that fails in many", in("US", loud("verizon", 5, 30, nil)),
			[]relate.Outage{down(spread(loud("facebook", 0, 400, nil), "US", "BR", "IT", "GB", "IN"))}, 0, event.RoleBlamed,
		},
		{"an app that is named with a carrier", loud("whatsapp", 5, 20, map[string]float64{"verizon": 12}), []relate.Outage{down(loud("verizon", 0, 200, nil))}, 0, event.RoleBlamed},
		{"the second of two outages", loud("whatsapp", 3, 90, nil), []relate.Outage{down(loud("telegram", 0, 50, nil)), meta}, 1, event.RoleDown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			index, role := relate.Place(relate.Default(), tt.s, tt.open)
			if index != tt.index || role != tt.role {
				t.Errorf("Place = %d %s, want %d %s", index, role, tt.index, tt.role)
			}
		})
	}
}

func TestCauseOf(t *testing.T) {
	t.Parallel()
	blamed := relate.Member{Loud: loud("verizon", 5, 30, nil), Role: event.RoleBlamed}
	tests := []struct {
		name    string
		members []relate.Member
		want    *event.Cause
	}{
		{"nobody", nil, nil},
		{"one", down(loud("telegram", 0, 9, nil)).Members, &event.Cause{Service: "telegram", Basis: relate.BasisSelf}},
		{"one and a blamed", append(down(loud("telegram", 0, 9, nil)).Members, blamed), &event.Cause{Service: "telegram", Basis: relate.BasisSelf}},
		{"one owner", down(loud("facebook", 0, 9, nil), loud("whatsapp", 0, 9, nil)).Members, &event.Cause{Service: "meta", Basis: relate.BasisOwner}},
		{"root and dependent", down(loud("aws", 0, 9, nil), loud("canva", 0, 9, nil)).Members, &event.Cause{Service: "aws", Basis: relate.BasisDependency}},
		{"two dependents, and nobody said so", down(loud("snapchat", 0, 9, nil), loud("canva", 0, 9, nil)).Members, nil},
		{
			"two dependents, and people say so",
			down(loud("snapchat", 0, 9, map[string]float64{"aws": 2}), loud("canva", 0, 9, map[string]float64{"aws": 1})).Members,
			&event.Cause{Service: "aws", Basis: relate.BasisDependency},
		},
		{
			"three dependents",
			down(loud("snapchat", 0, 9, nil), loud("canva", 0, 9, nil), loud("ring", 0, 9, nil)).Members,
			&event.Cause{Service: "aws", Basis: relate.BasisDependency},
		},
		{
			"three dependents of one owner, and nobody holds the dependency responsible",
			down(owned(loud("snapchat", 0, 9, map[string]float64{"aws": 2}), "snap"), owned(loud("canva", 0, 9, nil), "snap"), owned(loud("ring", 0, 9, nil), "snap")).Members,
			&event.Cause{Service: "snap", Basis: relate.BasisOwner},
		},
		{
			"two of one owner, and people hold the dependency responsible",
			down(owned(blaming(loud("snapchat", 0, 9, nil), "aws", 2), "snap"), owned(loud("canva", 0, 9, nil), "snap")).Members,
			&event.Cause{Service: "aws", Basis: relate.BasisDependency},
		},
		{
			"one owner, and a stranger that suffers from them",
			append(down(loud("facebook", 0, 90, nil), loud("whatsapp", 0, 9, nil)).Members, dependent(loud("canva", 5, 9, nil))),
			&event.Cause{Service: "meta", Basis: relate.BasisOwner},
		},
		{
			"one, and strangers that suffer from it",
			append(down(loud("telegram", 0, 90, nil)).Members, dependent(loud("canva", 5, 9, nil))),
			&event.Cause{Service: "telegram", Basis: relate.BasisDependency},
		},
		{"no relation", down(loud("telegram", 0, 9, nil), loud("facebook", 0, 9, nil)).Members, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, relate.CauseOf(relate.Default(), tt.members)); diff != "" {
				t.Errorf("CauseOf (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHasOutgrown(t *testing.T) {
	t.Parallel()
	facebook := down(loud("facebook", 0, 100, nil))
	for name, tc := range map[string]struct {
		carrier relate.Loud
		want    bool
	}{
		"far fewer":                       {loud("att", 10, 30, nil), false},
		"nearly as many":                  {loud("att", 10, 80, nil), true},
		"nearly as many, who name it too": {loud("att", 10, 80, map[string]float64{"facebook": 40}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := relate.HasOutgrown(relate.Default(), tc.carrier, facebook); got != tc.want {
				t.Errorf("got %t, want %t", got, tc.want)
			}
		})
	}
	if relate.HasOutgrown(relate.Default(), loud("att", 10, 80, nil), relate.Outage{}) {
		t.Error("outgrown an outage in which nobody suffers")
	}
}
