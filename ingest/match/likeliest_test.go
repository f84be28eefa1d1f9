package match_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

// What fails is told in words that name no part, and what rules tell in plain words stays.
func TestWhatMostLikelyFails(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		want       []event.Symptom
	}{
		{"en", "whatsapp one grey tick since breakfast, mum thinks I ignore her", []event.Symptom{event.Messages}},
		{"en", "monzo declined at the till three times, had to put the shopping back", []event.Symptom{event.Payments}},
		{"en", "netflix spinning at 25% for an hour", []event.Symptom{event.Video}},
		{"de", "Komme bei der Sparkasse seit heute früh nicht rein, dreht sich nur nach dem Fingerabdruck", []event.Symptom{event.Login}},
		{"pt", "o banco Itaú some com meu saldo, aparece zerado", []event.Symptom{event.Account}},
		{"en", "WhatsApp is down", nil},
		{"en", "#whatsappdown !!!", nil},
		{"en", "instagram won't let me log in", []event.Symptom{event.Login}},
	} {
		var got []event.Symptom
		complains := false
		for _, g := range m.Match(nil, postIn(c.lang, c.text)) {
			complains, got = complains || g.Kind.IsComplaint(), append(got, g.Symptoms...)
		}
		if diff := cmp.Diff(c.want, got); diff != "" || !complains {
			t.Errorf("%s (complains: %v; -want +got):\n%s", c.text, complains, diff)
		}
	}
}
