package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/report"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/web"
)

// picture draws the outage of e as far as e: the voices of its services, minute by minute, against the usual. No bytes: there
// is not enough to draw.
func (h *house) picture(ctx context.Context, e *event.Event, language alert.Language) ([]byte, error) {
	heard, err := hear(ctx, h.log, e, e.Time)
	if err != nil {
		return nil, err
	}
	events, err := h.log.Outages(ctx)
	if err != nil {
		return nil, err
	}
	body, err := report.Chart(lifeOf(events, e), heard, language).PNG()
	if errors.Is(err, chart.ErrNothing) {
		return nil, nil
	}
	return body, err
}

// hear finds out how loud the services of the outage of e were, up to until; zero: up to now.
func hear(ctx context.Context, from archive, e *event.Event, until time.Time) (*report.Heard, error) {
	heard := report.Listen(e, until)
	for _, service := range heard.Services() {
		// A reading is published after the time that it is about, or a little before by a clock that is wrong.
		err := from.ReadingsOf(ctx, service, heard.From().Add(-time.Hour), func(r event.Reading) error {
			heard.Add(r)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read what was heard of %s: %w", service, err)
		}
	}
	return heard, nil
}

// lifeOf are the events of the outage of e up to e.
func lifeOf(events []event.Event, e *event.Event) []event.Event {
	return slices.DeleteFunc(slices.Clone(events), func(other event.Event) bool {
		return other.Data.ID != e.Data.ID || other.Data.Seq > e.Data.Seq
	})
}

// reportOf writes an outage up: to its end or, while it lasts, as far as there is anything in the archive.
func reportOf(ctx context.Context, from archive, life []event.Event, language alert.Language) (*report.Report, error) {
	last := &life[len(life)-1]
	until := time.Time{}
	if last.Data.Phase == event.Resolved {
		until = last.Time
	}
	heard, err := hear(ctx, from, last, until)
	if err != nil {
		return nil, err
	}
	return report.New(life, heard, language)
}

// reportFile writes an outage up as one of the files of its page.
func (h *house) reportFile(ctx context.Context, id, file string) (body []byte, err error) {
	events, err := h.log.Outages(ctx)
	if err != nil {
		return nil, err
	}
	life := slices.DeleteFunc(events, func(e event.Event) bool { return e.Data.ID != id })
	if len(life) == 0 {
		return nil, web.ErrNoReport
	}
	r, err := reportOf(ctx, h.log, life, nil)
	if err != nil {
		return nil, err
	}
	switch file {
	case "report.html":
		body, err = r.HTML()
	case "report.md":
		body = r.Markdown("")
	case "report.json":
		body, err = r.JSON()
	case "chart.png":
		body, err = r.PNG()
	case "chart-dark.png":
		body, err = r.DarkPNG()
	default:
		return nil, web.ErrNoReport
	}
	if errors.Is(err, chart.ErrNothing) {
		return nil, web.ErrNoReport
	}
	return body, err
}

// words are those of the page, where the headline says not what has just happened, but how things stand after it.
func words(e *event.Event) web.Words {
	kind := map[event.Phase]event.Type{
		event.Suspected: event.TypeSuspected, event.Confirmed: event.TypeConfirmed,
		event.Recovering: event.TypeRecovering, event.Resolved: event.TypeResolved,
	}[e.Data.Phase]
	state := event.NewEvent(kind, e.Subject, e.Time, e.Data)
	going := event.NewEvent(event.TypeChanged, e.Subject, e.Time, e.Data) // of what is over it is not said how sure that is
	return web.Words{
		Headline: alert.English(&state).Headline, Sure: alert.English(&going).Sure.Text, Happened: alert.English(e).Headline,
	}
}
