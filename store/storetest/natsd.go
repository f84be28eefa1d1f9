package storetest

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// The server versions that are examined: the oldest that is supported, and the newest, which is the embedded one.
const (
	OldestNATS = "v2.11.17"
	NewestNATS = "v2.15.2"
)

const natsModule = "github.com/nats-io/nats-server/v2"

// NATSProgram builds nats-server of a version from its Go module, or finds it where it was built before.
func NATSProgram(t *testing.T, version string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "outcry-test", "nats-server-"+version)
	program := filepath.Join(dir, "nats-server")
	if built(t, program) {
		return program
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	// Several tests, in several processes, may need it at once: one builds it, and the others wait.
	lock := flock.New(filepath.Join(dir, "lock"))
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := lock.Unlock(); err != nil {
			t.Error(err)
		}
	}()
	if !built(t, program) {
		build(t, version, dir, program)
	}
	return program
}

func built(t *testing.T, program string) bool {
	t.Helper()
	_, err := os.Stat(program)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// build puts the program into a folder aside and then in its place, so that one who is interrupted leaves no half of it.
func build(t *testing.T, version, dir, program string) {
	t.Helper()
	aside, err := os.MkdirTemp(dir, "build-") //nolint:usetesting // on the file system of its place, to which it is moved
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.RemoveAll(aside); err != nil {
			t.Error(err)
		}
	}()
	Insist(t, "build nats-server "+version, func() ([]byte, error) {
		install := exec.CommandContext(t.Context(), Program(t, "go", "install Go"), "install", natsModule+"@"+version)
		install.Dir = aside
		install.Env = append(os.Environ(), "GOBIN="+aside, "GOFLAGS=-mod=mod")
		return install.CombinedOutput()
	})
	if err := os.Rename(filepath.Join(aside, "nats-server"), program); err != nil {
		t.Fatal(err)
	}
}

// Insist repeats what needs the network, ever more slowly, and fails the test with what was said when it fails again and again.
func Insist(t testing.TB, what string, do func() (said []byte, err error)) {
	t.Helper()
	const tries = 6
	for try := range tries {
		said, err := do()
		if err == nil {
			return
		}
		if try == tries-1 {
			t.Fatalf("%s: %v\n%s", what, err, said)
		}
		time.Sleep(5 * time.Second << try)
	}
}

// StartNATS starts a nats-server of a version with JetStream in dir. More arguments are its own.
func StartNATS(t *testing.T, version, dir string, port int, args ...string) *Process {
	t.Helper()
	all := []string{"-a", "127.0.0.1", "-p", strconv.Itoa(port), "-js", "-sd", dir}
	return StartProcess(t, NATSProgram(t, version), Local(port), append(all, args...)...)
}
