package match_test

import (
	"slices"
	"testing"

	"github.com/outcry/outcry/event"
)

func TestWordsThatLeadOn(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		complains  bool
	}{
		{"en", "whatsapp why", true},
		{"en", "whatsapp why would anyone forward this", false},
		{"es", "netflix no va la app", true},
		{"es", "en netflix la protagonista no puede ser más simpática", false},
		{"it", "instagram perché?", true},
		{"it", "su instagram perché nessuno mi ha detto che il mare di Otranto è così bello", false},
		{"pl", "spotify dlaczego", true},
		{"pl", "mam spotify dlaczego ciągle płacę za płyty sam nie wiem", false},
		{"ru", "телеграм всё", true},
		{"ru", "телеграм всё равно читает моя тётя", false},
	} {
		got := m.Match(nil, postIn(c.lang, c.text))
		if slices.ContainsFunc(got, func(g event.Mention) bool { return g.Kind.IsComplaint() }) != c.complains {
			t.Errorf("%s: got %v, want a complaint: %v", c.text, got, c.complains)
		}
	}
}

func TestWhatAnAccountIsToldIsAReport(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		kind       event.Kind
	}{
		{"nl", "@KPNwebcare geen internet in Zwolle sinds 7u. Weten jullie al iets?", event.Report},
		{"de", "@1und1 kein Netz im halben Landkreis, was ist los bei euch", event.Report},
		{"en", "@VerizonSupport is there an outage in Austin?", event.Question},
		{"en", "whatsapp not sending. Anyone else?", event.Question},
	} {
		got := m.Match(nil, postIn(c.lang, c.text))
		if len(got) != 1 || got[0].Kind != c.kind {
			t.Errorf("%s: got %v, want a %s", c.text, got, c.kind)
		}
	}
}
