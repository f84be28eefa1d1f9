package contrast_test

import (
	"image/color"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/contrast"
)

func TestRatio(t *testing.T) {
	t.Parallel()
	grey := func(v uint8) color.RGBA { return color.RGBA{v, v, v, 255} }
	for _, tc := range []struct {
		a, b color.RGBA
		want float64
	}{
		{grey(0), grey(255), 21}, {grey(255), grey(0), 21}, {grey(90), grey(90), 1},
		{grey(0x76), grey(255), 4.54}, {grey(0x77), grey(255), 4.48}, // the darkest and the lightest grey on either side of AA
	} {
		if got := contrast.Ratio(tc.a, tc.b); math.Abs(got-tc.want) > 0.01 {
			t.Errorf("Ratio(%v, %v) = %.3f, want %.2f", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestSheet(t *testing.T) {
	t.Parallel()
	light, dark := contrast.Sheet(`:root { color-scheme: light dark; --page: #fff; --ink: #1d1c1a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #010203; }
}
@media print { :root { --page: #abc; } }
p { --page: #000; }`)
	if diff := cmp.Diff(map[string]color.RGBA{"page": {255, 255, 255, 255}, "ink": {0x1d, 0x1c, 0x1a, 255}}, light); diff != "" {
		t.Errorf("light (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]color.RGBA{"page": {1, 2, 3, 255}}, dark); diff != "" {
		t.Errorf("dark (-want +got):\n%s", diff)
	}
}
