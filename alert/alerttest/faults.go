package alerttest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// silence holds the notifier to giving up on a receiver that does not answer, for this time.
func (s Subject) silence(t *testing.T) {
	t.Parallel()
	r := serve(t, httptest.NewServer, stall(0))
	cfg := endpoint(r.URL)
	cfg.Timeout = impatient
	err := s.tell(t, cfg)
	want(t, err, temporary)
	if err != nil && !strings.Contains(err.Error(), "did not answer") {
		t.Errorf("the error does not say that there was no answer: %v", err)
	}
}

// broken holds the notifier to retrying after a connection that broke, whatever came over it.
func (s Subject) broken(t *testing.T) {
	t.Parallel()
	cut := func(request *http.Request) string { return "HTTP/1.1 200 OK\r\nX-Path: " + request.URL.String() }
	tests := map[string]http.HandlerFunc{
		"closed at once":        raw(false, func(*http.Request) string { return "" }),
		"reset at once":         raw(true, func(*http.Request) string { return "" }),
		"closed in the headers": raw(false, cut),
		"reset in the headers":  raw(true, cut),
		"no HTTP, but the path": raw(false, func(r *http.Request) string { return r.URL.String() + "\r\n\r\n" }),
		"a status that is none": raw(false, func(r *http.Request) string { return "HTTP/1.1 " + secretPath + "\r\n\r\n" }),
		"a reason that tells": raw(false, func(r *http.Request) string {
			return "HTTP/1.1 500 " + r.URL.String() + "\r\nContent-Length: 0\r\n\r\n"
		}),
		"a header that is none": raw(false, func(r *http.Request) string { return "HTTP/1.1 200 OK\r\n" + string(echo(r)) + "\r\n\r\n" }),
		"another protocol": raw(false, func(*http.Request) string {
			return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
		}),
		"hints without an end": raw(false, func(*http.Request) string { return strings.Repeat("HTTP/1.1 103 Early Hints\r\nX: x\r\n\r\n", 10000) }),
		"a failure that breaks off": raw(true, func(r *http.Request) string {
			return "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100000\r\n\r\n" + string(echo(r))
		}),
		"headers without an end": raw(false, func(*http.Request) string { return "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20) }),
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want(t, s.tell(t, endpoint(serve(t, httptest.NewServer, answer).URL)), temporary)
		})
	}
	t.Run("a refusal that breaks off", func(t *testing.T) {
		t.Parallel()
		answer := raw(true, func(r *http.Request) string {
			return "HTTP/1.1 400 Bad Request\r\nContent-Length: 100000\r\n\r\n" + string(echo(r))
		})
		err := s.tell(t, endpoint(serve(t, httptest.NewServer, answer).URL))
		if err == nil { // The status says enough, if it came before the reset.
			t.Error("what was refused counts as delivered")
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		want(t, s.tell(t, endpoint("http://127.0.0.1:1")), temporary)
	})
}

// private holds the notifier to calling no private address unless it was allowed to, by whatever name.
func (s Subject) private(t *testing.T) {
	t.Parallel()
	r := serve(t, httptest.NewServer, status(http.StatusOK, nil))
	_, port, err := net.SplitHostPort(strings.TrimPrefix(r.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{
		"127.0.0.1", "localhost", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
		"169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]",
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			if strings.HasPrefix(host, "[") && !hasIPv6() {
				t.Skip("this system has no IPv6 sockets, so no such address can be called")
			}
			cfg := endpoint("http://" + host + ":" + port)
			cfg.AllowPrivate = nil
			err := s.tell(t, cfg)
			want(t, err, permanent)
			if err != nil && !strings.Contains(err.Error(), "allow_private") {
				t.Errorf("the error does not say how to allow it: %v", err)
			}
		})
	}
	t.Cleanup(func() {
		if n := len(r.calls()); n != 0 {
			t.Errorf("a private receiver was called %d times, want never", n)
		}
	})
}

func hasIPv6() bool {
	conn, err := net.ListenPacket("udp6", "[::]:0")
	if err != nil {
		return false
	}
	_ = conn.Close() // Nothing was sent.
	return true
}

// unknown holds the notifier to coming again for a host that is not found: name servers fail too.
func (s Subject) unknown(t *testing.T) {
	t.Parallel()
	cfg := endpoint("https://receiver.invalid")
	cfg.Timeout = 5 * time.Second
	want(t, s.tell(t, cfg), temporary)
	cfg.URL = secret.NewURL("https://" + secretUser + ":" + secretQuery + "@receiver.invalid/" + secretPath)
	want(t, s.tell(t, cfg), temporary)
}

// cancelled holds the notifier to stopping when its context ends.
func (s Subject) cancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := serve(t, httptest.NewServer, func(_ http.ResponseWriter, request *http.Request) {
		cancel()
		<-request.Context().Done()
	})
	err := s.notifier(t, endpoint(r.URL)).Notify(ctx, notice(1))
	s.checkError(t, err)
	if !errors.Is(err, context.Canceled) || alert.IsPermanent(err) {
		t.Errorf("Notify() = %v, want an error that wraps context.Canceled and is not permanent", err)
	}
}
