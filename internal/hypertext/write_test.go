package hypertext_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/outcry/outcry/internal/hypertext"
)

// FuzzWriter writes strangers' text in every place where it may stand: a browser sees the same tags as ever, and the text itself.
func FuzzWriter(f *testing.F) {
	for _, text := range []string{"a", `"><script>alert(1)</script>`, "</style><b>", "javascript:alert(1)", "https://example.com/?a=1&b=<i>", "\u202Eabc\x00", "&amp;"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var w hypertext.Writer
		w.Open("p", "title", text)
		w.Text(text)
		w.Shut("p")
		w.Link("here", text)
		w.Curve(hypertext.Curve{Values: []float64{1, 2}, Usual: 0.5, Onset: 0.5, Label: text})
		tags := 0
		z := html.NewTokenizer(strings.NewReader(w.String()))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			token := z.Token()
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			tags++
			switch token.Data {
			case "p", "bdi", "svg", "polygon", "line", "polyline":
			case "a":
				if href := token.Attr[0].Val; !strings.HasPrefix(strings.ToLower(href), "http://") && !strings.HasPrefix(strings.ToLower(href), "https://") {
					t.Errorf("%q is a link to %q", text, href)
				}
			default:
				t.Errorf("%q made the tag %s", text, token.Data)
			}
		}
		if tags != 7 {
			t.Errorf("%q made %d tags, want 7: %s", text, tags, &w)
		}
	})
}

func TestCurve(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		values []float64
		usual  float64
		onset  float64
		want   []string
	}{
		{"up and down", []float64{0, 10, 5}, 2, 0.25, []string{`points="0.0,39.0 120.0,2.0 240.0,20.5"`, `y1="31.6"`, `class="onset" x1="60.0" x2="60.0" y1="0" y2="40"`}},
		{"silence is drawn at the bottom", []float64{0, 0}, 0, 0, []string{`points="0.0,39.0 240.0,39.0"`, `y1="39.0"`}},
		{"the usual level may be the highest", []float64{1, 1}, 4, 0, []string{`points="0.0,29.8 240.0,29.8"`, `y1="2.0"`}},
		{"one value", []float64{3}, 0, 0, []string{`points="0.0,2.0"`}},
		{"none", nil, 0, 0, []string{`points=""`}},
	} {
		var w hypertext.Writer
		w.Curve(hypertext.Curve{Values: tc.values, Usual: tc.usual, Onset: tc.onset, Label: "label"})
		for _, want := range tc.want {
			if !strings.Contains(w.String(), want) {
				t.Errorf("%s: %s is not in %s", tc.name, want, &w)
			}
		}
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{-1: `width="0"`, 0.314: `width="31"`, 1: `width="100"`, 7: `width="100"`} {
		var w hypertext.Writer
		w.Bar(share)
		if !strings.Contains(w.String(), `class="fill" `+want) {
			t.Errorf("Bar(%v): %s is not in %s", share, want, &w)
		}
	}
}
