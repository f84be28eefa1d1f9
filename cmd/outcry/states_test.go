package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// ears is a house that only reads posts, with the command by which it is asked how its sources fare.
type ears struct {
	t     *testing.T
	house *house
	stop  context.CancelFunc
	ended chan error
}

func openEars(t *testing.T, sources string) *ears {
	t.Helper()
	path := filepath.Join(t.TempDir(), "outcry.yaml")
	text := fmt.Sprintf("data: %s\nroles: [collect, web]\nnats: {listen: \"127.0.0.1:0\"}\nweb: {listen: \"127.0.0.1:0\"}\nsources:\n%s", filepath.Join(t.TempDir(), "data"), sources)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := &ears{t: t, ended: make(chan error, 1)}
	if e.house, err = openHouse(t.Context(), &cfg, zap.NewNop()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.house.close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	loops, err := e.house.loops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ctx context.Context
	ctx, e.stop = context.WithCancel(t.Context())
	go func() { e.ended <- runAll(ctx, loops, zap.NewNop()) }()
	t.Cleanup(e.stop)
	return e
}

// says asks how the sources fare.
func (e *ears) says(args ...string) (code int, out, errs string) {
	e.t.Helper()
	var o, r bytes.Buffer
	code = run(e.t.Context(), append([]string{"sources", "--nats", e.house.inside}, args...), streams{nil, &o, &r}, nil)
	return code, o.String(), r.String()
}

// await asks until a source is in a state, and gives what it then says of itself.
func (e *ears) await(source string, state event.SourceState) event.SourceStatus {
	e.t.Helper()
	var s event.SourceStatus
	for deadline := time.Now().Add(settled); ; time.Sleep(20 * time.Millisecond) {
		_, out, errs := e.says(source, "--json")
		if json.Unmarshal([]byte(out), &s) == nil && s.State == state {
			return s
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("waited in vain for %s to be %s: %s%s", source, state, out, errs)
		}
	}
}

func TestSourcesSayHowTheyFare(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	posts := filepath.Join(t.TempDir(), "posts.ndjson")
	if err := os.WriteFile(posts, []byte(strings.Join(demoPosts(t)[:50], "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	e := openEars(t, fmt.Sprintf(`  - {type: replay, name: file, paths: [%q]}
  - {type: replay, paths: [missing.ndjson]}
  - {type: push, listen: %q}
  - {type: bluesky, endpoints: ["ws://bob:pw-9f@%s/pw-9f"]}
`, posts, taken.Addr(), "127.0.0.1:1"))
	if s := e.await("file", event.SourceDone); s.Posts != 50 || s.LastPost.IsZero() || s.HeardAt.IsZero() || s.Cursor == "" {
		t.Errorf("a source that is done says %+v", s)
	}
	if s := e.await("replay", event.SourceStopped); !strings.Contains(s.Error, "missing.ndjson: no such file") || s.BlindSince.IsZero() {
		t.Errorf("a source without its file says %+v", s)
	}
	if s := e.await("push", event.SourceStopped); !strings.Contains(s.Error, "push cannot listen on "+taken.Addr().String()) {
		t.Errorf("a source whose port is taken says %+v", s)
	}
	if s := e.await("bluesky", event.SourceBlind); s.Error == "" || s.BlindSince.IsZero() || !s.HeardAt.IsZero() {
		t.Errorf("a source that cannot be reached says %+v", s)
	}
	code, out, errs := e.says()
	for _, want := range []string{"SOURCE ", "bluesky  blind ", "push     stopped ", "file     done ", "\nreplay: open a file to replay: open missing.ndjson"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q:\n%s", want, out)
		}
	}
	if code != exitFailed || !strings.Contains(errs, "3 of 4 sources cannot be heard") || strings.Contains(out+errs, "pw-9f") {
		t.Errorf("sources ends with %d: %s%s", code, out, errs)
	}
	if code, _, errs := e.says("blusky"); code != exitFailed || !strings.Contains(errs, `no source is called "blusky"`) {
		t.Errorf("sources blusky ends with %d: %s", code, errs)
	}
	e.page()
	if code, _, errs := e.says("forget", "blusky"); code != exitFailed || !strings.Contains(errs, `no source is called "blusky"`) {
		t.Errorf("sources forget blusky ends with %d: %s", code, errs)
	}
	if code, _, errs := e.says("forget", "file"); code != exitDone || !strings.Contains(errs, "forgotten: how far file has been read") {
		t.Errorf("sources forget file ends with %d: %s", code, errs)
	}
	if cursor, err := e.house.log.Cursor(t.Context(), "file"); cursor != "" || err != nil {
		t.Errorf("the place of a source that was forgotten is %q, %v", cursor, err)
	}
	e.stop()
	if err := <-e.ended; err != nil {
		t.Error(err)
	}
	if s := e.await("bluesky", event.SourceStopped); s.Error != "" {
		t.Errorf("a source whose process ended says %+v", s)
	}
}

// page waits until the page says the same.
func (e *ears) page() {
	e.t.Helper()
	for deadline := time.Now().Add(settled); ; time.Sleep(20 * time.Millisecond) {
		req, err := http.NewRequestWithContext(e.t.Context(), http.MethodGet, e.house.page+"/?part=1", nil)
		if err != nil {
			e.t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			e.t.Fatal(err)
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(resp.Body)
		_ = resp.Body.Close()
		said := body.String()
		if strings.Contains(said, "No source can be heard") && strings.Contains(said, "<b>file</b> has ended") &&
			strings.Contains(said, "<b>replay</b> has stopped since") && strings.Contains(said, "<b>Bluesky</b> cannot be heard since") {
			return
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("the page says %v, %s", err, said)
		}
	}
}

func TestNobodyToListenTo(t *testing.T) {
	t.Parallel()
	e := openEars(t, "  - {type: replay, paths: [missing.ndjson]}\n  - {type: replay, name: second, paths: [gone.ndjson]}\n")
	if err := <-e.ended; err == nil || !strings.Contains(err.Error(), "no source is left to listen to") || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a house that cannot hear anything ends with %v", err)
	}
}

// TestSourcesWatch lets somebody watch from before a change until after it.
func TestSourcesWatch(t *testing.T) {
	t.Parallel()
	e := openEars(t, "  - {type: push, listen: \"127.0.0.1:0\"}\n")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	say := func(state event.SourceState) {
		if err := e.house.log.PublishSource(ctx, event.SourceStatus{Source: "far", State: state, At: time.Now(), Error: "why"}); err != nil {
			t.Error(err)
		}
	}
	say(event.SourceBlind)
	out := &script{"far blind  why": func() { say(event.SourceBlind); say(event.SourceDone) }, "far done  why": cancel}
	var errs bytes.Buffer
	if code := run(ctx, []string{"sources", "far", "--watch", "--nats", e.house.inside}, streams{nil, out, &errs}, nil); code != exitDone || len(*out) != 0 {
		t.Errorf("sources --watch ends with %d, not yet said: %d; %s", code, len(*out), errs.String())
	}
}

// script does, once, what belongs to a line that is written.
type script map[string]func()

func (s *script) Write(p []byte) (int, error) {
	for line, do := range *s {
		if strings.Contains(string(p), line) {
			delete(*s, line)
			do()
		}
	}
	return len(p), nil
}

func TestWhatASourceCosts(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	a := &app{std: streams{nil, &out, &out}}
	s := event.SourceStatus{
		Source: "x", State: event.SourceLive, At: time.Now(), Since: time.Now(), Spent: &event.SourceSpent{DayUSD: 0.354, MonthUSD: 12, BudgetMonthUSD: 100},
	}
	if err := a.listSources([]event.SourceStatus{s}, false); err != nil || !strings.Contains(out.String(), "\nx: cost $0.35 today and $12.00 of $100.00 this month\n") {
		t.Errorf("listSources = %v: %s", err, out.String())
	}
}
