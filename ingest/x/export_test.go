package x

import (
	"context"
	"time"

	"github.com/outcry/outcry/ingest"
)

// ParseCounts is parseCounts.
func ParseCounts(body []byte) ([]int, error) { return parseCounts(body) }

// Disconnected is disconnected.
func Disconnected(line []byte) (string, bool) { return disconnected(line) }

// Ears lets an ear hear minute by minute and gives when it is open; each hearing has an hour of counts at most.
func Ears(minutes []int) []bool {
	var e ear
	var open []bool
	for i := range minutes {
		e = e.hear(minutes[max(0, i-59) : i+1])
		open = append(open, e.Open)
	}
	return open
}

// Rest has a thrifty source wait between two looks.
func Rest(ctx context.Context, look time.Duration, sink ingest.Sink) error {
	s := &Source{cfg: Config{Look: look}}
	s.cfg.setDefaults()
	s.meter = &meter{cfg: &s.cfg}
	return s.rest(ctx, sink)
}

// Heed reads messages as a Filter does, and gives why the last one ends the stream.
func Heed(messages []string) (ingest.Batch, error) {
	s := &Filter{}
	s.cfg.setDefaults()
	var kept [][]byte
	var end error
	for _, m := range messages {
		var keep bool
		if keep, end = s.look([]byte(m)); keep {
			kept = append(kept, []byte(m))
		}
	}
	return s.batch(kept), end
}
