package bluesky_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/klauspost/compress/zstd"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
)

const second = "/xrpc/network.bsky.jetstream.subscribeEvents"

// renumbered is Jetstream's dictionary under another number.
func renumbered(id uint32) []byte {
	dictionary := []byte(bluesky.KnownDictionary())
	binary.LittleEndian.PutUint32(dictionary[4:], id)
	return dictionary
}

// TestTheDictionaryIsJetstreams holds the file against the one that Jetstream ships, and has its licence beside it.
func TestTheDictionaryIsJetstreams(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte(bluesky.KnownDictionary()))
	if got, want := hex.EncodeToString(sum[:]), "b8d77b46933aceecbdd5275a01241efc985c970c78162b8150cf67a26522f70c"; got != want {
		t.Errorf("the dictionary's SHA-256 is %s, want %s", got, want)
	}
	licence, err := os.ReadFile("jetstream/LICENSE")
	if err != nil || !bytes.HasPrefix(licence, []byte("MIT License\n\nCopyright (c) 2023 Jaz")) {
		t.Errorf("the licence of the dictionary begins with %.60q, %v", licence, err)
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		path   string
		second []byte
		ask    string
	}{
		"version 1":                          {"", nil, "compress=true"},
		"version 2":                          {second, renumbered(77), "zstdDictionary=77"},
		"version 2, no dictionary":           {second, nil, ""},
		"version 2, what is not one":         {second, []byte("<html>"), ""},
		"version 2, behind a path of a host": {"/jetstream" + second, renumbered(78), "zstdDictionary=78"},
	} {
		j := newJetstream(t, lines(20))
		j.second = tc.second
		take(t, source(t, bluesky.Config{Endpoints: []string{j.URL + tc.path}}), "", 20)
		asked := j.asked()
		if got := asked[len(asked)-1].Encode(); !strings.Contains(got, tc.ask) || tc.ask == "" && strings.Contains(got, "zstd") {
			t.Errorf("%s: the stream was asked for with %s, want %s", name, got, tc.ask)
		}
	}
}

// TestADictionaryThatIsNotThereYet: a host that cannot give it now is asked again, one that has none is not.
func TestADictionaryThatIsNotThereYet(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{http.StatusServiceUnavailable: "zstdDictionary=77", http.StatusTooManyRequests: "zstdDictionary=77", http.StatusNotFound: "collections"} {
		j := newJetstream(t, lines(20))
		j.second = renumbered(77)
		first := true
		j.refuse = func(w http.ResponseWriter, r *http.Request) bool {
			if !first || !strings.HasSuffix(r.URL.Path, "getZstdDictionary") {
				return false
			}
			first = false
			w.WriteHeader(status)
			return true
		}
		src := source(t, bluesky.Config{Endpoints: []string{j.URL + second}})
		take(t, src, "", 20)
		take(t, src, "", 20)
		asked := j.asked()
		if got := asked[len(asked)-1].Encode(); !strings.Contains(got, want) || strings.Contains(got, "zstd") != strings.Contains(want, "zstd") {
			t.Errorf("%d: the stream was asked for with %s, want %s", status, got, want)
		}
	}
}

func TestADictionaryThatChanges(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, lines(20))
	j.second = renumbered(77)
	src := source(t, bluesky.Config{Endpoints: []string{j.URL + second}})
	take(t, src, "", 20)
	j.change(renumbered(78))
	take(t, src, "", 20)
}

func TestAnUnknownDictionaryIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, lines(20))
	j.dictionary = renumbered(5)
	src := source(t, bluesky.Config{Endpoints: []string{j.URL}})
	err := src.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "dictionary that is not known") {
		t.Fatalf("Read = %v, want a word about the dictionary", err)
	}
	take(t, src, "", 20)
	if asked := j.asked(); asked[1].Has("compress") {
		t.Errorf("the second time it asked for %v", asked[1])
	}
}

func TestAFrameThatCannotBeInflatedIsCounted(t *testing.T) {
	t.Parallel()
	j := newJetstream(t, []string{"", line(1, "a")})
	j.broken = true
	batches := take(t, source(t, bluesky.Config{Endpoints: []string{j.URL}}), "", 1)
	dropped := map[string]int{}
	for _, b := range batches {
		for reason, n := range b.Dropped {
			dropped[reason] += n
		}
	}
	if len(dropped) != 1 || dropped[ingest.ReasonEncoding] != 1 {
		t.Errorf("dropped %v, want one for its encoding", dropped)
	}
}

// writeBroken writes an empty line as a frame that looks compressed and is not.
func writeBroken(write writeFunc) writeFunc {
	return func(ctx context.Context, conn *websocket.Conn, line string) error {
		if line == "" {
			return conn.Write(ctx, websocket.MessageBinary, []byte{0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff})
		}
		return write(ctx, conn, line)
	}
}

// FuzzFrame: whatever a server sends as compressed, there is no panic, and nothing is larger than what is read at all.
func FuzzFrame(f *testing.F) {
	f.Add([]byte{0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff})
	f.Add(deflated(f, "{}"))
	f.Add(deflated(f, strings.Repeat("a", 1<<20)))
	inflate, err := bluesky.Inflater()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		if message, err := inflate(frame); err == nil && len(message) > bluesky.ReadLimit {
			t.Fatalf("a message of %d bytes", len(message))
		}
	})
}

func deflated(f *testing.F, text string) []byte {
	f.Helper()
	deflate, err := zstd.NewWriter(nil, zstd.WithEncoderDict([]byte(bluesky.KnownDictionary())))
	if err != nil {
		f.Fatal(err)
	}
	return deflate.EncodeAll([]byte(text), nil)
}
