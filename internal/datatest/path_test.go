package datatest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/outcry/outcry/internal/datatest"
)

// witness is a test that writes down how it ended. Path is called on a goroutine of its own, which Skipf and Fatalf end.
type witness struct {
	testing.TB
	skipped, failed string
}

func (w *witness) ask(path ...string) (at string) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		at = datatest.Path(w, path...)
	}()
	<-done
	return at
}

func TestPath(t *testing.T) { //nolint:paralleltest // it sets a variable of the environment
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OUTCRY_TESTDATA", dir)
	there := &witness{TB: t}
	if got := there.ask("a"); got != filepath.Join(dir, "a") || string(datatest.Read(t, "a")) != "1" {
		t.Errorf("Path = %s, want the file in %s", got, dir)
	}
	absent := &witness{TB: t}
	if absent.ask("b", "c"); absent.failed != "" || !strings.Contains(absent.skipped, filepath.Join(dir, "b", "c")) || !strings.Contains(absent.skipped, "OUTCRY_TESTDATA") {
		t.Errorf("without the file the test is skipped with %q, failed with %q", absent.skipped, absent.failed)
	}
	t.Setenv("OUTCRY_TESTDATA", filepath.Join(dir, "nowhere"))
	astray := &witness{TB: t}
	if astray.ask("a"); astray.skipped != "" || !strings.Contains(astray.failed, "nowhere") {
		t.Errorf("with a folder that is not there the test is skipped with %q, failed with %q", astray.skipped, astray.failed)
	}
}

// Helper implements testing.TB.
func (*witness) Helper() {}

// Skipf implements testing.TB.
func (w *witness) Skipf(format string, args ...any) {
	w.skipped = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// Fatalf implements testing.TB.
func (w *witness) Fatalf(format string, args ...any) {
	w.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}
