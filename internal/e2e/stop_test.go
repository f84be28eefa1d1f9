package e2e_test

import (
	"testing"
	"time"

	"github.com/outcry/outcry/store/storetest"
)

// TestStopWhilePostsComeIn asks the process to end again and again while posts stream in, and starts it anew: it ends with 0
// each time, and the events are those of a replay.
func TestStopWhilePostsComeIn(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]func(*testing.T) plan{
		"embedded": func(*testing.T) plan { return plan{} },
		"own servers": func(t *testing.T) plan {
			redis, nats := startRedis(t), startNATS(t, storetest.NewestNATS)
			return plan{nats: nats.section(), natsURL: nats.url(), redis: redis.section()}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := demo(t)
			told := newReceiver(t)
			p := where(t)
			p.more = told.notifiers()
			h := newHouse(t, p).openToPosts()
			const stops = 4
			each := len(lines) / batchSize / (stops + 1)
			h.feed(lines, batchSize, func(i int) {
				if i > 0 && i%each == 0 && i/each <= stops {
					h.stopWhilePosting(batch(lines, batchSize, i))
					h.openToPosts()
				}
			})
			want := replayed(t, lines)
			h.awaitOutages(want)
			told.await(want)
		})
	}
}

// stopWhilePosting posts and asks the process to end meanwhile.
func (h *house) stopWhilePosting(body string) {
	h.t.Helper()
	h.whilePosting(body, func() {
		began := time.Now()
		if code := h.terminate(); code != 0 {
			h.t.Errorf("it ended with %d; %s", code, h.said())
		}
		h.t.Logf("it ended in %s", time.Since(began).Round(time.Millisecond))
	})
}
