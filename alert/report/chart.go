package report

import (
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
)

// Chart is the picture of an outage after the events of life, of which there must be one at least: what was heard, against the usual.
func Chart(life []event.Event, heard *Heard, language alert.Language) chart.Chart {
	last := &life[len(life)-1]
	w := alert.InWords(last, language)
	d := &w.Drawing
	c := chart.Chart{Title: w.Headline, Note: d.Note, Voices: d.Voices, Usual: d.Usual, Date: d.Date, Zone: d.Zone, Thousands: d.Thousands}
	end, usual := heard.end(last.Time), perMinute(last, last.Data.Evidence.Usual)
	for i, voices := range heard.series("", end) {
		c.Points = append(c.Points, chart.Point{At: heard.from.Add(time.Duration(i+1) * time.Minute), Voices: voices, Usual: usual})
	}
	c.Spans = spans(life, end, d.Phases)
	c.Marks = []chart.Mark{{At: last.Data.OnsetAt, Text: d.Onset, Strong: true}}
	if at := last.Data.AcknowledgedAt; at != nil {
		c.Marks = append(c.Marks, chart.Mark{At: *at, Text: d.Official})
	}
	return c
}

// spans are the phases of a life up to end, each from the event that began it.
func spans(life []event.Event, end time.Time, names map[event.Phase]string) []chart.Span {
	var all []chart.Span
	for i := range life {
		span := chart.Span{From: life[i].Time, To: end, Phase: life[i].Data.Phase, Name: names[life[i].Data.Phase]}
		if i+1 < len(life) {
			span.To = life[i+1].Time
		}
		if n := len(all); n > 0 && all[n-1].Phase == span.Phase {
			all[n-1].To = span.To
			continue
		}
		all = append(all, span)
	}
	return all
}

// perMinute spreads what is usual for the time of an outage over its minutes.
func perMinute(e *event.Event, usual float64) float64 {
	return usual / max(1, e.Lasted().Minutes())
}
