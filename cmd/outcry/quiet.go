package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

// quietServices is how many services share the quiet service-years.
const quietServices = 100

// backtestQuiet counts the false alarms in service-years in which nothing happens but everybody's own small trouble.
func (a *app) backtestQuiet(ctx context.Context, cfg *config, years float64, seed uint64) error {
	quiet := sim.Quiet{
		Services: quietServices, Days: max(1, int(years*365.25/quietServices+0.5)), Seed: seed,
		Start: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC),
	}
	know := knowledge{}
	line, err := newPipeline(ctx, know.judgement(cfg), func(_ context.Context, e event.Event) error {
		if e.Kind() == event.TypeConfirmed {
			_, err := fmt.Fprintf(a.std.out, "false alarm: %s at %s, surprise %.1f, %.0f voices\n",
				e.Subject, e.Time.Format(time.RFC3339), e.Data.Services[0].Score, e.Data.Evidence.Voices)
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	progress := a.counting(quiet.Days, "days")
	n, err := playQuiet(ctx, quiet, line, progress)
	progress.finish()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.std.out, "%d complaints in %.1f quiet service-years: %d suspected, %d confirmed, %.3f false alarms a service-year\n",
		n, quiet.ServiceYears(), line.told[event.TypeSuspected], line.told[event.TypeConfirmed], float64(line.told[event.TypeConfirmed])/quiet.ServiceYears())
	return err
}

// playQuiet sends the mentions through the chain, a minute at a time.
func playQuiet(ctx context.Context, quiet sim.Quiet, line *pipeline, progress *progress) (n int, err error) {
	var packs []event.Pack
	minute, days := quiet.Start, 0
	flush := func(at time.Time) error {
		mark := event.Mark{Source: "quiet", At: at, Since: quiet.Start}
		err := line.Append(ctx, packs, []event.Mark{mark})
		packs = packs[:0]
		return err
	}
	for m := range quiet.Mentions() {
		if m.At.Sub(minute) >= time.Minute {
			minute = m.At.Truncate(time.Minute)
			if err := errors.Join(ctx.Err(), flush(minute)); err != nil {
				return n, err
			}
			if past := int(minute.Sub(quiet.Start).Hours() / 24); past > days {
				progress.step(past - days)
				days = past
			}
		}
		packs = append(packs, event.Pack{Service: m.Service, Mentions: []event.Mention{m}})
		n++
	}
	return n, flush(minute.Add(time.Minute))
}
