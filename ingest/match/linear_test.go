package match_test

import (
	"strings"
	"testing"
)

// TestTimeIsLinear reads texts of words that lead to all the rules, once and eight times as long, without an end to their sentences.
func TestTimeIsLinear(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	const length, longer = 3 << 10, 8
	for _, words := range []string{
		"rogers internet", "Rogers down", "my bag is stuck", "my bag is stuck on the app", "no rogers", "whatsapp or verizon?", "is whatsapp or verizon down?",
		"everyone running to", "if whatsapp went down", "whatsapp, insta and facebook", "#whatsappdown", "@whatsapp", "@whatsapp fix your network", "not working because of cloudflare",
		"can't send messages", "META down 5%", "que moi qui", "works for me", "discord", "geht whatsapp nicht", "a", "h", "https://a.b/#c", "#", "##a", "w.w", "안", "카톡 먹통", "落ちた", "インスタ不具合",
		"ล่ม", "واتساب", "と", "ㅋ", "we are aware", "down", "\u0301", "İ", "ß",
	} {
		read := func(n int) int { return m.Steps(post(strings.Repeat(words+" ", n/(len(words)+1)))) }
		if once, often := read(length), read(length*longer); often > longer*once*11/10+1000 {
			t.Errorf("%q: %d steps for %d bytes, %d for %d times as many", words, once, length, often, longer)
		}
	}
}
