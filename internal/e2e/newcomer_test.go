package e2e_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/storetest"
)

// TestDemo plays the evening that newcomers see first: it ends by itself, with an outage confirmed and resolved on the terminal, needs
// nothing and leaves nothing behind.
func TestDemo(t *testing.T) {
	t.Parallel()
	temporary := t.TempDir()
	cmd := exec.CommandContext(t.Context(), program, "demo", "--speed", "20000")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, tail(said.String()))
	}
	checkSane(t, said.String())
	for _, want := range []string{`(?m)^2023-03-09 \S+  ● TikTok is down`, `(?m)^2023-03-09 \S+  ✓ TikTok is back: down for `} {
		if !regexp.MustCompile(want).Match(out.Bytes()) {
			t.Errorf("the terminal does not show %s: %s", want, tail(out.String()))
		}
	}
	for _, want := range []string{`page: http://127\.0\.0\.1:\d+ `, `NATS at nats://127\.0\.0\.1:\d+, embedded Redis`, `the end: \d+ posts read`} {
		if !regexp.MustCompile(want).Match(said.Bytes()) {
			t.Errorf("it does not say %s: %s", want, tail(said.String()))
		}
	}
	for _, dir := range []string{temporary, cmd.Dir} {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind in %s: %v, %v", dir, left, err)
		}
	}
}

// TestRunWithoutANetwork starts outcry where nobody can be heard: it says where it is, that it is blind and why, goes on trying, and
// ends when it is asked to.
func TestRunWithoutANetwork(t *testing.T) {
	t.Parallel()
	nowhere := storetest.Local(storetest.FreePort(t))
	h := newHouse(t, plan{sources: fmt.Sprintf("[{type: bluesky, endpoints: [\"ws://%s\"]}]", nowhere)}).open()
	for _, want := range []string{"page: " + h.web, "NATS at " + h.nats + ", embedded Redis", "listening to: bluesky", "ready;"} {
		await(t, "it to say "+want, h.said, func() bool { return strings.Contains(h.err.String(), want) })
	}
	h.awaitReady()
	h.awaitMetric(`outcry_source_blind{source="bluesky"}`, 1)
	if _, page := h.get("/"); !strings.Contains(page, "No source can be heard") || !strings.Contains(page, "connection refused") {
		t.Errorf("the page does not say that and why it is blind: %s", tail(page))
	}
	table := outcry(t, nil, "sources", "--config", filepath.Join(h.dir, "outcry.yaml"))
	if table.code != 1 || !strings.Contains(table.out, string(event.SourceBlind)) || !strings.Contains(table.out, "tried again") {
		t.Errorf("outcry sources ended with %d: %s%s", table.code, table.out, table.err)
	}
	if status, _ := h.get("/healthz"); status != http.StatusOK {
		t.Errorf("the page gives %d", status)
	}
	if code := h.terminate(); code != 0 {
		t.Errorf("it ended with %d; %s", code, h.said())
	}
}
