package match_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pieces are characters of all kinds that the folding tells apart, and what it knows of addresses.
var pieces = strings.Fields(`a B 7 " $ % ( ) * + ; < = > [ \ ] ^ { | } ~ . , ! ? _ - # @ ＃ ＠ / : ' ’ & … é ß ½ ŉ ﬁ Ｚ 日 が ン ン 한 ᄒ ᅡ ᆫ ㅎ ж Ё ب ی ไ ข ＄ € 😀 𝐰 𠮷 É ’ Да हाँ ไม่ ｱ word Zoom http:// HTTPS:// www. https://t.co/x . 、`)

// scribble puts pieces together, with and without blanks.
func scribble(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(14) {
		b.WriteString(pieces[r.IntN(len(pieces))])
		b.WriteString([]string{"", "", "", " ", "  ", "\n", "\u00a0", "\u200c"}[r.IntN(8)])
	}
	return strings.TrimSpace(b.String())
}

func TestFolded(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	for text, want := range map[string]string{
		"":                                     "",
		"  Is   WhatsApp  DOWN?":               "is whatsapp down?",
		"whats_app, x.com. Ok":                 "whatsapp, x/com. ok",
		"see https://Example.com/a.b,c d":      "see d",
		"www.example.com":                      "",
		"@a.bsky.social x.bsky.social":         "@a x/bsky/social",
		"awww.example.com http:/x":             "awww/example/com http,/x",
		"ＷｈａｔｓＡｐｐ\tcafé\nß":                    "whatsapp cafe!ss",
		"한\u1112\u1161\u11AB":                  "한한",
		"Où  l’été… Ça\u00a0va ?":              "ou l'ete. ca va ?",
		"Не  работает, ДА @x ＃y":               "не работает, да @x #y",
		"落ち た。ｱﾘ　ไม่ได้ हाँ":                   "落ち た!アリ ไม่ได้ हाँ",
		"a\xc1\xa1 \xe0\x80\xafb\xed\xa0\x80c": "a     b   c",
	} {
		if got := m.Folded(text); got != want {
			t.Errorf("Folded(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestFoldingDoesNotDependOnThePlace moves texts against the steps in which they are folded.
func TestFoldingDoesNotDependOnThePlace(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	r := rand.New(rand.NewPCG(11, 12))
	for range 5000 {
		text := scribble(r)
		want := m.Folded("x " + text)
		for n := range 9 {
			before := strings.Repeat("x", n)
			got := m.Folded(before + "x " + text)
			if diff := cmp.Diff(before+want, got); diff != "" {
				t.Fatalf("%q after %d letters (-want +got):\n%s", text, n, diff)
			}
		}
	}
}

func TestTheSieveSeesEveryName(t *testing.T) {
	t.Parallel()
	m := builtin(t)
	r := rand.New(rand.NewPCG(13, 14))
	names := strings.Fields("WhatsApp line インスタ ガス カカオトーク ватсап واتساب والواتساب 카톡 ＬＩＮＥ whats_app 微信 gmailu xbox 𝐰hatsapp what\u00adsapp what\u0001sapp line.bsky.social ไลน์ X EE at&t AT&T")
	found := 0
	for range 20_000 {
		text := scribble(r) + []string{"", " ", "\n", "«", "–", "@", "x\u0001", "é", "㏂", "x.com/", "https://a/"}[r.IntN(11)] + names[r.IntN(len(names))] + scribble(r)
		named, glanced := m.Named(text)
		if named {
			found++
		}
		if named && !glanced {
			t.Errorf("the sieve sees no name in %q", text)
		}
	}
	if found < 2000 {
		t.Errorf("only %d texts hold a name", found)
	}
}
