package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
)

func TestWhoseOwnLineIsBadComplainsOfNoService(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "our wifi is so slow, Netflix buffers every minute"},
		{"en", "hotel wifi sucks, can't open Spotify"},
		{"de", "unser Internet ist heute echt lahm, Netflix hängt"},
		{"es", "mi wifi está fatal y Netflix no carga"},
		{"fr", "ma connexion est trop lente, Netflix ne charge pas"},
		{"it", "la mia connessione è lenta, Netflix non carica"},
		{"pt", "meu wifi tá péssimo, a Netflix não carrega"},
		{"nl", "mijn wifi is weer zo traag, Netflix laadt niet"},
		{"pl", "mam słaby internet, Netflix się zacina"},
		{"cs", "mám pomalou wifi, Netflix se seká"},
		{"sv", "mitt wifi är segt, Netflix laddar inte"},
		{"fi", "nettini on hidas, Netflix ei lataa"},
		{"hu", "a wifim szar, a Netflix akadozik"},
		{"ro", "wifi e foarte slab, Netflix nu se încarcă"},
		{"ru", "дома интернет еле тянет, Netflix не грузит"},
		{"uk", "вайфай вдома поганий, Netflix не вантажить"},
		{"tr", "wifim çok yavaş, Netflix açılmıyor"},
		{"ar", "نتي ضعيف اليوم Netflix ما يفتح"},
		{"fa", "وای فای خیلی کنده Netflix باز نمیشه"},
		{"he", "הוויפי ממש איטי, Netflix לא נטען"},
		{"hi", "mera wifi bahut slow hai, Netflix nahi chal raha"},
		{"id", "wifi rumah lemot banget, Netflix ga bisa dibuka"},
		{"vi", "mạng nhà chậm, Netflix không vào được"},
		{"th", "เน็ตบ้านช้า Netflix โหลดไม่ขึ้น"},
		{"ja", "家のネットが遅くてNetflixが止まる"},
		{"ko", "집 와이파이 느려서 넷플릭스 끊겨"},
		{"zh", "我家网很卡，Netflix打不开"},
		{"en", "my wifi is bad and Netflix stutters ??"},
		{"tl", "ang bagal ng wifi namin, ayaw mag load ng Netflix"},
	} {
		if got := kinds(m, c.lang, c.text)["netflix"]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text, service string }{
		{"en", "is my wifi bad or is Netflix down?", "netflix"},
		{"en", "either my wifi is slow or Netflix is down", "netflix"},
		{"en", "Netflix is down or my wifi is bad?", "netflix"},
		{"fr", "mon wifi est nul ? Netflix ne charge pas", "netflix"},
		{"en", "my wifi is fine but Netflix won't load", "netflix"},
		{"en", "restarted my wifi, still nothing on Netflix", "netflix"},
		{"en", "my wifi is down, thanks Comcast", "xfinity"},
		{"de", "WLAN geht aber Netflix lädt nicht", "netflix"},
		{"es", "mi wifi anda bien pero Netflix no carga", "netflix"},
		{"tr", "wifi çalışıyor ama Netflix açılmıyor", "netflix"},
		{"ja", "うちのwifiは問題ないのにNetflix開かない", "netflix"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
	if got := kinds(m, "en", "my wifi is slow so Netflix won't load")["netflix"]; got != event.Other {
		t.Errorf("what lags over one's own line is %q, want other", got)
	}
}
