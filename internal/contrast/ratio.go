package contrast

import (
	"image/color"
	"math"
)

// What WCAG 2.2, level AA, asks for at least.
const (
	Text  = 4.5 // 1.4.3, of text
	Shape = 3.0 // 1.4.11, of lines and marks, and of large text
)

// Ratio is how much two opaque colours differ in lightness, from 1 to 21.
func Ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear undoes the gamma of sRGB.
func linear(channel uint32) float64 {
	v := float64(channel) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
