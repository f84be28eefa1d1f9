package chart

import (
	"github.com/go-analyze/charts/chartdraw/drawing"

	"github.com/outcry/outcry/event"
)

// palette is the colours of a picture, by what they mean.
type palette struct {
	paper, ink, faint, ruled, voices, usual drawing.Color
	// shades lie behind a phase, and accents are those of its name.
	shades, accents map[event.Phase]drawing.Color
}

func rgb(r, g, b uint8) drawing.Color { return drawing.Color{R: r, G: g, B: b, A: 255} }

func light() palette {
	return palette{
		paper: rgb(255, 255, 255), ink: rgb(29, 28, 29), faint: rgb(97, 96, 97), ruled: rgb(228, 228, 231),
		voices: rgb(208, 32, 48), usual: rgb(37, 99, 160),
		shades: map[event.Phase]drawing.Color{
			event.Suspected: rgb(255, 248, 214), event.Confirmed: rgb(253, 232, 232), event.Recovering: rgb(255, 240, 224), event.Resolved: rgb(230, 246, 234),
		},
		accents: map[event.Phase]drawing.Color{
			event.Suspected: rgb(146, 108, 0), event.Confirmed: rgb(180, 28, 40), event.Recovering: rgb(176, 88, 0), event.Resolved: rgb(24, 112, 56),
		},
	}
}

func dark() palette {
	return palette{
		paper: rgb(30, 32, 37), ink: rgb(236, 235, 231), faint: rgb(165, 163, 156), ruled: rgb(51, 53, 60),
		voices: rgb(255, 116, 104), usual: rgb(138, 184, 245),
		shades: map[event.Phase]drawing.Color{
			event.Suspected: rgb(50, 47, 32), event.Confirmed: rgb(56, 37, 38), event.Recovering: rgb(54, 43, 32), event.Resolved: rgb(32, 50, 40),
		},
		accents: map[event.Phase]drawing.Color{
			event.Suspected: rgb(224, 176, 64), event.Confirmed: rgb(255, 116, 104), event.Recovering: rgb(245, 138, 75), event.Resolved: rgb(92, 196, 141),
		},
	}
}

// shade is the colour behind a phase; behind one that is not known it is that of the paper.
func (p *palette) shade(phase event.Phase) drawing.Color {
	if colour, ok := p.shades[phase]; ok {
		return colour
	}
	return p.paper
}

func (p *palette) accent(phase event.Phase) drawing.Color {
	if colour, ok := p.accents[phase]; ok {
		return colour
	}
	return p.faint
}
