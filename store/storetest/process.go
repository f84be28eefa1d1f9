package storetest

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// Process is a server as a process of its own.
type Process struct {
	program string
	args    []string
	addr    string

	mu     sync.Mutex
	cmd    *exec.Cmd
	output *bytes.Buffer
}

// StartProcess starts a program and waits until addr accepts connections. The process is killed when the test ends.
func StartProcess(t testing.TB, program, addr string, args ...string) *Process {
	t.Helper()
	p := &Process{program: program, args: args, addr: addr}
	p.start(t)
	t.Cleanup(func() {
		p.end(t, syscall.SIGKILL)
		if t.Failed() {
			t.Logf("%s said:\n%s", program, p.tail())
		}
	})
	return p
}

func (p *Process) start(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	// Not bound to the test's context: that would kill it before the clients are closed.
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), p.program, p.args...)
	p.output = &bytes.Buffer{}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	err := p.cmd.Start()
	p.mu.Unlock()
	if err != nil {
		t.Fatalf("start %s: %v", p.program, err)
	}
	var dialer net.Dialer
	Eventually(t, p.program+" listens on "+p.addr, func() bool {
		conn, err := dialer.DialContext(t.Context(), "tcp", p.addr)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	})
}

// Kill ends the process at once, as a crash would, and waits until it is gone.
func (p *Process) Kill(t testing.TB) {
	t.Helper()
	p.end(t, syscall.SIGKILL)
}

// Restart starts the program again with the same arguments.
func (p *Process) Restart(t testing.TB) {
	t.Helper()
	p.start(t)
}

func (p *Process) end(t testing.TB, how os.Signal) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	if err := p.cmd.Process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Errorf("end %s: %v", p.program, err)
	}
	var exit *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Errorf("wait for %s: %v", p.program, err)
	}
	p.cmd = nil
}

// tail is the end of what the process wrote. It may be called only when the process has ended.
func (p *Process) tail() string {
	const enough = 4000
	out := p.output.Bytes()
	return string(out[max(0, len(out)-enough):])
}

// Program finds a program that a test needs. A missing one fails the test: a skipped exam would look like a passed one.
func Program(t testing.TB, name, hint string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed for this test: %s: %v", name, hint, err)
	}
	return path
}
