package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
)

// TestBack holds in how many ways people say that a service works again, a tag of trouble beside it or not.
func TestBack(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text string }{
		{"en", "yay Spotify is alive"},
		{"en", "Reddit up for me now #redditdown"},
		{"en", "WhatsApp fixed itself"},
		{"en", "Reddit working again for anyone wondering"},
		{"en", "Reddit is back. who's in?"},
		{"en", "took you long enough Reddit"},
		{"pt", "voltouuu WhatsApp"},
		{"it", "tornato WhatsApp finalmente #whatsappdown"},
		{"nl", "hier weer internet van Ziggo"},
		{"nl", "internet terug Ziggo"},
		{"sv", "nu gick Swish igenom"},
		{"ja", "LINEおかえり #LINE障害"},
		{"ja", "LINE使えるようになった"},
		{"ko", "카톡 된다"},
		{"ko", "kt 살아남"},
		{"zh", "支付宝可以付款了 #支付宝崩了#"},
		{"th", "ใช้ได้แล้ว เอไอเอส #AISล่ม"},
		{"uk", "є старлінк"},
		{"en", "WhatsApp slowly waking up"},
		{"en", "Reddit back for some of us it seems"},
		{"fr", "WhatsApp revient doucement"},
		{"ko", "카톡 조금씩 됨"},
	} {
		all := m.Match(nil, postIn(c.lang, c.text))
		for _, got := range all {
			if got.Kind != event.Recovery {
				t.Errorf("%s: %q of %s, want recovery", c.text, got.Kind, got.Service)
			}
		}
		if len(all) == 0 {
			t.Errorf("%s: silent", c.text)
		}
	}
}

// TestNoRecovery holds that jokes of plugging it back in, and waiting until it is back, tell of no recovery.
func TestNoRecovery(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text, service string }{
		{"en", "brb, unplugging Roblox and plugging it back in", "roblox"},
		{"en", "whoever tripped over the cable at Roblox please plug it back in", "roblox"},
		{"en", "sat here waiting for Roblox to come back up after the patch", "roblox"},
		{"en", "Starlink engineer didn't turn up again", "starlink"},
		{"en", "back on Telegram for the first time in months", "telegram"},
		{"sv", "när kommer Swish igång", "swish"},
		{"de", "CrowdStrike kommt nciht wieder", "crowdstrike"},
		{"tr", "Akbank açıklaması geldi", "akbank"},
		{"en", "I'm back on Reddit after a month", "reddit"},
		{"de", "endlich geht WhatsApp nicht mehr, ruhe", "whatsapp"},
		{"uk", "є телеграм канал про котів", "telegram"},
		{"zh", "支付宝什么时候能用了", "alipay"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; got == event.Recovery {
			t.Errorf("%s: recovery", c.text)
		}
	}
}

// TestTagTellsTheTopicOfARecovery holds that a tag of a whole company's trouble is no complaint beside words that one of its services is back.
func TestTagTellsTheTopicOfARecovery(t *testing.T) {
	t.Parallel()
	got := kinds(builtin(t), "es", "#googledown ya funciona Gmail")
	if got["gmail"] != event.Recovery || got["google"].IsComplaint() {
		t.Errorf("got %v", got)
	}
}
