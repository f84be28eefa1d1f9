package ingesttest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Wire is the network between a source and the server from which it reads, or the client that sends to it. All goes well on it until the
// exam plans faults: connections that break after some bytes, that say nothing any more, or that say something else.
type Wire struct {
	// open ends with the test.
	open context.Context //nolint:containedctx // it is the life of the wire

	mu sync.Mutex
	// faults are to come, the next one when so many more bytes have passed.
	faults []fault
	// total is how many bytes have passed.
	total int
	// happened counts those that are over, by kind.
	happened [3]int
	// swallowing says that nothing comes through; links are those that are open.
	swallowing bool
	links      map[*link]bool
	// breaking says that the n-th connection from now on breaks after n bytes of what carries posts, up to untilBreak.
	breaking, untilBreak int
}

// fault is something that goes wrong.
type fault struct {
	kind  faultKind
	after int
}

type faultKind int

const (
	cutOff  faultKind = iota // the connection breaks
	stalled                  // nothing comes any more, until the other side gives up or the connection breaks after hold
	garbled                  // junk comes in place of what was sent, and then the connection breaks
)

// hold is how long a connection says nothing before it breaks.
const hold = 300 * time.Millisecond

// NewWire makes a network on which nothing goes wrong yet. It ends with the test.
func NewWire(t testing.TB) *Wire {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return &Wire{open: ctx, links: make(map[*link]bool)}
}

// Listener puts the wire between a listener of a server and its clients: posts come from the server.
func (w *Wire) Listener(l net.Listener) net.Listener { return &wired{l, w} }

// Dial connects through the wire: posts go from the client.
func (w *Wire) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	far, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	near, inner := net.Pipe()
	w.connect(inner, far)
	return near, nil
}

// Proxy gives an address under which a server is reached through the wire that makes its own listener: posts come from the server.
func (w *Wire) Proxy(t testing.TB, server string) (address string) {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(w.open, "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			var d net.Dialer
			far, err := d.DialContext(w.open, "tcp", server)
			if err != nil {
				_ = client.Close()
				continue
			}
			w.connect(far, client)
		}
	}()
	return l.Addr().String()
}

type wired struct {
	net.Listener
	w *Wire
}

// Accept implements net.Listener.
func (l *wired) Accept() (net.Conn, error) {
	client, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	near, inner := net.Pipe()
	l.w.connect(inner, client)
	return &addressed{near, client}, nil
}

// addressed is one end of a pipe that has the addresses of the connection to which it leads.
type addressed struct {
	net.Conn
	outer net.Conn
}

// LocalAddr implements net.Conn.
func (a *addressed) LocalAddr() net.Addr { return a.outer.LocalAddr() }

// RemoteAddr implements net.Conn.
func (a *addressed) RemoteAddr() net.Addr { return a.outer.RemoteAddr() }

// plan lets faults happen, the i-th of them as many bytes after the one before as lie between two bounds.
func (w *Wire) plan(seed uint64, apart func(i int) (least, most int)) {
	r := rand.New(rand.NewPCG(seed, 1))
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range faultCount {
		least, most := apart(i)
		f := fault{kind: cutOff, after: least + r.IntN(most-least+1)}
		switch r.IntN(8) {
		case 0:
			f.kind = stalled
		case 1, 2, 3:
			f.kind = garbled
		}
		w.faults = append(w.faults, f)
	}
}

// passed is how many bytes have passed so far.
func (w *Wire) passed() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.total
}

// left is how many faults have not happened yet.
func (w *Wire) left() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.faults)
}

// swallow has nothing come through any more, or everything again; connections that were open in between break.
func (w *Wire) swallow(all bool) {
	w.mu.Lock()
	w.swallowing = all
	links := maps.Clone(w.links)
	w.mu.Unlock()
	for l := range links {
		if all {
			l.mute.Store(true)
		} else {
			l.shut()
		}
	}
}

// String says what has gone wrong so far.
func (w *Wire) String() string {
	if w == nil {
		return "no network"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprintf("%d connections cut, %d stalled, %d garbled", w.happened[cutOff], w.happened[stalled], w.happened[garbled])
}

// breakEach breaks the first connection from now on after one byte of what carries posts, the next after two, and so on up to until.
func (w *Wire) breakEach(until int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.breaking, w.untilBreak = 0, until
}

// link is one connection.
type link struct {
	w *Wire
	// breakAfter is after how many bytes of what carries posts it breaks; negative: never.
	breakAfter int
	mute       atomic.Bool
	// shut ends both ends.
	shut func()
}

// connect joins two connections, posts coming from the first.
func (w *Wire) connect(source, target net.Conn) {
	l := &link{w: w, breakAfter: -1}
	shut := sync.OnceFunc(func() {
		_ = source.Close() // the ends find out by themselves
		_ = target.Close()
		w.mu.Lock()
		delete(w.links, l)
		w.mu.Unlock()
	})
	forget := context.AfterFunc(w.open, shut)
	l.shut = func() {
		forget()
		shut()
	}
	w.admit(l)
	go l.copy(source, target, true)
	go l.copy(target, source, false)
}

// admit notes a connection, and when it is to break.
func (w *Wire) admit(l *link) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.links[l] = true
	l.mute.Store(w.swallowing)
	if w.breaking < w.untilBreak {
		w.breaking++
		l.breakAfter = w.breaking
	}
}

// copy carries bytes until the link ends.
func (l *link) copy(from, to net.Conn, posts bool) {
	defer l.shut()
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !l.carry(to, buffer[:n], posts) || err != nil {
			return
		}
	}
}

// carry carries some bytes over, or as many as may pass; false: the link is broken.
func (l *link) carry(to net.Conn, p []byte, posts bool) bool {
	if l.mute.Load() {
		return true // and nobody gets it
	}
	if posts && l.breakAfter >= 0 {
		if l.breakAfter <= len(p) {
			_, _ = to.Write(p[:l.breakAfter]) // it breaks in any case
			return false
		}
		l.breakAfter -= len(p)
	}
	n, f := l.w.pass(len(p))
	if _, err := to.Write(p[:n]); err != nil {
		return false
	}
	switch {
	case f == nil:
		return true
	case f.kind == stalled:
		l.mute.Store(true)
		time.AfterFunc(hold, l.shut)
		return true
	case f.kind == garbled:
		_, _ = to.Write(junk(min(len(p)-n+1, 64), n)) // it breaks in any case
	}
	return false
}

// pass tells how many of the next bytes may pass before something goes wrong, and what.
func (w *Wire) pass(n int) (int, *fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.total += n
	if len(w.faults) == 0 {
		return n, nil
	}
	next := &w.faults[0]
	if next.after > n {
		next.after -= n
		return n, nil
	}
	w.faults = w.faults[1:]
	w.happened[next.kind]++
	return next.after, next
}

// junk is no text in any encoding, and no frame of any protocol.
func junk(n, seed int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 2))
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(0xf8 + r.IntN(8))
	}
	return p
}
