package detect_test

import (
	"testing"

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
