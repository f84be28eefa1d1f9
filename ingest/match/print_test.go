package match_test

import (
	"testing"

	"github.com/outcry/outcry/event"
)

func TestPrintsOfShortTexts(t *testing.T) {
	t.Parallel()
	m := newMatcher(t)
	printOf := func(text string) uint64 {
		ms := m.Match(nil, post(text))
		if len(ms) != 1 {
			t.Fatalf("%q gives %d mentions, want one", text, len(ms))
		}
		return ms[0].Print
	}
	for _, c := range []struct {
		text         string
		short, alike string // a text of the same print
	}{
		{"whatsapp is down", "short", "WhatsApp is DOWN!!! 😱"},
		{"whatsapp is down for everybody in this city and nobody knows why", "", "whatsapp is down for everybody in this city and nobody knows why :("},
		{"อินสตาแกรมล่มเข้าไม่ได้", "short", "อินสตาแกรมล่มเข้าไม่ได้ 😭"},
	} {
		p := printOf(c.text)
		if event.IsShortPrint(p) != (c.short != "") {
			t.Errorf("%q is short: %t", c.text, event.IsShortPrint(p))
		}
		if q := printOf(c.alike); p != q {
			t.Errorf("%q and %q have the prints %x and %x", c.text, c.alike, p, q)
		}
	}
	if a, b := printOf("whatsapp is down"), printOf("whatsapp stopped working"); a == b {
		t.Errorf("other words have the same print %x", a)
	}
}
