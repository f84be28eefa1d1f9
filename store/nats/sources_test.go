package nats_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

// TestSources holds that whoever comes late sees how every source fares now, and then every change.
func TestSources(t *testing.T) {
	t.Parallel()
	log, js := posts(t, 0)
	at := time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)
	say := func(source string, state event.SourceState) event.SourceStatus {
		t.Helper()
		s := event.SourceStatus{Source: source, State: state, Since: at, At: at, Posts: 7, Cursor: "c", Error: "no <b>"}
		if err := log.PublishSource(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	say("bluesky", event.SourceConnecting)
	mine := say("My feed: è.*>", event.SourceBlind)
	live := say("bluesky", event.SourceLive)
	if _, err := js.Publish(t.Context(), "outcry.sources.x", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	all, err := log.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]event.SourceStatus{mine, live}, all); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	enough := errors.New("enough")
	var heard []event.SourceStatus
	err = log.WatchSources(t.Context(), func(_ context.Context, s event.SourceStatus) error {
		heard = append(heard, s)
		switch len(heard) {
		case 2:
			say("bluesky", event.SourceDone)
		case 3:
			return enough
		}
		return nil
	})
	live.State = event.SourceDone
	if diff := cmp.Diff([]event.SourceStatus{mine, all[1], live}, heard); diff != "" || !errors.Is(err, enough) {
		t.Errorf("WatchSources = %v; heard (-want +got):\n%s", err, diff)
	}
}

// TestForgetSource: of a source nothing is known any more, and of the others all.
func TestForgetSource(t *testing.T) {
	t.Parallel()
	log, _ := posts(t, 0)
	at := time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)
	for _, name := range []string{"bluesky", "My feed"} {
		err := log.PublishSource(t.Context(), event.SourceStatus{Source: name, State: event.SourceBlind, Since: at, At: at})
		if err = errors.Join(err, log.SaveCursor(t.Context(), name, "c")); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []bool{true, false} {
		if known, err := log.ForgetSource(t.Context(), "My feed"); known != want || err != nil {
			t.Errorf("ForgetSource = %v, %v; want %v", known, err, want)
		}
	}
	all, err := log.Sources(t.Context())
	if err != nil || len(all) != 1 || all[0].Source != "bluesky" {
		t.Errorf("Sources = %+v, %v; want bluesky alone", all, err)
	}
	for name, want := range map[string]string{"bluesky": "c", "My feed": ""} {
		if cursor, err := log.Cursor(t.Context(), name); cursor != want || err != nil {
			t.Errorf("Cursor(%s) = %q, %v; want %q", name, cursor, err, want)
		}
	}
}
