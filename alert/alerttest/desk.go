package alerttest

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

func discard() *log.Logger { return log.New(io.Discard, "", 0) }

// behindDesk holds the notifier to showing no secret in what its Desk logs and keeps.
func (s Subject) behindDesk(t *testing.T) {
	t.Parallel()
	tests := map[string]http.HandlerFunc{
		"refused":      status(http.StatusForbidden, nil),
		"failing":      status(http.StatusInternalServerError, nil),
		"limited":      status(http.StatusTooManyRequests, http.Header{"Retry-After": {"1"}}),
		"breaking":     raw(true, func(r *http.Request) string { return r.URL.String() }),
		"not speaking": stall(0),
		"accepting":    s.accepts(),
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := serve(t, httptest.NewServer, answer)
			cfg := endpoint(r.URL)
			if name == "not speaking" {
				cfg.Timeout = impatient
			}
			core, logs := observer.New(zapcore.DebugLevel)
			dead := &letters{}
			clock := &clock{now: Meta()[1].Time}
			desk := alert.NewDesk(alert.DeskConfig{
				Bound: 30 * time.Second, BoundResolved: 30 * time.Second, Now: clock.Now, Sleep: clock.Sleep,
			}, s.notifier(t, cfg), dead, zap.New(core), nil)
			for _, e := range Meta() {
				if err := desk.Handle(t.Context(), e); err != nil {
					t.Fatal(err)
				}
			}
			if logs.Len() == 0 || (len(dead.reasons) == 0) != (name == "accepting") {
				t.Errorf("%d lines in the log and %d dead letters; want lines, and letters unless the receiver accepts", logs.Len(), len(dead.reasons))
			}
			for _, reason := range dead.reasons {
				s.checkText(t, "a dead letter", reason)
			}
			for _, line := range logs.All() {
				s.checkText(t, "the log", encode(t, line))
			}
		})
	}
}

// encode writes a line of the log as production does.
func encode(t *testing.T, line observer.LoggedEntry) string {
	t.Helper()
	buffer, err := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()).EncodeEntry(line.Entry, line.Context)
	if err != nil {
		t.Fatal(err)
	}
	defer buffer.Free()
	return buffer.String()
}

// letters keeps the reasons of the dead letters.
type letters struct{ reasons []string }

func (l *letters) DeadLetter(_ context.Context, _ string, _ event.Event, reason string) error {
	l.reasons = append(l.reasons, reason)
	return nil
}

// clock is a clock that moves only when somebody sleeps.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	return ctx.Err()
}
