package push_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/push"
)

// client sends posts in requests of a hundred, and each again until it is told that it is safe.
type client struct {
	texts []string
	addrs chan net.Addr
	wire  *ingesttest.Wire
	http  *http.Transport

	mu    sync.Mutex
	acked []string
}

func (c *client) run(ctx context.Context) {
	addr := <-c.addrs
	for start := 0; start < len(c.texts); {
		chunk := c.texts[start:min(start+100, len(c.texts))]
		if c.send(ctx, addr, chunk, start) {
			c.mu.Lock()
			c.acked = append(c.acked, chunk...)
			c.mu.Unlock()
			start += len(chunk)
			continue
		}
		select {
		case <-ctx.Done():
			return
		case addr = <-c.addrs: // the source listens again
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// send sends one request; true: the posts are safe.
func (c *client) send(ctx context.Context, addr net.Addr, chunk []string, start int) bool {
	var body bytes.Buffer
	for i, text := range chunk {
		at := time.Date(2021, 10, 4, 15, 0, start+i, 0, time.UTC)
		switch text {
		case ingesttest.Poison:
			body.WriteString("{\"id\":\n")
			continue
		case ingesttest.Ahead:
			at = at.AddDate(10, 0, 0)
		}
		if err := json.NewEncoder(&body).Encode(event.Post{ID: text[:min(len(text), 20)], CreatedAt: at, Author: "a", Text: text}); err != nil {
			return false
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr.String()+"/v1/posts", &body)
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := c.http.RoundTrip(req)
	if err != nil {
		return false
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, resp.Body)
	return err == nil && resp.StatusCode == http.StatusOK
}

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Cuts: true, Listens: true, Waste: 12 << 10, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		c := &client{texts: texts, addrs: make(chan net.Addr, 100), wire: ingesttest.NewWire(t)}
		c.http = &http.Transport{DialContext: c.wire.Dial, MaxIdleConnsPerHost: 1}
		src, err := push.New(push.Config{
			Listen: "127.0.0.1:0", Format: canonical.New("push"), OnListen: func(a net.Addr) { c.addrs <- a },
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() {
			defer close(done)
			select {
			case a := <-c.addrs:
				c.addrs <- a
				c.run(ctx)
			case <-ctx.Done():
			}
		}()
		t.Cleanup(func() {
			cancel()
			<-done
			c.http.CloseIdleConnections()
		})
		return ingesttest.Upstream{
			Source: src,
			Wire:   c.wire,
			Acked: func() []string {
				c.mu.Lock()
				defer c.mu.Unlock()
				return slices.DeleteFunc(slices.Clone(c.acked), func(s string) bool { return s == ingesttest.Poison })
			},
		}
	}})
}
