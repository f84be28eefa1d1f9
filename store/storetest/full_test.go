package storetest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/storetest"
)

// A server that has no room for more says so, and what to do.
func TestFullLogSaysWhatToDo(t *testing.T) {
	t.Parallel()
	server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir(), MaxStore: 1 << 16})
	l, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	for i := range 100 {
		if err = l.Append(t.Context(), []event.Pack{storetest.NewPack("s", i*200, 200)}, nil); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "no room") || !strings.Contains(err.Error(), "nats.max_mention_bytes") {
		t.Errorf("into a full log Append() = %v", err)
	}
}

// A server that cannot write any more is given up, because it does not begin again by itself.
func TestWatchTellsThatNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := startEmbedded(t, embedded.NATSConfig{Dir: dir})
	l, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	told := make(chan error, 1)
	go func() { told <- server.Watch(ctx) }()

	blocks, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "MENTIONS", "msgs"))
	if err != nil || len(blocks) != 1 {
		t.Fatalf("the stream lies in %v, %v", blocks, err)
	}
	if err := os.RemoveAll(blocks[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(blocks[0], nil, 0o600); err != nil { // no file can be made where a file is
		t.Fatal(err)
	}
	for i := 0; err == nil; i++ { // until the server wants to begin another file
		if i == 2000 {
			t.Fatal("everything was kept all the same")
		}
		short, stop := context.WithTimeout(t.Context(), 5*time.Second)
		err = l.Append(short, []event.Pack{storetest.NewPack("s", i*200, 200)}, nil)
		stop()
	}
	select {
	case err := <-told:
		if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "make room") {
			t.Errorf("Watch() = %v", err)
		}
	case <-time.After(time.Minute):
		t.Error("nobody is told")
	}

	sound := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
	done, end := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer end()
	if err := sound.Watch(done); err != nil {
		t.Errorf("of a server that is well Watch() = %v", err)
	}
}
