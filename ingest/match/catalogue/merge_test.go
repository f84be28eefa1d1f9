package catalogue_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/catalogue"
)

func base() []event.Service {
	return []event.Service{
		{ID: "aws", Name: "AWS", Handles: []string{"AWSSupport"}},
		{ID: "canva", Name: "Canva", DependsOn: []string{"aws"}, Aliases: []string{"canva pro"}, Kind: "work"},
		{ID: "ring", Name: "Ring", Ambiguous: true, Tags: []string{"ringring"}},
	}
}

func TestMergeAddsAndOverrides(t *testing.T) {
	t.Parallel()
	before := base()
	got, err := catalogue.Merge(before, []event.Service{
		{ID: "canva", Aliases: []string{"kanva"}, Ambiguous: true, StatusPage: "https://canva.example"},
		{ID: "metro", Name: "City Metro", DependsOn: []string{"canva"}, Aliases: []string{"ring"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := append(base(), event.Service{ID: "metro", Name: "City Metro", DependsOn: []string{"canva"}, Aliases: []string{"ring"}})
	want[1].Aliases, want[1].Ambiguous, want[1].StatusPage = []string{"kanva"}, true, "https://canva.example"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(base(), before); diff != "" {
		t.Errorf("Merge changed its argument (-want +got)\n%s", diff)
	}
}

func TestMergeRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		own  []event.Service
		want []string
	}{
		{"no name", []event.Service{{ID: "metro"}}, []string{`"metro"`, "no name"}},
		{"bad slug", []event.Service{{ID: "City Metro", Name: "M"}}, []string{"lower-case"}},
		{"twice", []event.Service{{ID: "metro", Name: "M"}, {ID: "metro", Name: "N"}}, []string{`"metro"`, "twice"}},
		{"alias taken", []event.Service{{ID: "metro", Name: "M", Aliases: []string{"Canva  PRO"}}}, []string{`"canva"`, `"metro"`, "name"}},
		{"name taken in another width", []event.Service{{ID: "metro", Name: "ＡＷＳ"}}, []string{`"aws"`, `"metro"`}},
		{"handle taken", []event.Service{{ID: "metro", Name: "M", Handles: []string{"awssupport"}}}, []string{`"aws"`, "handle"}},
		{"tag taken", []event.Service{{ID: "metro", Name: "M", Tags: []string{"RingRing"}}}, []string{`"ring"`, "tag"}},
		{"leans on nobody", []event.Service{{ID: "metro", Name: "M", DependsOn: []string{"aw"}}}, []string{`"aw"`, `did you mean "aws"?`}},
	} {
		_, err := catalogue.Merge(base(), c.own)
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: error %q does not say %q", c.name, err, w)
			}
		}
	}
}

func TestMergeOverTheBuiltin(t *testing.T) {
	t.Parallel()
	list, _, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	merged, err := catalogue.Merge(list, []event.Service{{ID: "city-metro", Name: "City Metro", Tags: []string{"metrostuck"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(merged) != len(list)+1 {
		t.Errorf("merged list has %d services, want %d", len(merged), len(list)+1)
	}
}
