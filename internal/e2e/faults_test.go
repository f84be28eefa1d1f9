package e2e_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/store/storetest"
)

// batchSize is how many posts a request brings in these tests.
const batchSize = 200

// TestServersFail feeds an evening to outcry on servers of their own, while Redis is emptied and restarted and NATS is
// killed and restarted: the events are those of a replay of the same posts.
func TestServersFail(t *testing.T) {
	t.Parallel()
	for _, version := range []string{storetest.OldestNATS, storetest.NewestNATS} {
		t.Run("nats-server "+version, func(t *testing.T) {
			t.Parallel()
			lines := demo(t)
			redis, nats := startRedis(t), startNATS(t, version)
			h := newHouse(t, plan{nats: nats.section(), natsURL: nats.url(), redis: redis.section()}).openToPosts()
			batches := (len(lines) + batchSize - 1) / batchSize
			h.feed(lines, batchSize, func(i int) {
				switch i {
				case batches / 5, batches * 4 / 5:
					redis.flush(t)
				case batches * 2 / 5:
					redis.Kill(t)
					_ = h.post(batch(lines, batchSize, i)) // what is safe in the log is counted when Redis is back
					redis.Restart(t)
				case batches * 3 / 5:
					// The posts come while the server is away, so that they are refused, kept and sent again.
					nats.Kill(t)
					var posting sync.WaitGroup
					posting.Go(func() { _ = h.post(batch(lines, batchSize, i)) })
					nats.Restart(t)
					posting.Wait()
				}
			})
			want := replayed(t, lines)
			h.awaitOutages(want)
			same(t, "the events that a foreign client reads and those of a replay", want, stored(t, nats))
			await(t, "the connection to NATS to have been lost and found", h.said, func() bool {
				n, _ := h.metric("outcry_log_reconnects_total")
				return n >= 1
			})
			h.awaitReady()
		})
	}
}

// TestSimulatedPosts feeds what `outcry simulate` prints.
func TestSimulatedPosts(t *testing.T) {
	t.Parallel()
	lines := simulated(t, "first-hour")
	h := newHouse(t, plan{}).openToPosts()
	h.feed(lines, 1000, nil)
	h.awaitOutages(replayed(t, lines))
}

// TestStandby runs two processes on the same servers. Each is killed once while posts come in and while the other stands
// by: the events are those of a replay, and the webhook is told of each.
func TestStandby(t *testing.T) {
	t.Parallel()
	lines := demo(t)
	want := replayed(t, lines)
	told := newReceiver(t)
	redis, nats := startRedis(t), startNATS(t, storetest.NewestNATS)
	p := plan{nats: nats.section(), natsURL: nats.url(), redis: redis.section(), more: told.notifiers()}
	one, other := newHouse(t, p).openToPosts(), newHouse(t, p).openToPosts()
	part := len(lines) / 3 / batchSize * batchSize
	h, spare := one, other
	for _, from := range []int{0, part} {
		h.feed(lines[from:from+part], batchSize, nil)
		h.dieWhilePosting(batch(lines[from+part:], batchSize, 0))
		h.openToPosts() // it comes back, and stands by
		h, spare = spare, h
	}
	h.feed(lines[2*part:], batchSize, nil)
	h.awaitOutages(want)
	told.await(want)
}

// dieWhilePosting posts and kills the process meanwhile, so that nobody knows whether the posts were taken.
func (h *house) dieWhilePosting(body string) {
	h.t.Helper()
	h.whilePosting(body, h.kill)
}

// whilePosting posts, and does something when the posts are under way.
func (h *house) whilePosting(body string, do func()) {
	posted := make(chan struct{})
	go func() {
		defer close(posted)
		_ = h.post(body)
	}()
	time.Sleep(3 * time.Millisecond)
	do()
	<-posted
}

// receiver is a webhook that notes what it is told.
type receiver struct {
	t   testing.TB
	url string

	mu   sync.Mutex
	told []string
}

// newReceiver starts a webhook.
func newReceiver(t testing.TB) *receiver {
	t.Helper()
	r := &receiver{t: t}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.told = append(r.told, string(body))
	}))
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// notifiers is the configuration that leads to the webhook.
func (r *receiver) notifiers() string {
	return "notifiers: [{type: webhook, name: ops, url: " + strconv.Quote(r.url) + `, allow_private: ["127.0.0.0/8"], from: suspected}]` + "\n"
}

// events are what the webhook was told.
func (r *receiver) events() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.told...)
}

// await waits until the webhook has been told of every event that is wanted, and compares.
func (r *receiver) await(want []string) {
	r.t.Helper()
	var got []string
	await(r.t, "all events to be told", func() string { return "told of " + strconv.Itoa(len(got)) }, func() bool {
		got = folded(r.t, r.events())
		return len(got) >= len(want)
	})
	same(r.t, "the events that the webhook was told of and those of a replay", want, got)
}
