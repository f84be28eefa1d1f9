package hypertext

import (
	"strconv"
	"strings"
)

// Measures of a curve, in its own units.
const (
	curveWidth  = 240
	curveHeight = 40
)

// Curve is how something went.
type Curve struct {
	// Values lie at even distances. Usual is the level that they are held against.
	Values []float64
	Usual  float64
	// Onset is where something began, as a share of the width; it is marked if it lies between 0 and 1, both left out.
	Onset float64
	// Label says the same to who cannot see it.
	Label string
}

// Curve draws c as an area with a line on top, scaled to the highest of its values, and to one at least. Its classes are curve, area,
// stroke, usual and onset.
func (w *Writer) Curve(c Curve) {
	top := max(1, c.Usual)
	for _, v := range c.Values {
		top = max(top, v)
	}
	height := func(v float64) string { return decimal(curveHeight - 1 - v/top*(curveHeight-3)) }
	var points strings.Builder
	for i, v := range c.Values {
		x := float64(i) * curveWidth / float64(max(len(c.Values)-1, 1))
		points.WriteString(decimal(x) + "," + height(v) + " ")
	}
	line := strings.TrimSpace(points.String())
	right, bottom := strconv.Itoa(curveWidth), strconv.Itoa(curveHeight)
	w.Open("svg", "class", "curve", "viewBox", "0 0 "+right+" "+bottom, "preserveAspectRatio", "none", "role", "img", "aria-label", c.Label)
	w.Element("polygon", "", "class", "area", "points", "0,"+bottom+" "+line+" "+right+","+bottom)
	w.Element("line", "", "class", "usual", "x1", "0", "x2", right, "y1", height(c.Usual), "y2", height(c.Usual))
	if c.Onset > 0 && c.Onset < 1 {
		x := decimal(c.Onset * curveWidth)
		w.Element("line", "", "class", "onset", "x1", x, "x2", x, "y1", "0", "y2", bottom)
	}
	w.Element("polyline", "", "class", "stroke", "points", line)
	w.Shut("svg")
}

// Bar draws a share between 0 and 1. Its classes are bar, back and fill. It says nothing to who cannot see it: write the share beside.
func (w *Writer) Bar(share float64) {
	width := strconv.Itoa(int(100 * max(0, min(share, 1))))
	w.Open("svg", "class", "bar", "viewBox", "0 0 100 6", "preserveAspectRatio", "none", "aria-hidden", "true")
	w.Element("rect", "", "class", "back", "width", "100", "height", "6")
	w.Element("rect", "", "class", "fill", "width", width, "height", "6")
	w.Shut("svg")
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
