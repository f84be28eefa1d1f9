package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func italian() tongue {
	return tongue{
		down: number{"%s non funziona", "%s non funzionano"}, downAgain: number{"%s è di nuovo fuori servizio", "%s sono di nuovo fuori servizio"},
		stillDown: number{"%s è ancora fuori servizio", "%s sono ancora fuori servizio"},
		maybe:     number{"%s forse non funziona", "%s forse non funzionano"}, maybeAgain: number{"%s forse è di nuovo fuori servizio", "%s forse sono di nuovo fuori servizio"},
		recovering: number{"%s si sta riprendendo", "%s si stanno riprendendo"}, stillRecovering: number{"%s si sta ancora riprendendo", "%s si stanno ancora riprendendo"},
		back: number{"%s funziona di nuovo", "%s funzionano di nuovo"}, backAfter: number{"%s funziona di nuovo dopo %s", "%s funzionano di nuovo dopo %s"},
		with:         number{", con effetti anche su %s", ", con effetti anche su %s"},
		acknowledged: "%s: problemi confermati ufficialmente", notHeld: "%s: falso allarme, nessun guasto",
		officially: ", ora è ufficiale", worse: ", e la situazione peggiora", partly: " (in parte)", mostly: " (soprattutto %s)", only: " (%s)",
		and: " e ", more: number{"%d altro", "altri %d"},
		labels: labels{
			since: "Inizio", lasted: "Durata", where: "Dove", cities: "Città", severity: "Gravità", sure: "Certezza", symptoms: "Gli utenti segnalano",
			evidence: "Segnalazioni", peak: "Picco", official: "Comunicazione ufficiale", progress: "Servizi", taken: "In carico", muted: "Silenziato",
			blamed: "Non guasti, solo incolpati", refuge: "Non guasti, usati in alternativa", joke: "Non guasti, solo battute",
		},
		drawing: Drawing{
			Voices: "persone che segnalano al minuto", Usual: "di solito", Onset: "inizio", Official: "conferma ufficiale", Date: "02/01/2006",
			Alt: "Quante persone segnalano problemi, minuto per minuto",
			Phases: map[event.Phase]string{
				event.Suspected: "sospetto", event.Confirmed: "confermato", event.Recovering: "in ripresa", event.Resolved: "risolto",
			},
		},
		headings: Headings{
			Services: "Servizi", Service: "Servizio", Part: "Ruolo", People: "Persone", Phrases: "Con parole loro", Posts: "Post", Course: "Cronologia",
			Numbers: "Minuto per minuto", Minute: "Minuto",
			Roles: map[event.Role]string{
				event.RoleDown: "fuori servizio", event.RoleDependent: "coinvolto", event.RoleBlamed: "incolpato, non guasto", event.RoleRefuge: "usato in alternativa, non guasto",
				event.RoleJoke: "solo battute, non guasto",
			},
		},
		buttons:    Buttons{TakeOver: "Me ne occupo io", MuteHour: "Silenzia per 1 h", Mute: "Silenzia fino alla fine"},
		severities: map[event.Severity]string{event.Minor: "lieve", event.Major: "grave", event.Critical: "critica"},
		symptoms: map[event.Symptom]string{
			event.Connection: "non si connette", event.Login: "non si riesce ad accedere", event.Feed: "il feed non si carica",
			event.Messages: "i messaggi non partono", event.Media: "foto e file non si caricano", event.Video: "i video non si vedono",
			event.Calls: "le chiamate non funzionano", event.Crash: "l’app si chiude o resta vuota", event.Payments: "i pagamenti non vanno a buon fine",
			event.Account: "account bloccati", event.OtherSymptom: "altro non funziona",
		},
		justNow: "proprio ora", ago: "%s fa", until: "dalle %s alle %s",
		worldwide: "in tutto il mondo", notEverybody: "non per tutti, o non tutto",
		certain: "quasi certo (oltre il %s)", nearlyCertain: "quasi certo (%s)", veryLikely: "molto probabile (%s)", likely: "probabile (%s)", possible: "possibile (%s)",
		usually:  "%s (di solito %s)",
		complain: "circa %s persone, di solito %s", complained: "circa %s persone, di solito %s", posts: "%s post", on: " su %s",
		peak:    "circa %s persone in cinque minuti",
		noneYet: "ancora nessuna", noneWhileItLasted: "nessuna per tutta la durata",
		acknowledgedAt: "confermato alle %s", afterAlarm: "%s dopo questo allarme", beforeAlarm: "%s prima di questo allarme", withAlarm: "insieme a questo allarme",
		taken: "a %s, dalle %s", mutedUntil: "fino alle %s, da %s", mutedForGood: "fino alla fine, da %s",
		groupDown: "fuori servizio", groupRecovering: "in ripresa", groupBack: "tornati",
		notKnown: "non si sa", fewerThanOne: "meno di 1", tooMany: "innumerevoli", underOnePercent: "meno dell’1%",
		lessThanAMinute: "meno di un minuto", minutes: "%d min", hours: "%d h %02d min", days: "%d g %d h",
		percent: "%d%%", thousands: ".", colon: ": ",
		clock: "15:04 MST", clockDay: "15:04 MST (02/01)", clockYear: "15:04 MST (02/01/2006)", moment: "02/01/2006, 15:04 MST",
		reference: "guasto %s, evento %d", details: "dettagli", regions: display.Italian.Regions(),
	}
}
