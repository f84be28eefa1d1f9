package storetest_test

import (
	"errors"
	"net"
	"sync"
)

// fragile hands out connections that can all be cut at once, and mended.
type fragile struct {
	dial func() (net.Conn, error)

	mu     sync.Mutex
	broken bool
	conns  []net.Conn
}

// InProcessConn is what the log asks for a connection.
func (f *fragile) InProcessConn() (net.Conn, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken {
		return nil, errors.New("the connection is cut")
	}
	conn, err := f.dial()
	if err == nil {
		f.conns = append(f.conns, conn)
	}
	return conn, err
}

func (f *fragile) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = true
	for _, conn := range f.conns {
		_ = conn.Close() // it may be closed already
	}
	f.conns = nil
}

func (f *fragile) mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = false
}
