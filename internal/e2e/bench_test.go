package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The file that is replayed: lines of Bluesky of about the length that is usual on the wire, of which one in relevantEvery speaks of a service in trouble.
const (
	benchLines    = 300_000
	lineBytes     = 590
	relevantEvery = 100
)

// writeBenchFile writes a file of so many lines, one every step, and returns its path.
func writeBenchFile(b *testing.B, lines int, step time.Duration) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bluesky.ndjson")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	r := rand.New(rand.NewPCG(300, 590))
	for n := range lines {
		_, _ = w.WriteString(benchLine(r, n, demoStart().Add(time.Duration(n)*step)) + "\n") // Flush tells of an error
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchLine is a reply as Jetstream sends it; one in five holds a link.
func benchLine(r *rand.Rand, n int, at time.Time) string {
	words := strings.Fields("today my cat slept all morning while I baked bread for Anna and it rained again so they read a book about old maps of the river then walked home")
	text := make([]string, 6)
	for i := range text {
		text[i] = words[r.IntN(len(words))]
	}
	said := strings.Join(text, " ")
	if n%relevantEvery == 0 {
		said = "is whatsapp down for anyone else? cannot send messages"
	}
	const aLink = `"facets":[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://news.site.test/a"}],"index":{"byteEnd":31,"byteStart":0}}],`
	link := ""
	if n%5 == 1 {
		link = aLink
	}
	// The names of records are made of these letters, so that no word comes out by chance.
	const letters = "234567bcdfghjklmnpqrstvwxz"
	name := func(length int) string {
		b := make([]byte, length)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	ref := func(pad int) string {
		return `{"cid":"bafyrei` + name(52) + `","uri":"at://did:plc:` + name(24) + `/app.bsky.feed.post/` + name(13+pad) + `"}`
	}
	line := func(pad int) string {
		return fmt.Sprintf(`{"did":"did:plc:%s","time_us":%d,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3mptb%08d",`+
			`"record":{"$type":"app.bsky.feed.post","createdAt":"%s",%s"langs":["en"],"reply":{"parent":%s},"text":"%s"},"cid":"bafyrei%s"}}`,
			name(24), at.UnixMicro(), n, at.Format(time.RFC3339), link, ref(pad), said, name(52))
	}
	return line(max(0, lineBytes-1+len(link)-len(aLink)/5-len(line(0))))
}

// decoded is what a program would decode of a line with encoding/json to find out what was said, by whom and when.
type decoded struct {
	DID    string `json:"did"`
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit struct {
		Operation, Collection, Rkey string
		Record                      struct {
			Text      string   `json:"text"`
			Langs     []string `json:"langs"`
			CreatedAt string   `json:"createdAt"`
			Facets    []struct {
				Features []struct {
					Type string `json:"$type"`
					Tag  string `json:"tag"`
				} `json:"features"`
			} `json:"facets"`
		} `json:"record"`
	} `json:"commit"`
}

// used is the CPU time that this process has used.
func used(b *testing.B) time.Duration {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// decodeAll decodes every line on one core and gives the CPU time that it took.
func decodeAll(b *testing.B, content []byte) time.Duration {
	b.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	before, n := used(b), 0
	for line := range bytes.Lines(content) {
		var d decoded
		if err := json.Unmarshal(line, &d); err != nil {
			b.Fatal(err)
		}
		if d.Commit.Record.Text != "" {
			n++
		}
	}
	if n != benchLines {
		b.Fatalf("%d lines were decoded", n)
	}
	return used(b) - before
}

// replayAll has `outcry replay` read a file on one core, from start to end, and gives the CPU time that it took.
func replayAll(b *testing.B, path string, posts int) time.Duration {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, "replay", path)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	cmd.Dir = b.TempDir()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil {
		b.Fatalf("%v: %s", err, tail(errs.String()))
	}
	// Of words put together by chance some are guessed to be a complaint too: of one line in a hundred at most.
	if s := summaryOf(b, errs.String()); s.posts != posts || s.mentions < posts/relevantEvery || s.mentions > posts/relevantEvery+posts/100 {
		b.Fatalf("%d posts and %d mentions: %s", s.posts, s.mentions, errs.String())
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// BenchmarkReplay compares a replay of Bluesky with merely decoding each line by encoding/json; both on one core and in CPU time,
// so that what else the machine does matters little. "ratio" is how many times faster the replay is, all that is judged
// included; the start of the program, which costs the same for one post and for a million, is told apart. One operation is the
// whole file.
func BenchmarkReplay(b *testing.B) {
	path := writeBenchFile(b, benchLines, 50*time.Millisecond)
	content, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	empty := writeFile(b, "empty.ndjson", "")
	var decode, replay, begin time.Duration
	for b.Loop() {
		decode += decodeAll(b, content)
		replay += replayAll(b, path, benchLines)
		begin += replayAll(b, empty, 0)
	}
	posts := float64(benchLines * b.N)
	b.ReportMetric(float64(len(content))/benchLines, "bytes/line")
	b.ReportMetric(posts/decode.Seconds(), "decoded/s")
	b.ReportMetric(posts/(replay-begin).Seconds(), "replayed/s")
	b.ReportMetric(begin.Seconds()/float64(b.N), "start-s")
	b.ReportMetric(decode.Seconds()/(replay-begin).Seconds(), "ratio")
	b.ReportMetric(decode.Seconds()/replay.Seconds(), "ratio-with-start")
}

// BenchmarkDay replays a day of a million posts on one core, from start to end, and tells what it takes in CPU time and as a part of the day.
// Run it with -benchtime 1x.
func BenchmarkDay(b *testing.B) {
	const posts, day = 1_000_000, 24 * time.Hour
	path := writeBenchFile(b, posts, day/posts)
	var took time.Duration
	for b.Loop() {
		took += replayAll(b, path, posts)
	}
	each := took / time.Duration(b.N)
	b.ReportMetric(each.Seconds(), "cpu-s")
	b.ReportMetric(day.Seconds()/each.Seconds(), "day/replay")
	b.ReportMetric(0, "ns/op")
}
