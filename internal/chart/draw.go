package chart

import (
	"strings"
	"time"
	"unicode"

	"github.com/go-analyze/charts/chartdraw"
	"github.com/go-analyze/charts/chartdraw/drawing"
)

// painter draws one picture.
type painter struct {
	r     chartdraw.Renderer
	chart Chart
	hue   palette
	scale scale
	spell func(string) string
}

// The sizes of letters, in pixels.
const (
	sizeTitle = 34
	sizeNote  = 22
	sizeText  = 20
)

// paint lays the picture down from the back to the front.
func (p *painter) paint() {
	p.rectangle(0, 0, Width, Height, p.hue.paper)
	p.spans()
	p.grid()
	p.area()
	p.dashed(p.hue.usual, 4)
	p.solid(p.hue.voices, 4)
	p.marks()
	p.heading()
	p.legend()
}

func (p *painter) rectangle(x0, y0, x1, y1 int, colour drawing.Color) {
	p.r.ResetStyle()
	p.r.SetFillColor(colour)
	p.r.MoveTo(x0, y0)
	p.r.LineTo(x1, y0)
	p.r.LineTo(x1, y1)
	p.r.LineTo(x0, y1)
	p.r.Close()
	p.r.Fill()
}

func (p *painter) stroke(x0, y0, x1, y1 int, colour drawing.Color, width float64, dashes []float64) {
	p.r.ResetStyle()
	p.r.SetStrokeColor(colour)
	p.r.SetStrokeWidth(width)
	p.r.SetStrokeDashArray(dashes)
	p.r.MoveTo(x0, y0)
	p.r.LineTo(x1, y1)
	p.r.Stroke()
}

func (p *painter) text(body string, x, y int, size float64, colour drawing.Color) {
	p.letters(size, colour)
	p.r.Text(p.spell(body), x, y)
}

func (p *painter) letters(size float64, colour drawing.Color) {
	p.r.ResetStyle()
	p.r.SetFont(chartdraw.GetDefaultFont())
	p.r.SetFontSize(size)
	p.r.SetFontColor(colour)
}

func (p *painter) width(body string, size float64) int {
	p.letters(size, p.hue.ink)
	return p.r.MeasureText(body).Width()
}

// fit makes a text printable and cuts it to a width.
func (p *painter) fit(body string, size float64, most int) string {
	const longest = 200 // more letters than any picture has room for
	var runes []rune
	for _, r := range strings.Join(strings.Fields(body), " ") {
		if unicode.IsPrint(r) && len(runes) < longest {
			runes = append(runes, r)
		}
	}
	if p.width(string(runes), size) <= most {
		return string(runes)
	}
	for len(runes) > 1 && p.width(string(runes)+"…", size) > most {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// spans shades the phases and names them on top where there is room. A phase that went on is shaded once.
func (p *painter) spans() {
	for _, span := range p.chart.Spans {
		x0, x1 := p.scale.x(span.From), p.scale.x(span.To)
		if x1 <= x0 {
			continue
		}
		p.rectangle(x0, top, x1, Height-bottom, p.hue.shade(span.Phase))
		p.rectangle(x0, top-6, x1, top, p.hue.accent(span.Phase))
		name := span.Name
		if name == "" {
			name = string(span.Phase)
		}
		if p.width(name, sizeText) < x1-x0-12 {
			p.text(name, x0+8, top-16, sizeText, p.hue.accent(span.Phase))
		}
	}
}

func (p *painter) grid() {
	for _, level := range p.scale.levels() {
		y := p.scale.y(level)
		colour := p.hue.ruled
		if level == 0 {
			colour = p.hue.faint
		}
		p.stroke(left, y, Width-right, y, colour, 2, nil)
		label := number(level, p.chart.Thousands)
		p.text(label, left-14-p.width(label, sizeText), y+7, sizeText, p.hue.faint)
	}
	for _, at := range p.scale.hours() {
		x := p.scale.x(at)
		p.stroke(x, Height-bottom, x, Height-bottom+8, p.hue.faint, 2, nil)
		label := at.In(p.chart.Zone).Format("15:04")
		p.text(label, min(x-p.width(label, sizeText)/2, Width-right-p.width(label, sizeText)+24), Height-bottom+36, sizeText, p.hue.faint)
	}
}

// area fills what lies beneath the voices, so that the outage is seen as a mass.
func (p *painter) area() {
	p.r.ResetStyle()
	p.r.SetFillColor(p.hue.voices.WithAlpha(60))
	points := p.chart.Points
	p.r.MoveTo(p.scale.x(points[0].At), p.scale.y(0))
	for _, at := range points {
		p.r.LineTo(p.scale.x(at.At), p.scale.y(at.Voices))
	}
	p.r.LineTo(p.scale.x(points[len(points)-1].At), p.scale.y(0))
	p.r.Close()
	p.r.Fill()
}

// solid draws the voices.
func (p *painter) solid(colour drawing.Color, width float64) {
	p.r.ResetStyle()
	p.r.SetStrokeColor(colour)
	p.r.SetStrokeWidth(width)
	for i, at := range p.chart.Points {
		x, y := p.scale.x(at.At), p.scale.y(at.Voices)
		if i == 0 {
			p.r.MoveTo(x, y)
			continue
		}
		p.r.LineTo(x, y)
	}
	p.r.Stroke()
}

// dashed draws the usual level. The dashes are made here: the renderer begins its own anew at every point, and a minute can
// be shorter than a dash.
func (p *painter) dashed(colour drawing.Color, width float64) {
	const dash, gap = 16, 8
	points := p.chart.Points
	i := 0
	level := func(x int) int {
		for i+2 < len(points) && p.scale.x(points[i+1].At) < x {
			i++
		}
		from, to := p.scale.x(points[i].At), p.scale.x(points[i+1].At)
		if to <= from {
			return p.scale.y(points[i+1].Usual)
		}
		share := float64(x-from) / float64(to-from)
		return p.scale.y(finite(points[i].Usual)*(1-share) + finite(points[i+1].Usual)*share)
	}
	for x := left; x < Width-right; x += dash + gap {
		end := min(x+dash, Width-right)
		p.stroke(x, level(x), end, level(end), colour, width, nil)
	}
}

// marks draws moments as lines with a word beside them: before the line at a strong one, where it is quiet still, and after
// it at others. Words that would meet go one row lower.
func (p *painter) marks() {
	for _, mark := range p.chart.Marks {
		if !p.scale.holds(mark.At) {
			continue
		}
		var dashes []float64
		if !mark.Strong {
			dashes = []float64{6, 6}
		}
		x := p.scale.x(mark.At)
		p.stroke(x, top, x, Height-bottom, p.hue.ink, 2, dashes)
	}
	free := map[int]int{}
	for _, mark := range p.chart.Marks {
		if !p.scale.holds(mark.At) {
			continue
		}
		x := p.scale.x(mark.At)
		label := p.fit(mark.Text, sizeText, 400) + " " + mark.At.In(p.chart.Zone).Format("15:04")
		width := p.width(label, sizeText)
		at := x + 10
		if before := x - 10 - width; at+width > Width-right || (mark.Strong && before > left) {
			at = before
		}
		row := 0
		for free[row] > at {
			row++
		}
		free[row] = at + width + 16
		y := top + 30 + 30*row
		p.rectangle(at-5, y-20, at+width+5, y+8, p.hue.paper.WithAlpha(215))
		p.text(label, at, y, sizeText, p.hue.ink)
	}
}

func (p *painter) heading() {
	const margin = 40
	size := float64(sizeTitle)
	for size > sizeText && p.width(p.chart.Title, size) > Width-2*margin {
		size-- // a title that is cut may have lost what matters
	}
	p.text(p.fit(p.chart.Title, size, Width-2*margin), margin, 54, size, p.hue.ink)
	if p.chart.Note != "" {
		names := p.width(p.chart.Voices+p.chart.Usual, sizeText) + 3*76 // and their lines
		p.text(p.fit(p.chart.Note, sizeNote, Width-right-margin-names), margin, 88, sizeNote, p.hue.faint)
	}
}

// legend names the two lines at the right, and the day beneath.
func (p *painter) legend() {
	x := Width - right
	for _, one := range []struct {
		name   string
		colour drawing.Color
		dashes []float64
	}{{p.chart.Usual, p.hue.usual, []float64{10, 6}}, {p.chart.Voices, p.hue.voices, nil}} {
		x -= p.width(one.name, sizeText)
		p.text(one.name, x, 88, sizeText, p.hue.ink)
		p.stroke(x-48, 81, x-12, 81, one.colour, 4, one.dashes)
		x -= 76
	}
	p.text(day(p.scale.from.In(p.chart.Zone), p.scale.to.In(p.chart.Zone), p.chart.Date), left, Height-8, sizeText, p.hue.faint)
}

// day names the day or days of a picture.
func day(from, to time.Time, layout string) string {
	first, last := from.Format(layout), to.Format(layout)
	if first == last {
		return first + from.Format(", MST")
	}
	return first + " – " + last + from.Format(", MST")
}
