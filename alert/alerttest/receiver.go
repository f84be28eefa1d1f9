package alerttest

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"sync"
	"testing"
)

// receiver is a server that notes the bodies that it was sent.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
}

// serve starts a receiver. answer is called once the request was read.
func serve(t *testing.T, start func(http.Handler) *httptest.Server, answer http.HandlerFunc) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = start(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body) // A client that breaks off has sent a shorter body.
		r.mu.Lock()
		r.bodies = append(r.bodies, string(body))
		r.mu.Unlock()
		answer(w, request)
	}))
	t.Cleanup(r.Close)
	return r
}

// calls are the bodies of the requests so far.
func (r *receiver) calls() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.bodies...)
}

// status answers with a status, headers and a body that echoes the whole request, as debugging proxies do.
func status(code int, header http.Header) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(code)
		if code != http.StatusNoContent && code != http.StatusNotModified {
			_, _ = w.Write(echo(request)) // Who does not read the answer has seen the status.
		}
	}
}

func echo(request *http.Request) []byte {
	dump, err := httputil.DumpRequest(request, false)
	if err != nil {
		return []byte(request.URL.String())
	}
	return dump
}

// stall begins to answer with a status, if there is one, and then says nothing until the client goes.
func stall(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		if code != 0 {
			w.WriteHeader(code)
			_ = http.NewResponseController(w).Flush() // A client that has gone needs no answer.
		}
		<-request.Context().Done()
	}
}

// endlessBody answers with a status and a body that has no end of its own. A client that takes more of it than can be
// lost in buffers fails the exam.
func endlessBody(t *testing.T, code int) http.HandlerFunc {
	const most = 64 << 20
	return func(w http.ResponseWriter, request *http.Request) {
		w.WriteHeader(code)
		page := append(echo(request), make([]byte, 32<<10)...)
		for sent := 0; sent < most; sent += len(page) {
			if _, err := w.Write(page); err != nil {
				return
			}
		}
		t.Errorf("the notifier took %d MiB of an answer without an end", most>>20)
	}
}

// raw answers with bytes of its own, which may be no HTTP, and then resets the connection or closes it.
func raw(reset bool, answer func(request *http.Request) string) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(fmt.Sprintf("the exam's own server cannot be hijacked: %v", err))
		}
		_, _ = io.WriteString(conn, answer(request)) // Whether the client takes it is what is examined.
		if tcp, ok := conn.(*net.TCPConn); ok && reset {
			_ = tcp.SetLinger(0) // Without it the connection is closed and not reset, which is examined too.
		}
		_ = conn.Close()
	}
}
