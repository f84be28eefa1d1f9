package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func english() tongue {
	return tongue{
		down: number{"%s is down", "%s are down"}, downAgain: number{"%s is down again", "%s are down again"},
		stillDown: number{"%s is still down", "%s are still down"},
		maybe:     number{"%s may be down", "%s may be down"}, maybeAgain: number{"%s may be down again", "%s may be down again"},
		recovering: number{"%s is recovering", "%s are recovering"}, stillRecovering: number{"%s is still recovering", "%s are still recovering"},
		back: number{"%s is back", "%s are back"}, backAfter: number{"%s is back: down for %s", "%s are back: down for %s"},
		with:         number{", and with it %s", ", and with them %s"},
		acknowledged: "%s: trouble acknowledged officially", notHeld: "%s: false alarm, no outage",
		officially: ", now officially", worse: ", and it is getting worse", partly: " in part", mostly: ", mostly in %s", only: " in %s",
		articled: "AE BS CF DO GB KM MH MV NL PH SB SC US VA", article: "the ",
		and: " and ", more: number{"%d more", "%d more"},
		labels: labels{
			since: "Since", lasted: "Lasted", where: "Where", cities: "Cities", severity: "Severity", sure: "How sure", symptoms: "People say",
			evidence: "Evidence", peak: "At its peak", official: "Official word", progress: "Services", taken: "Taken over", muted: "Muted",
			blamed: "Not down, though blamed", refuge: "Not down, people go there", joke: "Not down, only joked about",
		},
		drawing: Drawing{
			Voices: "people complaining per minute", Usual: "usual", Onset: "onset", Official: "official word", Date: "2 January 2006",
			Alt: "How many people complain, minute by minute",
			Phases: map[event.Phase]string{
				event.Suspected: "suspected", event.Confirmed: "confirmed", event.Recovering: "recovering", event.Resolved: "resolved",
			},
		},
		headings: Headings{
			Services: "Services", Service: "Service", Part: "Part in it", People: "People", Phrases: "In their words", Posts: "Posts", Course: "What happened",
			Numbers: "Minute by minute", Minute: "Minute",
			Roles: map[event.Role]string{
				event.RoleDown: "down", event.RoleDependent: "suffers along", event.RoleBlamed: "blamed, not down", event.RoleRefuge: "people go there, not down",
				event.RoleJoke: "joked about, not down",
			},
		},
		buttons:    Buttons{TakeOver: "I take it over", MuteHour: "Mute for 1 h", Mute: "Mute until it is over"},
		severities: map[event.Severity]string{event.Minor: "minor", event.Major: "major", event.Critical: "critical"},
		symptoms: map[event.Symptom]string{
			event.Connection: "cannot connect", event.Login: "cannot log in", event.Feed: "the feed does not load",
			event.Messages: "messages do not go through", event.Media: "photos and files do not load", event.Video: "videos do not play",
			event.Calls: "calls fail", event.Crash: "the app crashes or stays blank", event.Payments: "payments fail",
			event.Account: "accounts are locked", event.OtherSymptom: "something else fails",
		},
		justNow: "just now", ago: "%s ago", until: "%s until %s",
		worldwide: "worldwide", notEverybody: "not everybody, or not everything",
		certain: "almost certain (over %s)", nearlyCertain: "almost certain (%s)", veryLikely: "very likely (%s)", likely: "likely (%s)", possible: "possible (%s)",
		usually:  "%s (usually %s)",
		complain: "about %s people complain, usually %s", complained: "about %s people complained, usually %s", posts: "%s posts", on: " on %s",
		peak:    "about %s people within five minutes",
		noneYet: "none yet", noneWhileItLasted: "none while it lasted",
		acknowledgedAt: "acknowledged at %s", afterAlarm: "%s after this alarm", beforeAlarm: "%s before this alarm", withAlarm: "together with this alarm",
		taken: "by %s at %s", mutedUntil: "until %s, by %s", mutedForGood: "until it is over, by %s",
		groupDown: "down", groupRecovering: "recovering", groupBack: "back",
		notKnown: "not known", fewerThanOne: "fewer than 1", tooMany: "too many to count", underOnePercent: "under 1%",
		lessThanAMinute: "less than a minute", minutes: "%d min", hours: "%d h %02d min", days: "%d d %d h",
		percent: "%d%%", thousands: ",", colon: ": ",
		clock: "15:04 MST", clockDay: "15:04 MST on 2 Jan", clockYear: "15:04 MST on 2 Jan 2006", moment: "2 Jan 2006, 15:04 MST",
		reference: "outage %s, event %d", details: "details", regions: display.English.Regions(),
	}
}
