package storetest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

// examBeginning gives new readers their place: nothing that is published afterwards is missed, though nobody reads yet.
func examBeginning(t *testing.T, s LogServer) {
	l := openLog(t, s)
	first := func(i int) func(context.Context, []event.Event) (int, error) {
		return func(_ context.Context, past []event.Event) (int, error) { return min(i, len(past)), nil }
	}
	start := func(l Log, name string, first func(context.Context, []event.Event) (int, error)) {
		t.Helper()
		if err := l.StartOutages(t.Context(), name, first); err != nil {
			t.Fatalf("StartOutages(%s): %v", name, err)
		}
	}
	start(l, "empty", first(0))
	var life []event.Event
	for seq := 1; seq <= 4; seq++ {
		life = append(life, NewEvent("01A", seq, "x", event.TypeChanged))
	}
	mustPublish(t, l, life[:2]...)
	start(l, "news", func(_ context.Context, past []event.Event) (int, error) {
		if diff := cmp.Diff(life[:2], past); diff != "" {
			t.Errorf("what is past (-want +got):\n%s", diff)
		}
		mustPublish(t, l, life[2]) // in this very moment
		return len(past), nil
	})
	start(l, "last", first(1))
	if err := l.StartOutages(t.Context(), "none", func(context.Context, []event.Event) (int, error) { return 0, errRefused }); err == nil {
		t.Error("StartOutages gives a place although nobody chose one")
	}
	mustPublish(t, l, life[3])
	other := openLog(t, s)
	start(other, "last", first(99)) // it has its place
	for name, want := range map[string][]event.Event{"empty": life, "news": life[2:], "last": life[1:]} {
		r := read(t, one(other.ConsumeOutages), name, nil)
		Eventually(t, "all events came to "+name, func() bool { return len(r.all()) >= len(want) })
		if diff := cmp.Diff(want, r.all()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	Eventually(t, "readers that are done leave the server", func() bool {
		return strings.Contains(s.Request(t, "$JS.API.CONSUMER.NAMES.OUTAGES", nil, ""), `"total":3,`)
	})
}

// examAgain looks at events again and again, in two processes at once, one of which goes away.
func examAgain(t *testing.T, s LogServer) {
	l := openLog(t, s)
	mustPublish(t, l, NewEvent("01A", 1, "x", event.TypeConfirmed))
	var mu sync.Mutex
	looks := map[string]int{}
	look := func(_ context.Context, e event.Event) (time.Duration, error) {
		mu.Lock()
		defer mu.Unlock()
		looks[e.ID]++
		switch n := looks[e.ID]; {
		case n == 2:
			return 0, errRefused
		case n < 6:
			return 10 * time.Millisecond, nil
		}
		return 0, nil
	}
	count := func(id string) int {
		mu.Lock()
		defer mu.Unlock()
		return looks[id]
	}
	looking := func(l Log) context.CancelFunc {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			if err := l.LookAtOutages(ctx, "later", look); ctx.Err() == nil {
				t.Errorf("LookAtOutages ended with %v", err)
			}
		}()
		leave := func() { stop(); <-done }
		t.Cleanup(leave)
		return leave
	}
	leave := looking(l)
	looking(openLog(t, s))
	Eventually(t, "the old event was looked at often enough", func() bool { return count("01A-1") >= 6 })
	leave()
	mustPublish(t, l, NewEvent("01A", 2, "x", event.TypeChanged), NewEvent("01B", 1, "x", event.TypeConfirmed))
	Eventually(t, "the new ones were too", func() bool { return count("01A-2") >= 6 && count("01B-1") >= 6 })
}
