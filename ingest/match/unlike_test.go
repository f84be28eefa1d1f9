package match_test

import "testing"

func TestWhatOnlyLooksLikeTroubleIsNone(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	for _, c := range []struct{ lang, text, service string }{
		{"en", "Revolut turned down my application", "revolut"},
		{"en", "got the week off to play Fortnite", "fortnite"},
		{"en", "took a day off for Fortnite", "fortnite"},
		{"en", "everything is red on Binance", "binance"},
		{"en", "Verizon keeps calling me to upgrade", "verizon"},
		{"en", "my Revolut debit card finally arrived", "revolut"},
		{"en", "tourist visa rejected", "visa"},
		{"pt", "o Nubank recusou meu empréstimo", "nubank"},
		{"es", "Revolut rechazó el préstamo", "revolut"},
		{"es", "Visa para viajar o Mastercard?", "visa"},
		{"nl", "pincode van Revolut vergeten", "revolut"},
		{"nl", "nieuwe Fortnite is uit", "fortnite"},
		{"sv", "nya Fortnite är ute", "fortnite"},
		{"tr", "Vodafone fiber ne zaman gelecek", "vodafone"},
		{"tr", "Revolut kredi başvurumu reddetti", "revolut"},
		{"hi", "Jio recharge mehnga ho gaya", "jio"},
		{"hi", "Jio store gaya", "jio"},
		{"ja", "Fortniteの事前ダウンロード終わった", "fortnite"},
		{"tl", "magkano ba sa Maya transfer", "maya"},
		{"de", "ChatGPT hat mir eine komplett falsche Antwort gegeben", "chatgpt"},
		{"fr", "ChatGPT m'a donné une mauvaise réponse", "chatgpt"},
		{"he", "שירות של Zoom על הפנים", "zoom"},
		{"en", "forgot my Netflix password, entirely my own fault", "netflix"},
		{"id", "iklan YouTube sekarang 3 biji ga bisa diskip", "youtube"},
		{"de", "YouTube Werbung, die man nicht überspringen kann", "youtube"},
		{"es", "no, Instagram no va a cobrar, dejen de compartir esa cadena", "instagram"},
		{"fr", "j'ai plus de place pour WhatsApp sur mon tel", "whatsapp"},
		{"nl", "ik kom niet meer los van TikTok", "tiktok"},
		{"ru", "умер с этого тиктока", "tiktok"},
		{"ja", "Netflixの新作で泣きすぎて目が開かない", "netflix"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", c.text, got)
		}
	}
	for _, c := range []struct{ lang, text, service string }{
		{"en", "Revolut declined my card twice", "revolut"},
		{"en", "everything is red on the AWS status page", "aws"},
		{"en", "my Visa got refused again", "visa"},
		{"pt", "o Nubank negou meu cartão", "nubank"},
		{"nl", "berichten van WhatsApp komen nu pas binnen", "whatsapp"},
		{"hi", "Jio ka net gaya", "jio"},
		{"ja", "Fortnite終わった、ログインできない", "fortnite"},
		{"he", "שירות של Zoom נפל", "zoom"},
		{"tr", "Halkbank ATM kartı yuttu", "halkbank"},
		{"en", "Verizon. SOS up top. Raleigh", "verizon"},
		{"es", "Movistar me tiene incomunicado desde ayer", "movistar"},
		{"ru", "дота выкинула из катки", "dota-2"},
		{"en", "WhatsApp is eating my messages", "whatsapp"},
	} {
		if got := kinds(m, c.lang, c.text)[c.service]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", c.text, got)
		}
	}
}
