package replay_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/replay"
)

// jetstreamLines makes lines of about 590 bytes such as Jetstream sends; one in a hundred speaks of a service.
func jetstreamLines(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		text := strings.Repeat("nothing in particular happens here today ", 6)
		if i%100 == 0 {
			text += "but whatsapp is down"
		} else {
			text += "and that is all well"
		}
		fmt.Fprintf(&b, `{"did":"did:plc:%024d","time_us":%d,"kind":"commit","commit":{"rev":"3mmoojpaqkn2z","operation":"create",`+
			`"collection":"app.bsky.feed.post","rkey":"3mm%010d","record":{"$type":"app.bsky.feed.post","createdAt":"2026-05-25T14:23:28.757Z",`+
			`"langs":["en"],"text":"%s"},"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4"}}`+"\n",
			i, 1779719009157119+i, i, text)
	}
	return b.Bytes()
}

// message is what a straightforward program would decode a line into.
type message struct {
	Did    string `json:"did"`
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit struct {
		Rev, Operation, Collection, Rkey, Cid string
		Record                                struct {
			Type      string    `json:"$type"`
			CreatedAt time.Time `json:"createdAt"`
			Langs     []string  `json:"langs"`
			Text      string    `json:"text"`
			Tags      []string  `json:"tags"`
			Facets    []struct {
				Features []struct {
					Type string `json:"$type"`
					Tag  string `json:"tag"`
				} `json:"features"`
			} `json:"facets"`
			Reply *struct {
				Parent struct{ URI string } `json:"parent"`
			} `json:"reply"`
		} `json:"record"`
	} `json:"commit"`
}

// BenchmarkReplay compares, in one run: reading with a sieve that passes one line in a hundred, reading and decoding all,
// and encoding/json on every line.
func BenchmarkReplay(b *testing.B) {
	const n = 20000
	content := jetstreamLines(n)
	replayAll := func(b *testing.B, sieve ingest.Sieve, want int) {
		b.SetBytes(int64(len(content)))
		b.ReportAllocs()
		for b.Loop() {
			got, err := read(b, replay.Config{Paths: []string{"-"}, Stdin: bytes.NewReader(content), Sieve: sieve}, "")
			if err != nil || got.seen != n || len(got.posts) != want {
				b.Fatalf("%d posts of %d, %v", len(got.posts), got.seen, err)
			}
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
	}
	b.Run("sieve", func(b *testing.B) { replayAll(b, only("down"), n/100) })
	b.Run("everything", func(b *testing.B) { replayAll(b, nil, n) })
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		b.ReportAllocs()
		for b.Loop() {
			for line := range bytes.Lines(content) {
				var m message
				if err := json.Unmarshal(line, &m); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
	})
}
