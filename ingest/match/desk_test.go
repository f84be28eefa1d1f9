package match_test

import "testing"

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
