package sim_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/sim"
)

func demo() sim.Scenario {
	return sim.Demo(time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)).Scaled(0.05)
}

func TestSourceGivesEveryPostOnceInOrder(t *testing.T) {
	t.Parallel()
	var got []event.Post
	var last ingest.Batch
	err := sim.NewSource(demo(), 3, 0).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		got = append(got, b.Posts...)
		if b.Seen != len(b.Posts) || b.Through.Before(last.Through) || b.Cursor != strconv.Itoa(len(got)) {
			t.Errorf("batch of %d posts: seen %d, through %s, cursor %s", len(b.Posts), b.Seen, b.Through, b.Cursor)
		}
		last = b
		last.Posts = nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(gather(demo(), 3), got); diff != "" {
		t.Errorf("the source gives other posts than the scenario:\n%s", diff)
	}
	if !last.Through.Equal(demo().End) {
		t.Errorf("the time ends at %s, want the scenario's end %s", last.Through, demo().End)
	}
}

// A reader that fails on its third batch and comes again with the last safe cursor gets the rest, no post twice.
func TestSourceResumes(t *testing.T) {
	t.Parallel()
	source := sim.NewSource(demo(), 3, 0)
	broken := errors.New("broken")
	var got []event.Post
	cursor := ""
	batches := 0
	take := func(_ context.Context, b ingest.Batch) error {
		if batches++; batches == 3 {
			return broken
		}
		got = append(got, b.Posts...)
		cursor = b.Cursor
		return nil
	}
	if err := source.Read(t.Context(), "", take); !errors.Is(err, broken) {
		t.Fatalf("got %v, want the sink's own error", err)
	}
	if err := source.Read(t.Context(), cursor, take); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(gather(demo(), 3), got); diff != "" {
		t.Error(diff)
	}
	if err := source.Read(t.Context(), "yesterday", take); err == nil {
		t.Error("a cursor that is no count was accepted")
	}
}

func TestSourceKeepsItsSpeed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const speed = 60
		begun := time.Now()
		var first time.Time
		err := sim.NewSource(demo(), 3, speed).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
			if first.IsZero() {
				first = b.Through
			}
			if want := time.Duration(float64(b.Through.Sub(first)) / speed); (time.Since(begun) - want).Abs() > time.Millisecond {
				t.Errorf("posts through %s come after %s, want %s", b.Through, time.Since(begun), want)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took < 134*time.Second || took > 135*time.Second {
			t.Errorf("two and a quarter hours at 60 took %s, want 135 s", took)
		}
	})
}

func TestSourceEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err := sim.NewSource(demo(), 3, 1).Read(ctx, "", func(context.Context, ingest.Batch) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the context's error", err)
		}
	})
}
