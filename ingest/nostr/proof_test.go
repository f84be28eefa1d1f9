package nostr_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/nostr"
)

// Events that another implementation of NIP-01 and BIP-340 has hashed and signed, with secret keys 3 and 5.
const (
	note = `{"id":"6813deec2a5ee67e529290f6d70f7bebfe1042c5ff5b68d0e71ee5bde40f2a04","pubkey":"f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9","created_at":1783173600,"kind":1,"tags":[["t","isitdown"],["e","0909090909090909090909090909090909090909090909090909090909090909","wss://relay.example"],["p"]],"content":"is \"it\" down? <&> \\ \t \u2028 \u0001\u001f\b\f\r\n \u00e9 \u969c\u5bb3 \ud83d\ude2d /","sig":"c89437d47351934892f041483bbe1029e1fc5383b6f877ad21e1c732ea0d1d3dc7d8a678ca3e8336c33f1c053667b414ea24e24dd31cd525c9214972de24506a"}`
	// takenBack is the author's own deletion of the note, and foreign somebody else's.
	takenBack = `{"id":"eba5b4c2c5176d708bde98f6f5ec00767d8d4c46d458c2e0036cd2791dcc19dc","pubkey":"f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9","created_at":1783173601,"kind":5,"tags":[["e","6813deec2a5ee67e529290f6d70f7bebfe1042c5ff5b68d0e71ee5bde40f2a04"],["k","1"]],"content":"oops","sig":"e3933ad403e13ff0146387267a2aa1eb570e03a8cb84288d6fb7115cfd9b8ab520fb37cb78763a41396bd1dedf03a8bb47a0d34b11e4c8c575aa63756d57f90e"}`
	foreign   = `{"id":"889b09b9594c2efdf200ba85b63c3b1b2ac8ccbb3df4336f30b9d45a794849a1","pubkey":"2f8bde4d1a07209355b4a7250a5c5128e88b84bddc619ab7cba8d569b240efe4","created_at":1783173602,"kind":5,"tags":[["e","6813deec2a5ee67e529290f6d70f7bebfe1042c5ff5b68d0e71ee5bde40f2a04"],["k","1"]],"content":"not mine","sig":"65984d1e2b4c4c02cbe7ed9c9c02997b4e5e47e089aaa74b7b2048ad9d3d874464376a614e72e259270ff7abb36fbe010be8dfc7f5f3658d5fcfa324c9066aa5"}`
)

func signed(event string) string { return `["EVENT","outcry",` + event + `]` }

func TestProof(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change [2]string
		ok     bool
		proved bool
	}{
		"as it was signed":     {[2]string{}, true, true},
		"escaped differently":  {[2]string{`\u00e9`, "\u00e9"}, true, true},
		"other words":          {[2]string{"down?", "up?"}, true, false},
		"another time":         {[2]string{"1783173600", "1783173601"}, true, false},
		"another tag":          {[2]string{"isitdown", "isitup"}, true, false},
		"another author":       {[2]string{"f9308a", "f9308b"}, true, false},
		"another signature":    {[2]string{"c89437", "c89438"}, true, false},
		"no signature":         {[2]string{`"sig":`, `"was":`}, true, false},
		"half a signature":     {[2]string{"c89437", ""}, true, false},
		"an id that is none":   {[2]string{`"id":"6813`, `"id":"Z813`}, false, false},
		"capital letters":      {[2]string{`"id":"6813de`, `"id":"6813DE`}, false, false},
		"a kind not asked for": {[2]string{`"kind":1`, `"kind":7`}, false, false},
	} {
		_, ok, proved := nostr.Decode([]byte(signed(strings.Replace(note, tc.change[0], tc.change[1], 1))))
		if ok != tc.ok || ok && proved != tc.proved {
			t.Errorf("%s: decoded %v, proved %v; want %v, %v", name, ok, proved, tc.ok, tc.proved)
		}
	}
}

// tell has a relay give what it has stored and what comes, and reads until all is there.
func tell(t *testing.T, events ...string) (posts int, dropped map[string]int) {
	t.Helper()
	f := newFake(t, []string{ingesttest.Poison}, 0)
	for _, e := range events {
		f.also = append(f.also, signed(e))
	}
	s, err := nostr.New(nostr.Config{Relays: []string{f.address()}, Tags: []string{"isitdown"}, Begin: 24 * 365 * 10 * time.Hour, AllowPrivate: loopback()})
	if err != nil {
		t.Fatal(err)
	}
	dropped = map[string]int{}
	err = s.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts += len(b.Posts)
		for reason, n := range b.Dropped {
			dropped[reason] += n
		}
		if dropped[ingest.ReasonSyntax] > 0 { // the last one
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	delete(dropped, ingest.ReasonSyntax)
	return posts, dropped
}

func TestForgeriesAndWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	forged := strings.Replace(note, "down?", "up?", 1)
	for name, tc := range map[string]struct {
		events  []string
		posts   int
		dropped map[string]int
	}{
		"a note":                 {[]string{note}, 1, map[string]int{}},
		"a note twice":           {[]string{note, note}, 1, map[string]int{}},
		"a forged note":          {[]string{forged, note}, 1, map[string]int{"forged": 1}},
		"taken back":             {[]string{takenBack, note}, 0, map[string]int{"deleted": 1}},
		"taken back, later":      {[]string{note, takenBack}, 0, map[string]int{"deleted": 1}},
		"taken back by another":  {[]string{foreign, note}, 1, map[string]int{}},
		"taken back by a forger": {[]string{strings.Replace(takenBack, "oops", "oop", 1), note}, 1, map[string]int{"forged": 1}},
	} {
		posts, dropped := tell(t, tc.events...)
		if diff := cmp.Diff(tc.dropped, dropped); diff != "" || posts != tc.posts {
			t.Errorf("%s: %d posts, want %d; dropped (-want +got):\n%s", name, posts, tc.posts, diff)
		}
	}
}
