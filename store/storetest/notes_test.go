package storetest_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/storetest"
)

// embeddedLog is a log on a server in this process, whose streams lie in dir.
func embeddedLog(t *testing.T, dir string) (*nats.Log, func()) {
	t.Helper()
	server, err := embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: dir}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	log, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return log, func() {
		if err := errors.Join(log.Close(context.WithoutCancel(t.Context())), server.Close()); err != nil {
			t.Error(err)
		}
	}
}

// TestNotesOutliveTheServer keeps values under keys of all kinds, restarts the server and finds them again.
func TestNotesOutliveTheServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	want := map[string]string{"newsroom/01JEV9META": `{"ts":"1.2"}`, "": "no name", "Ünïcode *.>": "é", "_41": "looks encoded"}
	log, closeAll := embeddedLog(t, dir)
	notes, err := log.Notes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := notes.Get(t.Context(), "nobody"); got != "" || err != nil {
		t.Errorf("Get of what was never put = %q, %v", got, err)
	}
	if all, err := notes.All(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("All of nothing = %v, %v", all, err)
	}
	for key, value := range want {
		for _, v := range []string{"older", value} {
			if err := notes.Put(t.Context(), key, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	closeAll()
	log, closeAll = embeddedLog(t, dir)
	defer closeAll()
	if notes, err = log.Notes(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := notes.All(t.Context())
	if diff := cmp.Diff(want, all); err != nil || diff != "" {
		t.Errorf("All() = %v (-want +got):\n%s", err, diff)
	}
	for key, value := range want {
		if got, err := notes.Get(t.Context(), key); got != value || err != nil {
			t.Errorf("Get(%q) = %q, %v, want %q", key, got, err, value)
		}
	}
}

// TestNotesAreSwapped lets only one of two who know the same revision put theirs in its place.
func TestNotesAreSwapped(t *testing.T) {
	t.Parallel()
	log, closeAll := embeddedLog(t, filepath.Join(t.TempDir(), "data"))
	defer closeAll()
	notes, err := log.Notes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"", "first", "second"} {
		value, revision, err := notes.Load(t.Context(), "ops/01A")
		if value != want || err != nil {
			t.Fatalf("Load() = %q, %v, want %q", value, err, want)
		}
		next := map[string]string{"": "first", "first": "second", "second": "third"}[want]
		if swapped, err := notes.Swap(t.Context(), "ops/01A", next, revision); !swapped || err != nil {
			t.Errorf("Swap to %q = %v, %v", next, swapped, err)
		}
		if swapped, err := notes.Swap(t.Context(), "ops/01A", "late", revision); swapped || err != nil {
			t.Errorf("Swap of a revision that is gone = %v, %v", swapped, err)
		}
	}
}

// TestNotesAreWatched sees what is there, hears once that this was all, and then every change.
func TestNotesAreWatched(t *testing.T) {
	t.Parallel()
	log, closeAll := embeddedLog(t, filepath.Join(t.TempDir(), "data"))
	defer closeAll()
	silences, err := log.Silences(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put := func(key, value string) {
		if err := silences.Put(t.Context(), key, value); err != nil {
			t.Fatal(err)
		}
	}
	put("a", "1")
	put("B", "2")
	ctx, cancel := context.WithCancel(t.Context())
	heard, ready, ended := make(chan [2]string, 10), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- silences.Watch(ctx, func(key, value string) { heard <- [2]string{key, value} }, func() { close(ready) })
	}()
	<-ready
	put("a", "3")
	got := map[string]string{}
	for range 3 {
		one := <-heard
		got[one[0]] = one[1]
	}
	if want := map[string]string{"a": "3", "B": "2"}; !maps.Equal(got, want) {
		t.Errorf("heard %v, want %v", got, want)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Watch() = %v, want the context's error", err)
	}
}

func TestLettersCanBeForgotten(t *testing.T) {
	t.Parallel()
	log, closeAll := embeddedLog(t, filepath.Join(t.TempDir(), "data"))
	defer closeAll()
	for seq := 1; seq <= 3; seq++ {
		if err := log.DeadLetter(t.Context(), "Ops 1", storetest.NewEvent("o", seq, "whatsapp", event.TypeConfirmed), "down"); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := log.Letters(t.Context())
	if err != nil || len(letters) != 3 || letters[1].Notifier != "Ops 1" || letters[1].Event.ID != "o-2" || letters[1].Reason != "down" {
		t.Fatalf("Letters() = %+v, %v", letters, err)
	}
	if err := log.ForgetLetter(t.Context(), letters[1].Seq); err != nil {
		t.Fatal(err)
	}
	if err := log.ForgetLetter(t.Context(), letters[1].Seq); !errors.Is(err, nats.ErrNoLetter) {
		t.Errorf("ForgetLetter of what is gone = %v, want %v", err, nats.ErrNoLetter)
	}
	letters, err = log.Letters(t.Context())
	if err != nil || len(letters) != 2 || letters[0].Event.ID != "o-1" || letters[1].Event.ID != "o-3" {
		t.Errorf("Letters() = %+v, %v; want the first and the last", letters, err)
	}
}

func TestReadingsOfOneService(t *testing.T) {
	t.Parallel()
	log, closeAll := embeddedLog(t, filepath.Join(t.TempDir(), "data"))
	defer closeAll()
	begin := time.Now().Add(-time.Minute)
	for slot := 1; slot <= 4; slot++ {
		readings := []event.Reading{storetest.NewReading("whatsapp", slot), storetest.NewReading("telegram", slot)}
		if err := log.PublishReadings(t.Context(), readings, storetest.NewTick(0, slot)); err != nil {
			t.Fatal(err)
		}
	}
	read := func(service string, since time.Time) (at []time.Time) {
		err := log.ReadingsOf(t.Context(), service, since, func(r event.Reading) error {
			if r.Service != service {
				t.Errorf("a reading of %s, want %s", r.Service, service)
			}
			at = append(at, r.At)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		return at
	}
	if got := read("whatsapp", begin); len(got) != 4 || !got[0].Before(got[3]) {
		t.Errorf("readings of %v, want four in order", got)
	}
	if got := read("nobody", begin); len(got) != 0 {
		t.Errorf("readings of nobody: %v", got)
	}
	if got := read("whatsapp", time.Now().Add(time.Hour)); len(got) != 0 {
		t.Errorf("readings of the future: %v", got)
	}
	if err := log.ReadingsOf(t.Context(), "what.*", begin, nil); err == nil {
		t.Error("a wildcard is accepted as a service")
	}
}
