package slack_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
)

// clock moves only when somebody sleeps.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// TestTheLimitsOfSlack has a workspace enforce what Slack documents, a message a second in a channel and fifty edits a minute, and
// answer what is beyond with 429 and Retry-After: one Desk never meets the limit, and two that share a channel lose nothing.
func TestTheLimitsOfSlack(t *testing.T) {
	t.Parallel()
	for desks, mostLimited := range map[int]int{1: 0, 2: 1000} {
		t.Run(fmt.Sprint(desks, " desks"), func(t *testing.T) {
			t.Parallel()
			c := &clock{now: alerttest.Meta()[1].Time}
			ws := newWorkspace(t)
			limited, last, edits := 0, time.Time{}, []time.Time{}
			ws.fail = func(method string, _ int, w http.ResponseWriter) bool {
				now, wait := c.Now(), 0
				switch method {
				case "chat.postMessage":
					if now.Sub(last) < time.Second {
						wait = 1
						break
					}
					last = now
				case "chat.update":
					for len(edits) > 0 && now.Sub(edits[0]) >= time.Minute {
						edits = edits[1:]
					}
					if len(edits) >= 50 {
						wait = 60
						break
					}
					edits = append(edits, now)
				}
				if wait > 0 {
					limited++
					w.Header().Set("Retry-After", fmt.Sprint(wait))
					w.WriteHeader(http.StatusTooManyRequests)
				}
				return wait > 0
			}
			var all []*alert.Desk
			for i := range desks {
				bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) {
					cfg.Endpoint.Name, cfg.Picture = fmt.Sprint("newsroom-", i), nil
				})
				all = append(all, alert.NewDesk(alert.DeskConfig{Now: c.Now, Sleep: c.Sleep}, bot, noLetters{t}, zap.NewNop(), nil))
			}
			const outages = 30
			for _, e := range alerttest.Meta()[1:] {
				for n := range outages {
					one := e
					one.Data.ID = fmt.Sprint(e.Data.ID, "-", n)
					one = event.NewEvent(e.Kind(), e.Subject, e.Time, one.Data)
					for _, desk := range all {
						if err := desk.Handle(t.Context(), one); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			// Each tells of the beginning in the channel, and of the four events that follow in the thread.
			if want := desks * outages; len(ws.channel) != want || ws.posted != 5*want {
				t.Errorf("%d messages in %d threads, want %d in %d", ws.posted, len(ws.channel), 5*want, want)
			}
			if limited > mostLimited || (desks > 1 && limited == 0) {
				t.Errorf("%d desks met the limit %d times", desks, limited)
			}
		})
	}
}

// noLetters fails the test at every dead letter.
type noLetters struct{ t *testing.T }

func (n noLetters) DeadLetter(_ context.Context, _ string, e event.Event, reason string) error {
	n.t.Errorf("event %s is a dead letter: %s", e.ID, reason)
	return nil
}
