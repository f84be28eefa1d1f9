package match_test

import "testing"

// TestChatterAndAftermathComplainOfNothing holds that ordinary talk whose words look like trouble, jokes over an outage, and what is told of one
// that is over, are no complaints.
func TestChatterAndAftermathComplainOfNothing(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text, service string }{
		{"ja", "原神メンテ明けガチャ待機", "genshin-impact"},
		{"ja", "原神メンテ終わったらやる", "genshin-impact"},
		{"ko", "노래 너무 좋다 유튜브 무한반복", "youtube"},
		{"zh", "支付宝凑满减凑到崩溃", "alipay"},
		{"ar", "مصرف الراجحي كل عام والوطن بخير", "al-rajhi"},
		{"ar", "كود خصم فيسبوك", "facebook"},
		{"", "who do you follow on ig? tell me yours", "instagram"},
		{"", "@comcastcares Will do", "xfinity"},
		{"uk", "у Instagram забагато реклами", "instagram"},
		{"en", "champion goes down!! YouTube link", "youtube"},
		{"en", "YouTube notifications off = peace", "youtube"},
		{"en", "my timeline moved to Bluesky overnight", "bluesky"},
		{"de", "tor!!! WhatsApp gruppe dreht durch", "whatsapp"},
		{"he", "ווטסאפ של הגן התפוצץ", "whatsapp"},
		{"en", "that was a wild hour without WhatsApp", "whatsapp"},
		{"en", "reminder to have a backup plan after that Roblox outage", "roblox"},
		{"de", "das war ne stunde ohne WhatsApp", "whatsapp"},
		{"de", "als WhatsApp weg war hab ich gelesen", "whatsapp"},
		{"es", "menudo rato sin WhatsApp", "whatsapp"},
		{"pt", "o que foi aquela queda do WhatsApp hein", "whatsapp"},
		{"ru", "пока телега лежала, я поспал", "telegram"},
		{"ja", "ChatGPT障害、長かった", "chatgpt"},
		{"ko", "카톡 없는 하루였다", "kakaotalk"},
		{"zh", "刚才支付宝崩那会儿差点洗碗抵饭钱", "alipay"},
		{"en", "can't believe i have to make eye contact now, Roblox is down", "roblox"},
		{"en", "someone at Roblox is having a very bad day", "roblox"},
		{"ja", "ChatGPT落ちたから外に出てみた", "chatgpt"},
		{"pt", "WhatsApp caiu mas nosso delivery tá on", "whatsapp"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text, service string }{
		{"ja", "原神緊急メンテ中", "genshin-impact"},
		{"en", "an hour without WhatsApp and counting", "whatsapp"},
		{"en", "YouTube notifications not working", "youtube"},
		{"en", "WhatsApp is bad again, nothing sends", "whatsapp"},
		{"de", "seit einer stunde ohne WhatsApp", "whatsapp"},
		{"zh", "刚才支付宝崩了", "alipay"},
		{"ru", "телега лежит", "telegram"},
		{"ja", "ChatGPT障害長い、まだ落ちてる", "chatgpt"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
}
