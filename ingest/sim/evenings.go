package sim

import (
	"time"

	"github.com/outcry/outcry/event"
)

// evenings are the five outages that must be told right in every respect.
func evenings() []Scenario {
	return []Scenario{tiktok2023(), meta2024(), meta2021(), telegram2020(), facebook2019()}
}

func tiktokCountries() []origin {
	return []origin{
		{"IT", .4, 0}, {"GB", .16, 4 * time.Minute}, {"JP", .12, 6 * time.Minute}, {"DE", .12, 6 * time.Minute},
		{"IN", .08, 8 * time.Minute}, {"US", .12, 9 * time.Minute},
	}
}

func tiktok2023() Scenario {
	start := utc(2023, 3, 9, 6, 0)
	o := outage{
		name: "TikTok", scope: "partial", partial: .08,
		waves:    one(hm(3, 40), hm(4, 5), hm(5, 40)),
		from:     tiktokCountries(),
		symptoms: []symptomShare{{event.Video, .5}, {event.Feed, .3}, {event.Connection, .14}, {event.Crash, .06}},
		strands: []strand{
			{service: "tiktok", role: event.RoleDown, height: 75},
			{service: "instagram", role: event.RoleRefuge, height: 8, of: "tiktok"},
		},
	}
	return newScenario("tiktok-2023-03-09", "TikTok, 9 March 2023: videos cannot be seen, not by everybody, and no official word", start, hm(8, 0), story{
		outages: []outage{o},
		crowds: []crowd{{
			name: "ban", from: hm(2, 0), rise: 30 * time.Minute, hold: hm(5, 0), fade: time.Hour, height: 9, service: "tiktok", link: .4,
			choruses: []chorus{{code: "US", share: .6, section: "ban"}, {code: "GB", share: .4, section: "ban"}}, passing: .3,
		}},
	})
}

func metaCountries() []origin {
	return []origin{
		{"BR", .25, 2 * time.Minute}, {"US", .22, 0}, {"GB", .1, time.Minute}, {"IT", .08, time.Minute}, {"ES", .08, 2 * time.Minute},
		{"MX", .08, 2 * time.Minute}, {"FR", .06, 2 * time.Minute}, {"DE", .05, 2 * time.Minute}, {"TR", .04, 2 * time.Minute}, {"IN", .04, 3 * time.Minute},
	}
}

func meta2024() Scenario {
	start := utc(2024, 12, 11, 14, 0)
	o := outage{
		name: "Meta", scope: "global",
		waves:    []wave{{onset: hm(3, 42), peak: hm(4, 8), ease: hm(4, 20), end: hm(10, 21)}},
		from:     metaCountries(),
		symptoms: felt(event.Feed, event.Messages, event.Connection, event.Media),
		strands: []strand{
			{service: "facebook", role: event.RoleDown, height: 120},
			{service: "instagram", role: event.RoleDown, height: 100, lag: 2 * time.Minute},
			{service: "whatsapp", role: event.RoleDown, height: 70, lag: 4 * time.Minute, symptoms: felt(event.Messages, event.Connection, event.Media)},
			{service: "threads", role: event.RoleDown, height: 22, lag: 5 * time.Minute, symptoms: felt(event.Feed, event.Connection)},
			{service: "x", role: event.RoleJoke, height: 25, of: "instagram"},
		},
		words: []word{
			{at: hm(4, 48), service: "instagram", handle: "Meta", lang: "en", ack: true, reposts: 300,
				text: "We're aware that a technical issue keeps some people from using our apps. We are putting things right as fast as we can and apologize. #instagramdown"},
			{at: hm(10, 21), service: "instagram", handle: "Meta", lang: "en", reposts: 80,
				text: "Thank you for your patience. We are 99% of the way there, just a few last checks. Sorry again to those affected today."},
		},
	}
	return newScenario("meta-2024-12-11", "Facebook, Instagram, WhatsApp and Threads, 11 December 2024: back by degrees", start, hm(11, 30), story{outages: []outage{o}})
}

func meta2021() Scenario {
	start := utc(2021, 10, 4, 12, 30)
	o := outage{
		name: "Meta", scope: "global",
		waves:    one(hm(3, 9), hm(3, 30), hm(9, 30)),
		symptoms: felt(event.Connection, event.Messages, event.Feed, event.Media),
		from: []origin{
			{"IT", .2, 0}, {"FR", .08, 3 * time.Minute}, {"DE", .08, 3 * time.Minute}, {"BE", .03, 3 * time.Minute}, {"IL", .03, 4 * time.Minute},
			{"TR", .08, 4 * time.Minute}, {"BR", .2, 6 * time.Minute}, {"US", .15, 6 * time.Minute}, {"GB", .07, 5 * time.Minute},
			{"MX", .05, 7 * time.Minute}, {"IN", .03, 7 * time.Minute},
		},
		strands: []strand{
			{service: "whatsapp", role: event.RoleDown, height: 110, symptoms: felt(event.Messages, event.Connection, event.Calls)},
			{service: "instagram", role: event.RoleDown, height: 80, lag: time.Minute},
			{service: "facebook", role: event.RoleDown, height: 65, lag: time.Minute},
			{service: "verizon", role: event.RoleBlamed, height: 6, of: "whatsapp"},
			{service: "att", role: event.RoleBlamed, height: 5, of: "instagram"},
			{service: "t-mobile-us", role: event.RoleBlamed, height: 5, of: "whatsapp"},
			{service: "bt", role: event.RoleBlamed, height: 2, of: "facebook", optional: true},
			{service: "vodafone", role: event.RoleBlamed, height: 5, of: "whatsapp"},
			{service: "telegram", role: event.RoleRefuge, height: 26, of: "whatsapp"},
			{service: "x", role: event.RoleJoke, height: 28, of: "facebook"},
		},
		words: []word{
			{at: hm(3, 52), service: "whatsapp", lang: "en", ack: true, reposts: 500,
				text: "We're aware that some people have trouble with WhatsApp at the moment. We're working to get things back to normal and will say more here."},
			{at: hm(3, 54), service: "facebook", lang: "en", reposts: 300, text: "We are aware that some people cannot reach our apps. We're working on it and apologize for any inconvenience."},
			{at: hm(4, 5), service: "x", handle: "Twitter", lang: "en", reposts: 4000, text: "hi there, everybody and their grandmother"},
			{at: hm(4, 0), service: "instagram", lang: "it", reposts: 50, text: "Siamo a conoscenza dei problemi di accesso e ci scusiamo per gli inconvenienti. Stiamo lavorando per risolvere."},
			{at: hm(9, 40), service: "whatsapp", lang: "en", reposts: 200, text: "We're back! Sorry to everyone who could not use WhatsApp today. Thank you for bearing with us."},
		},
	}
	lockdown := crowd{
		name: "lockdown", from: hm(4, 30), rise: 20 * time.Minute, hold: hm(1, 0), fade: 40 * time.Minute, height: 12, service: "facebook", link: .7, passing: .4,
		choruses: []chorus{{code: "US", share: 1, texts: []string{
			"LOCKDOWN: Facebook staff locked out of their own offices", "LOCKDOWN at Facebook HQ as doors stay shut, reports say",
		}}},
	}
	alexa := crowd{
		name: "rumour", from: hm(4, 0), rise: 10 * time.Minute, hold: 50 * time.Minute, fade: 20 * time.Minute, height: 4, service: "alexa", other: "amazon",
		choruses: []chorus{{code: "US", share: .7, section: "rumour"}, {code: "GB", share: .3, section: "rumour"}}, passing: .4,
	}
	return newScenario("meta-2021-10-04", "Facebook, Instagram and WhatsApp, 4 October 2021: six hours, everywhere", start, hm(12, 0),
		story{outages: []outage{o}, crowds: []crowd{lockdown, alexa}, calm: 18})
}

func telegram2020() Scenario {
	start := utc(2020, 12, 16, 10, 0)
	o := outage{
		name: "Telegram", scope: "regional",
		waves: []wave{{onset: hm(3, 0), peak: hm(3, 15), ease: hm(4, 25), end: hm(5, 10)}},
		from: []origin{
			{"IT", .38, 0}, {"RU", .26, time.Minute}, {"UA", .08, time.Minute}, {"ES", .06, 2 * time.Minute}, {"DE", .06, 2 * time.Minute},
			{"SA", .08, 2 * time.Minute}, {"AE", .04, 2 * time.Minute}, {"IR", .04, 2 * time.Minute},
		},
		symptoms: []symptomShare{{event.Connection, .66}, {event.Messages, .3}, {event.Login, .04}},
		strands:  []strand{{service: "telegram", role: event.RoleDown, height: 60}},
		words: []word{
			{at: hm(3, 24), service: "telegram", handle: "telegram_it", lang: "it", ack: true, reposts: 60,
				text: "Siamo a conoscenza di un problema di connessione per una parte degli utenti in Europa e Medio Oriente. Ci scusiamo per gli inconvenienti."},
			{at: hm(4, 30), service: "telegram", handle: "telegram_it", lang: "it", reposts: 20,
				text: "Metà degli utenti colpiti è di nuovo online, gli altri seguiranno a breve."},
			{at: hm(5, 12), service: "telegram", handle: "telegram_it", lang: "it", reposts: 20, text: "Tutto di nuovo operativo. Grazie per la pazienza!"},
		},
	}
	police := crowd{
		name: "police", from: hm(2, 0), rise: 30 * time.Minute, hold: hm(4, 0), fade: time.Hour, height: 5, service: "telegram", link: .6, passing: .4,
		choruses: []chorus{{code: "IT", share: 1, texts: []string{
			"Operazione della polizia: oscurati canali {s} che vendevano merce illegale", "Sequestrati diversi gruppi {s}, {n} denunciati",
			"{s}, chiusi i gruppi pirata: le indagini a {p}",
		}}},
	}
	return newScenario("telegram-2020-12-16", "Telegram, 16 December 2020: half of the people come back first", start, hm(8, 0),
		story{outages: []outage{o}, crowds: []crowd{police}})
}

func facebook2019() Scenario {
	start := utc(2019, 7, 3, 9, 30)
	o := outage{
		name: "Meta", scope: "partial", partial: .16,
		waves:    one(hm(3, 30), hm(4, 15), hm(11, 36)),
		from:     []origin{{"GB", .36, 0}, {"US", .26, 4 * time.Minute}, {"DE", .12, 2 * time.Minute}, {"NL", .08, 2 * time.Minute}, {"SE", .08, 3 * time.Minute}, {"DK", .05, 3 * time.Minute}, {"IT", .05, 3 * time.Minute}},
		symptoms: felt(event.Media, event.Video, event.Messages),
		strands: []strand{
			{service: "instagram", role: event.RoleDown, height: 70, symptoms: felt(event.Media, event.Feed, event.Video)},
			{service: "facebook", role: event.RoleDown, height: 42, lag: 4 * time.Minute, symptoms: felt(event.Media, event.Video)},
			{service: "whatsapp", role: event.RoleDown, height: 30, lag: 6 * time.Minute, symptoms: felt(event.Media, event.Messages)},
			{service: "cloudflare", role: event.RoleBlamed, height: 6, of: "instagram"},
			{service: "verizon", role: event.RoleBlamed, height: 4, of: "facebook"},
		},
		words: []word{
			{at: hm(5, 20), service: "facebook", lang: "en", ack: true, reposts: 120,
				text: "We're aware that some people are having trouble uploading or sending photos, videos and other files on our apps. We're working to get things back to normal."},
			{at: hm(14, 40), service: "facebook", lang: "en", reposts: 50, text: "The issue is resolved and we should be back at 100 percent. Sorry for the inconvenience."},
		},
	}
	hoax := crowd{
		name: "hoax", from: hm(8, 0), rise: time.Hour, hold: hm(4, 0), fade: time.Hour, height: 6, service: "whatsapp", same: true, passing: .5,
		choruses: []chorus{{code: "GB", share: .7, section: "hoax"}, {code: "IN", share: .3, section: "hoax"}},
	}
	return newScenario("facebook-2019-07-03", "WhatsApp, Facebook and Instagram, 3 July 2019: text passes, pictures do not", start, hm(15, 30),
		story{outages: []outage{o}, crowds: []crowd{hoax}})
}
