package nats_test

import (
	"testing"
)

// TestNotesAreReadFromTheLeader: a server of a cluster that lags behind may not say what was told.
func TestNotesAreReadFromTheLeader(t *testing.T) {
	t.Parallel()
	log, js := posts(t, 0)
	for range 2 { // as it is made, and as it is found
		notes, err := log.Notes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := notes.Put(t.Context(), "a", "b"); err != nil {
			t.Fatal(err)
		}
		if got, err := notes.Get(t.Context(), "a"); got != "b" || err != nil {
			t.Errorf("Get() = %q, %v; want what was put", got, err)
		}
		stream, err := js.Stream(t.Context(), "KV_NOTES")
		if err != nil {
			t.Fatal(err)
		}
		if stream.CachedInfo().Config.AllowDirect {
			t.Error("any server may answer")
		}
	}
}
