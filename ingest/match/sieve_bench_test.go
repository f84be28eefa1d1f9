package match_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/match/catalogue"
	"github.com/outcry/outcry/ingest/replay"
	"github.com/outcry/outcry/internal/datatest"
)

// record is what a straightforward program would decode a line of Bluesky into.
type record struct {
	DID    string `json:"did"`
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit struct {
		Rev, Operation, Collection, RKey, CID string
		Record                                struct {
			Type      string   `json:"$type"`
			CreatedAt string   `json:"createdAt"`
			Text      string   `json:"text"`
			Langs     []string `json:"langs"`
			Tags      []string `json:"tags"`
			Reply     *struct{ Parent, Root struct{ CID, URI string } }
			Facets    []struct {
				Features []struct {
					Type string `json:"$type"`
					Tag  string `json:"tag"`
				}
			}
		}
	}
}

// catalogueOf is the services that come with the program, filled up to n with made-up ones or cut off there; 0: as they come.
func catalogueOf(tb testing.TB, n int) *match.Matcher {
	tb.Helper()
	list, _, err := catalogue.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	if n > len(list) {
		list = append(list, made(n-len(list))...)
	}
	if n > 0 {
		list = list[:n]
	}
	m, err := match.New(list)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// BenchmarkPass measures, in one run, what it costs to find the mentions in lines of Bluesky: with the sieve, which lets few
// of them be decoded and read, against decoding all of them with encoding/json and reading none. Run it with GOMAXPROCS=1 and
// -benchtime 20x.
func BenchmarkPass(b *testing.B) {
	lines := stream(4000, 100)
	contenders := []*contender{
		{name: "all-services", run: sieving(catalogueOf(b, 0))},
		{name: "300-services", run: sieving(catalogueOf(b, 300))},
		{name: "10000-services", run: sieving(catalogueOf(b, 10_000))},
		{name: "encoding-json", run: unmarshalling},
	}
	compete(b, lines, contenders...)
	m, passed := catalogueOf(b, 0), 0
	const calm = 20_000
	for _, line := range stream(calm, 0) {
		if m.Pass(line) {
			passed++
		}
	}
	b.ReportMetric(100*float64(passed)/calm, "%irrelevant-passed")
	b.ReportMetric(contenders[0].against(contenders[3]), "json/sieve")
	b.ReportMetric(contenders[1].against(contenders[2]), "10000/300-services")
}

// BenchmarkWholeStream measures the same over lines of a stream as they really came, of which one in nine is a post and the others are
// likes, reposts, follows and what else people do. Run it with GOMAXPROCS=1 and -benchtime 20x.
func BenchmarkWholeStream(b *testing.B) {
	lines := bytes.Split(bytes.TrimSpace(datatest.Read(b, "samples", "bluesky-jetstream", "expected_v1.jsonl")), []byte("\n"))
	lines = slices.Repeat(lines, 4000/len(lines))
	sieve := &contender{name: "all-services", run: sieving(catalogueOf(b, 0))}
	plain := &contender{name: "encoding-json", run: unmarshalling}
	compete(b, lines, sieve, plain)
	b.ReportMetric(sieve.against(plain), "json/sieve")
}

// BenchmarkReplay measures the replay of a file, with the matcher as its sieve and reading what passes, against a program that reads
// the same file line by line and decodes each with encoding/json. Run it with GOMAXPROCS=1 and -benchtime 20x.
func BenchmarkReplay(b *testing.B) {
	lines, path := stream(20_000, 100), filepath.Join(b.TempDir(), "lines.ndjson")
	if err := os.WriteFile(path, append(bytes.Join(lines, []byte("\n")), '\n'), 0o600); err != nil {
		b.Fatal(err)
	}
	m := catalogueOf(b, 0)
	whole := &contender{name: "replay", run: func([][]byte) { replayed(b, m, path) }}
	plain := &contender{name: "encoding-json", run: func([][]byte) { scanned(b, path) }}
	compete(b, lines, whole, plain)
	b.ReportMetric(whole.against(plain), "json/replay")
}

// replayed replays a file and reads the posts that pass.
func replayed(b *testing.B, m *match.Matcher, path string) {
	source, err := replay.New(replay.Config{Paths: []string{path}, Formats: []ingest.Format{bluesky.Jetstream{}}, Sieve: m})
	if err != nil {
		b.Fatal(err)
	}
	var mentions []event.Mention
	err = source.Read(b.Context(), "", func(_ context.Context, batch ingest.Batch) error {
		for i := range batch.Posts {
			mentions = m.Match(mentions[:0], &batch.Posts[i])
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// scanned decodes every line of a file.
func scanned(b *testing.B, path string) {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		unmarshalling([][]byte{lines.Bytes()})
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
}

// contender is one way of reading lines, with the time that it took in each turn.
type contender struct {
	name  string
	run   func(lines [][]byte)
	turns []time.Duration
}

// against is how many times as long other took in the same turn, the median of all turns.
func (c *contender) against(other *contender) float64 {
	ratios := make([]float64, len(c.turns))
	for i := range ratios {
		ratios[i] = float64(other.turns[i]) / float64(c.turns[i])
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// compete lets contenders read lines in turns, so that whatever else the machine does strikes all of them, and reports what a line cost
// in the best turn.
func compete(b *testing.B, lines [][]byte, contenders ...*contender) {
	for b.Loop() {
		for _, c := range contenders {
			start := time.Now()
			c.run(lines)
			c.turns = append(c.turns, time.Since(start))
		}
	}
	for _, c := range contenders {
		b.ReportMetric(float64(slices.Min(c.turns))/float64(len(lines)), "ns/line-"+c.name)
	}
	b.ReportMetric(0, "ns/op")
}

// sieving finds the mentions in lines.
func sieving(m *match.Matcher) func(lines [][]byte) {
	var posts []event.Post
	var mentions []event.Mention
	return func(lines [][]byte) {
		for _, line := range lines {
			if !m.Pass(line) {
				continue
			}
			posts, _ = bluesky.Jetstream{}.Decode(posts[:0], line)
			for k := range posts {
				mentions = m.Match(mentions[:0], &posts[k])
			}
		}
	}
}

// unmarshalling decodes lines as straightforward programs do.
func unmarshalling(lines [][]byte) {
	for _, line := range lines {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			panic(err)
		}
	}
}

// made makes n services of made-up names.
func made(n int) []event.Service {
	r := rand.New(rand.NewPCG(3, 4))
	list := make([]event.Service, n)
	for i := range list {
		var name strings.Builder
		for range 3 + r.IntN(2) {
			name.WriteByte("bcdfghklmnprstvz"[r.IntN(16)])
			name.WriteByte("aeiou"[r.IntN(5)])
		}
		id := fmt.Sprintf("%s-%d", name.String(), i)
		list[i] = event.Service{ID: id, Name: name.String() + "go", Tags: []string{name.String() + "stuck"}, Handles: []string{name.String() + "help"}, Aliases: []string{name.String() + " app"}}
	}
	return list
}
