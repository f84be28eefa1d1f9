package alerttest

import (
	"fmt"
	"time"

	"github.com/outcry/outcry/event"
)

// Named is an event and what it shows, as a file name.
type Named struct {
	Name  string
	Event event.Event
}

// Lives are events of every type, from outages of every shape: one service and several, worldwide, in one country and
// partial, with bystanders, with dependents, acknowledged early, late and never.
func Lives() []Named {
	var all []Named
	for _, life := range []struct {
		name   string
		events []event.Event
	}{{"meta", Meta()}, {"video", Video()}, {"cloud", Cloud()}, {"bank", Bank()}} {
		for _, e := range life.events {
			all = append(all, Named{fmt.Sprintf("%s-%d-%s", life.name, e.Data.Seq, e.Kind()), e})
		}
	}
	return all
}

// Meta is an outage of one owner's services, with bystanders, an official word, a recovery in parts and a relapse.
func Meta() []event.Event {
	day := time.Date(2024, 12, 11, 0, 0, 0, 0, time.UTC)
	at := func(h, m, s int) time.Time {
		return day.Add(time.Duration(h)*time.Hour + time.Duration(m*60+s)*time.Second)
	}
	suspected := event.Outage{
		ID: "01JEV9M2M0METAMETAMETAMETA", Phase: event.Suspected, Severity: event.Minor, Name: "WhatsApp",
		OnsetAt: at(17, 41, 0), DetectedAt: at(17, 43, 40), Confidence: 0.71, Waves: 1,
		Services: []event.ServiceState{{ID: "whatsapp", Name: "WhatsApp", Role: event.RoleDown, Score: 6.3, Voices: 14, Usual: 0.4}},
		Scope:    event.Scope{Label: "unknown"},
		Symptoms: []event.Share{{ID: "connection", Share: 0.6}, {ID: "messages", Share: 0.4}},
		Evidence: event.Evidence{Voices: 14.2, Posts: 17, Usual: 0.4, PValue: 5e-7, Sources: []string{"bluesky"},
			Languages: []string{"en"}, Phrases: []string{"whatsapp down", "#whatsappdown"}},
	}
	confirmed := suspected
	confirmed.Phase, confirmed.Severity, confirmed.Name, confirmed.Confidence = event.Confirmed, event.Critical, "Meta", 0.998
	confirmed.ConfirmedAt = new(at(17, 45, 0))
	confirmed.Services = metaServices(event.Confirmed, event.Confirmed)
	confirmed.Cause = &event.Cause{Service: "meta", Basis: "owner"}
	confirmed.Scope = event.Scope{Label: "global", Countries: []event.CountryShare{
		{Code: "BR", Share: 0.31}, {Code: "IT", Share: 0.17}, {Code: "GB", Share: 0.12}, {Code: "IN", Share: 0.1}, {Code: "DE", Share: 0.06}},
		Places: []string{"São Paulo", "Milano", "London"}}
	confirmed.Symptoms = []event.Share{{ID: "feed", Share: 0.44}, {ID: "messages", Share: 0.31}, {ID: "crash", Share: 0.15}, {ID: "login", Share: 0.02}}
	confirmed.Evidence = event.Evidence{Voices: 2140, Posts: 5120, Usual: 9.7, Peak: 1630, PValue: 1e-40, Sources: []string{"bluesky", "x"},
		Languages: []string{"pt", "it", "en"}, Phrases: []string{"#instagramdown", "insta caiu", "whatsapp non va", "is fb down"},
		PostsSample: []event.PostRef{
			{Source: "bluesky", URL: "https://bsky.app/profile/did:plc:abc/post/3kx", At: at(17, 44, 10)},
			{Source: "x", URL: "https://x.com/i/status/1", At: at(17, 44, 31)}}}
	confirmed.URL = "https://outcry.example.com/outages/01JEV9M2M0METAMETAMETAMETA"
	acknowledged := confirmed
	acknowledged.AcknowledgedAt, acknowledged.LeadTimeS = new(at(18, 48, 0)), new(3780.0)
	acknowledged.Services = metaServices(event.Confirmed, event.Recovering)
	recovering := acknowledged
	recovering.Phase, recovering.Services = event.Recovering, metaServices(event.Recovering, event.Resolved)
	relapsed := acknowledged
	relapsed.Waves, relapsed.Services = 2, metaServices(event.Confirmed, event.Confirmed)
	resolved := relapsed
	resolved.Phase, resolved.EndedAt = event.Resolved, new(at(24, 21, 0))
	resolved.Services = metaServices(event.Resolved, event.Resolved)
	return life("whatsapp", []step{
		{event.TypeSuspected, at(17, 43, 40), suspected}, {event.TypeConfirmed, at(17, 45, 0), confirmed},
		{event.TypeAcknowledged, at(18, 48, 20), acknowledged}, {event.TypeRecovering, at(20, 2, 0), recovering},
		{event.TypeRelapsed, at(20, 40, 0), relapsed}, {event.TypeResolved, at(24, 31, 0), resolved},
	})
}

func metaServices(instagram, others event.Phase) []event.ServiceState {
	return []event.ServiceState{
		{ID: "facebook", Name: "Facebook", Role: event.RoleDown, Phase: others, Score: 44, Voices: 980, Usual: 4.1},
		{ID: "instagram", Name: "Instagram", Role: event.RoleDown, Phase: instagram, Score: 41.2, Voices: 812, Usual: 3.1},
		{ID: "whatsapp", Name: "WhatsApp", Role: event.RoleDown, Phase: others, Score: 21, Voices: 348, Usual: 2.5},
		{ID: "verizon", Name: "Verizon", Role: event.RoleBlamed, Score: 5, Voices: 20, Usual: 1},
		{ID: "telegram", Name: "Telegram", Role: event.RoleRefuge, Score: 8, Voices: 60, Usual: 2},
		{ID: "x", Name: "X", Role: event.RoleJoke, Score: 4, Voices: 30, Usual: 6},
	}
}

// Video is a partial outage of one service in one country after another, of which there is never an official word.
func Video() []event.Event {
	day := time.Date(2023, 3, 9, 9, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return day.Add(time.Duration(minutes) * time.Minute) }
	confirmed := event.Outage{
		ID: "01GV2VIDEOVIDEOVIDEOVIDEO0", Phase: event.Confirmed, Severity: event.Major, Name: "TikTok",
		OnsetAt: at(40), DetectedAt: at(43), ConfirmedAt: new(at(46)), Confidence: 0.96, Waves: 1,
		Services: []event.ServiceState{{ID: "tiktok", Name: "TikTok", Role: event.RoleDown, Phase: event.Confirmed, Score: 20, Voices: 66, Usual: 0.3}},
		Scope: event.Scope{Label: "regional", Countries: []event.CountryShare{{Code: "IT", Share: 0.93}, {Code: "CH", Share: 0.03}},
			Places: []string{"Roma", "Napoli", "Bologna", "Milano", "Torino"}},
		Symptoms: []event.Share{{ID: "video", Share: 0.72}, {ID: "connection", Share: 0.2}},
		Evidence: event.Evidence{Voices: 66, Posts: 71, Usual: 0.3, Peak: 31, PValue: 1e-20, Sources: []string{"x"}, Phrases: []string{"#tiktokdown"}},
		Cause:    &event.Cause{Service: "tiktok", Basis: "self"},
	}
	changed := confirmed
	changed.Scope.Label = "partial"
	changed.Scope.Countries = []event.CountryShare{{Code: "IT", Share: 0.41}, {Code: "GB", Share: 0.2}, {Code: "JP", Share: 0.1}, {Code: "US", Share: 0.09}}
	resolved := changed
	resolved.Phase, resolved.EndedAt = event.Resolved, new(at(161))
	return life("tiktok", []step{{event.TypeConfirmed, at(46), confirmed}, {event.TypeChanged, at(65), changed}, {event.TypeResolved, at(171), resolved}})
}

// Cloud is an outage that takes other services with it.
func Cloud() []event.Event {
	onset := time.Date(2025, 10, 19, 23, 50, 0, 0, time.UTC)
	confirmed := event.Outage{
		ID: "01K7CLOUDCLOUDCLOUDCLOUD00", Phase: event.Confirmed, Severity: event.Critical, Name: "AWS",
		OnsetAt: onset, DetectedAt: onset.Add(4 * time.Minute), ConfirmedAt: new(onset.Add(11 * time.Minute)), Confidence: 0.93, Waves: 1,
		Services:       []event.ServiceState{{ID: "aws", Name: "AWS", Role: event.RoleDown, Phase: event.Confirmed, Score: 30}},
		Scope:          event.Scope{Label: "global"},
		Symptoms:       []event.Share{{ID: "connection", Share: 0.5}, {ID: "payments", Share: 0.2}, {ID: "calls", Share: 0.003}},
		Evidence:       event.Evidence{Voices: 812, Posts: 900, Usual: 31, Sources: []string{"bluesky", "mastodon"}},
		Cause:          &event.Cause{Service: "aws", Basis: "dependency"},
		AcknowledgedAt: new(onset.Add(8 * time.Minute)), LeadTimeS: new(-180.0),
	}
	for _, name := range []string{"Snapchat", "Signal", "Roblox", "Ring", "Alexa", "Canva", "Coinbase"} {
		confirmed.Services = append(confirmed.Services, event.ServiceState{ID: name, Name: name, Role: event.RoleDependent, Phase: event.Confirmed})
	}
	return life("aws", []step{{event.TypeConfirmed, onset.Add(11 * time.Minute), confirmed}})
}

// Bank is a suspicion that does not hold, of a service of which next to nothing is known, in words that mean harm.
func Bank() []event.Event {
	onset := time.Date(2025, 3, 3, 8, 0, 0, 0, time.UTC)
	suspected := event.Outage{
		ID: "01JNBANKBANKBANKBANKBANK00", Phase: event.Suspected, Severity: event.Minor, Name: "<!channel> & Söhne *Bank*",
		OnsetAt: onset, DetectedAt: onset.Add(30 * time.Second), Confidence: 0.4, Waves: 1,
		Services: []event.ServiceState{{ID: "bank", Name: "<!channel> & Söhne *Bank*", Role: event.RoleDown}},
		Scope:    event.Scope{Label: "unknown"},
		Symptoms: []event.Share{{ID: "payments", Share: 1}},
		Evidence: event.Evidence{Voices: 5, Posts: 5, Usual: 0, Phrases: []string{"<!here> @channel\x1b[31m `down`\n\u202eevil", "<https://evil.example|click>"},
			PostsSample: []event.PostRef{{Source: "push", URL: "javascript:alert(1)", At: onset}, {Source: "push|>", URL: "https://evil.example/|<!here>", At: onset}}},
		URL: "javascript:alert(1)",
	}
	resolved := suspected
	resolved.Phase, resolved.EndedAt = event.Resolved, new(onset.Add(10*time.Minute))
	return life("bank", []step{{event.TypeSuspected, onset.Add(30 * time.Second), suspected}, {event.TypeResolved, onset.Add(20 * time.Minute), resolved}})
}

type step struct {
	kind   event.Type
	at     time.Time
	outage event.Outage
}

// life numbers the steps and wraps them.
func life(subject string, steps []step) []event.Event {
	events := make([]event.Event, 0, len(steps))
	for i, s := range steps {
		s.outage.Seq = i + 1
		events = append(events, event.NewEvent(s.kind, subject, s.at, s.outage))
	}
	return events
}
