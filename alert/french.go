package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func french() tongue {
	return tongue{
		down: number{"%s est en panne", "%s sont en panne"}, downAgain: number{"%s est de nouveau en panne", "%s sont de nouveau en panne"},
		stillDown: number{"%s est toujours en panne", "%s sont toujours en panne"},
		maybe:     number{"%s est peut-être en panne", "%s sont peut-être en panne"}, maybeAgain: number{"%s est peut-être de nouveau en panne", "%s sont peut-être de nouveau en panne"},
		recovering: number{"%s se rétablit", "%s se rétablissent"}, stillRecovering: number{"%s se rétablit encore", "%s se rétablissent encore"},
		back: number{"%s fonctionne de nouveau", "%s fonctionnent de nouveau"}, backAfter: number{"%s fonctionne de nouveau après %s de panne", "%s fonctionnent de nouveau après %s de panne"},
		with:         number{", avec des effets sur %s", ", avec des effets sur %s"},
		acknowledged: "%s\u00a0: problème reconnu officiellement", notHeld: "%s\u00a0: fausse alerte, pas de panne",
		officially: ", c’est désormais officiel", worse: ", et la situation s’aggrave", partly: " (en partie)", mostly: " (surtout %s)", only: " (%s)",
		and: " et ", more: number{"%d autre", "%d autres"},
		labels: labels{
			since: "Depuis", lasted: "Durée", where: "Où", cities: "Villes", severity: "Gravité", sure: "Certitude", symptoms: "Les utilisateurs signalent",
			evidence: "Signalements", peak: "Pic", official: "Annonce officielle", progress: "Services", taken: "Pris en charge", muted: "Muet",
			blamed: "Fonctionnent, mais accusés à tort", refuge: "Fonctionnent, les gens s’y reportent", joke: "Fonctionnent, on en plaisante",
		},
		drawing: Drawing{
			Voices: "personnes qui se plaignent par minute", Usual: "d’habitude", Onset: "début", Official: "annonce officielle", Date: "02/01/2006",
			Alt: "Combien de personnes se plaignent, minute par minute",
			Phases: map[event.Phase]string{
				event.Suspected: "soupçon", event.Confirmed: "confirmé", event.Recovering: "se rétablit", event.Resolved: "résolu",
			},
		},
		headings: Headings{
			Services: "Services", Service: "Service", Part: "Rôle", People: "Personnes", Phrases: "Dans leurs mots", Posts: "Publications", Course: "Chronologie",
			Numbers: "Minute par minute", Minute: "Minute",
			Roles: map[event.Role]string{
				event.RoleDown: "en panne", event.RoleDependent: "touché", event.RoleBlamed: "accusé, pas en panne", event.RoleRefuge: "alternative, pas en panne",
				event.RoleJoke: "plaisanteries, pas en panne",
			},
		},
		buttons:    Buttons{TakeOver: "Je m’en charge", MuteHour: "Muet pendant 1 h", Mute: "Muet jusqu’à la fin"},
		severities: map[event.Severity]string{event.Minor: "mineure", event.Major: "majeure", event.Critical: "critique"},
		symptoms: map[event.Symptom]string{
			event.Connection: "pas de connexion", event.Login: "impossible de s’identifier", event.Feed: "le fil ne se charge pas",
			event.Messages: "les messages ne partent pas", event.Media: "photos et fichiers ne se chargent pas", event.Video: "les vidéos ne se lisent pas",
			event.Calls: "les appels échouent", event.Crash: "l’appli se ferme ou reste vide", event.Payments: "les paiements échouent",
			event.Account: "comptes bloqués", event.OtherSymptom: "autre chose échoue",
		},
		justNow: "à l’instant", ago: "il y a %s", until: "de %s à %s",
		worldwide: "dans le monde entier", notEverybody: "pas tout le monde, ou pas tout",
		certain: "presque certain (plus de %s)", nearlyCertain: "presque certain (%s)", veryLikely: "très probable (%s)", likely: "probable (%s)", possible: "possible (%s)",
		usually:  "%s (d’habitude %s)",
		complain: "environ %s personnes, d’habitude %s", complained: "environ %s personnes, d’habitude %s", posts: "%s messages", on: " sur %s",
		peak:    "environ %s personnes en cinq minutes",
		noneYet: "aucune pour l’instant", noneWhileItLasted: "aucune tant que cela a duré",
		acknowledgedAt: "reconnu à %s", afterAlarm: "%s après cette alerte", beforeAlarm: "%s avant cette alerte", withAlarm: "en même temps que cette alerte",
		taken: "par %s à %s", mutedUntil: "jusqu’à %s, par %s", mutedForGood: "jusqu’à la fin, par %s",
		groupDown: "en panne", groupRecovering: "se rétablissent", groupBack: "rétablis",
		notKnown: "inconnu", fewerThanOne: "moins de 1", tooMany: "innombrables", underOnePercent: "moins de 1\u00a0%",
		lessThanAMinute: "moins d’une minute", minutes: "%d min", hours: "%d h %02d min", days: "%d j %d h",
		percent: "%d\u00a0%%", thousands: "\u202f", colon: "\u00a0: ",
		clock: "15:04 MST", clockDay: "15:04 MST le 02/01", clockYear: "15:04 MST le 02/01/2006", moment: "02/01/2006, 15:04 MST",
		reference: "panne %s, événement %d", details: "détails", regions: display.French.Regions(),
	}
}
