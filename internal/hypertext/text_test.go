package hypertext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/outcry/outcry/internal/hypertext"
)

func TestText(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"plain":                      "plain",
		"a &amp; b":                  "a & b",
		"<p>a<br/>b</p><p>c</p>":     "a\nb\nc",
		"<a href=x>#<b>tag</b></a> ": "#tag",
		"broken <":                   "broken <",
	} {
		if got := hypertext.Text(content); got != want {
			t.Errorf("Text(%q) = %q, want %q", content, got, want)
		}
	}
}

// FuzzText: whatever the markup, text is as valid as it came, and what has no markup stays as it is.
func FuzzText(f *testing.F) {
	f.Add("<p>a<br/>b</p><p>c &amp; d</p>")
	f.Add("<!-- <a href=\"")
	f.Add("&#x1F62D;&#0;")
	f.Fuzz(func(t *testing.T, content string) {
		got := hypertext.Text(content)
		if utf8.ValidString(content) && !utf8.ValidString(got) {
			t.Fatalf("%q gives %q, which is no UTF-8", content, got)
		}
		if !strings.ContainsAny(content, "<&") && got != content {
			t.Fatalf("%q gives %q", content, got)
		}
	})
}
