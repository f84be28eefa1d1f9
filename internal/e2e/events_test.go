package e2e_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

// demoStart is when the demo's evening begins.
func demoStart() time.Time { return time.Date(2023, 3, 9, 9, 0, 0, 0, time.UTC) }

// demo are the posts of the demo's evening as NDJSON lines.
func demo(t testing.TB) []string {
	t.Helper()
	var lines []string
	for p := range sim.Demo(demoStart()).Posts(1) {
		b, err := json.Marshal(&p)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	return lines
}

// simulated are the posts that `outcry simulate` prints of a scenario.
func simulated(t testing.TB, scenario string) []string {
	t.Helper()
	return split(must(t, nil, "simulate", scenario).out)
}

// split cuts a text into its lines.
func split(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// join puts lines together as a file holds them.
func join(lines []string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

// replayed are the events that `outcry replay` finds in lines, page addresses apart. There must be a whole outage among them:
// without one, a comparison would prove nothing.
func replayed(t testing.TB, lines []string) []string {
	t.Helper()
	events := plain(t, split(must(t, join(lines), "replay", "-").out))
	whole := strings.Join(events, "\n")
	for _, kind := range []event.Type{event.TypeConfirmed, event.TypeResolved} {
		if !strings.Contains(whole, `"type":"outcry.outage.`+string(kind)+`"`) {
			t.Fatalf("the replay has no event %q, so it is of no use here:\n%s", kind, whole)
		}
	}
	return events
}

// parse reads events and checks each.
func parse(t testing.TB, lines []string) []event.Event {
	t.Helper()
	events := make([]event.Event, len(lines))
	for i, line := range lines {
		if err := json.Unmarshal([]byte(line), &events[i]); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if err := events[i].Check(); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
	}
	return events
}

// plain are events without what differs from one run to another by right: the page's address.
func plain(t testing.TB, lines []string) []string {
	t.Helper()
	var out []string
	for _, e := range parse(t, lines) {
		e.Data.URL = ""
		b, err := json.Marshal(&e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

// folded are events as a receiver keeps them who drops what he has seen before by its id. It fails where a repeat differs, and
// where an event of an outage comes before an earlier one of the same.
func folded(t testing.TB, lines []string) []string {
	t.Helper()
	var out []string
	seen := make(map[string]string)
	last := make(map[string]int)
	for _, line := range plain(t, lines) {
		e := parse(t, []string{line})[0]
		if old, again := seen[e.ID]; again {
			if old != line {
				t.Errorf("event %s came twice, and not the same:\n%s\n%s", e.ID, old, line)
			}
			continue
		}
		if e.Data.Seq <= last[e.Data.ID] {
			t.Errorf("event %s came first after number %d of the same outage", e.ID, last[e.Data.ID])
		}
		last[e.Data.ID] = e.Data.Seq
		seen[e.ID] = line
		out = append(out, line)
	}
	return out
}

// same fails where events differ.
func same(t testing.TB, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differ (-want +got):\n%s", what, diff)
	}
}
