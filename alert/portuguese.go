package alert

import (
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

// portuguese is written so that it reads well in Brazil, where most of its readers are, and in Portugal.
func portuguese() tongue {
	return tongue{
		down: number{"%s está fora do ar", "%s estão fora do ar"}, downAgain: number{"%s está fora do ar de novo", "%s estão fora do ar de novo"},
		stillDown: number{"%s continua fora do ar", "%s continuam fora do ar"},
		maybe:     number{"%s talvez esteja fora do ar", "%s talvez estejam fora do ar"}, maybeAgain: number{"%s talvez esteja fora do ar de novo", "%s talvez estejam fora do ar de novo"},
		recovering: number{"%s está voltando", "%s estão voltando"}, stillRecovering: number{"%s ainda está voltando", "%s ainda estão voltando"},
		back: number{"%s voltou", "%s voltaram"}, backAfter: number{"%s voltou depois de %s", "%s voltaram depois de %s"},
		with:         number{", e por isso também %s", ", e por isso também %s"},
		acknowledged: "%s: problema reconhecido oficialmente", notHeld: "%s: alarme falso, não há falha",
		officially: ", agora é oficial", worse: ", e a situação está piorando", partly: " (em parte)", mostly: " (sobretudo %s)", only: " (%s)",
		and: " e ", more: number{"mais %d", "mais %d"},
		labels: labels{
			since: "Desde", lasted: "Duração", where: "Onde", cities: "Cidades", severity: "Gravidade", sure: "Certeza", symptoms: "As pessoas dizem",
			evidence: "Reclamações", peak: "Pico", official: "Comunicado oficial", progress: "Serviços", taken: "Assumido", muted: "Silenciado",
			blamed: "Funcionam, embora levem a culpa", refuge: "Funcionam, é para lá que as pessoas vão", joke: "Funcionam, só há piadas",
		},
		drawing: Drawing{
			Voices: "pessoas que reclamam por minuto", Usual: "o normal", Onset: "início", Official: "comunicado oficial", Date: "02/01/2006",
			Alt: "Quantas pessoas reclamam, minuto a minuto",
			Phases: map[event.Phase]string{
				event.Suspected: "suspeita", event.Confirmed: "confirmado", event.Recovering: "voltando", event.Resolved: "resolvido",
			},
		},
		headings: Headings{
			Services: "Serviços", Service: "Serviço", Part: "Papel", People: "Pessoas", Phrases: "Nas palavras delas", Posts: "Publicações", Course: "Cronologia",
			Numbers: "Minuto a minuto", Minute: "Minuto",
			Roles: map[event.Role]string{
				event.RoleDown: "fora do ar", event.RoleDependent: "afetado", event.RoleBlamed: "culpado, não caiu", event.RoleRefuge: "alternativa, não caiu",
				event.RoleJoke: "só piadas, não caiu",
			},
		},
		buttons:    Buttons{TakeOver: "Eu assumo", MuteHour: "Silenciar por 1 h", Mute: "Silenciar até o fim"},
		severities: map[event.Severity]string{event.Minor: "leve", event.Major: "grave", event.Critical: "crítica"},
		symptoms: map[event.Symptom]string{
			event.Connection: "não conecta", event.Login: "não dá para entrar", event.Feed: "o feed não carrega",
			event.Messages: "as mensagens não são enviadas", event.Media: "fotos e arquivos não carregam", event.Video: "os vídeos não abrem",
			event.Calls: "as chamadas falham", event.Crash: "o app fecha ou fica em branco", event.Payments: "os pagamentos falham",
			event.Account: "contas bloqueadas", event.OtherSymptom: "outra coisa falha",
		},
		justNow: "agora mesmo", ago: "há %s", until: "de %s a %s",
		worldwide: "no mundo todo", notEverybody: "não para todos, ou não tudo",
		certain: "quase certo (mais de %s)", nearlyCertain: "quase certo (%s)", veryLikely: "muito provável (%s)", likely: "provável (%s)", possible: "possível (%s)",
		usually:  "%s (o normal é %s)",
		complain: "cerca de %s pessoas, o normal é %s", complained: "cerca de %s pessoas, o normal é %s", posts: "%s posts", on: " em %s",
		peak:    "cerca de %s pessoas em cinco minutos",
		noneYet: "nenhum por enquanto", noneWhileItLasted: "nenhum enquanto durou",
		acknowledgedAt: "reconhecido às %s", afterAlarm: "%s depois deste alerta", beforeAlarm: "%s antes deste alerta", withAlarm: "junto com este alerta",
		taken: "por %s às %s", mutedUntil: "até as %s, por %s", mutedForGood: "até o fim, por %s",
		groupDown: "fora do ar", groupRecovering: "voltando", groupBack: "de volta",
		notKnown: "não se sabe", fewerThanOne: "menos de 1", tooMany: "incontáveis", underOnePercent: "menos de 1%",
		lessThanAMinute: "menos de um minuto", minutes: "%d min", hours: "%d h %02d min", days: "%d d %d h",
		percent: "%d%%", thousands: ".", colon: ": ",
		clock: "15:04 MST", clockDay: "15:04 MST de 02/01", clockYear: "15:04 MST de 02/01/2006", moment: "02/01/2006, 15:04 MST",
		reference: "falha %s, evento %d", details: "detalhes", regions: display.Portuguese.Regions(),
	}
}
