package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/people"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
)

func (a *app) ackCommand() *cobra.Command {
	var by string
	c := &cobra.Command{
		Use:   "ack ID",
		Short: "Take an outage over, so that it is not escalated",
		Long: `Tells a running outcry that somebody is at it: notifiers that wait (after: 10m) are not told of
this outage any more. All others are told as before; to stop those, see outcry mute.

The beginning of the id is enough; outcry outages lists them.

  outcry ack 01GV2T
  outcry ack 01GV2T --by ann`,
		Args: exactly(1, "one id"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withBook(c.Context(), func(ctx context.Context, book *people.Book) error {
				return a.ack(ctx, book, args[0], by)
			})
		},
	}
	c.Flags().StringVar(&by, "by", "", "who takes it over (default: you)")
	return a.reach(c)
}

func (a *app) muteCommand() *cobra.Command {
	var by, why string
	var lasting time.Duration
	c := &cobra.Command{
		Use:   "mute ID",
		Short: "Tell nobody of an outage any more, for a time or until it is resolved",
		Long: `Tells a running outcry to keep one outage to itself: until it is resolved, and then of its end
too; or with --for, for a time, and whoever was told of the outage is still told of its end.

The beginning of the id is enough; outcry outages lists them, outcry silences lists what is muted.

  outcry mute 01GV2T                               until it is resolved
  outcry mute 01GV2T --for 2h --why "we know"`,
		Args: exactly(1, "one id"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withBook(c.Context(), func(ctx context.Context, book *people.Book) error {
				s, _, err := book.Mute(ctx, args[0], a.person(by), why, lasting)
				return a.silenced(&s, err)
			})
		},
	}
	c.Flags().DurationVar(&lasting, "for", 0, "how long (default: until it is resolved)")
	c.Flags().StringVar(&by, "by", "", "who wants it (default: you)")
	c.Flags().StringVar(&why, "why", "", "the reason")
	return a.reach(c)
}

func (a *app) silenceCommand() *cobra.Command {
	var s alert.Silence
	var lasting time.Duration
	var severity string
	c := &cobra.Command{
		Use:   "silence --for 2h --service ID",
		Short: "Tell nobody of outages of some sort for a time",
		Long: `Tells a running outcry to keep outages of some sort to itself for a time. Conditions hold
together; several values of one are alternatives. Who was told of an outage before is still told
of its end.

  outcry silence --service whatsapp --service telegram --for 2h --why "planned work"
  outcry silence --owner meta --severity minor --for 24h       only the minor ones
  outcry silence --country IT --for 30m                        not those that are felt worldwide`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			s.Severity = event.Severity(severity)
			if lasting <= 0 {
				return usagef("outcry silence needs --for, such as --for 2h")
			}
			return a.withBook(c.Context(), func(ctx context.Context, book *people.Book) error {
				s.By = a.person(s.By)
				s, err := book.Silence(ctx, s, lasting)
				return a.silenced(&s, err)
			})
		},
	}
	flags := c.Flags()
	flags.StringSliceVar(&s.Services, "service", nil, "a service's id")
	flags.StringSliceVar(&s.Owners, "owner", nil, "a company's id")
	flags.StringSliceVar(&s.Kinds, "kind", nil, "a trade, such as bank")
	flags.StringSliceVar(&s.Countries, "country", nil, "a country's code, such as IT")
	flags.StringVar(&severity, "severity", "", "the highest severity that is silenced: minor, major or critical")
	flags.DurationVar(&lasting, "for", 0, "how long")
	flags.StringVar(&s.By, "by", "", "who wants it (default: you)")
	flags.StringVar(&s.Why, "why", "", "the reason")
	return a.reach(c)
}

func (a *app) silencesCommand() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{
		Use:   "silences [rm ID]",
		Short: "List what is silenced and muted, or end it",
		Long: `Lists what a running outcry keeps to itself: silences, and outages that are muted. What is ended counts
no more, and outages that still last are told then.

  outcry silences
  outcry silences --all            those that are over, too
  outcry silences rm vd5ewuwp5c    end one, by the id that the list has`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 0 && (len(args) != 2 || args[0] != "rm") {
				return usagef("outcry silences takes nothing, or rm and an id; see outcry silences --help")
			}
			return a.withBook(c.Context(), func(ctx context.Context, book *people.Book) error {
				if len(args) == 2 {
					return a.endSilence(ctx, book, args[1])
				}
				return a.listSilences(ctx, book, all, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	c.Flags().BoolVar(&all, "all", false, "those that are over too")
	return a.reach(c)
}

// withBook runs do with what people want of a running outcry. What makes no sense is a wrong use.
func (a *app) withBook(ctx context.Context, do func(ctx context.Context, book *people.Book) error) error {
	return a.withLog(ctx, func(ctx context.Context, cfg *config, log *nats.Log) error {
		know, err := learnServices(cfg)
		if err != nil {
			return err
		}
		book, err := bookOf(ctx, log, know.services)
		if err != nil {
			return err
		}
		err = do(ctx, book)
		if errors.Is(err, people.ErrWrong) {
			return &usageError{err}
		}
		return err
	})
}

// bookOf opens what people want and do.
func bookOf(ctx context.Context, log *nats.Log, services []event.Service) (*people.Book, error) {
	acks, err := log.Acks(ctx)
	if err != nil {
		return nil, err
	}
	silences, err := log.Silences(ctx)
	if err != nil {
		return nil, err
	}
	return &people.Book{Acks: acks, Silences: silences, Outages: log.Outages, Check: namesOf(services).checkSilence}, nil
}

func (a *app) ack(ctx context.Context, book *people.Book, id, by string) error {
	ack, e, err := book.Ack(ctx, id, a.person(by))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.std.out, "%s (%s) is taken over by %s, since %s\n", e.Data.Name, e.Data.ID, ack.By, ack.At.UTC().Format("2006-01-02 15:04:05 UTC"))
	return err
}

// silenced says what is silenced now.
func (a *app) silenced(s *alert.Silence, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.std.out, "%s: %s, %s; outcry silences rm %s ends it\n", s.ID, matchersOf(s), untilOf(s), s.ID)
	return err
}

func (a *app) endSilence(ctx context.Context, book *people.Book, id string) error {
	s, err := book.End(ctx, id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.std.out, "%s has ended: %s\n", s.ID, matchersOf(&s))
	return err
}

func (a *app) listSilences(ctx context.Context, book *people.Book, all, asJSON bool) error {
	list, err := book.List(ctx, all)
	if err != nil {
		return err
	}
	if asJSON {
		encoder := json.NewEncoder(a.std.out)
		for i := range list {
			if err := encoder.Encode(&list[i]); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "ID\tWHAT\tUNTIL\tBY\tWHY")
	for i := range list {
		s := &list[i]
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.ID, matchersOf(s), untilOf(s), s.By, s.Why)
	}
	if len(list) == 0 {
		_, _ = fmt.Fprintln(a.std.err, "nothing is silenced")
	}
	return w.Flush()
}

func matchersOf(s *alert.Silence) string {
	var parts []string
	for _, one := range []struct {
		name   string
		values []string
	}{{"outage", []string{s.Outage}}, {"service", s.Services}, {"owner", s.Owners}, {"kind", s.Kinds}, {"country", s.Countries}, {"severity up to", []string{string(s.Severity)}}} {
		if values := strings.Join(one.values, "|"); values != "" {
			parts = append(parts, one.name+" "+values)
		}
	}
	return strings.Join(parts, ", ")
}

func untilOf(s *alert.Silence) string {
	if s.Until == nil {
		return "until it is resolved"
	}
	return "until " + s.Until.UTC().Format("2006-01-02 15:04:05 UTC")
}

// person is who says something: as they say, or by their login.
func (a *app) person(by string) string {
	return cmp.Or(by, a.variable("USER"), a.variable("LOGNAME"))
}
