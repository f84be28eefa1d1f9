package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func spanish() tongue {
	return tongue{
		down: number{"%s no funciona", "%s no funcionan"}, downAgain: number{"%s vuelve a fallar", "%s vuelven a fallar"},
		stillDown: number{"%s sigue sin funcionar", "%s siguen sin funcionar"},
		maybe:     number{"%s podría estar fallando", "%s podrían estar fallando"}, maybeAgain: number{"%s podría estar fallando otra vez", "%s podrían estar fallando otra vez"},
		recovering: number{"%s se está recuperando", "%s se están recuperando"}, stillRecovering: number{"%s sigue recuperándose", "%s siguen recuperándose"},
		back: number{"%s vuelve a funcionar", "%s vuelven a funcionar"}, backAfter: number{"%s vuelve a funcionar tras %s", "%s vuelven a funcionar tras %s"},
		with:         number{", con efectos también en %s", ", con efectos también en %s"},
		acknowledged: "%s: problemas reconocidos oficialmente", notHeld: "%s: falsa alarma, no hay caída",
		officially: ", ya es oficial", worse: ", y la situación empeora", partly: " (en parte)", mostly: " (sobre todo %s)", only: " (%s)",
		and: " y ", more: number{"%d más", "%d más"},
		labels: labels{
			since: "Desde", lasted: "Duración", where: "Dónde", cities: "Ciudades", severity: "Gravedad", sure: "Certeza", symptoms: "La gente dice",
			evidence: "Quejas", peak: "Pico", official: "Comunicado oficial", progress: "Servicios", taken: "A cargo", muted: "Silenciado",
			blamed: "Funcionan, aunque se les culpa", refuge: "Funcionan, la gente se pasa ahí", joke: "Funcionan, solo hay bromas",
		},
		drawing: Drawing{
			Voices: "personas que se quejan por minuto", Usual: "lo habitual", Onset: "comienzo", Official: "comunicado oficial", Date: "02/01/2006",
			Alt: "Cuántas personas se quejan, minuto a minuto",
			Phases: map[event.Phase]string{
				event.Suspected: "sospecha", event.Confirmed: "confirmado", event.Recovering: "en recuperación", event.Resolved: "resuelto",
			},
		},
		headings: Headings{
			Services: "Servicios", Service: "Servicio", Part: "Papel", People: "Personas", Phrases: "En sus palabras", Posts: "Publicaciones", Course: "Cronología",
			Numbers: "Minuto a minuto", Minute: "Minuto",
			Roles: map[event.Role]string{
				event.RoleDown: "caído", event.RoleDependent: "afectado", event.RoleBlamed: "culpado, no caído", event.RoleRefuge: "alternativa, no caído",
				event.RoleJoke: "solo bromas, no caído",
			},
		},
		buttons:    Buttons{TakeOver: "Me encargo yo", MuteHour: "Silenciar 1 h", Mute: "Silenciar hasta el final"},
		severities: map[event.Severity]string{event.Minor: "leve", event.Major: "grave", event.Critical: "crítica"},
		symptoms: map[event.Symptom]string{
			event.Connection: "no conecta", event.Login: "no se puede iniciar sesión", event.Feed: "el feed no carga",
			event.Messages: "los mensajes no se envían", event.Media: "las fotos y los archivos no cargan", event.Video: "los vídeos no se reproducen",
			event.Calls: "las llamadas fallan", event.Crash: "la app se cierra o queda en blanco", event.Payments: "los pagos fallan",
			event.Account: "cuentas bloqueadas", event.OtherSymptom: "falla otra cosa",
		},
		justNow: "ahora mismo", ago: "hace %s", until: "de %s a %s",
		worldwide: "en todo el mundo", notEverybody: "no para todos, o no todo",
		certain: "casi seguro (más del %s)", nearlyCertain: "casi seguro (%s)", veryLikely: "muy probable (%s)", likely: "probable (%s)", possible: "posible (%s)",
		usually:  "%s (lo habitual es %s)",
		complain: "unas %s personas, lo habitual es %s", complained: "unas %s personas, lo habitual es %s", posts: "%s publicaciones", on: " en %s",
		peak:    "unas %s personas en cinco minutos",
		noneYet: "todavía ninguno", noneWhileItLasted: "ninguno mientras duró",
		acknowledgedAt: "reconocido a las %s", afterAlarm: "%s después de esta alerta", beforeAlarm: "%s antes de esta alerta", withAlarm: "a la vez que esta alerta",
		taken: "de %s, desde las %s", mutedUntil: "hasta las %s, por %s", mutedForGood: "hasta el final, por %s",
		groupDown: "sin funcionar", groupRecovering: "recuperándose", groupBack: "de vuelta",
		notKnown: "no se sabe", fewerThanOne: "menos de 1", tooMany: "incontables", underOnePercent: "menos del 1\u00a0%",
		lessThanAMinute: "menos de un minuto", minutes: "%d min", hours: "%d h %02d min", days: "%d d %d h",
		percent: "%d\u00a0%%", thousands: ".", colon: ": ",
		clock: "15:04 MST", clockDay: "15:04 MST del 02/01", clockYear: "15:04 MST del 02/01/2006", moment: "02/01/2006, 15:04 MST",
		reference: "caída %s, evento %d", details: "detalles", regions: display.Spanish.Regions(),
	}
}
