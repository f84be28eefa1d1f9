package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/report"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/store/nats"
)

type reportFlags struct {
	format, out, language, zone string
	posts                       []string
}

func (a *app) reportCommand() *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "report [ID]",
		Short: "Write an outage up, with a chart",
		Long: `Writes a brief of one outage: how loud people were against the usual, since when, where, what fails,
which services, what the company says and how long before that it was known, event by event, with
links to some of the posts. An outage that lasts is reported on as far as it has come.

The beginning of the id is enough; without one it is the outage of which most people complain, an
open one if there is any. The form is html (a page in one file), markdown, png (the chart) or json,
as --format says or the ending of --out; Markdown by default.

  outcry report
  outcry report 01GV2T --out tiktok.html
  outcry report 01GV2T --out tiktok.md --language it     and the chart beside it, as tiktok.png
  outcry report --posts evening.ndjson.gz --out evening.html`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("outcry report takes one id; see outcry report --help")
			}
			return a.report(c.Context(), strings.Join(args, ""), f)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "form: "+strings.Join(formsOfReports(), ", "))
	flags.StringVar(&f.out, "out", "", "file to write (default: standard output)")
	flags.StringVar(&f.language, "language", "en", "language: "+strings.Join(alert.Languages(), ", "))
	flags.StringVar(&f.zone, "zone", "UTC", "time zone of the times of day, such as Europe/Rome")
	flags.StringSliceVar(&f.posts, "posts", nil, "report on what is found in these files of posts, as replay reads them, and not on a running outcry")
	return a.reach(c)
}

func formsOfReports() []string { return []string{"html", "markdown", "png", "json"} }

func (a *app) report(ctx context.Context, id string, f reportFlags) error {
	form, err := f.form()
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(f.zone)
	if err != nil {
		return usagef("--zone %s is no time zone; write one such as Europe/Rome", f.zone)
	}
	language := alert.Speak(f.language, zone)
	if language == nil {
		return usagef("there are no words in language %q; there are in %s", f.language, strings.Join(alert.Languages(), ", "))
	}
	if form == "png" && f.out == "" && obs.IsTerminal(a.std.out) {
		return usagef("a terminal cannot show a picture: say --out outage.png")
	}
	if len(f.posts) > 0 {
		archive, err := a.relive(ctx, f.posts)
		if err != nil {
			return err
		}
		return a.reportFrom(ctx, archive, id, form, f.out, language)
	}
	return a.withLog(ctx, func(ctx context.Context, _ *config, log *nats.Log) error {
		return a.reportFrom(ctx, log, id, form, f.out, language)
	})
}

// form is the form that is asked for, by name or by the ending of the file.
func (f *reportFlags) form() (string, error) {
	name := f.format
	if name == "" {
		name = strings.TrimPrefix(filepath.Ext(f.out), ".")
	}
	switch name {
	case "", "md":
		return "markdown", nil
	case "htm":
		return "html", nil
	}
	if !slices.Contains(formsOfReports(), name) {
		return "", usagef("there is no report in the form %q; there is %s", name, strings.Join(formsOfReports(), ", "))
	}
	return name, nil
}

// archive is where a report finds what happened: the log of a running outcry, or posts that are replayed for it.
type archive interface {
	Outages(ctx context.Context) ([]event.Event, error)
	ReadingsOf(ctx context.Context, service string, since time.Time, handle func(event.Reading) error) error
}

func (a *app) reportFrom(ctx context.Context, from archive, id, form, out string, language alert.Language) error {
	events, err := from.Outages(ctx)
	if err != nil {
		return err
	}
	life, err := lifeToReport(events, id)
	if err != nil {
		return err
	}
	r, err := reportOf(ctx, from, life, language)
	if err != nil {
		return err
	}
	return a.writeReport(r, form, out)
}

// writeReport writes the report, and in the case of Markdown in a file its picture beside it.
func (a *app) writeReport(r *report.Report, form, out string) (err error) {
	var body []byte
	switch form {
	case "html":
		body, err = r.HTML()
	case "json":
		body, err = r.JSON()
	case "png":
		body, err = r.PNG()
	default:
		picture := ""
		if out != "" {
			picture, err = a.writePicture(r, strings.TrimSuffix(out, filepath.Ext(out))+".png")
		}
		body = r.Markdown(picture)
	}
	if err != nil {
		return err
	}
	if out == "" {
		_, err = a.std.out.Write(body)
		return err
	}
	return a.writeFile(out, body)
}

// writePicture writes the picture and returns its name; "": there is nothing to draw.
func (a *app) writePicture(r *report.Report, path string) (name string, err error) {
	picture, err := r.PNG()
	if errors.Is(err, chart.ErrNothing) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return filepath.Base(path), a.writeFile(path, picture)
}

func (a *app) writeFile(path string, body []byte) error {
	if err := os.WriteFile(path, body, 0o644); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	_, _ = fmt.Fprintf(a.std.err, "written: %s\n", path)
	return nil
}

// lifeToReport are the events of the one outage whose id begins so; of that of which most people complain if nothing is said, an open
// one if there is any.
func lifeToReport(events []event.Event, beginning string) ([]event.Event, error) {
	var found []event.Event
	for _, e := range newest(events, true) {
		if strings.HasPrefix(e.Data.ID, beginning) {
			found = append(found, e)
		}
	}
	switch {
	case len(found) == 0 && beginning == "":
		return nil, errors.New("no outage is known, so there is none to report on")
	case len(found) == 0:
		return nil, fmt.Errorf("no outage begins with %q; outcry outages --all lists them", beginning)
	case len(found) > 1 && beginning != "":
		return nil, fmt.Errorf("%d outages begin with %q; write more of the id", len(found), beginning)
	}
	loudest := slices.MaxFunc(found, func(x, y event.Event) int {
		return cmp.Or(weight(&x)-weight(&y), cmp.Compare(x.Data.Evidence.Voices, y.Data.Evidence.Voices))
	})
	return lifeOf(events, &loudest), nil
}

// weight puts outages that are open before those that are over, and those that are sure before those that are suspected.
func weight(e *event.Event) int {
	w := 0
	if e.Data.Phase != event.Resolved {
		w += 2
	}
	if e.Data.ConfirmedAt != nil {
		w++
	}
	return w
}
