package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

func mustPublish(t *testing.T, l Log, events ...event.Event) {
	t.Helper()
	for _, e := range events {
		if err := l.PublishOutage(t.Context(), e); err != nil {
			t.Fatalf("PublishOutage(%s): %v", e.ID, err)
		}
	}
}

func wantOutages(t *testing.T, l Log, want []event.Event) {
	t.Helper()
	got, err := l.Outages(t.Context())
	if err != nil {
		t.Fatalf("Outages: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outages (-want +got):\n%s", diff)
	}
}

func examOutagesOnce(t *testing.T, s LogServer) {
	l := openLog(t, s)
	wantOutages(t, l, nil)
	life := []event.Event{
		NewEvent("01A", 1, "whatsapp", event.TypeSuspected), NewEvent("01A", 2, "whatsapp", event.TypeConfirmed),
		NewEvent("01B-2", 1, "x", event.TypeConfirmed), NewEvent("01A", 3, "instagram", event.TypeChanged),
		NewEvent("01A", 4, "instagram", event.TypeResolved),
	}
	mustPublish(t, l, life[:3]...)
	mustPublish(t, l, life[:3]...)
	wantOutages(t, l, life[:3])

	// Another process knows what was published before it came, and two of them at once do not get past each other.
	other := openLog(t, s)
	mustPublish(t, other, life[:3]...)
	var both sync.WaitGroup
	for _, publisher := range []Log{l, other} {
		both.Go(func() {
			for _, e := range life {
				if err := publisher.PublishOutage(t.Context(), e); err != nil {
					t.Errorf("PublishOutage(%s): %v", e.ID, err)
				}
			}
		})
	}
	both.Wait()
	wantOutages(t, l, life)

	// So it is when the server has forgotten the id, as it does in time: it is the events themselves that count.
	late := NewEvent("01C", 1, "x", event.TypeConfirmed)
	body, err := json.Marshal(late)
	if err != nil {
		t.Fatal(err)
	}
	s.Request(t, late.Topic(), map[string]string{"ce-id": late.ID}, string(body))
	mustPublish(t, l, late)
	mustPublish(t, other, late)
	wantOutages(t, l, append(life, late))

	bad := NewEvent("", 0, "x", event.TypeConfirmed)
	if err := l.PublishOutage(t.Context(), bad); err == nil {
		t.Error("an event without an outage was accepted")
	}
}

func examNotifier(t *testing.T, s LogServer) {
	l := openLog(t, s)
	mustPublish(t, l, NewEvent("01OLD", 1, "x", event.TypeConfirmed))
	failures := 2
	n := read(t, one(l.ConsumeOutages), "ops on Slack", func([]event.Event) error {
		if failures--; failures >= 0 {
			return errRefused
		}
		return nil
	})
	// The notifier begins with what comes after it is known, so the first event is repeated under new numbers until it is heard.
	probes := 0
	Eventually(t, "the notifier is known", func() bool {
		probes++
		mustPublish(t, l, NewEvent("01PROBE", probes, "x", event.TypeChanged))
		return len(n.all()) > 0
	})
	var want []event.Event
	for seq := 1; seq <= 5; seq++ {
		want = append(want, NewEvent("01A", seq, "x", event.TypeChanged))
	}
	mustPublish(t, l, want...)
	only := func() (got []event.Event) {
		for _, e := range n.all() {
			if e.Data.ID == "01A" {
				got = append(got, e)
			}
		}
		return got
	}
	Eventually(t, "all events came", func() bool { return len(only()) >= len(want) })
	if diff := cmp.Diff(want, only()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if first := n.all()[0]; first.Data.ID != "01PROBE" {
		t.Errorf("a new notifier began with %s", first.ID)
	}
	if err := n.stop(t); err == nil {
		t.Error("the consumer ended without an error")
	}

	// What comes while it is away waits for it.
	away := NewEvent("01A", 6, "x", event.TypeResolved)
	mustPublish(t, l, away)
	back := read(t, one(openLog(t, s).ConsumeOutages), "ops on Slack", nil)
	Eventually(t, "the missed event came", func() bool { return len(back.all()) > 0 })
	if diff := cmp.Diff([]event.Event{away}, back.all()); diff != "" {
		t.Errorf("after coming back (-want +got):\n%s", diff)
	}
}

func examWatch(t *testing.T, s LogServer) {
	l := openLog(t, s)
	old := []event.Event{NewEvent("01A", 1, "whatsapp", event.TypeConfirmed), NewEvent("01B", 1, "x", event.TypeConfirmed), NewEvent("01A", 2, "whatsapp", event.TypeResolved)}
	mustPublish(t, l, old...)
	watch := func(subject string) *reader[event.Event] {
		return read(t, func(ctx context.Context, _ string, handle func(context.Context, []event.Event) error) error {
			return l.WatchAllOutages(ctx, subject, func(ctx context.Context, e event.Event) error { return handle(ctx, []event.Event{e}) })
		}, subject, nil)
	}
	for subject, want := range map[string][]event.Event{
		"": old, "whatsapp": {old[0], old[2]}, "*.confirmed": old[:2], "outcry.outages.x.>": {old[1]}, "whatsapp.resolved": {old[2]},
	} {
		w := watch(subject)
		Eventually(t, "what is there came", func() bool { return len(w.all()) >= len(want) })
		if diff := cmp.Diff(want, w.all()); diff != "" {
			t.Errorf("watching %q (-want +got):\n%s", subject, diff)
		}
	}
	live := read(t, one(l.WatchOutages), "whatsapp", nil)
	probes := 2
	Eventually(t, "a new event came", func() bool {
		probes++
		mustPublish(t, l, NewEvent("01A", probes, "whatsapp", event.TypeChanged), NewEvent("01B", probes, "x", event.TypeChanged))
		return len(live.all()) > 0
	})
	for _, e := range live.all() {
		if e.Subject != "whatsapp" || e.Data.Seq < 3 {
			t.Errorf("watching whatsapp from now on gave %s of %s", e.ID, e.Subject)
		}
	}
	if err := read(t, one(l.WatchOutages), "outcry.mentions.x", nil).wait(t); err == nil {
		t.Error("watching a subject that has no events gave no error")
	}
	failing := read(t, one(l.WatchAllOutages), "", func([]event.Event) error { return errRefused })
	if err := failing.wait(t); !errors.Is(err, errRefused) {
		t.Errorf("the handler's error came back as %v", err)
	}
}

func examDeadLetters(t *testing.T, s LogServer) {
	l := openLog(t, s)
	e := NewEvent("01A", 1, "x", event.TypeConfirmed)
	for range 2 {
		if err := l.DeadLetter(t.Context(), "Ops: Slack", e, "410 Gone"); err != nil {
			t.Fatalf("DeadLetter: %v", err)
		}
	}
	if err := l.DeadLetter(t.Context(), "pager", e, "timeout"); err != nil {
		t.Fatalf("DeadLetter: %v", err)
	}
	want := []string{"Ops: Slack 01A-1 410 Gone", "pager 01A-1 timeout"}
	if diff := cmp.Diff(want, s.Letters(t, l)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
