package main

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts, and tests that need a process of its own, run this test binary as outcry.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"outcry": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Environ()))
	}})
}

// TestExitCodes holds what a script can tell from how a command ends.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		want int
	}{
		{"version", exitDone},
		{"--help", exitDone},
		{"replay --help", exitDone},
		{"reply", exitUsage},
		{"replay", exitUsage},
		{"run --rolls collect", exitUsage},
		{"run --roles colect", exitUsage},
		{"check --offline --config gone.yaml", exitUsage},
		{"replay gone.ndjson", exitFailed},
		{"outages --nats nats://127.0.0.1:1", exitFailed},
	} {
		var out, said bytes.Buffer
		if got := run(t.Context(), strings.Fields(tc.line), streams{strings.NewReader(""), &out, &said}, nil); got != tc.want {
			t.Errorf("outcry %s ended with %d, want %d: %s", tc.line, got, tc.want, &said)
		}
		if failed := tc.want != exitDone; failed != strings.HasPrefix(said.String(), "outcry: ") || failed == (out.Len() > 0) {
			t.Errorf("outcry %s wrote %q, and for people %q", tc.line, &out, &said)
		}
	}
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}
