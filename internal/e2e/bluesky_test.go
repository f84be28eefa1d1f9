package e2e_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/internal/datatest"
)

// rewind is how far before its cursor a source of Bluesky resumes, in microseconds.
const rewind = 5_000_000

// The metrics of the source.
const (
	postsRead   = `outcry_posts_read_total{source="bluesky"}`
	newestPost  = `outcry_source_event_time_seconds{source="bluesky"}`
	sourceBlind = `outcry_source_blind{source="bluesky"}`
)

// demoJetstream is the demo's evening as if all of it had been said on Bluesky.
func demoJetstream(t testing.TB) []string {
	t.Helper()
	var lines []string
	for p := range sim.Demo(demoStart()).Posts(1) {
		lines = append(lines, jetstreamLine(t, &p))
	}
	return lines
}

// awaitMetric waits until a metric has a value.
func (h *house) awaitMetric(name string, want float64) {
	h.t.Helper()
	got := 0.0
	await(h.t, name+" to be "+strconv.FormatFloat(want, 'f', -1, 64), func() string {
		return strconv.FormatFloat(got, 'f', -1, 64) + "\n" + h.said()
	}, func() bool {
		got, _ = h.metric(name)
		return got == want
	})
}

// awaitAllRead waits until every line that the server sent has been read, those included that it sent again.
func (h *house) awaitAllRead(s *jetstream1) {
	h.t.Helper()
	await(h.t, "all lines to be read", h.said, func() bool {
		sent, all := s.allSent()
		got, _ := h.metric(postsRead)
		return all && got == float64(sent)
	})
}

// awaitCursor waits until the place after a line is safe in the log: what was read is counted a moment before.
func (h *house) awaitCursor(timeUS int64) {
	h.t.Helper()
	nc, err := natsgo.Connect(h.nats, natsgo.Timeout(patience))
	if err != nil {
		h.t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		h.t.Fatal(err)
	}
	cursors, err := js.KeyValue(h.t.Context(), "CURSORS")
	if err != nil {
		h.t.Fatal(err)
	}
	await(h.t, "the cursor to be saved", h.said, func() bool {
		entry, err := cursors.Get(h.t.Context(), "bluesky")
		return err == nil && string(entry.Value()) == strconv.FormatInt(timeUS, 10)
	})
}

// awaitThrough waits until a line has been read.
func (h *house) awaitThrough(timeUS int64) {
	h.t.Helper()
	h.awaitMetric(newestPost, float64(timeUS/1000)/1000)
}

// between fails where a cursor is outside of what is possible.
func between(t testing.TB, what string, low, got, high int64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s began at %d, want %d to %d", what, got, low, high)
	}
}

// TestBlueskyBreaksOff reads an evening from a stream that is cut in calm and in the middle, by a process that is killed in calm
// and in the middle: it resumes from its cursor each time, and the events are those of a replay.
func TestBlueskyBreaksOff(t *testing.T) {
	t.Parallel()
	lines := demoJetstream(t)
	want := replayed(t, lines)
	s := newJetstream(t, lines)
	quarter := len(lines) / 4
	newest := func(n int) int64 { return s.times[n-1] }
	h := newHouse(t, plan{sources: s.source()}).open()

	if cursor := s.awaitConnection(h, 1); cursor != 0 {
		t.Errorf("the first connection ever asked for cursor %d", cursor)
	}
	s.publish(quarter)
	h.awaitMetric(postsRead, float64(quarter))
	h.awaitCursor(newest(quarter))
	s.cut(false)
	between(t, "the connection after a cut", newest(quarter)-rewind, s.awaitConnection(h, 2), newest(quarter)-rewind)
	h.awaitAllRead(s) // what is sent again is read again
	h.kill()
	h.open()
	between(t, "the connection after a kill", newest(quarter)-rewind, s.awaitConnection(h, 3), newest(quarter)-rewind)

	s.cutLater(quarter / 2)
	s.publish(2 * quarter)
	between(t, "the connection after a cut in the middle", newest(quarter)-rewind, s.awaitConnection(h, 4), newest(quarter*3/2)-rewind)
	h.awaitThrough(newest(2 * quarter))

	s.publish(3 * quarter)
	await(t, "lines to be on their way", h.said, func() bool { return s.wasSent() > 2*quarter+quarter/2 })
	h.kill()
	h.open()
	between(t, "the connection after a kill in the middle", newest(quarter)-rewind, s.awaitConnection(h, 5), newest(3*quarter)-rewind)

	s.publish(len(lines))
	h.awaitThrough(newest(len(lines)))
	h.awaitOutages(want)
	checkBlind(t, h, s)
}

// checkBlind takes the stream away until the source is known to be blind, and gives it back. The process stays ready: others
// are still heard, and a restart would mend nothing.
func checkBlind(t *testing.T, h *house, s *jetstream1) {
	t.Helper()
	h.awaitMetric(sourceBlind, 0)
	s.cut(true)
	h.awaitMetric(sourceBlind, 1)
	h.awaitReady()
	n := len(s.asked())
	s.cut(false)
	s.awaitConnection(h, n+1)
	if code := h.terminate(); code != 0 {
		t.Errorf("it ended with %d; %s", code, h.said())
	}
}

// TestBlueskySamples reads real messages, of all kinds that such a stream sends, from a stream that is cut and by a process that
// is killed.
func TestBlueskySamples(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, name := range []string{"golden_v1.jsonl", "expected_v1.jsonl"} {
		for _, line := range split(string(datatest.Read(t, "samples", "bluesky-jetstream", name))) {
			if w := read(t, line); w.Kind != "commit" || w.Commit.Collection == "app.bsky.feed.post" {
				lines = append(lines, line) // a server leaves out the collections that nobody asked for
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b string) int { return cmp.Compare(read(t, a).TimeUS, read(t, b).TimeUS) })
	s := newJetstream(t, lines)
	h := newHouse(t, plan{sources: s.source()}).open()
	s.awaitConnection(h, 1)
	half := len(lines) / 2
	s.publish(half)
	h.awaitThrough(s.times[half-1])
	h.awaitCursor(s.times[half-1])
	s.cut(false)
	between(t, "the connection after a cut", s.times[half-1]-rewind, s.awaitConnection(h, 2), s.times[half-1]-rewind)
	h.kill()
	s.publish(len(lines))
	h.open()
	between(t, "the connection after a kill", s.times[half-1]-rewind, s.awaitConnection(h, 3), s.times[len(lines)-1]-rewind)
	h.awaitThrough(s.times[len(lines)-1])
	cursor := s.awaitConnection(h, 3)
	posts, messages := 0.0, 0.0
	for i, line := range lines {
		if w := read(t, line); s.times[i] >= cursor {
			messages++
			if w.isPost() {
				posts++
			}
		}
	}
	t.Logf("%v of %v messages are posts", posts, messages)
	h.awaitMetric(postsRead, posts)
	if _, body := h.get("/metrics"); strings.Contains(body, "outcry_posts_dropped_total{") {
		t.Errorf("real messages were dropped:\n%s", body)
	}
}
