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

// Curve draws values, at even distances, as an area with a line on top, against the level that is usual; scaled to the highest of
// them, and to one at least. Its classes are curve, area, stroke and usual. label says the same to who cannot see it.
func (w *Writer) Curve(values []float64, usual float64, label string) {
	top := max(1, usual)
	for _, v := range values {
		top = max(top, v)
	}
	height := func(v float64) string { return decimal(curveHeight - 1 - v/top*(curveHeight-3)) }
	var points strings.Builder
	for i, v := range values {
		x := float64(i) * curveWidth / float64(max(len(values)-1, 1))
		points.WriteString(decimal(x) + "," + height(v) + " ")
	}
	line := strings.TrimSpace(points.String())
	right, bottom := strconv.Itoa(curveWidth), strconv.Itoa(curveHeight)
	w.Open("svg", "class", "curve", "viewBox", "0 0 "+right+" "+bottom, "preserveAspectRatio", "none", "role", "img", "aria-label", label)
	w.Element("polygon", "", "class", "area", "points", "0,"+bottom+" "+line+" "+right+","+bottom)
	w.Element("line", "", "class", "usual", "x1", "0", "x2", right, "y1", height(usual), "y2", height(usual))
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
