package web_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// ids gives the ids of events, for comparing.
func ids(events []event.Event) []string {
	list := []string{}
	for _, e := range events {
		list = append(list, e.ID)
	}
	return list
}

func TestBoardIsAFold(t *testing.T) {
	t.Parallel()
	wantCurrent := []string{"meta-1633362060-2", "roblox-1633361000-1"}
	wantRecent := []string{"hsbc-1633350000-2"}
	wantHistory := []string{"meta-1633362060-1", "meta-1633362060-2"}
	for seed := range uint64(20) {
		board := web.NewBoard(nil)
		events := append(story(), story()...) // everything twice
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		for _, e := range events {
			must(t, board.Handle(t.Context(), e))
		}
		if diff := cmp.Diff(wantCurrent, ids(board.Current())); diff != "" {
			t.Errorf("seed %d: current (-want +got):\n%s", seed, diff)
		}
		if diff := cmp.Diff(wantRecent, ids(board.Recent())); diff != "" {
			t.Errorf("seed %d: recent (-want +got):\n%s", seed, diff)
		}
		if diff := cmp.Diff(wantHistory, ids(board.History("meta-1633362060"))); diff != "" {
			t.Errorf("seed %d: history (-want +got):\n%s", seed, diff)
		}
		if got, want := board.Now(), at(15, 52, 0); !got.Equal(want) {
			t.Errorf("seed %d: now is %v, want %v", seed, got, want)
		}
	}
}

func TestBoardForgetsResolvedOutagesAfterADay(t *testing.T) {
	t.Parallel()
	board := evening(t)
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(13, 45, 0).Add(24 * time.Hour)}))
	if got := ids(board.Recent()); len(got) != 0 {
		t.Errorf("recent is %v a day later, want nothing", got)
	}
	if got := len(board.All()); got != 3 {
		t.Errorf("all are %d, want 3", got)
	}
}

func TestBoardRefuses(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	board := web.NewBoard(web.NewMetrics(registry))
	good := story()[0]
	bad := []func(e *event.Event){
		func(e *event.Event) { e.SpecVersion = "0.3" },
		func(e *event.Event) { e.Data.Seq = 0 },
		func(e *event.Event) { e.Data.ID = "two\nlines" },
		func(e *event.Event) { e.Data.ID = strings.Repeat("x", 201) },
	}
	for _, change := range bad {
		e := good
		change(&e)
		must(t, board.Handle(t.Context(), e))
	}
	must(t, board.Handle(t.Context(), good))
	must(t, board.Handle(t.Context(), good))
	if diff := cmp.Diff([]string{good.ID}, ids(board.All())); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	want := `
# HELP outcry_web_events_total Outage events that came to the board, by result: new, known (a repeat) or refused (not an outage event).
# TYPE outcry_web_events_total counter
outcry_web_events_total{result="known"} 1
outcry_web_events_total{result="new"} 1
outcry_web_events_total{result="refused"} 4
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "outcry_web_events_total"); err != nil {
		t.Error(err)
	}
}

func TestBoardIsBounded(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	open := meta()
	must(t, board.Handle(t.Context(), event.NewEvent(event.TypeSuspected, "whatsapp", at(1, 0, 0), open)))
	for i := range 1500 {
		over := event.Outage{ID: fmt.Sprintf("o-%04d", i), Seq: 1, Phase: event.Resolved}
		must(t, board.Handle(t.Context(), event.NewEvent(event.TypeResolved, "x", at(2, 0, i), over)))
	}
	if got := len(board.All()); got != 1000 {
		t.Errorf("%d outages are remembered, want 1000", got)
	}
	if got := ids(board.Current()); len(got) != 1 {
		t.Errorf("current is %v, want the one that goes on, however old", got)
	}
	if board.History("o-0000") != nil || board.History("o-1499") == nil {
		t.Error("not the oldest was forgotten")
	}
	for i := range 500 {
		open.Seq = i + 1
		must(t, board.Handle(t.Context(), event.NewEvent(event.TypeChanged, "whatsapp", at(3, 0, i), open)))
	}
	history := board.History(open.ID)
	if first, last := history[0].Data.Seq, history[len(history)-1].Data.Seq; len(history) != 200 || first != 1 || last != 500 {
		t.Errorf("history has %d events from %d to %d, want 200 from 1 to 500", len(history), first, last)
	}
}

func TestPulse(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	start := at(15, 0, 0)
	say := func(after time.Duration, voices float64) {
		t.Helper()
		must(t, board.HandleReading(t.Context(), event.Reading{Service: "x", At: start.Add(after), Voices: voices}))
	}
	say(10*time.Second, 1) // the first slot of 15:00
	say(60*time.Second, 2) // the last slot of 15:00
	say(70*time.Second, 4)
	say(70*time.Second, 4) // twice is once
	say(40*time.Second, 8) // late
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: start.Add(2 * time.Minute)}))
	want := make([]float64, 60)
	want[58], want[59] = 11, 4
	if diff := cmp.Diff(want, board.Pulse("x")); diff != "" {
		t.Errorf("pulse (-want +got):\n%s", diff)
	}
	say(10*time.Second-2*time.Hour, 99) // far too late
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: start.Add(31 * time.Minute)}))
	want = make([]float64, 60)
	want[29], want[30] = 11, 4
	if diff := cmp.Diff(want, board.Pulse("x")); diff != "" {
		t.Errorf("pulse half an hour later (-want +got):\n%s", diff)
	}
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: start.Add(3 * time.Hour)}))
	if got := board.Pulse("x"); got != nil {
		t.Errorf("pulse of a quiet service is %v, want nil", got)
	}
	say(3*time.Hour, 5)
	want = make([]float64, 60)
	want[59] = 5
	if diff := cmp.Diff(want, board.Pulse("x")); diff != "" {
		t.Errorf("pulse after a long silence (-want +got):\n%s", diff)
	}
	if got := board.Pulse("never heard of"); got != nil {
		t.Errorf("pulse of an unknown service is %v, want nil", got)
	}
}

func TestReadingsComeWithTicks(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	must(t, board.HandleReadings(t.Context(), []event.ReadingRecord{
		{Seq: 1, Reading: &event.Reading{Service: "x", At: at(15, 0, 0), Voices: 7}},
		{Seq: 2, Tick: &event.Tick{Of: 1, At: at(15, 0, 0), Blind: []string{"bluesky"}}},
		{Seq: 3, Tick: &event.Tick{Of: 1, At: at(15, 0, 10), Blind: []string{"bluesky"}}},
		{Seq: 4}, // a kind of message that a later version may add
	}))
	if got := board.Pulse("x"); got == nil || got[58]+got[59] != 7 {
		t.Errorf("pulse is %v, want 7 voices", got)
	}
	if got, want := board.Now(), at(15, 0, 10); !got.Equal(want) {
		t.Errorf("now is %v, want %v", got, want)
	}
	if diff := cmp.Diff([]web.SourceState{{Name: "bluesky", State: "blind"}}, board.Sources(at(15, 0, 0))); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

func TestPulsesAreBounded(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	for i := range 2500 {
		must(t, board.HandleReading(t.Context(), event.Reading{Service: fmt.Sprint("s", i), At: at(15, 0, 0), Voices: 1}))
	}
	if board.Pulse("s1999") == nil || board.Pulse("s2000") != nil {
		t.Error("not the first 2000 services are remembered")
	}
	// An hour later those that are quiet have made room.
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(16, 0, 0)}))
	must(t, board.HandleReading(t.Context(), event.Reading{Service: "new", At: at(16, 0, 0), Voices: 1}))
	if board.Pulse("new") == nil {
		t.Error("there is no room for a service that is heard now")
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	states := func() map[string]string {
		got := map[string]string{}
		for _, source := range board.Sources(at(1, 3, 0)) {
			got[source.Name] = source.State
		}
		return got
	}
	steps := []struct {
		name string
		do   func() error
		want map[string]string
	}{
		{"a mark", func() error { return board.HandleMark(t.Context(), event.Mark{Source: "a", At: at(1, 0, 0)}) }, map[string]string{"a": "live"}},
		{"a tick that calls a blind, and one that was not known", func() error {
			return board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(1, 1, 0), Blind: []string{"a", "b"}})
		}, map[string]string{"a": "blind", "b": "blind"}},
		{"an older tick", func() error { return board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(1, 0, 50)}) }, map[string]string{"a": "blind", "b": "blind"}},
		{"a tick that calls nobody blind", func() error { return board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(1, 2, 0)}) }, map[string]string{"a": "live", "b": "live"}},
		{"a blind mark", func() error {
			return board.HandleMark(t.Context(), event.Mark{Source: "a", At: at(1, 2, 0), Blind: true})
		}, map[string]string{"a": "blind", "b": "live"}},
		{"an end", func() error {
			return board.HandleMark(t.Context(), event.Mark{Source: "b", At: at(1, 3, 0), Ended: true})
		}, map[string]string{"a": "blind", "b": "done"}},
		{"what a says of itself", func() error {
			return board.HandleSource(t.Context(), event.SourceStatus{Source: "a", State: event.SourceBackingOff, At: at(1, 3, 0)})
		}, map[string]string{"a": "backing_off", "b": "done"}},
		{"what a said too long ago", func() error {
			return board.HandleSource(t.Context(), event.SourceStatus{Source: "a", State: event.SourceLive, At: at(1, 1, 59)})
		}, map[string]string{"a": "lost", "b": "done"}},
		{"a source that is blind from the start", func() error {
			return board.HandleMark(t.Context(), event.Mark{Source: "c", Blind: true})
		}, map[string]string{"a": "lost", "b": "done", "c": "blind"}},
	}
	for _, step := range steps {
		must(t, step.do())
		if diff := cmp.Diff(step.want, states()); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", step.name, diff)
		}
	}
}
