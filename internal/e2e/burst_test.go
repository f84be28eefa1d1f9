package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A burst: what is usual at Bluesky's busiest hour, and fifty times as much for a minute.
const (
	usualRate    = 36
	usualSeconds = 15
	burstRate    = 50 * usualRate
	burstSeconds = 60
)

// BenchmarkBurst has the program listen while fifty times as many posts come as usual, one in a hundred of them a complaint, and tells by how
// much its memory grew ("MiB-usual" before, "MiB-most" at most), how late a post was at worst ("worst-lag-ms"), in which share of the
// minute it waited for its log ("busy") and how many posts were lost. One operation is the whole of it; it needs Linux' /proc.
func BenchmarkBurst(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("memory is read from /proc")
	}
	for b.Loop() {
		lines := burstLines(time.Now().Add(2 * time.Second))
		s := newJetstream(b, lines)
		h := newHouse(b, plan{sources: s.source()}).open()
		s.awaitConnection(h, 1)
		usual := endure(b, h, s, usualRate*usualSeconds)
		before := waited(h)
		burst := endure(b, h, s, len(lines))
		h.awaitThrough(s.times[len(lines)-1])
		read, _ := h.metric(postsRead)
		b.ReportMetric(usual.memory, "MiB-usual")
		b.ReportMetric(burst.memory, "MiB-most")
		b.ReportMetric(1000*burst.lag, "worst-lag-ms")
		b.ReportMetric((waited(h)-before)/burstSeconds, "busy")
		b.ReportMetric(float64(len(lines))-read, "lost")
		h.kill()
	}
}

// burstLines are the posts of the usual time and of the burst, each of the time at which it is published.
func burstLines(begin time.Time) []string {
	r := rand.New(rand.NewPCG(36, 1800))
	lines := make([]string, usualRate*usualSeconds+burstRate*burstSeconds)
	for n := range lines {
		at := begin.Add(time.Duration(min(n, usualRate*usualSeconds)) * time.Second / usualRate)
		at = at.Add(time.Duration(max(0, n-usualRate*usualSeconds)) * time.Second / burstRate)
		lines[n] = benchLine(r, n, at)
	}
	return lines
}

// most is the most that was seen of something.
type most struct{ memory, lag float64 }

// endure publishes lines as their time comes, up to the n-th, and watches the program meanwhile.
func endure(b *testing.B, h *house, s *jetstream1, n int) most {
	b.Helper()
	var seen most
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for due := 0; due < n; {
		now := time.Now().UnixMicro()
		for due < n && s.times[due] <= now {
			due++
		}
		s.publish(max(due, s.wasPublished()))
		select {
		case <-look.C:
			lag, _ := h.metric(`outcry_source_lag_seconds{source="bluesky"}`)
			seen.memory, seen.lag = max(seen.memory, memory(b, h)), max(seen.lag, lag)
		case <-time.After(time.Millisecond):
		}
	}
	return seen
}

// waited is for how many seconds the source has waited for the log.
func waited(h *house) float64 {
	seconds, _ := h.metric(`outcry_source_waited_seconds_total{source="bluesky"}`)
	return seconds
}

// memory is how much of the machine's memory the program uses, in MiB.
func memory(b *testing.B, h *house) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
