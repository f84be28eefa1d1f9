package chart_test

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/internal/contrast"
)

var out = flag.String("out", "", "directory to write the pictures to, for a person to look at")

func at(minutes int) time.Time {
	return time.Date(2024, 12, 11, 17, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

// evening is an outage as it sounds: silence, a steep onset, a slow decay, a relapse.
func evening() chart.Chart {
	c := chart.Chart{
		Title: "Meta: Facebook, Instagram and WhatsApp are down", Note: "about 2,140 people complain, usually 10",
		Spans: []chart.Span{
			{From: at(43), To: at(45), Phase: event.Suspected}, {From: at(45), To: at(122), Phase: event.Confirmed},
			{From: at(122), To: at(160), Phase: event.Recovering}, {From: at(160), To: at(200), Phase: event.Confirmed},
			{From: at(200), To: at(240), Phase: event.Resolved},
		},
		Marks: []chart.Mark{{At: at(41), Text: "onset", Strong: true}, {At: at(48), Text: "official word"}, {At: at(500), Text: "never seen"}},
	}
	for m := range 240 {
		v := 1 + math.Abs(math.Sin(float64(m)*1.7))
		if m > 41 {
			v += 96*math.Exp(-float64(m-44)/60)*min(float64(m-41)/5, 1) + 6*math.Abs(math.Sin(float64(m)))
		}
		if m > 155 {
			v += 40 * math.Exp(-float64(m-158)/20) * min(float64(m-155)/4, 1)
		}
		c.Points = append(c.Points, chart.Point{At: at(m), Voices: v, Usual: 2 + math.Sin(float64(m)/60)})
	}
	return c
}

func keep(t *testing.T, name string, body []byte) {
	t.Helper()
	if *out == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*out, name), body, 0o600); err != nil {
		t.Fatal(err)
	}
}

// near counts the pixels within a few steps of a colour.
func near(img image.Image, want color.RGBA) int {
	n := 0
	b := img.Bounds()
	off := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			if off(uint8(r>>8), want.R) < 6 && off(uint8(g>>8), want.G) < 6 && off(uint8(bl>>8), want.B) < 6 {
				n++
			}
		}
	}
	return n
}

// part is what a picture shows in a colour, and in how many pixels at least.
type part struct {
	what   string
	colour color.RGBA
	least  int
	kind   kind
}

// kind is what a part has to be told apart from, and how well.
type kind int

const (
	ground kind = iota // what others lie on
	paper              // the ground that letters stand on
	letter
	line // lies on any ground
)

func TestPNGShowsEverything(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		dark  bool
		parts []part
	}{
		{"evening.png", false, []part{
			{"the voices", color.RGBA{208, 32, 48, 255}, 1500, line}, {"the usual level", color.RGBA{37, 99, 160, 255}, 800, line},
			{"a confirmed phase", color.RGBA{253, 232, 232, 255}, 20000, ground}, {"a recovering phase", color.RGBA{255, 240, 224, 255}, 8000, ground},
			{"a resolved phase", color.RGBA{230, 246, 234, 255}, 8000, ground}, {"a suspected phase", color.RGBA{255, 248, 214, 255}, 1000, ground},
			{"letters and marks", color.RGBA{29, 28, 29, 255}, 1500, letter}, {"paper", color.RGBA{255, 255, 255, 255}, 100000, paper},
			{"pale letters", color.RGBA{97, 96, 97, 255}, 300, letter}, {"the word confirmed", color.RGBA{180, 28, 40, 255}, 100, letter},
			{"the word recovering", color.RGBA{176, 88, 0, 255}, 100, letter}, {"the word resolved", color.RGBA{24, 112, 56, 255}, 100, letter},
		}},
		{"evening-dark.png", true, []part{
			{"the voices", color.RGBA{255, 116, 104, 255}, 1500, line}, {"the usual level", color.RGBA{138, 184, 245, 255}, 800, line},
			{"a confirmed phase", color.RGBA{56, 37, 38, 255}, 20000, ground}, {"a recovering phase", color.RGBA{54, 43, 32, 255}, 8000, ground},
			{"a resolved phase", color.RGBA{32, 50, 40, 255}, 8000, ground}, {"a suspected phase", color.RGBA{50, 47, 32, 255}, 1000, ground},
			{"letters and marks", color.RGBA{236, 235, 231, 255}, 1500, letter}, {"paper", color.RGBA{30, 32, 37, 255}, 100000, paper},
			{"pale letters", color.RGBA{165, 163, 156, 255}, 300, letter}, {"the word confirmed", color.RGBA{255, 116, 104, 255}, 100, letter},
			{"the word recovering", color.RGBA{245, 138, 75, 255}, 100, letter}, {"the word resolved", color.RGBA{92, 196, 141, 255}, 100, letter},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := evening()
			c.Dark = tc.dark
			body, err := c.PNG()
			if err != nil {
				t.Fatal(err)
			}
			keep(t, tc.name, body)
			img, err := png.Decode(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if size := img.Bounds().Size(); size != image.Pt(chart.Width, chart.Height) {
				t.Errorf("the picture is %v, want %d by %d", size, chart.Width, chart.Height)
			}
			if len(body) > 200_000 {
				t.Errorf("the picture has %d bytes, want at most 200,000", len(body))
			}
			for _, part := range tc.parts {
				if n := near(img, part.colour); n < part.least {
					t.Errorf("%s is %d pixels, want at least %d", part.what, n, part.least)
				}
			}
			checkContrast(t, tc.parts)
		})
	}
}

// checkContrast holds letters against the paper, and lines against everything that they may lie on.
func checkContrast(t *testing.T, parts []part) {
	t.Helper()
	for _, mark := range parts {
		for _, under := range parts {
			least := 0.0
			switch {
			case mark.kind == letter && under.kind == paper:
				least = contrast.Text
			case mark.kind == line && (under.kind == paper || under.kind == ground):
				least = contrast.Shape
			}
			if got := contrast.Ratio(mark.colour, under.colour); got < least {
				t.Errorf("%s on %s has a contrast of %.2f, want %.1f", mark.what, under.what, got, least)
			}
		}
	}
}

func TestSVGHoldsTheWords(t *testing.T) {
	t.Parallel()
	body, err := evening().SVG()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "evening.svg", body)
	for _, want := range []string{"<svg", "Meta: Facebook", "onset 17:41", "official word 17:48", "recovering", "11 December 2024", "usual"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the SVG lacks %q", want)
		}
	}
	c := evening()
	c.Zone = time.FixedZone("CET", 3600)
	zoned, err := c.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"onset 18:41", "official word 18:48", "11 December 2024, CET"} {
		if !strings.Contains(string(zoned), want) {
			t.Errorf("in another zone the SVG lacks %q", want)
		}
	}
	if strings.Contains(string(body), "never seen") {
		t.Error("a mark outside of the picture is drawn")
	}
}

func TestOddInput(t *testing.T) {
	t.Parallel()
	two := []chart.Point{{At: at(0), Voices: 3}, {At: at(1), Voices: 1}}
	tests := []struct {
		name  string
		chart chart.Chart
		err   error
	}{
		{"nothing", chart.Chart{}, chart.ErrNothing},
		{"one minute twice", chart.Chart{Points: []chart.Point{{At: at(0)}, {At: at(0)}}}, chart.ErrNothing},
		{"two minutes", chart.Chart{Points: two}, nil},
		{"numbers that are none", chart.Chart{Points: []chart.Point{{At: at(0), Voices: math.NaN()}, {At: at(3), Voices: math.Inf(1), Usual: -4}}}, nil},
		{"a hole of a year", chart.Chart{Points: append([]chart.Point{{At: at(0).AddDate(-1, 0, 0)}}, two...)}, nil},
		{"unordered, with a span turned round", chart.Chart{Points: []chart.Point{{At: at(9)}, {At: at(2)}},
			Spans: []chart.Span{{From: at(8), To: at(3), Phase: event.Confirmed}}}, nil},
		{"strangers' words", chart.Chart{Title: strings.Repeat("<script>&\x00 ", 300), Points: two}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			body, err := test.chart.PNG()
			if !errors.Is(err, test.err) || (err == nil) != (len(body) > 0) {
				t.Errorf("PNG() = %d bytes, %v; want %v", len(body), err, test.err)
			}
			vector, err := test.chart.SVG()
			if !errors.Is(err, test.err) || strings.Contains(string(vector), "<script") {
				t.Errorf("SVG() = %.200s, %v; want %v and no markup of strangers", vector, err, test.err)
			}
		})
	}
}
