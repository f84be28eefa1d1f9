package x_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/datatest"
	"github.com/outcry/outcry/internal/secret"
)

var errEnough = errors.New("enough")

func enough(context.Context, ingest.Batch) error { return errEnough }

func waitOf(t *testing.T, err error) time.Duration {
	t.Helper()
	asked, ok := errors.AsType[*backoff.RetryAfterError](err)
	if !ok {
		t.Fatalf("%v does not say how long to wait", err)
	}
	return asked.Duration
}

func TestRulesAreBroughtToWhatIsWantedOnce(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{message(0, "a")})
	f.rules = []x.Rule{{ID: "1", Value: "cats", Tag: "cats"}, {ID: "2", Value: "old", Tag: "outcry:whatsapp"}, {ID: "3", Value: "dogs"}}
	s := source(t, config(f))
	plan, err := s.DryRun(t.Context())
	if err != nil || plan.Foreign != 2 || plan.Rules == 0 || len(plan.Add) != plan.Rules {
		t.Errorf("DryRun = %+v, %v; want 2 rules of others, and all of ours to be added", plan, err)
	}
	if diff := cmp.Diff(f.rules[1:2], plan.Remove); diff != "" {
		t.Errorf("rules to be removed (-want +got):\n%s", diff)
	}
	if len(f.rules) != 3 {
		t.Errorf("the dry run left %d rules", len(f.rules))
	}
	for range 2 {
		if err := s.Read(t.Context(), "", enough); !errors.Is(err, errEnough) {
			t.Fatal(err)
		}
	}
	if n := f.called("GET /2/tweets/search/stream/rules"); n != 4 { // two pages for each of the dry run and the first Read
		t.Errorf("the rules were asked for %d times, want 4", n)
	}
	ours := 0
	for _, r := range f.rules {
		if r.Tag == "outcry:whatsapp" && r.ID != "2" {
			ours++
		}
	}
	if ours != plan.Rules || len(f.rules) != plan.Rules+2 {
		t.Errorf("there are %d rules, %d of them ours; want %d, %d", len(f.rules), ours, plan.Rules+2, plan.Rules)
	}
	if got := f.queries[len(f.queries)-1].Get("backfill_minutes"); got != "5" {
		t.Errorf("backfill_minutes = %q", got)
	}
}

func TestServicesComeFromTheRules(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{message(0, "a")})
	var posts []event.Post
	err := source(t, config(f)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		if posts = append(posts, b.Posts...); len(posts) == 0 {
			return nil
		}
		return errEnough
	})
	if !errors.Is(err, errEnough) || len(posts) != 1 {
		t.Fatal(posts, err)
	}
	if diff := cmp.Diff([]string{"whatsapp"}, posts[0].Services); diff != "" {
		t.Error(diff)
	}
}

func TestWaitsAreThoseThatXAsksFor(t *testing.T) {
	t.Parallel()
	status := func(code int, reset string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			if reset != "" {
				w.Header().Set("x-rate-limit-reset", reset)
			}
			http.Error(w, "no", code)
			return true
		}
	}
	now := time.Unix(1_800_000_000, 0)
	for name, tc := range map[string]struct {
		refuse func(http.ResponseWriter, *http.Request) bool
		want   []time.Duration
	}{
		"server":       {status(503, ""), []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second}},
		"rate":         {status(429, ""), []time.Duration{time.Minute, 2 * time.Minute}},
		"rate, reset":  {status(429, "1800000077"), []time.Duration{77 * time.Second, 77 * time.Second}},
		"no access":    {status(403, ""), []time.Duration{320 * time.Second}},
		"bad token":    {status(401, ""), []time.Duration{320 * time.Second}},
		"unreachable":  {hijack, []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, 750 * time.Millisecond}},
		"not the JSON": {garbage, []time.Duration{250 * time.Millisecond}},
	} {
		f := newFake(t, nil)
		f.refuse = tc.refuse
		cfg := config(f)
		cfg.Now = func() time.Time { return now }
		s := source(t, cfg)
		for i, want := range tc.want {
			err := s.Read(t.Context(), "", never(t))
			if got := waitOf(t, err); got != want {
				t.Errorf("%s, failure %d: wait %v, want %v", name, i+1, got, want)
			}
			if strings.Contains(err.Error(), token) {
				t.Errorf("%v", err)
			}
		}
	}
}

func hijack(w http.ResponseWriter, _ *http.Request) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
	return true
}

func garbage(w http.ResponseWriter, _ *http.Request) bool {
	_, _ = io.WriteString(w, "<html>")
	return true
}

func TestSilenceIsNotHealth(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	f.hang = true
	cfg := config(f)
	cfg.Idle = 50 * time.Millisecond
	err := source(t, cfg).Read(t.Context(), "", never(t))
	if err == nil || !strings.Contains(err.Error(), "no sign of life") || waitOf(t, err) != 250*time.Millisecond {
		t.Errorf("Read = %v, want the complaint that nothing came", err)
	}
}

func TestFarewell(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{message(0, "a"), `{"errors":[{"title":"operational-disconnect","detail":"This stream has been disconnected"}]}`})
	posts := 0
	err := source(t, config(f)).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		posts += len(b.Posts)
		return nil
	})
	if posts != 1 || err == nil || !strings.Contains(err.Error(), "operational-disconnect") {
		t.Errorf("%d posts, then %v", posts, err)
	}
}

// TestRecordedStream sends a recorded stream through a server that answers in chunks with signs of life between them. One of its lines is broken.
func TestRecordedStream(t *testing.T) {
	t.Parallel()
	var lines []string
	want := map[string]bool{}
	broken := 0
	for l := range bytes.Lines(datatest.Read(t, "samples", "x-v2", "streaming_output_with_error.jsonl")) {
		var m struct {
			Data struct{ ID string }
		}
		if json.Unmarshal(l, &m) == nil {
			want[m.Data.ID] = true
		} else {
			broken++
		}
		lines = append(lines, strings.TrimSpace(string(l)), "")
	}
	got := map[string]bool{}
	dropped := 0
	err := source(t, config(newFake(t, lines))).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			got[b.Posts[i].ID] = true
		}
		if dropped += b.Dropped[ingest.ReasonSyntax]; len(got) == len(want) && dropped == broken {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) || broken != 1 || !cmp.Equal(want, got) {
		t.Errorf("%d posts of %d and %d broken lines of %d, then %v", len(got), len(want), dropped, broken, err)
	}
}

func TestHardStop(t *testing.T) {
	t.Parallel()
	lines := make([]string, 50)
	for i := range lines {
		lines[i] = message(i, "a")
	}
	f := newFake(t, lines)
	cfg := config(f)
	now := time.Date(2026, 7, 4, 18, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { return now }
	cfg.Budget = x.Budget{PerDay: 0.1} // 20 posts
	core, logged := observer.New(zap.WarnLevel)
	cfg.Log = zap.New(core)
	posts, cursor := 0, ""
	sink := func(_ context.Context, b ingest.Batch) error {
		posts, cursor = posts+len(b.Posts), b.Cursor
		return nil
	}
	err := source(t, cfg).Read(t.Context(), "", sink)
	if posts != 20 || err == nil || !strings.Contains(err.Error(), "it goes on at 2026-07-05T00:00:00Z") || waitOf(t, err) != 6*time.Hour {
		t.Errorf("%d posts, then %v; want 20, and the time at which it goes on", posts, err)
	}
	warned := logged.FilterMessage("most of the budget for x is spent").All()
	if len(warned) != 1 || logged.Len() != 1 || math.Floor(warned[0].ContextMap()["today_usd"].(float64)*100) != 8 { //nolint:forcetypeassert // it is logged as one
		t.Errorf("of the budget was logged %v, want one warning at four fifths of it", logged.All())
	}
	again := source(t, cfg)
	if err := again.Read(t.Context(), cursor, sink); posts != 20 || waitOf(t, err) != 6*time.Hour {
		t.Errorf("after a restart: %d posts, then %v", posts, err)
	}
	now = now.Add(6 * time.Hour)
	if err := again.Read(t.Context(), cursor, sink); posts != 40 || err == nil {
		t.Errorf("on the next day: %d posts, then %v", posts, err)
	}
	want := event.SourceSpent{DayUSD: 0.1, MonthUSD: 0.2, BudgetDayUSD: 0.1, BudgetMonthUSD: x.DefaultPerMonth}
	if diff := cmp.Diff(want, again.Spent()); diff != "" {
		t.Errorf("Spent (-want +got):\n%s", diff)
	}
}

func calm() []int { return []int{1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2} }

func TestThrifty(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{message(0, "a")})
	f.counts = calm()
	cfg := config(f)
	cfg.Thrifty, cfg.Look, cfg.Budget = true, 2*time.Millisecond, x.Budget{PerMonth: 1e9}
	s := source(t, cfg)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var closed bool
	var last string
	err := s.Read(ctx, "", func(_ context.Context, b ingest.Batch) error {
		last = b.Cursor
		f.mu.Lock()
		defer f.mu.Unlock()
		switch {
		case len(b.Posts) > 0: // the stream is open: now all is calm again
			f.counts = calm()
			closed = true
		case closed && len(f.rules) == 0:
			cancel()
		default:
			if len(f.rules) == 0 && !closed {
				f.counts = append(calm(), 40)
			}
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || !closed {
		t.Fatalf("Read = %v, opened %v", err, closed)
	}
	var memory struct {
		Spend x.Spend
		Ears  map[string]any
	}
	if err := json.Unmarshal([]byte(last), &memory); err != nil || len(memory.Ears) != 0 || memory.Spend.DayUnits < f.called("GET /2/tweets/counts/recent") {
		t.Errorf("the cursor is %s after %d requests", last, f.called("GET /2/tweets/counts/recent"))
	}
	for _, q := range f.queries {
		if n := len([]rune(q.Get("query"))); n > 512 {
			t.Errorf("a query of %d characters", n)
		}
	}
}

// TestTimePassesBetweenTwoLooks: nobody waits for a source whose stream is closed.
func TestTimePassesBetweenTwoLooks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var at []time.Duration
		err := x.Rest(t.Context(), 35*time.Second, func(_ context.Context, b ingest.Batch) error {
			if !b.Through.Equal(time.Now()) || b.Seen != 0 || b.Cursor == "" {
				t.Errorf("batch %+v", b)
			}
			at = append(at, time.Since(began))
			return nil
		})
		if want := []time.Duration{10 * time.Second, 20 * time.Second, 30 * time.Second}; err != nil || !slices.Equal(at, want) || time.Since(began) != 35*time.Second {
			t.Errorf("time passed after %v, and rest ended after %v with %v; want %v", at, time.Since(began), err, want)
		}
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	whole := x.Config{BearerToken: secret.New(token), Services: []event.Service{whatsapp()}}
	for name, change := range map[string]func(*x.Config){
		"token":            func(c *x.Config) { c.BearerToken = secret.String{} },
		"no service":       func(c *x.Config) { c.Services = nil },
		"address":          func(c *x.Config) { c.BaseURL = "api.x.com" },
		"the address":      func(c *x.Config) { c.BaseURL = "https://bob:tok-1@api.x.com" },
		"backfill_minutes": func(c *x.Config) { c.BackfillMinutes = 6 },
		"alarm":            func(c *x.Config) { c.Budget.Alarm = 7 },
		"negative":         func(c *x.Config) { c.Budget.PerDay = -1 },
		"be negative":      func(c *x.Config) { c.Budget.PerMonth = -1 },
		"whole budget":     func(c *x.Config) { c.Budget.PerDay = 0.001 },
		"the whole budget": func(c *x.Config) { c.Budget.PerMonth = 0.001 },
		"no words":         func(c *x.Config) { c.Services = []event.Service{{ID: "x", Name: "Ωmega"}} },
		"doors":            func(c *x.Config) { c.Services[0].Phrases = []string{strings.Repeat("doors ", 200)} },
		"512 characters": func(c *x.Config) {
			c.Thrifty, c.Services = true, []event.Service{{ID: "x", Tags: []string{strings.Repeat("a", 600)}}}
		},
		"rules of x": func(c *x.Config) { c.MaxRules, c.MaxRuleLength = 1, 60 },
	} {
		cfg := whole
		cfg.Services = slices.Clone(whole.Services)
		change(&cfg)
		if _, err := x.New(cfg); err == nil || !strings.Contains(strings.ToLower(err.Error()), name) || strings.Contains(err.Error(), "tok-1") {
			t.Errorf("%s: New = %v", name, err)
		}
	}
	if _, err := x.New(whole); err != nil {
		t.Error(err)
	}
}
