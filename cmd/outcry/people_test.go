package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/storetest"
)

// ids are those of the events that a receiver was told, sorted, each once.
func (r *receiver) ids() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ids []string
	for _, e := range r.told {
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// office is a house whose desks tell four receivers, and the commands that people give it.
type office struct {
	t       *testing.T
	house   *house
	config  string
	environ []string
	// refuses makes the receiver of the notifier "broken" refuse.
	refuses                  atomic.Bool
	ops, late, broken, spare *receiver
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, ops: &receiver{}, late: &receiver{}, broken: &receiver{}, spare: &receiver{}}
	serve := func(h http.Handler) string {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		return s.URL
	}
	failing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.refuses.Load() {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		o.broken.ServeHTTP(w, r)
	})
	const local = `allow_private: ["127.0.0.0/8"]`
	o.config = filepath.Join(t.TempDir(), "outcry.yaml")
	port := storetest.FreePort(t)
	text := fmt.Sprintf(`data: %s
roles: [alert]
nats: {listen: "127.0.0.1:%d"}
notifiers:
  - {type: webhook, name: ops, url: %q, %s}
  - {type: webhook, name: late, url: %q, %s, after: 10m}
  - {type: webhook, name: broken, url: %q, %s, fallback: spare}
  - {type: webhook, name: spare, url: %q, %s}
routes:
  - {receivers: [ops, late, broken]}
`, filepath.Join(t.TempDir(), "data"), port, serve(o.ops), local, serve(o.late), local, serve(failing), local, serve(o.spare), local)
	if err := os.WriteFile(o.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.build()
	o.environ = []string{fmt.Sprintf("OUTCRY_NATS_URL=nats://127.0.0.1:%d", port), "USER=anna"}
	return o
}

// build opens the house as it is configured.
func (o *office) build() {
	o.t.Helper()
	cfg, err := loadConfig(o.config, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	if o.house, err = openHouse(o.t.Context(), &cfg, zap.NewNop()); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		if err := o.house.close(context.WithoutCancel(o.t.Context())); err != nil {
			o.t.Error(err)
		}
	})
}

// says runs a command and returns what it prints.
func (o *office) says(args ...string) string {
	o.t.Helper()
	var out, errs bytes.Buffer
	if code := run(o.t.Context(), append(args, "--config", o.config), streams{nil, &out, &errs}, o.environ); code != exitDone {
		o.t.Fatalf("outcry %v ended with %d: %s", args, code, errs.String())
	}
	return out.String() + errs.String()
}

// open starts the desks and returns when each of them listens.
func (o *office) open() {
	o.t.Helper()
	loops, err := o.house.loops(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(o.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- runAll(ctx, loops, zap.NewNop()) }()
	o.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			o.t.Error(err)
		}
	})
	o.await("the desks to listen", func() bool {
		behind, err := o.house.log.Behind(o.t.Context())
		for i := range o.house.cfg.Notifiers {
			if _, listens := behind["desk-"+o.house.cfg.Notifiers[i].name()]; !listens {
				return false
			}
		}
		return err == nil
	})
}

func (o *office) await(what string, cond func() bool) {
	o.t.Helper()
	for deadline := time.Now().Add(settled); !cond(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			o.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (o *office) publish(events ...event.Event) {
	o.t.Helper()
	for _, e := range events {
		if err := o.house.log.PublishOutage(o.t.Context(), e); err != nil {
			o.t.Fatal(err)
		}
	}
}

// happening is an event of an outage of one service that was confirmed at a moment.
func happening(id string, seq int, kind event.Type, service string, confirmed time.Time) event.Event {
	o := event.Outage{
		ID: id, Seq: seq, Phase: event.Confirmed, Severity: event.Major, Name: service, OnsetAt: confirmed,
		Services: []event.ServiceState{{ID: service, Name: service, Role: event.RoleDown}},
	}
	switch kind {
	case event.TypeSuspected:
		o.Phase = event.Suspected
	case event.TypeResolved:
		o.Phase, o.ConfirmedAt, o.EndedAt = event.Resolved, &confirmed, &confirmed
	default:
		o.ConfirmedAt = &confirmed
	}
	return event.NewEvent(kind, service, time.Now().Add(time.Minute), o)
}

// TestWhatPeopleWant acknowledges, mutes and silences with the commands, and looks at who is told what.
func TestWhatPeopleWant(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.refuses.Store(true)
	now, before := time.Now(), time.Now().Add(-time.Hour)
	o.publish(
		happening("acked", 1, event.TypeSuspected, "whatsapp", now), happening("mutual", 1, event.TypeSuspected, "spotify", before), happening("lasting", 1, event.TypeConfirmed, "spotify", before),
		happening("mutedfornow", 1, event.TypeSuspected, "netflix", before))
	if said := o.says("ack", "ack"); !strings.Contains(said, "taken over by anna") {
		t.Errorf("ack says %q", said)
	}
	if listed := o.says("outages"); !regexp.MustCompile(`(?m)^acked .* anna *$`).MatchString(listed) {
		t.Errorf("outages lists:\n%s", listed)
	}
	o.says("mute", "mutedfornow", "--for", "1h")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"mute", "mut", "--config", o.config}, streams{nil, &out, &errs}, o.environ); code != exitUsage || !strings.Contains(errs.String(), "2 outages begin with") {
		t.Errorf("mute of two outages ended with %d: %s", code, errs.String())
	}
	// Nobody listens yet. A notifier that is new is told how things stand.
	o.publish(happening("lasting", 2, event.TypeChanged, "spotify", before), happening("over", 1, event.TypeConfirmed, "spotify", before),
		happening("over", 2, event.TypeResolved, "spotify", before))
	o.says("silence", "--service", "tiktok", "--for", "1h", "--why", "planned")
	listed := o.says("silences")
	if !strings.Contains(listed, "service tiktok") || !strings.Contains(listed, "anna") || !strings.Contains(listed, "planned") || !strings.Contains(listed, "outage mutedfornow") {
		t.Errorf("silences lists:\n%s", listed)
	}
	o.open()
	o.publish(
		happening("acked", 2, event.TypeConfirmed, "whatsapp", now), happening("silenced", 1, event.TypeConfirmed, "tiktok", before),
		happening("mutedfornow", 2, event.TypeConfirmed, "netflix", before), happening("loud", 1, event.TypeConfirmed, "x", before))
	for _, one := range []struct {
		name string
		r    *receiver
		want []string
	}{
		{"ops", o.ops, []string{"acked-2", "lasting-2", "loud-1"}}, {"late", o.late, []string{"lasting-2", "loud-1"}},
		{"broken", o.broken, nil}, {"spare, in its place", o.spare, []string{"acked-2", "lasting-2", "loud-1"}},
	} {
		// What was kept back is told outage by outage, in any order of the outages.
		o.await("all that is told to "+one.name, func() bool { return len(one.r.ids()) >= len(one.want) })
		if diff := cmp.Diff(one.want, one.r.ids()); diff != "" {
			t.Errorf("told to %s (-want +got):\n%s", one.name, diff)
		}
	}
	o.redrive()
}

// redrive delivers the dead letters that the broken receiver left.
func (o *office) redrive() {
	t := o.t
	o.await("the dead letters", func() bool { return strings.Count(o.says("notices"), "403 Forbidden") == 3 })
	if listed := o.says("notices"); !strings.Contains(listed, "x is down") || !strings.Contains(listed, "403 Forbidden") {
		t.Errorf("notices lists:\n%s", listed)
	}
	id := regexp.MustCompile(`(?m)^(\d+) .*x is down`).FindStringSubmatch(o.says("notices"))[1]
	if shown := o.says("notices", "show", id); !strings.Contains(shown, id+", to broken") || !strings.Contains(shown, "403 Forbidden") || !strings.Contains(shown, "loud, event 1") {
		t.Errorf("notices show %s shows:\n%s", id, shown)
	}
	if shown := o.says("notices", "show", id, "--json"); !strings.Contains(shown, `"notifier":"broken"`) || strings.Count(shown, "\n") != 1 {
		t.Errorf("notices show %s --json shows:\n%s", id, shown)
	}
	o.refuses.Store(false)
	// The receiver works again and hears that one of them is over: that it had begun is no news then.
	o.publish(happening("loud", 2, event.TypeResolved, "x", time.Now().Add(-time.Hour)))
	o.await("the end", func() bool { return slices.Contains(o.broken.ids(), "loud-2") })
	o.await("the note that it was told", func() bool { // which comes after the receiver's yes
		behind, err := o.house.log.Behind(t.Context())
		return err == nil && behind["desk-broken"] == 0
	})
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"notices", "redrive", "--all", "--config", o.config}, streams{nil, &out, &errs}, o.environ)
	if code != exitFailed || strings.Count(out.String(), " told: ") != 2 || !strings.Contains(errs.String(), id+": broken has been told newer things of this outage since; --drop") {
		t.Errorf("redrive ended with %d and says %q %q", code, out.String(), errs.String())
	}
	if slices.Contains(o.broken.ids(), "loud-1") {
		t.Error("that an outage began was told after its end")
	}
	if said := o.says("notices", "redrive", id, "--force"); strings.Count(said, " told: ") != 1 {
		t.Errorf("redrive --force says %q", said)
	}
	if diff := cmp.Diff([]string{"acked-2", "lasting-2", "loud-1", "loud-2"}, o.broken.ids()); diff != "" {
		t.Errorf("redriven (-want +got):\n%s", diff)
	}
	if listed := o.says("notices"); !strings.Contains(listed, "every notice was delivered") {
		t.Errorf("notices lists after all were delivered:\n%s", listed)
	}
}

// TestSilencesEnd ends a silence, and finds it only among all.
func TestSilencesEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := regexp.MustCompile(`^\w+`).FindString(o.says("silence", "--owner", "meta", "--severity", "minor", "--country", "IT", "--for", "1h", "--by", "bo\x1b[31mris"))
	if said := o.says("silences", "rm", id); !strings.Contains(said, id+" has ended: owner meta, country IT, severity up to minor") {
		t.Errorf("rm says %q", said)
	}
	if listed := o.says("silences"); strings.Contains(listed, id) || !strings.Contains(listed, "nothing is silenced") {
		t.Errorf("silences lists:\n%s", listed)
	}
	if listed := o.says("silences", "--all", "--json"); !strings.Contains(listed, id) || strings.Contains(listed, "\x1b") {
		t.Errorf("silences --all lists:\n%s", listed)
	}
	for _, wrong := range [][]string{
		{"silences", "rm", id}, {"silences", "rm", "nobody"}, {"silence", "--for", "1h"}, {"silence", "--for", "1h", "--service", "watsapp"},
		{"silence", "--for", "1h", "--owner", "mta"}, {"silence", "--for", "1h", "--country", "Italy"}, {"ack", "nobody"}, {"notices", "redrive", "77"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(wrong, "--config", o.config), streams{nil, &out, &errs}, o.environ); code == exitDone || out.Len() > 0 {
			t.Errorf("outcry %v ended with %d and said %q", wrong, code, out.String())
		}
	}
}
