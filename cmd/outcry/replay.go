package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/replay"
)

func (a *app) replayCommand() *cobra.Command {
	var batch int
	c := &cobra.Command{
		Use:   "replay FILE…",
		Short: "Find the outages in files of posts",
		Long: `Reads posts and prints the events of the outages in them, one JSON object a line, as
they would have been sent at the time. The same posts give the same events, always.

A file holds one message a line: Bluesky Jetstream, X API v2 or v1.1, Mastodon, or plain
posts ({"id","created_at","author","text",…}); found by looking, mixed as you like,
plain or compressed (gz, zst, bz2). "-" is standard input. Posts may be out of order by the
configured lateness. What cannot be read is counted and reported on standard error.

  outcry replay evening.ndjson.gz > events.ndjson
  zcat 2023-03-09/*.gz | outcry replay - | jq -r '.time + " " + .type + " " + .data.name'`,
		Args: atLeastOne("a file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			return a.replay(c.Context(), &cfg, args, batch)
		},
	}
	c.Flags().IntVar(&batch, "batch", 0, "posts that are handled together (changes the speed, never the events)")
	return c
}

// maxReports is how many lines that cannot be read are reported one by one.
const maxReports = 5

func (a *app) replay(ctx context.Context, cfg *config, paths []string, batch int) error {
	know, err := learn(cfg)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.std.out, 1<<16)
	encoder := json.NewEncoder(out)
	line, err := newPipeline(ctx, know.judgement(cfg), func(_ context.Context, e event.Event) error {
		return encoder.Encode(e)
	})
	if err != nil {
		return err
	}
	if err := a.readThrough(ctx, cfg, know, line, paths, batch); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the events: %w", err)
	}
	return nil
}

// readThrough sends the posts in files through the chain, shows how far it has come, and says in the end what was read and found. batch
// is how many posts are handled together; 0: as many as is fast.
func (a *app) readThrough(ctx context.Context, cfg *config, know *knowledge, line *pipeline, paths []string, batch int) error {
	progress := a.reading()
	reports := 0
	source, err := replay.New(replay.Config{
		Paths: paths, Stdin: a.std.in, Formats: formats(), Sieve: know.matcher, BatchSize: batch, Progress: progress.read,
		OnDrop: func(path string, number int, err error) {
			if reports++; reports <= maxReports {
				progress.say("%s:%d: not used: %v\n", path, number, err)
			}
		},
	})
	if err != nil {
		return &usageError{err}
	}
	funnel := ingest.NewFunnel(source.Name(), know.matcher, line, nil, ingest.FunnelConfig{Lateness: time.Duration(cfg.Lateness)}, nil)
	began := time.Now()
	if err := source.Read(ctx, "", funnel.Take); err != nil {
		return err
	}
	if err := funnel.End(ctx); err != nil {
		return err
	}
	progress.finish()
	a.summarize(funnel.Summary(), line.told, time.Since(began))
	late, err := line.late()
	if late > 0 {
		_, _ = fmt.Fprintf(a.std.err, "not counted: %d mentions that lie more than the lateness of %s before what stands above them; sort the posts by time\n",
			late, time.Duration(cfg.Lateness))
	}
	return err
}

// summarize says on standard error what was read and found.
func (a *app) summarize(s ingest.Summary, tally map[event.Type]int, took time.Duration) {
	_, _ = fmt.Fprintf(a.std.err, "%d posts read in %s (%.0f a second), %d mentions of services, %d outages confirmed, %d resolved\n",
		s.Seen, took.Round(time.Millisecond), float64(s.Seen)/max(took.Seconds(), 1e-6), s.Mentions,
		tally[event.TypeConfirmed], tally[event.TypeResolved])
	if !s.First.IsZero() && !s.Last.Before(s.First) {
		_, _ = fmt.Fprintf(a.std.err, "posts from %s to %s\n", s.First.UTC().Format(time.RFC3339), s.Last.UTC().Format(time.RFC3339))
	}
	for _, reason := range keysOf(s.Dropped) {
		_, _ = fmt.Fprintf(a.std.err, "not used: %d (%s)\n", s.Dropped[reason], reason)
	}
	if s.Seen == 0 {
		_, _ = fmt.Fprintln(a.std.err, "no post was found; see outcry replay --help for the forms that are read")
	}
}
