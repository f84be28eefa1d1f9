package storetest

import (
	"errors"
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// The ports that tests use. They lie below those that systems give to a connection, or to a listener that asks for any,
// so that nobody who does not ask for one of them by its number gets it.
const (
	firstPort = 10_000
	ports     = 6_000
)

// FreePort gives a port of this machine on which nobody listens, and which no other test is given before this one ends:
// the server that is meant for it may start late, and again.
func FreePort(t testing.TB) int {
	t.Helper()
	var last error
	for range ports {
		port := firstPort + rand.IntN(ports)
		if last = claim(t, port); last == nil {
			return port
		}
	}
	t.Fatalf("no free port was found: %v", last)
	return 0
}

// claim takes a port for the test, in this process and all others: it holds the port of the same number for datagrams,
// which no server of these tests uses.
func claim(t testing.TB, port int) error {
	t.Helper()
	var lc net.ListenConfig
	claimed, err := lc.ListenPacket(t.Context(), "udp", Local(port))
	if err != nil {
		return err
	}
	l, err := lc.Listen(t.Context(), "tcp", Local(port))
	if err == nil {
		err = l.Close()
	}
	if err != nil {
		return errors.Join(err, claimed.Close())
	}
	t.Cleanup(func() {
		if err := claimed.Close(); err != nil {
			t.Error(err)
		}
	})
	return nil
}

// Local is the address of a port of this machine.
func Local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
