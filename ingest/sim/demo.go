package sim

import (
	"time"

	"github.com/outcry/outcry/event"
)

// Demo is a compact evening of two and a quarter hours: TikTok fails for most of an hour, a small music service suffers from a
// fault at its cloud, a match is shouted about, and all is well in the end. It begins at start.
func Demo(start time.Time) Scenario {
	tiktok := outage{
		name: "TikTok", scope: "partial", partial: .06,
		waves:    one(hm(0, 25), hm(0, 42), hm(1, 15)),
		from:     tiktokCountries(),
		symptoms: felt(event.Video, event.Feed, event.Connection, event.Crash),
		strands: []strand{
			{service: "tiktok", role: event.RoleDown, height: 70},
			{service: "instagram", role: event.RoleRefuge, height: 12, of: "tiktok"},
			{service: "x", role: event.RoleJoke, height: 9, of: "tiktok"},
		},
		words: []word{{
			at: hm(1, 2), service: "tiktok", lang: "en", ack: true, reposts: 60,
			text: "We're aware that some people cannot watch videos right now and are working to get things back to normal. Sorry for the trouble!",
		}},
	}
	cloud := outage{
		name: "AWS", scope: "regional",
		waves:    one(hm(0, 52), hm(1, 0), hm(1, 26)),
		from:     []origin{{"GB", .4, 0}, {"US", .35, 0}, {"DE", .25, time.Minute}},
		symptoms: felt(event.Connection, event.Login),
		strands: []strand{
			{service: "aws", role: event.RoleDown, height: 24},
			{service: "canva", role: event.RoleDependent, height: 18, lag: 2 * time.Minute, of: "aws"},
		},
	}
	return newScenario("demo", "A compact evening: TikTok fails, a cloud stumbles, a match is won", start, hm(2, 15), story{
		outages: []outage{tiktok, cloud},
		crowds: []crowd{{
			name: "match", from: hm(0, 8), rise: 2 * time.Minute, hold: 6 * time.Minute, fade: 4 * time.Minute, height: 40,
			choruses: []chorus{{code: "US", share: 1, section: "touchdown"}},
		}},
		calm: 50,
	})
}
