package match_test

import "testing"

// TestStillDown holds in how many ways people say that a service is not back yet.
func TestStillDown(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text, service string }{
		{"en", "no Reddit yet", "reddit"},
		{"en", "any eta Optus?", "optus"},
		{"en", "Roblox come onnn still nothing", "roblox"},
		{"en", "day over, Roblox still out", "roblox"},
		{"en", "going on an hour without Roblox now", "roblox"},
		{"en", "Roblox kicked all four of us at once", "roblox"},
		{"en", "everything's fine except Reddit", "reddit"},
		{"fr", "toujours rien Roblox", "roblox"},
		{"es", "cuándo vuelve WhatsApp", "whatsapp"},
		{"pt", "e o WhatsApp nada de voltar", "whatsapp"},
		{"de", "WhatsApp immer noch nix", "whatsapp"},
		{"nl", "Ziggo nog steeds plat", "ziggo"},
		{"it", "WhatsApp ancora niente", "whatsapp"},
		{"tr", "WhatsApp ne zaman düzelecek", "whatsapp"},
		{"uk", "коли оживе Київстар", "kyivstar"},
		{"hi", "PhonePe kab chalega", "phonepe"},
		{"id", "BCA kapan bener", "bca"},
		{"tl", "kelan babalik GCash", "gcash"},
		{"ja", "ChatGPTいつ直るの", "chatgpt"},
		{"ko", "카톡 언제 돼", "kakaotalk"},
		{"zh", "支付宝还没好", "alipay"},
		{"en", "is Optus back for anyone? not here", "optus"},
		{"en", "Reddit came back for a minute and died again", "reddit"},
		{"en", "nothing on Reddit is loading", "reddit"},
		{"ja", "LINEたまに繋がる", "line"},
		{"en", "Roblox says it's back. it is not. still down in Kent", "roblox"},
		{"es", "Roblox sigue sin funcionar", "roblox"},
		{"ko", "카카오톡 응답없음", "kakaotalk"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text, service string }{
		{"en", "still nothing beats Reddit for recipes", "reddit"},
		{"en", "no reason to leave Reddit yet", "reddit"},
		{"vi", "Zalo mình vẫn vào được", "zalo"},
		{"de", "immer noch die beste gruppe auf WhatsApp", "whatsapp"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; got.IsComplaint() {
			t.Errorf("%s: %q, want none", c.text, got)
		}
	}
}
