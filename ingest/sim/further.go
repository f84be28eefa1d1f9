package sim

import (
	"time"

	"github.com/outcry/outcry/event"
)

// further are made-up outages: other trades, other languages, and the corners in which detectors fail.
func further() []Scenario {
	var all []Scenario
	for _, part := range [][]Scenario{homes(), games(), corners()} {
		all = append(all, part...)
	}
	return all
}

// home is an outage of one service in one country, two and a half hours after the start.
func home(id, title string, start time.Time, o outage) Scenario {
	if o.waves == nil {
		o.waves = one(hm(2, 30), hm(2, 50), hm(4, 0))
	}
	if o.scope == "" {
		o.scope = "regional"
	}
	return newScenario(id, title, start, hm(5, 30), story{outages: []outage{o}})
}

func down(service string, height float64) []strand {
	return []strand{{service: service, role: event.RoleDown, height: height}}
}

// homes are outages of services that serve one country.
func homes() []Scenario {
	pay, calls := felt(event.Payments, event.Login, event.Crash), felt(event.Calls, event.Connection)
	return []Scenario{
		home("rogers-ca", "A carrier in Canada, half a day, English and French", utc(2022, 7, 8, 8, 0), outage{name: "Rogers", from: only("CA"), symptoms: calls, strands: down("rogers", 32),
			words: []word{{at: hm(3, 10), service: "rogers", lang: "en", ack: true, reposts: 60, text: "We are aware of issues currently affecting our networks and our teams are fully engaged to resolve them."}}}),
		home("nubank-br", "A bank's app in Brazil on payday", utc(2024, 7, 5, 12, 0), outage{name: "Nubank", from: only("BR"), symptoms: pay, strands: down("nubank", 34)}),
		upi(),
		home("kakaotalk-kr", "KakaoTalk in Korea on a Saturday afternoon", utc(2022, 10, 15, 4, 0), outage{name: "KakaoTalk", from: only("KR"),
			symptoms: felt(event.Messages, event.Login, event.Connection), strands: down("kakaotalk", 55)}),
		home("line-jp", "LINE in Japan in the evening", utc(2024, 5, 20, 9, 0), outage{name: "LINE", from: only("JP"),
			symptoms: felt(event.Messages, event.Connection, event.Calls), strands: down("line", 45)}),
		home("vk-ru", "VK in Russia", utc(2021, 9, 1, 9, 0), outage{name: "VK", from: only("RU"), symptoms: felt(event.Feed, event.Messages, event.Login), strands: down("vk", 28)}),
		home("bilibili-cn", "Bilibili in China, late in the evening", utc(2021, 7, 13, 12, 30), outage{name: "Bilibili", from: only("CN"),
			symptoms: felt(event.Video, event.Connection, event.Login), strands: down("bilibili", 50)}),
		home("garanti-tr", "A bank's app in Turkey", utc(2024, 2, 15, 7, 0), outage{name: "Garanti BBVA", from: only("TR"), symptoms: pay, strands: down("garanti-bbva", 18)}),
		home("bca-id", "A bank's app in Indonesia on payday", utc(2024, 1, 25, 4, 0), outage{name: "BCA", from: only("ID"), symptoms: pay, strands: down("bca", 24)}),
		home("allegro-pl", "A market place in Poland on its day of sales", utc(2024, 11, 29, 15, 0), outage{name: "Allegro", from: only("PL"),
			symptoms: felt(event.Connection, event.Payments, event.Login), strands: down("allegro", 16)}),
		home("gcash-ph", "A wallet in the Philippines", utc(2023, 5, 9, 1, 0), outage{name: "GCash", from: only("PH"), symptoms: pay, strands: down("gcash", 26)}),
		configured(event.Service{ID: "mbway", Name: "MB WAY", Aliases: []string{"mbway"}, Handles: []string{"mbway"}, Kind: "payment", Country: "PT"},
			home("mbway-pt", "A payment app in Portugal, known by configuration only", utc(2024, 3, 23, 15, 0),
				outage{name: "MB WAY", from: only("PT"), symptoms: pay, strands: down("mbway", 8)})),
		home("swish-se", "A payment app in Sweden", utc(2024, 4, 25, 13, 0), outage{name: "Swish", from: only("SE"), symptoms: pay, strands: down("swish", 9)}),
		home("ing-nl", "A bank in the Netherlands", utc(2023, 6, 2, 9, 0), outage{name: "ING", from: only("NL"), symptoms: pay, strands: down("ing", 12)}),
		home("telekom-de", "A carrier in Germany", utc(2023, 11, 20, 14, 0), outage{name: "Telekom", from: only("DE"), symptoms: calls, strands: down("telekom-de", 22)}),
		home("zalo-vi", "Zalo in Vietnam", utc(2024, 6, 10, 5, 0), outage{name: "Zalo", from: only("VN"), symptoms: felt(event.Messages, event.Login), strands: down("zalo", 18)}),
		home("snapchat-sa", "Snapchat in the Gulf", utc(2023, 8, 3, 15, 0), outage{name: "Snapchat", from: []origin{{"SA", .7, 0}, {"AE", .2, 0}, {"EG", .1, time.Minute}},
			symptoms: felt(event.Messages, event.Media, event.Login), strands: down("snapchat", 32)}),
		home("telegram-ir", "Telegram in Iran and Iraq's neighbours", utc(2023, 2, 11, 15, 0), outage{name: "Telegram", from: only("IR"),
			symptoms: felt(event.Connection, event.Messages), strands: down("telegram", 14)}),
		home("facebook-tw", "Facebook in Taiwan and Hong Kong", utc(2023, 9, 12, 10, 0), outage{name: "Facebook", from: []origin{{"TW", .75, 0}, {"HK", .25, time.Minute}},
			symptoms: felt(event.Feed, event.Login), strands: down("facebook", 22)}),
		home("whatsapp-southeast", "WhatsApp in Romania, Hungary, Greece and Czechia", utc(2024, 9, 17, 14, 0), outage{name: "WhatsApp",
			from: []origin{{"RO", .4, 0}, {"GR", .25, time.Minute}, {"HU", .2, time.Minute}, {"CZ", .15, 2 * time.Minute}}, symptoms: felt(event.Messages, event.Media), strands: down("whatsapp", 18)}),
	}
}

// configured adds a service to the configuration with which the scenario is to be run.
func configured(service event.Service, s Scenario) Scenario {
	s.story.config = append(s.story.config, service)
	s.Truth = s.truth()
	return s
}

func upi() Scenario {
	return home("upi-in", "Payments in India, with an app that depends on them", utc(2025, 4, 12, 4, 0), outage{
		name: "UPI", from: only("IN"), symptoms: felt(event.Payments, event.Connection),
		strands: []strand{
			{service: "upi", role: event.RoleDown, height: 40},
			{service: "phonepe", role: event.RoleDependent, height: 16, lag: 2 * time.Minute, of: "upi"},
		},
		words: []word{{at: hm(3, 5), service: "upi", lang: "en", ack: true, reposts: 40, text: "We are facing intermittent technical issues, leading to partial UPI transaction declines. We are working to resolve them."}},
	})
}

// games are outages of entertainment and of what it stands on.
func games() []Scenario {
	return []Scenario{
		home("psn-weekend", "PSN on a Friday night, a day long", utc(2025, 2, 7, 21, 0), outage{name: "PSN", scope: "global",
			waves: one(hm(2, 30), hm(2, 50), hm(5, 0)), from: []origin{{"US", .5, 0}, {"GB", .2, 0}, {"JP", .2, time.Minute}, {"DE", .1, time.Minute}},
			symptoms: felt(event.Login, event.Connection), strands: down("playstation-network", 60)}),
		cloudflareDay(),
		home("chatgpt-world", "ChatGPT for everybody", utc(2025, 6, 10, 5, 0), outage{name: "ChatGPT", scope: "global",
			from:     []origin{{"US", .3, 0}, {"JP", .3, 0}, {"ES", .15, time.Minute}, {"IN", .15, time.Minute}, {"FR", .1, time.Minute}},
			symptoms: felt(event.Connection, event.Messages, event.Login), strands: down("chatgpt", 45)}),
		home("microsoft-monday", "Teams and Outlook on a Monday morning", utc(2024, 11, 25, 6, 0), outage{name: "Microsoft", scope: "global",
			from:     []origin{{"GB", .4, 0}, {"US", .25, 0}, {"DE", .2, time.Minute}, {"NL", .15, time.Minute}},
			symptoms: felt(event.Messages, event.Login, event.Calls),
			strands: []strand{
				{service: "outlook", role: event.RoleDown, height: 30},
				{service: "teams", role: event.RoleDown, height: 26, lag: time.Minute},
			}}),
		home("discord-blamed", "Discord fails, and Vodafone and BT get the blame", utc(2024, 10, 1, 16, 0), outage{name: "Discord", scope: "regional",
			from: only("GB"), symptoms: felt(event.Connection, event.Calls, event.Messages),
			strands: []strand{
				{service: "discord", role: event.RoleDown, height: 40},
				{service: "vodafone", role: event.RoleBlamed, height: 9, of: "discord"},
				{service: "bt", role: event.RoleBlamed, height: 7, of: "discord"},
			}}),
	}
}

func cloudflareDay() Scenario {
	return home("cloudflare-day", "Cloudflare fails and takes chats, games and an assistant with it", utc(2025, 11, 18, 9, 0), outage{
		name: "Cloudflare", scope: "global", waves: one(hm(2, 30), hm(2, 42), hm(4, 20)),
		from:     []origin{{"US", .35, 0}, {"GB", .25, 0}, {"DE", .15, 0}, {"FR", .1, time.Minute}, {"PL", .08, time.Minute}, {"TR", .07, time.Minute}},
		symptoms: felt(event.Connection, event.Feed),
		strands: []strand{
			{service: "cloudflare", role: event.RoleDown, height: 50},
			{service: "discord", role: event.RoleDependent, height: 26, lag: time.Minute, of: "cloudflare"},
			{service: "chatgpt", role: event.RoleDependent, height: 30, lag: time.Minute, of: "cloudflare"},
			{service: "canva", role: event.RoleDependent, height: 10, lag: 2 * time.Minute, of: "cloudflare"},
		},
	})
}

// corners are the cases at the edge of what can be heard.
func corners() []Scenario {
	return []Scenario{
		metro(), slowBurn(), ferry(),
		home("monobank-night", "A bank in Ukraine at three in the morning", utc(2024, 2, 6, 22, 30), outage{name: "monobank", from: only("UA"),
			symptoms: felt(event.Payments, event.Login), strands: down("monobank", 5)}),
		newScenario("first-hour", "Spotify fails twelve minutes after the recording begins", utc(2024, 9, 24, 17, 0), hm(3, 0), story{outages: []outage{{
			name: "Spotify", scope: "global", waves: one(hm(0, 12), hm(0, 30), hm(1, 20)), from: sameEverywhere("US", "GB", "SE", "DE", "BR"),
			symptoms: felt(event.Video, event.Connection, event.Login), strands: down("spotify", 45)}}}),
		newScenario("three-waves", "YouTube breaks out three times, each within the hour", utc(2024, 10, 16, 15, 0), hm(7, 0), story{outages: []outage{{
			name: "YouTube", scope: "global", from: sameEverywhere("US", "GB", "IN", "ES", "FR"), symptoms: felt(event.Video, event.Feed),
			waves: []wave{
				{onset: hm(2, 30), peak: hm(2, 42), end: hm(3, 0)}, {onset: hm(3, 28), peak: hm(3, 38), end: hm(3, 55), level: .8},
				{onset: hm(4, 25), peak: hm(4, 35), end: hm(5, 0), level: .6},
			},
			strands: down("youtube", 60)}}}),
		twoAtOnce(),
		newScenario("bluesky-itself", "Bluesky fails and is heard of elsewhere", utc(2025, 4, 24, 20, 0), hm(5, 0), story{
			networks: []network{{"x", .6}, {"mastodon", .36}, {"bluesky", .04}}, outages: []outage{{
				name: "Bluesky", scope: "global", waves: one(hm(2, 30), hm(2, 40), hm(3, 30)), from: sameEverywhere("US", "GB", "JP", "BR", "DE"),
				symptoms: felt(event.Feed, event.Connection), strands: down("bluesky", 24)}}}),
	}
}

func metro() Scenario {
	return newScenario("city-metro", "A city's metro, known by configuration only", utc(2024, 11, 7, 20, 0), hm(5, 0), story{
		config: []event.Service{{ID: "metro", Name: "City Metro", Tags: []string{"metrostuck"}, Handles: []string{"CityMetroHelp"}, Kind: "transit", Country: "US"}},
		outages: []outage{{
			name: "City Metro", scope: "regional", waves: one(hm(2, 30), hm(2, 45), hm(3, 40)), from: only("US"),
			strands: []strand{{service: "metro", role: event.RoleDown, height: 9, sections: []string{"metro", "metro", "question", "report"}}},
			words: []word{{at: hm(3, 0), service: "metro", lang: "en", ack: true, reposts: 15,
				text: "We're aware of a power problem on the Green Line and are working to get trains moving. Shuttle buses run between Central and Harbor."}},
		}},
	})
}

func slowBurn() Scenario {
	return newScenario("slow-burn-si", "A bank in a small country, heard of slowly", utc(2024, 12, 3, 12, 0), hm(7, 0), story{
		config: []event.Service{{ID: "otp-banka", Name: "OTP banka", Aliases: []string{"otp banka"}, Handles: []string{"otpbanka"}, Kind: "bank", Country: "SI"}},
		outages: []outage{{
			name: "OTP banka", scope: "regional", waves: one(hm(2, 30), hm(3, 15), hm(5, 0)), from: only("SI"),
			symptoms: felt(event.Payments, event.Login), strands: down("otp-banka", 1.6),
		}},
	})
}

func ferry() Scenario {
	return newScenario("five-voices", "A service never heard of before, and five or six people", utc(2024, 12, 12, 14, 0), hm(4, 0), story{
		unheard: map[string]bool{"harbor-ferry": true},
		config:  []event.Service{{ID: "harbor-ferry", Name: "Harbor Ferry", Aliases: []string{"harbor ferry"}, Handles: []string{"HarborFerry"}, Kind: "transit", Country: "US"}},
		outages: []outage{{
			name: "Harbor Ferry", scope: "regional", waves: one(hm(2, 0), hm(2, 2), hm(2, 10)), from: only("US"),
			strands: down("harbor-ferry", 1.5),
		}},
	})
}

func twoAtOnce() Scenario {
	return newScenario("two-at-once", "Roblox in America and Deutsche Telekom fail in the same hour and have nothing in common", utc(2024, 5, 15, 13, 0), hm(6, 0), story{outages: []outage{
		{name: "Roblox", scope: "global", waves: one(hm(2, 30), hm(2, 45), hm(4, 0)), from: []origin{{"US", .8, 0}, {"CA", .2, 0}},
			symptoms: felt(event.Login, event.Crash), strands: down("roblox", 40)},
		{name: "Telekom", scope: "regional", waves: one(hm(2, 42), hm(3, 0), hm(4, 20)), from: only("DE"),
			symptoms: felt(event.Calls, event.Connection), strands: down("telekom-de", 20)},
	}})
}
