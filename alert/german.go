package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func german() tongue {
	return tongue{
		down: number{"%s ist gestört", "%s sind gestört"}, downAgain: number{"%s ist wieder gestört", "%s sind wieder gestört"},
		stillDown: number{"%s ist weiterhin gestört", "%s sind weiterhin gestört"},
		maybe:     number{"%s ist möglicherweise gestört", "%s sind möglicherweise gestört"}, maybeAgain: number{"%s ist möglicherweise wieder gestört", "%s sind möglicherweise wieder gestört"},
		recovering: number{"%s läuft allmählich wieder", "%s laufen allmählich wieder"}, stillRecovering: number{"%s läuft erst allmählich wieder", "%s laufen erst allmählich wieder"},
		back: number{"%s läuft wieder", "%s laufen wieder"}, backAfter: number{"%s läuft wieder, nach %s Störung", "%s laufen wieder, nach %s Störung"},
		with:         number{", und damit auch %s", ", und damit auch %s"},
		acknowledged: "%s: Störung offiziell bestätigt", notHeld: "%s: Fehlalarm, keine Störung",
		officially: ", jetzt auch offiziell", worse: ", und es wird schlimmer", partly: " (teilweise)", mostly: " (Schwerpunkt: %s)", only: " (%s)",
		and: " und ", more: number{"%d weiteres", "%d weitere"},
		labels: labels{
			since: "Seit", lasted: "Dauer", where: "Wo", cities: "Städte", severity: "Schweregrad", sure: "Gewissheit", symptoms: "Nutzer melden",
			evidence: "Meldungen", peak: "Höhepunkt", official: "Offiziell", progress: "Dienste", taken: "Übernommen", muted: "Stumm",
			blamed: "Nicht gestört, nur beschuldigt", refuge: "Nicht gestört, dorthin weichen viele aus", joke: "Nicht gestört, nur Witze darüber",
		},
		drawing: Drawing{
			Voices: "Menschen mit Problemen je Minute", Usual: "sonst", Onset: "Beginn", Official: "offiziell bestätigt", Date: "02.01.2006",
			Alt: "Wie viele Menschen Probleme melden, Minute für Minute",
			Phases: map[event.Phase]string{
				event.Suspected: "Verdacht", event.Confirmed: "bestätigt", event.Recovering: "erholt sich", event.Resolved: "behoben",
			},
		},
		headings: Headings{
			Services: "Dienste", Service: "Dienst", Part: "Rolle", People: "Menschen", Phrases: "In ihren Worten", Posts: "Beiträge", Course: "Verlauf",
			Numbers: "Minute für Minute", Minute: "Minute",
			Roles: map[event.Role]string{
				event.RoleDown: "gestört", event.RoleDependent: "mitbetroffen", event.RoleBlamed: "beschuldigt, nicht gestört", event.RoleRefuge: "Ausweichdienst, nicht gestört",
				event.RoleJoke: "nur Scherze, nicht gestört",
			},
		},
		buttons:    Buttons{TakeOver: "Ich übernehme", MuteHour: "1 Std. stumm", Mute: "Stumm bis zum Ende"},
		severities: map[event.Severity]string{event.Minor: "gering", event.Major: "erheblich", event.Critical: "kritisch"},
		symptoms: map[event.Symptom]string{
			event.Connection: "keine Verbindung", event.Login: "Anmelden geht nicht", event.Feed: "der Feed lädt nicht",
			event.Messages: "Nachrichten kommen nicht an", event.Media: "Fotos und Dateien laden nicht", event.Video: "Videos laufen nicht",
			event.Calls: "Anrufe kommen nicht zustande", event.Crash: "die App stürzt ab oder bleibt leer", event.Payments: "Zahlungen schlagen fehl",
			event.Account: "Konten gesperrt", event.OtherSymptom: "anderes geht nicht",
		},
		justNow: "gerade eben", ago: "vor %s", until: "von %s bis %s",
		worldwide: "weltweit", notEverybody: "nicht bei allen, oder nicht alles",
		certain: "so gut wie sicher (über %s)", nearlyCertain: "so gut wie sicher (%s)", veryLikely: "sehr wahrscheinlich (%s)", likely: "wahrscheinlich (%s)", possible: "möglich (%s)",
		usually:  "%s (sonst %s)",
		complain: "rund %s Menschen, sonst %s", complained: "rund %s Menschen, sonst %s", posts: "%s Beiträge", on: " auf %s",
		peak:    "rund %s Menschen in fünf Minuten",
		noneYet: "noch nichts", noneWhileItLasted: "nichts, solange es dauerte",
		acknowledgedAt: "bestätigt um %s", afterAlarm: "%s nach diesem Alarm", beforeAlarm: "%s vor diesem Alarm", withAlarm: "zugleich mit diesem Alarm",
		taken: "von %s um %s", mutedUntil: "bis %s, durch %s", mutedForGood: "bis zum Ende, durch %s",
		groupDown: "gestört", groupRecovering: "erholen sich", groupBack: "laufen wieder",
		notKnown: "unbekannt", fewerThanOne: "weniger als 1", tooMany: "unzählige", underOnePercent: "unter 1\u00a0%",
		lessThanAMinute: "weniger als einer Minute", minutes: "%d Min.", hours: "%d Std. %02d Min.", days: "%d Tg. %d Std.",
		percent: "%d\u00a0%%", thousands: ".", colon: ": ",
		clock: "15:04 MST", clockDay: "15:04 MST am 02.01.", clockYear: "15:04 MST am 02.01.2006", moment: "02.01.2006, 15:04 MST",
		reference: "Störung %s, Ereignis %d", details: "Details", regions: display.German.Regions(),
	}
}
