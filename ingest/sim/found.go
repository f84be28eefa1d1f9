package sim

import (
	"time"

	"github.com/outcry/outcry/event"
)

// found are outages of the past, besides the five evenings, that must be found.
func found() []Scenario {
	return []Scenario{
		instagram2019(), indonesia2019(), instagram2021(), cloud2021(), instagram2022(), meta2024March(), x2025(), aws2025(),
	}
}

func instagram2019() Scenario {
	start := utc(2019, 6, 13, 18, 30)
	return newScenario("instagram-2019-06-13", "Instagram, 13 June 2019: the official word comes 71 minutes late", start, hm(7, 0), story{outages: []outage{{
		name: "Instagram", scope: "global", waves: one(hm(3, 0), hm(3, 25), hm(5, 35)),
		from:     []origin{{"US", .5, 0}, {"CA", .1, time.Minute}, {"GB", .15, time.Minute}, {"BR", .15, 2 * time.Minute}, {"IT", .1, 2 * time.Minute}},
		symptoms: felt(event.Feed, event.Login, event.Media),
		strands:  []strand{{service: "instagram", role: event.RoleDown, height: 85}},
		words: []word{
			{at: hm(4, 11), service: "instagram", lang: "en", ack: true, reposts: 90, text: "We're aware of an issue that affects people's access to Instagram right now. We're working quickly to resolve it."},
			{at: hm(5, 38), service: "instagram", lang: "en", reposts: 60, text: "We're back! The issue is fixed for everyone. Thanks for your patience."},
		},
	}}})
}

func indonesia2019() Scenario {
	start := utc(2019, 5, 22, 3, 30)
	return newScenario("instagram-whatsapp-2019-05-22", "Instagram and WhatsApp in Indonesia, 22 May 2019: a fault or a block?", start, hm(9, 0), story{outages: []outage{{
		name: "Meta", scope: "regional", waves: one(hm(3, 30), hm(4, 5), hm(7, 30)), from: only("ID"),
		symptoms: felt(event.Media, event.Messages, event.Feed),
		strands: []strand{
			{service: "whatsapp", role: event.RoleDown, height: 70},
			{service: "instagram", role: event.RoleDown, height: 55, lag: 2 * time.Minute},
		},
	}}})
}

func instagram2021() Scenario {
	start := utc(2021, 10, 8, 15, 0)
	return newScenario("instagram-2021-10-08", "Instagram, 8 October 2021: #instadown", start, hm(6, 30), story{outages: []outage{{
		name: "Instagram", scope: "global", waves: one(hm(2, 50), hm(3, 10), hm(4, 50)), from: metaCountries(),
		symptoms: felt(event.Feed, event.Connection, event.Messages),
		strands:  []strand{{service: "instagram", role: event.RoleDown, height: 95}},
		words: []word{{at: hm(3, 25), service: "instagram", lang: "en", ack: true, reposts: 100,
			text: "We know some of you are having trouble with Instagram at the moment and we're so sorry. We're working on it. #instagramdown"}},
	}}})
}

func cloud2021() Scenario {
	start := utc(2021, 11, 16, 15, 0)
	return newScenario("google-cloud-2021-11-16", "Google Cloud, 16 November 2021: Spotify, Snapchat, Discord and Etsy suffer", start, hm(6, 0), story{outages: []outage{{
		name: "Google Cloud", scope: "global", waves: []wave{{onset: hm(2, 40), peak: hm(2, 55), ease: hm(3, 25), end: hm(4, 15)}},
		from:     []origin{{"US", .55, 0}, {"GB", .2, 0}, {"CA", .1, 0}, {"DE", .08, time.Minute}, {"SE", .07, time.Minute}},
		symptoms: felt(event.Connection, event.Feed, event.Login),
		strands: []strand{
			{service: "google-cloud", role: event.RoleDown, height: 16},
			{service: "spotify", role: event.RoleDependent, height: 70, of: "google-cloud"},
			{service: "snapchat", role: event.RoleDependent, height: 35, lag: time.Minute, of: "google-cloud"},
			{service: "discord", role: event.RoleDependent, height: 35, lag: time.Minute, of: "google-cloud"},
			{service: "etsy", role: event.RoleDependent, height: 8, lag: 2 * time.Minute, of: "google-cloud"},
		},
		words: []word{{at: hm(3, 0), service: "google-cloud", lang: "en", ack: true, reposts: 30,
			text: "We're aware of an issue with load balancing that returns errors to users and are working on a fix."}},
	}}})
}

func instagram2022() Scenario {
	start := utc(2022, 10, 31, 10, 0)
	return newScenario("instagram-2022-10-31", "Instagram, 31 October 2022: accounts suspended, Thailand first", start, hm(13, 30), story{outages: []outage{{
		name: "Instagram", scope: "partial", partial: .04, waves: one(hm(3, 40), hm(4, 20), hm(12, 0)),
		from: []origin{
			{"TH", .5, 0}, {"US", .16, 10 * time.Minute}, {"ID", .08, 6 * time.Minute}, {"BR", .1, 10 * time.Minute}, {"PH", .06, 6 * time.Minute}, {"GB", .1, 12 * time.Minute},
		},
		symptoms: []symptomShare{{event.Account, .7}, {event.Login, .2}, {event.Crash, .1}},
		strands:  []strand{{service: "instagram", role: event.RoleDown, height: 75}},
		words: []word{{at: hm(4, 30), service: "instagram", lang: "en", ack: true, reposts: 100,
			text: "We're aware that some of you are having issues accessing your Instagram account. We're looking into it and apologize for the inconvenience."}},
	}}})
}

func meta2024March() Scenario {
	start := utc(2024, 3, 5, 12, 0)
	return newScenario("meta-2024-03-05", "Facebook, Instagram and Threads, 5 March 2024: everybody is logged out", start, hm(7, 0), story{outages: []outage{{
		name: "Meta", scope: "global", waves: one(hm(3, 20), hm(3, 35), hm(5, 20)), from: metaCountries(),
		symptoms: []symptomShare{{event.Login, .75}, {event.Feed, .15}, {event.Connection, .1}},
		strands: []strand{
			{service: "facebook", role: event.RoleDown, height: 110},
			{service: "instagram", role: event.RoleDown, height: 70, lag: 2 * time.Minute, symptoms: felt(event.Feed, event.Login)},
			{service: "threads", role: event.RoleDown, height: 15, lag: 4 * time.Minute},
		},
		words: []word{{at: hm(3, 52), service: "facebook", handle: "Meta", lang: "en", ack: true, reposts: 200,
			text: "We're aware that people are having trouble accessing our services. We are working on this now."}},
	}}})
}

// x2025 is two outages by the rule that a relapse is the same incident within the hour: the first wave was over for three.
func x2025() Scenario {
	start := utc(2025, 3, 10, 7, 0)
	from := []origin{{"US", .4, 0}, {"GB", .2, 0}, {"IN", .1, time.Minute}, {"JP", .15, time.Minute}, {"DE", .1, time.Minute}, {"FR", .05, time.Minute}}
	first := outage{
		name: "X", scope: "global", waves: one(hm(3, 0), hm(3, 12), hm(3, 50)), from: from,
		symptoms: felt(event.Connection, event.Feed),
		strands:  []strand{{service: "x", role: event.RoleDown, height: 60}},
	}
	second := outage{
		name: "X", scope: "global", from: from,
		waves:    []wave{{onset: hm(7, 0), peak: hm(7, 12), end: hm(8, 20)}, {onset: hm(9, 0), peak: hm(9, 10), end: hm(10, 15), level: .65}},
		symptoms: felt(event.Connection, event.Feed),
		strands:  []strand{{service: "x", role: event.RoleDown, height: 62}},
	}
	return newScenario("x-2025-03-10", "X, 10 March 2025: three waves, and the source is the patient", start, hm(12, 0), story{
		networks: []network{{"bluesky", .7}, {"mastodon", .25}, {"x", .05}}, outages: []outage{first, second},
	})
}

func aws2025() Scenario {
	start := utc(2025, 10, 20, 4, 0)
	return newScenario("aws-2025-10-20", "AWS, 20 October 2025: dozens of services, one root", start, hm(19, 30), story{outages: []outage{{
		name: "AWS", scope: "global", waves: []wave{{onset: hm(2, 40), peak: hm(3, 15), ease: hm(13, 30), end: hm(18, 0)}},
		from:     []origin{{"US", .4, 0}, {"GB", .3, 0}, {"CA", .08, 2 * time.Minute}, {"DE", .1, 0}, {"FR", .06, 0}, {"AU", .06, 0}},
		symptoms: felt(event.Connection, event.Login, event.Crash),
		strands: []strand{
			{service: "aws", role: event.RoleDown, height: 24},
			{service: "snapchat", role: event.RoleDependent, height: 36, lag: 2 * time.Minute, of: "aws"},
			{service: "roblox", role: event.RoleDependent, height: 26, lag: 2 * time.Minute, of: "aws"},
			{service: "signal", role: event.RoleDependent, height: 10, lag: 3 * time.Minute, of: "aws", symptoms: felt(event.Messages, event.Connection)},
			{service: "ring", role: event.RoleDependent, height: 7, lag: 3 * time.Minute, of: "aws"},
			{service: "alexa", role: event.RoleDependent, height: 9, lag: 3 * time.Minute, of: "aws"},
			{service: "canva", role: event.RoleDependent, height: 10, lag: 4 * time.Minute, of: "aws"},
			{service: "coinbase", role: event.RoleDependent, height: 7, lag: 4 * time.Minute, of: "aws", symptoms: felt(event.Login, event.Payments)},
		},
		words: []word{{at: hm(3, 11), service: "aws", lang: "en", ack: true, reposts: 150,
			text: "We are investigating increased error rates and latencies for multiple AWS services in the US-EAST-1 Region."}},
	}}})
}
