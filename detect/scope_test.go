package detect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

func TestScope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, service string
		countries     []string
		symptoms      []event.Symptom
		want          string
	}{
		{"several continents", "whatsapp", []string{"BR", "US", "IT", "IN", "GB"}, []event.Symptom{event.Messages}, "global"},
		{"neighbours", "whatsapp", []string{"RO", "GR", "HU", "CZ", "BG"}, []event.Symptom{event.Messages}, "regional"},
		{"Europe and the Middle East", "whatsapp", []string{"IT", "RU", "SA", "AE", "IR"}, []event.Symptom{event.Messages}, "regional"},
		{"one country", "whatsapp", []string{"IT", "IT", "IT", "IT", "BR"}, []event.Symptom{event.Messages}, "regional"},
		{"nobody says where", "whatsapp", []string{"", "", "", "", ""}, []event.Symptom{event.Messages}, "unknown"},
		{"text passes, pictures do not", "whatsapp", []string{"BR", "US", "IT", "IN", "GB"}, []event.Symptom{event.Media}, "partial"},
		{"videos, where they are what the service is for", "tiktok", []string{"BR", "US", "IT", "IN", "GB"}, []event.Symptom{event.Media}, "global"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ms := evening(2, c.service)
			for i := range ms {
				ms[i].Country, ms[i].Symptoms = c.countries[i%len(c.countries)], c.symptoms
			}
			events := run(t, ms, 50, 1, 100)
			if len(events) == 0 {
				t.Fatal("nothing was told")
			}
			if got := events[len(events)-1].Data.Scope; got.Label != c.want {
				t.Errorf("told %q, want %q: %+v", got.Label, c.want, got)
			}
		})
	}
}

// TestScopeBesideTheUsual holds that an outage is regional where its voices come from one country more than they usually do.
func TestScopeBesideTheUsual(t *testing.T) {
	t.Parallel()
	outage := []string{"US", "US", "US", "US", "US", "US", "US", "US", "GB", "DE", "FR", "CA"}
	for _, c := range []struct {
		name  string
		usual []string
		want  string
	}{
		{"people complain of it mostly there", outage, "global"},
		{"people complain of it everywhere", []string{"US", "GB", "DE", "FR", "CA"}, "regional"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ms := evening(2, "whatsapp")
			for i := range ms {
				from := outage
				if ms[i].At.Before(start.Add(2 * time.Hour)) {
					from = c.usual
				}
				ms[i].Country, ms[i].Symptoms = from[i%len(from)], []event.Symptom{event.Messages}
			}
			for i := range 60 {
				m := said("x", uint64(i), start.Add(time.Duration(i)*2*time.Minute), event.Report)
				m.Country = c.usual[i%len(c.usual)]
				ms = append(ms, m)
			}
			slices.SortStableFunc(ms, func(a, b event.Mention) int { return a.At.Compare(b.At) })
			events := run(t, ms, 50, 1, 100)
			if len(events) == 0 {
				t.Fatal("nothing was told")
			}
			got := events[len(events)-1].Data.Scope
			if got.Label != c.want || got.Countries[0].Code != "US" || got.Countries[0].Usual == 0 {
				t.Errorf("told %+v, want it %s, and what is usual of the US", got, c.want)
			}
		})
	}
}
