package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// byWord finds a mention in each post whose text is the name of a service.
type byWord struct{}

func (byWord) Match(dst []event.Mention, p *event.Post) []event.Mention {
	if p.Text == "" {
		return dst
	}
	return append(dst, event.Mention{Source: p.Source, Post: p.ID, Service: p.Text, At: p.CreatedAt, Kind: event.Report})
}

// tape writes down what a funnel does, in order, and fails on demand.
type tape struct {
	lines     []string
	since     []time.Time
	failLog   error
	failSaver error
}

func (t *tape) Append(_ context.Context, packs []event.Pack, marks []event.Mark) error {
	if t.failLog != nil {
		return t.failLog
	}
	for _, p := range packs {
		line := "pack " + p.Service
		for i := range p.Mentions {
			line += " " + p.Mentions[i].Post
		}
		t.lines = append(t.lines, line)
	}
	for _, m := range marks {
		t.lines = append(t.lines, fmt.Sprintf("mark %s blind=%t ended=%t", m.At.Format("15:04:05"), m.Blind, m.Ended))
		if !m.Since.IsZero() {
			t.since = append(t.since, m.Since)
		}
	}
	return nil
}

func (t *tape) SaveCursor(_ context.Context, _, cursor string) error {
	if t.failSaver != nil {
		return t.failSaver
	}
	t.lines = append(t.lines, "cursor "+cursor)
	return nil
}

func post(id, service, clock string) event.Post {
	return event.Post{ID: id, Source: "test", Author: "a", Text: service, CreatedAt: at("2021-10-04T" + clock + "Z")}
}

func newFunnel(t *tape) *ingest.Funnel {
	return ingest.NewFunnel("test", byWord{}, t, t, ingest.FunnelConfig{Lateness: 20 * time.Second}, nil)
}

func TestFunnelPublishesThenMarksThenRemembers(t *testing.T) {
	t.Parallel()
	var got tape
	f := newFunnel(&got)
	err := f.Take(t.Context(), ingest.Batch{
		Posts: []event.Post{post("1", "whatsapp", "15:44:01"), post("2", "", "15:44:02"), post("3", "facebook", "15:44:03"), post("4", "whatsapp", "15:44:04")},
		Seen:  4, From: at("2021-10-04T15:44:01Z"), Through: at("2021-10-04T15:44:35Z"), Cursor: "c1",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"pack whatsapp 1 4", "pack facebook 3", "mark 15:44:10 blind=false ended=false", "cursor c1"}
	if diff := cmp.Diff(want, got.lines); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	if s := f.Summary(); s.Seen != 4 || s.Mentions != 3 {
		t.Errorf("summary %+v, want 4 seen and 3 mentions", s)
	}
}

func TestFunnelRemembersNothingThatIsNotSafe(t *testing.T) {
	t.Parallel()
	got := tape{failLog: errors.New("no log")}
	f := newFunnel(&got)
	b := ingest.Batch{
		Posts: []event.Post{post("1", "whatsapp", "15:44:01")},
		From:  at("2021-10-04T15:44:01Z"), Through: at("2021-10-04T15:44:35Z"), Cursor: "c1",
	}
	if err := f.Take(t.Context(), b); err == nil {
		t.Fatal("Take succeeded without a log")
	}
	if len(got.lines) != 0 {
		t.Fatalf("done %q before anything was safe", got.lines)
	}
	got.failLog = nil
	if err := f.Take(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	want := []string{"pack whatsapp 1", "mark 15:44:10 blind=false ended=false", "cursor c1"}
	if diff := cmp.Diff(want, got.lines); diff != "" {
		t.Errorf("the same batch again (-want +got):\n%s", diff)
	}
}

func TestFunnelSaysWhenNobodyListened(t *testing.T) {
	t.Parallel()
	var got tape
	f := newFunnel(&got)
	gap := ingest.Gap{From: at("2021-10-04T15:00:30Z"), To: at("2021-10-04T17:00:00Z")}
	for _, b := range []ingest.Batch{
		{Through: at("2021-10-04T15:00:00Z")},
		{Through: gap.From},
		{Through: gap.To, Gaps: []ingest.Gap{gap}},
	} {
		if err := f.Take(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Blind(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Blind(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Take(t.Context(), ingest.Batch{Through: at("2021-10-04T17:00:05Z")}); err != nil {
		t.Fatal(err)
	}
	if err := f.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"mark 15:00:10 blind=false ended=false",
		"mark 15:00:40 blind=true ended=false",
		"mark 16:59:40 blind=false ended=false",
		"mark 17:00:00 blind=true ended=false",
		"mark 16:59:40 blind=false ended=false",
		"mark 17:00:10 blind=false ended=true",
	}
	if diff := cmp.Diff(want, got.lines); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
}

func TestFunnelMovesWithTheWallClockOnlyInSilence(t *testing.T) {
	t.Parallel()
	var got tape
	f := newFunnel(&got)
	ctx := t.Context()
	elapse := func(n int) {
		for range n {
			if err := f.Elapse(ctx, event.Slot); err != nil {
				t.Fatal(err)
			}
		}
	}
	elapse(9) // nothing has been heard yet, so there is no time that could move
	if err := f.Take(ctx, ingest.Batch{From: at("2021-10-04T15:00:00Z"), Through: at("2021-10-04T15:00:30Z")}); err != nil {
		t.Fatal(err)
	}
	elapse(5)
	if err := f.Take(ctx, ingest.Batch{Through: at("2021-10-04T15:01:30Z")}); err != nil {
		t.Fatal(err)
	}
	elapse(3)
	want := []string{
		"mark 15:00:10 blind=false ended=false",
		"mark 15:00:20 blind=false ended=false",
		"mark 15:00:30 blind=false ended=false",
		"mark 15:01:10 blind=false ended=false",
	}
	if diff := cmp.Diff(want, got.lines); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
}

func TestFunnelDropsWhatIsAheadOfTheWallClock(t *testing.T) {
	t.Parallel()
	var got tape
	now := at("2021-10-04T15:00:00Z")
	f := ingest.NewFunnel("test", byWord{}, &got, nil, ingest.FunnelConfig{
		MaxAhead: 10 * time.Minute, Now: func() time.Time { return now },
	}, nil)
	err := f.Take(t.Context(), ingest.Batch{
		Posts: []event.Post{post("1", "whatsapp", "15:05:00"), post("2", "whatsapp", "15:30:00")}, Through: at("2021-10-04T15:30:00Z"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"pack whatsapp 1"}, got.lines); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	if n := f.Summary().Dropped[ingest.ReasonAhead]; n != 1 {
		t.Errorf("%d dropped as ahead, want 1", n)
	}
}

func TestFirstMarkWaitsForTheOldestPost(t *testing.T) {
	t.Parallel()
	for _, end := range []bool{false, true} {
		var got tape
		f := newFunnel(&got)
		for _, b := range []ingest.Batch{
			{From: at("2021-10-04T15:00:07Z"), Through: at("2021-10-04T15:00:07Z")},
			{From: at("2021-10-04T15:00:02Z"), Through: at("2021-10-04T15:00:18Z")},
		} {
			if err := f.Take(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		if len(got.lines) != 0 {
			t.Fatalf("done %q while an older post could still come", got.lines)
		}
		var err error
		if end {
			err = f.End(t.Context())
		} else {
			err = f.Take(t.Context(), ingest.Batch{From: at("2021-10-04T15:00:59Z"), Through: at("2021-10-04T15:00:59Z")})
		}
		if err != nil {
			t.Fatal(err)
		}
		if want := []time.Time{at("2021-10-04T15:00:02Z")}; !cmp.Equal(got.since, want) {
			t.Errorf("since %v, want %v", got.since, want)
		}
	}
}

func TestASourceThatWasNeverHeardIsBlind(t *testing.T) {
	t.Parallel()
	var got tape
	f := newFunnel(&got)
	for range 2 {
		if err := f.Blind(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range []ingest.Batch{
		{From: at("2021-10-04T15:00:02Z"), Through: at("2021-10-04T15:00:18Z")},
		{Through: at("2021-10-04T15:00:59Z")},
	} {
		if err := f.Take(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Blind(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"mark 00:00:00 blind=true ended=false", "mark 15:00:30 blind=false ended=false", "mark 15:00:50 blind=true ended=false"}
	if diff := cmp.Diff(want, got.lines); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
	if want := []time.Time{at("2021-10-04T15:00:02Z")}; !cmp.Equal(got.since, want) {
		t.Errorf("since %v, want %v", got.since, want)
	}
}

// TestTheSilenceBeforeTheFirstPostWasHeard holds since when a source counts as heard that was silent at first.
func TestTheSilenceBeforeTheFirstPostWasHeard(t *testing.T) {
	t.Parallel()
	now := at("2021-10-04T15:00:00Z")
	for name, tc := range map[string]struct {
		first, want string
		blind       bool
		wall        func() time.Time
	}{
		"a post of the present":  {"2021-10-04T14:59:59Z", "2021-10-04T14:00:00Z", false, func() time.Time { return now }},
		"after it was blind":     {"2021-10-04T14:59:59Z", "2021-10-04T14:30:00Z", true, func() time.Time { return now }},
		"a post of another time": {"2021-10-04T14:00:00Z", "2021-10-04T14:00:00Z", false, func() time.Time { return now }},
		"without a wall clock":   {"2021-10-04T14:59:59Z", "2021-10-04T14:59:59Z", false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got tape
			f := ingest.NewFunnel("test", byWord{}, &got, nil, ingest.FunnelConfig{Lateness: 20 * time.Second, Wall: tc.wall}, nil)
			for n := range 360 {
				if tc.blind && n == 180 {
					if err := f.Blind(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if err := f.Elapse(t.Context(), event.Slot); err != nil {
					t.Fatal(err)
				}
			}
			for _, through := range []time.Time{at(tc.first), at(tc.first).Add(time.Minute)} {
				if err := f.Take(t.Context(), ingest.Batch{From: at(tc.first), Through: through}); err != nil {
					t.Fatal(err)
				}
			}
			if want := []time.Time{at(tc.want)}; !cmp.Equal(got.since, want) {
				t.Errorf("since %v, want %v", got.since, want)
			}
		})
	}
}
