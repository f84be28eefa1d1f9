package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// The files in a data directory that are ours. The process id stands in a file of its own, because on some systems a
// locked file cannot be read.
const (
	lockFile = "outcry.lock"
	pidFile  = "outcry.pid"
)

// lockDir makes a directory and takes it for this process.
func lockDir(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unusable(dir, err)
	}
	lock := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	mine, err := lock.TryLock()
	if err != nil {
		return nil, unusable(dir, err)
	}
	if !mine {
		return nil, fmt.Errorf("data directory %s is in use by %s: stop that process, or choose another directory with --data", dir, holder(dir))
	}
	if err := os.WriteFile(filepath.Join(dir, pidFile), []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, errors.Join(unusable(dir, err), lock.Unlock())
	}
	return lock, nil
}

func unusable(dir string, err error) error {
	return fmt.Errorf("cannot write to the data directory %s: let our user own it, or choose another one with --data: %w", dir, err)
}

// holder names the process that has the directory.
func holder(dir string) string {
	pid, err := os.ReadFile(filepath.Join(dir, pidFile))
	if err != nil || strings.TrimSpace(string(pid)) == "" {
		return "another process"
	}
	return "process " + strings.TrimSpace(string(pid))
}
