package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// PublishSource lets a diary be where sources say how they fare.
func (d *diary) PublishSource(ctx context.Context, s event.SourceStatus) error {
	if err := errors.Join(ctx.Err(), pop(&d.takeErr)); err != nil {
		d.write("refuse %s", s.State)
		return err
	}
	d.write("%s is %s", s.Source, s.State)
	return nil
}

// source is one that says how it fares.
type source event.SourceStatus

func (s *source) Status() event.SourceStatus { return event.SourceStatus(*s) }

func TestReporter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		core, logged := observer.New(zap.DebugLevel)
		d := newDiary()
		r := ingest.NewReporter(d, nil, zap.New(core))
		one, idle := &source{Source: "a", State: event.SourceConnecting}, &source{Source: "b"}
		r.Follow(one)
		r.Follow(idle)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- r.Run(ctx) }()
		change := func(after time.Duration, state event.SourceState) {
			time.Sleep(after)
			one.State = state
			r.Observe(one.Status())
			synctest.Wait()
		}
		change(time.Second, event.SourceLive)
		d.takeErr = []error{errors.New("log is down"), errors.New("log is down")}
		change(time.Second, event.SourceBlind)
		change(time.Second, event.SourceLive)
		time.Sleep(8 * time.Second)
		synctest.Wait() // the report of the tenth second has been read
		one.State = event.SourceStopped
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run = %v", err)
		}
		want := []string{"1 a is live", "2 refuse blind", "3 refuse live", "10 a is live", "11 a is stopped"}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
		if logged.Len() != 1 {
			t.Errorf("%d lines were logged about a log that is down, want 1", logged.Len())
		}
	})
}

// TestFigures holds what a source says of itself in numbers against the metrics, with every report and not only with changes.
func TestFigures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		registry := prometheus.NewRegistry()
		r := ingest.NewReporter(newDiary(), ingest.NewMetrics(registry), zap.NewNop())
		at := time.Unix(1_800_000_000, 0)
		r.Follow(&source{
			Source: "a", State: event.SourceBlind, LastPost: at, LagS: 2.5, BlindSince: at.Add(time.Minute),
			Spent: &event.SourceSpent{DayUSD: 1, MonthUSD: 2, BudgetMonthUSD: 100},
		})
		r.Follow(&source{Source: "b", State: event.SourceLive})
		ctx, cancel := context.WithTimeout(t.Context(), 11*time.Second)
		defer cancel()
		if err := r.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Run = %v", err)
		}
		want := `# HELP outcry_source_blind_since_seconds Since when the source cannot be heard, Unix seconds; 0 while it can.
# TYPE outcry_source_blind_since_seconds gauge
outcry_source_blind_since_seconds{source="a"} 1.80000006e+09
outcry_source_blind_since_seconds{source="b"} 0
# HELP outcry_source_budget_dollars What the source may cost in a day and a month, in US dollars.
# TYPE outcry_source_budget_dollars gauge
outcry_source_budget_dollars{period="month",source="a"} 100
# HELP outcry_source_lag_seconds How late the newest post of the source was when it came.
# TYPE outcry_source_lag_seconds gauge
outcry_source_lag_seconds{source="a"} 2.5
# HELP outcry_source_last_post_seconds The time that the newest post of the source claims, Unix seconds.
# TYPE outcry_source_last_post_seconds gauge
outcry_source_last_post_seconds{source="a"} 1.8e+09
# HELP outcry_source_spent_dollars What the source has cost in the present day and month of UTC, in US dollars.
# TYPE outcry_source_spent_dollars gauge
outcry_source_spent_dollars{period="day",source="a"} 1
outcry_source_spent_dollars{period="month",source="a"} 2
`
		names := []string{
			"outcry_source_blind_since_seconds", "outcry_source_budget_dollars", "outcry_source_lag_seconds", "outcry_source_last_post_seconds", "outcry_source_spent_dollars",
		}
		if err := testutil.GatherAndCompare(registry, strings.NewReader(want), names...); err != nil {
			t.Error(err)
		}
	})
}

func TestStateMetrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	r := ingest.NewReporter(newDiary(), ingest.NewMetrics(registry), zap.NewNop())
	for _, tc := range []struct {
		status event.SourceStatus
		blind  float64
	}{
		{event.SourceStatus{State: event.SourceConnecting}, 0},
		{event.SourceStatus{State: event.SourceBackingOff, Error: "x"}, 0},
		{event.SourceStatus{State: event.SourceBlind, Error: "x"}, 1},
		{event.SourceStatus{State: event.SourceLive}, 0},
		{event.SourceStatus{State: event.SourceStopped, Error: "x"}, 1},
		{event.SourceStatus{State: event.SourceStopped}, 0},
	} {
		tc.status.Source = "a"
		r.Observe(tc.status)
		families, err := registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]float64{}
		for _, f := range families {
			for _, m := range f.GetMetric() {
				if f.GetName() == "outcry_source_blind" {
					in["blind"] = m.GetGauge().GetValue()
				} else if f.GetName() == "outcry_source_state" && m.GetGauge().GetValue() == 1 {
					in[m.GetLabel()[1].GetValue()] = 1
				}
			}
		}
		want := map[string]float64{"blind": tc.blind, string(tc.status.State): 1}
		if diff := cmp.Diff(want, in); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.status.State, diff)
		}
	}
	if problems, err := testutil.GatherAndLint(registry); err != nil || len(problems) > 0 {
		t.Errorf("metrics: %v, %v", problems, err)
	}
}
