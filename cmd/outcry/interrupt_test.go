package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
)

// silent is a standard input on which nobody writes. It says when somebody waits for it.
type silent struct {
	waiting chan struct{}
	once    sync.Once
}

func (s *silent) Read([]byte) (int, error) {
	s.once.Do(func() { close(s.waiting) })
	select {}
}

// TestWhoWaitsCanBeInterrupted ends commands while they wait for standard input.
func TestWhoWaitsCanBeInterrupted(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"replay -", "match", "score -", "check --route -"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			in := &silent{waiting: make(chan struct{})}
			ctx, interrupt := context.WithCancel(t.Context())
			go func() {
				<-in.waiting
				interrupt()
			}()
			var said bytes.Buffer
			if code := run(ctx, strings.Fields(line), streams{in, io.Discard, &said}, nil); code != exitFailed {
				t.Errorf("it ended with %d", code)
			}
			if !strings.Contains(said.String(), "interrupted") {
				t.Errorf("it said %q", said.String())
			}
		})
	}
}
