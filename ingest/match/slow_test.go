package match_test

import (
	"slices"
	"testing"
)

func TestSlownessAloneIsKnownAsSuch(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct {
		lang, text string
		want       bool
	}{
		{"en", "Discord is so slow today", true},
		{"en", "Discord lagging again", true},
		{"de", "Discord heute extrem langsam", true},
		{"es", "Discord está muy lento", true},
		{"fr", "Discord rame ce soir", true},
		{"it", "Discord è lentissimo", true},
		{"pt", "Discord tá lento demais", true},
		{"nl", "Discord is zo traag", true},
		{"pl", "Discord strasznie wolno chodzi", true},
		{"sv", "Discord är segt", true},
		{"fi", "Discord on tosi hidas", true},
		{"ru", "Discord тормозит", true},
		{"uk", "Discord гальмує", true},
		{"tr", "Discord çok yavaş", true},
		{"ar", "Discord بطيء اليوم", true},
		{"fa", "Discord امروز کنده", true},
		{"he", "Discord איטי היום", true},
		{"id", "Discord lemot banget", true},
		{"vi", "Discord chậm quá", true},
		{"th", "Discord ช้ามาก", true},
		{"ja", "Discord重い", true},
		{"ko", "디스코드 느려", true},
		{"zh", "Discord好慢", true},
		{"en", "Discord so slow I can't log in", false},
		{"en", "Discord was slow and then crashed", false},
		{"en", "Discord is down", false},
		{"en", "Discord slow #discorddown", false},
		{"de", "Discord langsam und jetzt geht gar nichts", false},
		{"pt", "Discord lento e depois caiu", false},
		{"ja", "Discord重くて開かない", false},
		{"en", "Discord is fine", false},
	} {
		p := postIn(c.lang, c.text)
		if got := slices.Contains(m.SlowOnly(p), "discord"); got != c.want {
			t.Errorf("%s: slow only is %v, want %v", c.text, got, c.want)
		}
		if c.want && !kinds(m, c.lang, c.text)["discord"].IsComplaint() {
			t.Errorf("%s: want a complaint", c.text)
		}
	}
}
