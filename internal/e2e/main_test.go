package e2e_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the path of the outcry that TestMain has built.
var program string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

// buildAndRun builds outcry, runs the tests and returns their exit code.
func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "outcry-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "outcry")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", program, "github.com/outcry/outcry/cmd/outcry")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build outcry: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// patience is how long anything may take before a test gives up; no test waits so long unless something is broken.
const patience = 5 * time.Minute

// await waits until holds returns true. say tells what is known when it never does.
func await(t testing.TB, what string, say func() string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s; what was said:\n%s", what, say())
		}
	}
}

// buffer is a bytes.Buffer that may be read while a process writes to it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// process is a program that runs until it ends or is ended.
type process struct {
	t        testing.TB
	cmd      *exec.Cmd
	out, err buffer
	ended    chan struct{}
}

// start starts a program in dir. What is left of it when the test ends is killed.
func start(t testing.TB, dir string, env []string, name string, args ...string) *process {
	t.Helper()
	p := &process{t: t, ended: make(chan struct{})}
	// Not bound to the test's context: that would end the process before the test's cleanup does.
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	go func() {
		_ = p.cmd.Wait() // the exit code tells
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

// said is what the process wrote so far.
func (p *process) said() string {
	return "stdout: " + tail(p.out.String()) + "\nstderr: " + tail(p.err.String())
}

// tail is the end of a long text.
func tail(text string) string {
	const enough = 6000
	return text[max(0, len(text)-enough):]
}

// kill ends the process at once, as kill -9 does, and returns when it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.ended
}

// wait returns the exit code when the process has ended.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.t.Fatalf("it did not end within %s; %s", patience, p.said())
		return -1
	}
}

// terminate asks the process to end, as a service manager does, and returns its exit code.
func (p *process) terminate() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	return p.wait()
}

// result is how a command ended.
type result struct {
	code     int
	out, err string
}

// outcry runs a command of the program to its end. stdin may be nil.
func outcry(t testing.TB, stdin []byte, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = t.TempDir()
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("outcry %v: %v, %v\n%s", args, err, ctx.Err(), tail(errs.String()))
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// must is outcry for a command that has to succeed.
func must(t testing.TB, stdin []byte, args ...string) result {
	t.Helper()
	r := outcry(t, stdin, args...)
	if r.code != 0 {
		t.Fatalf("outcry %v ended with %d: %s", args, r.code, tail(r.err))
	}
	return r
}

// writeFile writes a file into a directory of the test and returns its path.
func writeFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
