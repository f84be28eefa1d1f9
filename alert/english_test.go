package alert_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// outage is an event whose outage change alters.
func outage(kind event.Type, change func(o *event.Outage)) event.Event {
	e := told("a", 2, kind)
	e.Data.Services = []event.ServiceState{service("WhatsApp", event.RoleDown)}
	if change != nil {
		change(&e.Data)
	}
	return e
}

func service(name string, role event.Role) event.ServiceState {
	return event.ServiceState{ID: strings.ToLower(name), Name: name, Role: role}
}

func services(name string, list ...event.ServiceState) func(o *event.Outage) {
	return func(o *event.Outage) { o.Name, o.Services = name, list }
}

func scope(label string, countries ...event.CountryShare) func(o *event.Outage) {
	return func(o *event.Outage) { o.Scope = event.Scope{Label: label, Countries: countries} }
}

func TestHeadline(t *testing.T) {
	t.Parallel()
	down := func(names ...string) (list []event.ServiceState) {
		for _, name := range names {
			list = append(list, service(name, event.RoleDown))
		}
		return list
	}
	meta := services("Meta", down("Facebook", "Instagram", "WhatsApp")...)
	tests := []struct {
		kind   event.Type
		change func(o *event.Outage)
		want   string
	}{
		{event.TypeSuspected, nil, "WhatsApp may be down"},
		{event.TypeSuspected, meta, "Meta: Facebook, Instagram and WhatsApp may be down"},
		{event.TypeConfirmed, nil, "WhatsApp is down"},
		{event.TypeConfirmed, meta, "Meta: Facebook, Instagram and WhatsApp are down"},
		{event.TypeConfirmed, services("Meta", down("WhatsApp")...), "Meta: WhatsApp is down"},
		{event.TypeConfirmed, services("Big", down("A", "B", "C", "D", "E")...), "Big: A, B, C, D and E are down"},
		{event.TypeConfirmed, services("Big", down("A", "B", "C", "D", "E", "F")...), "Big: A, B, C, D and 2 more are down"},
		{event.TypeConfirmed, services("AWS", service("AWS", event.RoleDown), service("Ring", event.RoleDependent)), "AWS is down, and with it Ring"},
		{event.TypeConfirmed, services("Big", service("A", event.RoleDown), service("B", event.RoleDown), service("C", event.RoleDependent)), "Big: A and B are down, and with them C"},
		{event.TypeConfirmed, services("AWS", service("Ring", event.RoleDependent), service("Canva", event.RoleDependent)), "AWS: Ring and Canva are down"},
		{event.TypeConfirmed, services("Meta"), "Meta is down"},
		{event.TypeConfirmed, services(""), "whatsapp is down"},
		{event.TypeConfirmed, scope("partial"), "WhatsApp is down in part"},
		{event.TypeConfirmed, scope("regional", event.CountryShare{Code: "IT", Share: 0.95}), "WhatsApp is down in Italy"},
		{event.TypeConfirmed, scope("regional", event.CountryShare{Code: "CH", Share: 0.2}, event.CountryShare{Code: "IT", Share: 0.7}), "WhatsApp is down, mostly in Italy"},
		{event.TypeConfirmed, scope("regional", event.CountryShare{Code: "US", Share: 0.9}), "WhatsApp is down in the United States"},
		{event.TypeConfirmed, scope("regional", event.CountryShare{Code: "IT", Share: 0.5}), "WhatsApp is down"},
		{event.TypeConfirmed, scope("global", event.CountryShare{Code: "IT", Share: 0.95}), "WhatsApp is down"},
		{event.TypeConfirmed, func(o *event.Outage) { o.Waves = 2 }, "WhatsApp is down again"},
		{event.TypeChanged, nil, "WhatsApp is down, and it is getting worse"},
		{event.TypeChanged, meta, "Meta: Facebook, Instagram and WhatsApp are down, and it is getting worse"},
		{alert.TypeReminder, nil, "WhatsApp is still down"},
		{alert.TypeReminder, meta, "Meta: Facebook, Instagram and WhatsApp are still down"},
		{event.TypeChanged, func(o *event.Outage) { o.Phase = event.Suspected }, "WhatsApp may be down"},
		{event.TypeChanged, func(o *event.Outage) { o.Phase = event.Recovering }, "WhatsApp is still recovering"},
		{event.TypeChanged, func(o *event.Outage) { o.Phase = event.Resolved }, "WhatsApp is back"},
		{event.TypeAcknowledged, nil, "WhatsApp is down, now officially"},
		{event.TypeAcknowledged, func(o *event.Outage) { o.Phase = event.Recovering }, "WhatsApp: trouble acknowledged officially"},
		{event.TypeRecovering, nil, "WhatsApp is recovering"},
		{event.TypeRelapsed, meta, "Meta: Facebook, Instagram and WhatsApp are down again"},
		{event.TypeResolved, func(o *event.Outage) { o.EndedAt = new(noon.Add(2*time.Hour + time.Minute)) }, "WhatsApp is back: down for 2 h 01 min"},
		{event.TypeResolved, func(o *event.Outage) { o.EndedAt = new(noon.Add(45 * time.Minute)) }, "WhatsApp is back: down for 45 min"},
		{event.TypeResolved, func(o *event.Outage) { o.EndedAt = new(noon.Add(53 * time.Hour)) }, "WhatsApp is back: down for 2 d 5 h"},
		{event.TypeResolved, func(o *event.Outage) { o.EndedAt = new(noon.Add(-time.Hour)) }, "WhatsApp is back: down for less than a minute"},
		{event.TypeResolved, func(o *event.Outage) { o.ConfirmedAt = nil }, "WhatsApp: false alarm, no outage"},
		{"novel", nil, "WhatsApp is down"},
	}
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			t.Parallel()
			e := outage(test.kind, test.change)
			if got := alert.English(&e).Headline; got != test.want {
				t.Errorf("%s: %q, want %q", test.kind, got, test.want)
			}
		})
	}
}

func TestEnglishLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		kind   event.Type
		change func(o *event.Outage)
		line   func(w alert.Words) alert.Line
		want   string
	}{
		{"since", event.TypeConfirmed, nil, since, "12:00 UTC (2 min ago)"},
		{"since now", event.TypeConfirmed, func(o *event.Outage) { o.OnsetAt = noon.Add(2 * time.Minute) }, since, "12:02 UTC (just now)"},
		{"since yesterday", event.TypeConfirmed, func(o *event.Outage) { o.OnsetAt = noon.Add(-13 * time.Hour) }, since, "23:00 UTC on 10 Dec (13 h 02 min ago)"},
		{"since last year", event.TypeConfirmed, func(o *event.Outage) { o.OnsetAt = noon.AddDate(-1, 0, 0) }, since, "12:00 UTC on 11 Dec 2023 (366 d 0 h ago)"},
		{"since when?", event.TypeConfirmed, func(o *event.Outage) { o.OnsetAt = time.Time{} }, since, ""},
		{"lasted", event.TypeResolved, func(o *event.Outage) { o.EndedAt = new(noon.Add(time.Minute)) }, since, "12:00 UTC until 12:01 UTC"},
		{"worldwide", event.TypeConfirmed, scope("global"), where, "worldwide"},
		{"not for everybody", event.TypeConfirmed, scope("partial", event.CountryShare{Code: "IT", Share: 1}), where, "not everybody, or not everything; Italy"},
		{"by share", event.TypeConfirmed, scope("regional", event.CountryShare{Code: "CH", Share: 0.06}, event.CountryShare{Code: "IT", Share: 0.9}, event.CountryShare{Code: "FR", Share: 0.04}), where, "Italy 90%, Switzerland 6%, 1 more"},
		{"more than usual", event.TypeConfirmed, scope("regional", event.CountryShare{Code: "IT", Share: 0.9, Usual: 0.2}, event.CountryShare{Code: "FR", Share: 0.1, Usual: 0.09}), where, "Italy 90% (usually 20%), France 10%"},
		{"nowhere", event.TypeConfirmed, scope("unknown"), where, ""},
		{"no country", event.TypeConfirmed, scope("regional", event.CountryShare{Code: "Atlantis\n", Share: 0.5}), where, "Atlantis 50%"},
		{"shares that are none", event.TypeConfirmed, scope("regional", event.CountryShare{Code: "IT", Share: math.NaN()}, event.CountryShare{Code: "FR", Share: 7}), where, "France, 1 more"},
		{"sure", event.TypeConfirmed, func(o *event.Outage) { o.Confidence = 0.999 }, sure, "almost certain (over 99%)"},
		{"quite sure", event.TypeConfirmed, func(o *event.Outage) { o.Confidence = 0.9 }, sure, "very likely (90%)"},
		{"hardly sure", event.TypeConfirmed, func(o *event.Outage) { o.Confidence = 0.004 }, sure, "possible (under 1%)"},
		{"evidence", event.TypeConfirmed, evidence(1234567, 9.7), evidenceLine, "about 1,234,567 people complain, usually 10"},
		{"evidence at the end", event.TypeResolved, evidence(12, 0.2), evidenceLine, "about 12 people complained, usually fewer than 1"},
		{"evidence that is none", event.TypeConfirmed, evidence(math.NaN(), 1), evidenceLine, ""},
		{"peak", event.TypeResolved, peak(812.4), peakLine, "about 812 people within five minutes"},
		{"no peak before the end", event.TypeConfirmed, peak(812.4), peakLine, ""},
		{"no peak of what was none", event.TypeResolved, func(o *event.Outage) { o.Evidence.Peak, o.ConfirmedAt = 5, nil }, peakLine, ""},
		{"a peak that is none", event.TypeResolved, peak(math.NaN()), peakLine, ""},
		{"no official word", event.TypeConfirmed, nil, official, "none yet"},
		{"never an official word", event.TypeResolved, nil, official, "none while it lasted"},
		{"late official word", event.TypeAcknowledged, acknowledged(3780), official, "acknowledged at 12:02 UTC, 1 h 03 min after this alarm"},
		{"early official word", event.TypeAcknowledged, acknowledged(-180), official, "acknowledged at 12:02 UTC, 3 min before this alarm"},
		{"official word at once", event.TypeAcknowledged, acknowledged(20), official, "acknowledged at 12:02 UTC, together with this alarm"},
		{"lead that is none", event.TypeAcknowledged, acknowledged(math.NaN()), official, "acknowledged at 12:02 UTC"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := outage(test.kind, test.change)
			if got := test.line(alert.English(&e)).Text; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func since(w alert.Words) alert.Line        { return w.Since }
func where(w alert.Words) alert.Line        { return w.Where }
func sure(w alert.Words) alert.Line         { return w.Sure }
func evidenceLine(w alert.Words) alert.Line { return w.Evidence }
func official(w alert.Words) alert.Line     { return w.Official }
func peakLine(w alert.Words) alert.Line     { return w.Peak }

func peak(voices float64) func(o *event.Outage) {
	return func(o *event.Outage) { o.Evidence.Peak = voices }
}

func evidence(voices, usual float64) func(o *event.Outage) {
	return func(o *event.Outage) { o.Evidence.Voices, o.Evidence.Usual = voices, usual }
}

func acknowledged(lead float64) func(o *event.Outage) {
	return func(o *event.Outage) { o.AcknowledgedAt, o.LeadTimeS = new(noon.Add(2*time.Minute)), &lead }
}

func TestBystandersAndProgress(t *testing.T) {
	t.Parallel()
	e := outage(event.TypeConfirmed, func(o *event.Outage) {
		o.Services = []event.ServiceState{
			{Name: "Instagram", Role: event.RoleDown, Phase: event.Confirmed}, {Name: "Facebook", Role: event.RoleDown, Phase: event.Resolved},
			service("Verizon", event.RoleBlamed), service("BT", event.RoleBlamed), service("Telegram", event.RoleRefuge), service("X", event.RoleJoke),
		}
	})
	w := alert.English(&e)
	diff(t, "progress", "down: Instagram; back: Facebook", w.Progress.Text)
	diff(t, "bystanders", []alert.Line{
		{Label: "Not down, though blamed", Text: "Verizon and BT"},
		{Label: "Not down, people go there", Text: "Telegram"},
		{Label: "Not down, only joked about", Text: "X"},
	}, w.Bystanders)
}

func TestEverySymptomHasWords(t *testing.T) {
	t.Parallel()
	for _, s := range []event.Symptom{
		event.Connection, event.Login, event.Feed, event.Messages, event.Media, event.Video, event.Calls, event.Crash, event.Payments,
		event.Account, event.OtherSymptom,
	} {
		e := outage(event.TypeConfirmed, func(o *event.Outage) { o.Symptoms = []event.Share{{ID: string(s), Share: 0.5}} })
		got := alert.English(&e).Symptoms.Text
		if words, ok := strings.CutSuffix(got, " 50%"); !ok || !strings.Contains(words, " ") {
			t.Errorf("%s is put as %q, want a phrase and its share", s, got)
		}
	}
}
