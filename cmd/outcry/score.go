package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/detect/score"
)

func (a *app) scoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "score FILE.csv",
		Short: "Score a series of counts for bursts",
		Long: `Reads timestamp,value lines and prints timestamp,value,anomaly_score, the score from 0 to 1.
It is 0.5 or more where an episode begins that is rare in the series' own past, and 0 while
it goes on. The usual level is that by which outages are found. A line's score uses nothing
that comes after it. "-" is standard input.

  outcry score counts.csv > scored.csv
  sqlite3 -csv app.db "select at, errors from minutes" | outcry score -`,
		Args: exactly(1, "one CSV file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error { return a.score(c.Context(), args[0]) },
	}
}

func (a *app) score(ctx context.Context, path string) error {
	in, err := a.open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	return scoreSeries(in, a.std.out, path)
}

// open opens a file, or standard input for "-". Of that nothing more comes once ctx has ended, though a read still waits.
func (a *app) open(ctx context.Context, path string) (io.ReadCloser, error) {
	if path != "-" {
		return os.Open(path)
	}
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { _ = w.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(w, a.std.in)
		_ = w.CloseWithError(err)
	}()
	return r, nil
}

func scoreSeries(in io.Reader, out io.Writer, name string) error {
	points, err := score.ReadSeries(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return score.WriteSeries(out, points, score.Series(points))
}
