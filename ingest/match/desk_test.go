package match_test

import (
	"slices"
	"testing"

	"github.com/outcry/outcry/event"
)

func TestWhatIsSaidOfCustomerServiceFailsNowhere(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "Zoom customer service is useless"},
		{"en", "no answer from Zoom support"},
		{"de", "der Kundenservice von Zoom ist eine Katastrophe"},
		{"es", "el soporte de Zoom es pésimo"},
		{"fr", "le service client de Zoom est nul"},
		{"it", "assistenza clienti Zoom pessima"},
		{"pt", "o suporte do Zoom é péssimo"},
		{"nl", "klantenservice van Zoom is waardeloos"},
		{"pl", "obsługa klienta Zoom to dramat"},
		{"sv", "kundtjänst på Zoom är värdelös"},
		{"ru", "поддержка Zoom не отвечает"},
		{"uk", "підтримка Zoom не відповідає"},
		{"tr", "Zoom müşteri hizmetleri berbat"},
		{"ar", "خدمة عملاء Zoom سيئة"},
		{"fa", "پشتیبانی Zoom جواب نمیده"},
		{"id", "cs Zoom ga guna"},
		{"vi", "tổng đài Zoom tệ quá"},
		{"ja", "Zoomのサポート最悪"},
		{"ko", "줌 고객센터 연결 안됨"},
		{"zh", "Zoom客服太垃圾了"},
	} {
		if got := kinds(m, c.lang, c.text)["zoom"]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text string }{
		{"en", "support told me to reinstall Zoom, the app still crashes"},
		{"en", "Zoom is down and customer service is useless"},
		{"en", "called Zoom support, still can't log in"},
		{"en", "contacted Zoom support still not working"},
		{"es", "llamé a soporte de Zoom y sigo sin poder entrar"},
		{"de", "Zoom Hotline sagt Störung, Zoom lädt nicht"},
		{"ru", "поддержка молчит, Zoom не работает"},
	} {
		if got := kinds(m, c.lang, c.text)["zoom"]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
}

// TestAskedOfTheDesk holds that who asks the account of a carrier when it will be back complains, and that what a business of more than screens is told of
// another service is of that one.
func TestAskedOfTheDesk(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ text, service string }{
		{"@comcastcares When will service be restored in 98103", "xfinity"},
		{"@CoxHelp hello, curious when the outage is expected to be resolved for the 02919 area code", "cox"},
		{"@verizonsupport why does my internet keep going down", "verizon"},
		{"@Ask_Spectrum my wifi is not working at all since this morning", "spectrum"},
		{"@orange_conseil quand est-ce que le réseau revient?", "orange"},
		{"@Uber_Support Well paypal payment not working since the start of the week.", "paypal"},
	} {
		found := slices.ContainsFunc(m.Match(nil, post(c.text)), func(x event.Mention) bool {
			return x.Service == c.service && (x.Kind == event.Report || x.Kind == event.Question)
		})
		if !found {
			t.Errorf("%q is no complaint about %s: %v", c.text, c.service, m.Match(nil, post(c.text)))
		}
	}
}
