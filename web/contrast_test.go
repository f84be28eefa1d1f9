package web_test

import (
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/outcry/outcry/internal/contrast"
)

// TestContrast holds the colours of the page against each other as the style sheet puts them on one another, for bright rooms and dark ones.
func TestContrast(t *testing.T) {
	t.Parallel()
	sheet, err := os.ReadFile(filepath.Join("static", "style.css"))
	must(t, err)
	light, dark := contrast.Sheet(string(sheet))
	text := map[string][]string{
		"page": {"ink", "soft", "link", "minor", "major", "critical", "well"},
		"card": {"ink", "soft", "link", "minor", "major", "critical", "well"},
	}
	for name, palette := range map[string]map[string]color.RGBA{"light": light, "dark": dark} {
		for ground, letters := range text {
			for _, letter := range letters {
				on, of := palette[ground], palette[letter]
				if on.A == 0 || of.A == 0 {
					t.Fatalf("%s: the style sheet has no colour --%s or --%s", name, ground, letter)
				}
				if got := contrast.Ratio(on, of); got < contrast.Text {
					t.Errorf("%s: --%s on --%s has a contrast of %.2f, want %.1f", name, letter, ground, got, contrast.Text)
				}
			}
		}
	}
}
