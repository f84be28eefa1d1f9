package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/web"
)

// diary notes what happens, in order.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// read gives what was noted so far.
func (d *diary) read() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.lines)
}

// part is a loop that takes a while to finish what it has in hand.
func (d *diary) part(name string, takes time.Duration) loop {
	return loop{name: name, run: func(ctx context.Context) error {
		<-ctx.Done()
		d.note(name + " is asked to end")
		time.Sleep(takes)
		d.note(name + " has ended")
		return ctx.Err()
	}}
}

// TestPartsEndInTheOrderOfTheFlow asks a process to end: who reads posts ends first, and whoever comes after goes on until that is done.
func TestPartsEndInTheOrderOfTheFlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var d diary
		core, logged := observer.New(zap.WarnLevel)
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		began := time.Now()
		err := runAll(ctx, []loop{d.part("collect", 3*time.Second), d.part("judge", time.Minute), d.part("alert", 0)}, zap.New(core))
		if err != nil {
			t.Errorf("an end that was asked for is the error %v", err)
		}
		want := []string{"collect is asked to end", "collect has ended", "judge is asked to end", "alert is asked to end", "alert has ended"}
		if diff := cmp.Diff(want, d.read()); diff != "" {
			t.Errorf("what happened (-want +got):\n%s", diff)
		}
		if took := time.Since(began); took != 14*time.Second {
			t.Errorf("it took %s, want 1 s until it was asked, 3 s for what was in hand, and 10 s for what does not end", took)
		}
		if n := logged.FilterField(zap.String("part", "judge")).Len(); n != 1 || logged.Len() != 1 {
			t.Errorf("the log says %v", logged.All())
		}
		time.Sleep(time.Minute) // the one that does not end
	})
}

// TestAPartThatFailsEndsTheOthers holds that nothing goes on without a part of the flow, and that the error names it.
func TestAPartThatFailsEndsTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var d diary
		broken := errors.New("broken")
		err := runAll(t.Context(), []loop{
			d.part("collect", time.Second),
			{name: "count", run: func(context.Context) error { time.Sleep(time.Second); return broken }},
			d.part("alert", time.Second),
		}, zap.NewNop())
		if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "count: ") {
			t.Errorf("the error is %v", err)
		}
		if lines := d.read(); !slices.Contains(lines, "collect has ended") || !slices.Contains(lines, "alert has ended") {
			t.Errorf("what happened: %q", lines)
		}
	})
}

func TestPageURL(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		listen, url string
		roles       []string
		want        string
	}{
		{"127.0.0.1:8080", "", allRoles(), "http://127.0.0.1:8080/outages/"},
		{"outcry.internal:80", "", allRoles(), "http://outcry.internal:80/outages/"},
		{"0.0.0.0:8080", "https://outcry.example.com/", []string{roleJudge}, "https://outcry.example.com/outages/"},
		{"127.0.0.1:8080", "", []string{roleJudge}, ""},
		{"127.0.0.1:0", "", allRoles(), ""},
		{"0.0.0.0:8080", "", allRoles(), ""},
		{"[::]:8080", "", allRoles(), ""},
		{":8080", "", allRoles(), ""},
	} {
		cfg := config{Roles: tc.roles, Web: web.Config{Listen: tc.listen, PublicURL: tc.url}}
		if got := cfg.pageURL(); got != tc.want {
			t.Errorf("page at %s, url %q: %q, want %q", tc.listen, tc.url, got, tc.want)
		}
	}
}
