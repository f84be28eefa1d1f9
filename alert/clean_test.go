package alert_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/outcry/outcry/alert"
)

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		limit      int
		want       string
	}{
		{"nothing", "", 10, ""},
		{"plain", "whatsapp down", 20, "whatsapp down"},
		{"white space", " \t a \r\n\u2028 b\u00a0 ", 20, "a b"},
		{"terminal sequences", "\x1b[31mred\x1b]0;title\x07\u009b1m", 40, "[31mred]0;title1m"},
		{"direction", "\u202eabc\u2066\u200f\ufeffd", 20, "abcd"},
		{"not UTF-8", "a\xff\xfeb\ufffdc", 20, "abc"},
		{"emoji and joiners", "👩\u200d👧 می\u200cخواهم", 20, "👩\u200d👧 می\u200cخواهم"},
		{"fits", "abcde", 5, "abcde"},
		{"too long", "abcdef", 5, "abcd…"},
		{"too long, by the gap", "abcd ef", 6, "abcd…"},
		{"no room", "abc", 0, ""},
		{"room for the mark", "abc", 1, "…"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := alert.Clean(test.text, test.limit); got != test.want {
				t.Errorf("Clean(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
			}
		})
	}
}

func TestCleanURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                                              "",
		"https://x.example/a?b=c&d#e":                   "https://x.example/a?b=c&d#e",
		"http://x.example:8080/":                        "http://x.example:8080/",
		"https://x.example/é":                           "https://x.example/%C3%A9",
		"https://x.example/a b":                         "https://x.example/a%20b",
		"https://x.example/?<b>|(\"c\")":                "https://x.example/?%3Cb%3E%7C%28%22c%22%29",
		"https://me:pw@x.example/":                      "",
		"javascript:alert(1)":                           "",
		"//x.example/":                                  "",
		"https:///nowhere":                              "",
		"https://x.example/?a b":                        "",
		"https://x.example/?\u202e":                     "",
		"https://x.example/\x1b[2J":                     "",
		"https://x.example/" + strings.Repeat("a", 100): "",
	} {
		if got := alert.CleanURL(address, 60); got != want {
			t.Errorf("CleanURL(%q) = %q, want %q", address, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("whatsapp \x1b[31m down\n\u202e", 8)
	f.Add("\xff 🇮🇹", 2)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit %= 200
		got := alert.Clean(text, limit)
		if n := utf8.RuneCountInString(got); n > max(limit, 0) || !utf8.ValidString(got) {
			t.Errorf("Clean(%q, %d) has %d characters or is not UTF-8: %q", text, limit, n, got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }) || got != strings.TrimSpace(got) {
			t.Errorf("Clean(%q, %d) leaves what does not show: %q", text, limit, got)
		}
		if again := alert.Clean(got, limit); again != got {
			t.Errorf("Clean of %q is %q, want it unchanged", got, again)
		}
	})
}
