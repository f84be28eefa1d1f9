package chart

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"slices"
	"time"

	"github.com/go-analyze/charts/chartdraw"

	"github.com/outcry/outcry/event"
)

// Point is how loud it was in the minute that ends at At.
type Point struct {
	At time.Time
	// Voices is the weight of the complaining voices in this minute, and Usual what is usual for it; at least 0.
	Voices, Usual float64
}

// Span is a stretch of time in which an outage was in one phase.
type Span struct {
	From, To time.Time
	Phase    event.Phase
	// Name is what stands over it; default: the phase.
	Name string
}

// Mark is a moment that is worth a word: "onset", "official word".
type Mark struct {
	At   time.Time
	Text string
	// Strong marks are drawn as a full line, others dashed.
	Strong bool
}

// Chart is what is drawn.
type Chart struct {
	// Title says what the picture shows ("WhatsApp is down"), Note what stands beneath it in small letters.
	Title, Note string
	// Points are of one minute each, rising by time; a minute that is missing was silent.
	Points []Point
	Spans  []Span
	Marks  []Mark
	// Voices and Usual name the two lines; default "voices a minute" and "usual".
	Voices, Usual string
	// Date is how the day beneath is written, as a layout of package time; default "2 January 2006".
	Date string
	// Thousands stands between groups of three digits; default ",".
	Thousands string
	// Dark is for pages that are dark.
	Dark bool
	// Zone is that of the times of day; nil: UTC.
	Zone *time.Location
}

// The size of a picture, in pixels: twice what a chat shows, so that it is sharp on any screen.
const (
	Width  = 1440
	Height = 640
)

// maxPoints bounds a picture to a little more than a day.
const maxPoints = 2000

// ErrNothing says that there are too few points to draw a line through.
var ErrNothing = errors.New("a chart needs at least two points of different times")

// PNG draws c as a PNG of Width by Height pixels.
func (c Chart) PNG() ([]byte, error) {
	return c.render(chartdraw.PNG(Width, Height), func(text string) string { return text })
}

// SVG draws c as an SVG of Width by Height units.
func (c Chart) SVG() ([]byte, error) {
	return c.render(chartdraw.SVG(Width, Height), html.EscapeString)
}

// render draws c; spell writes a text as the kind of picture wants it.
func (c Chart) render(r chartdraw.Renderer, spell func(string) string) ([]byte, error) {
	c = c.tidy()
	if len(c.Points) < 2 {
		return nil, ErrNothing
	}
	r.SetDPI(72) // one point is one pixel
	r.SetFont(chartdraw.GetDefaultFont())
	p := &painter{r: r, chart: c, hue: light(), scale: newScale(c), spell: spell}
	if c.Dark {
		p.hue = dark()
	}
	p.paint()
	var out bytes.Buffer
	if err := r.Save(&out); err != nil {
		return nil, fmt.Errorf("draw the chart: %w", err)
	}
	return out.Bytes(), nil
}

// tidy orders the points, keeps one of each minute, fills silent minutes in and bounds them to the newest.
func (c Chart) tidy() Chart {
	if c.Voices == "" {
		c.Voices = "voices a minute"
	}
	if c.Usual == "" {
		c.Usual = "usual"
	}
	if c.Date == "" {
		c.Date = "2 January 2006"
	}
	if c.Thousands == "" {
		c.Thousands = ","
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	points := slices.Clone(c.Points)
	slices.SortStableFunc(points, func(a, b Point) int { return a.At.Compare(b.At) })
	var all []Point
	for _, p := range points {
		p.At = p.At.UTC().Truncate(time.Minute)
		if n := len(all); n > 0 {
			if all[n-1].At.Equal(p.At) {
				continue
			}
			all = fill(all, p)
		}
		all = append(all, p)
	}
	c.Points = all[max(0, len(all)-maxPoints):]
	return c
}

// fill adds the silent minutes before p, with the usual level that was known last.
func fill(all []Point, p Point) []Point {
	last := all[len(all)-1]
	if p.At.Sub(last.At) > maxPoints*time.Minute {
		return all[:0] // what lies that far apart is no one picture
	}
	for at := last.At.Add(time.Minute); at.Before(p.At); at = at.Add(time.Minute) {
		all = append(all, Point{At: at, Usual: last.Usual})
	}
	return all
}
