package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/store/storetest"
)

// settled is how long anything may take before a test gives up; no test waits so long unless something is broken.
const settled = 5 * time.Minute

// demoPosts are the posts of the demo's evening as NDJSON lines.
func demoPosts(t *testing.T) []string {
	t.Helper()
	var lines []string
	for p := range sim.Demo(time.Date(2023, 3, 9, 9, 0, 0, 0, time.UTC)).Posts(1) {
		b, err := json.Marshal(&p)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	return lines
}

// replayed are the events that `outcry replay` finds in lines, page addresses apart.
func replayed(t *testing.T, lines []string) []string {
	t.Helper()
	var out, errs bytes.Buffer
	in := strings.NewReader(strings.Join(lines, "\n"))
	if code := run(t.Context(), []string{"replay", "-"}, streams{in, &out, &errs}, nil); code != exitDone {
		t.Fatalf("replay ended with %d: %s", code, errs.String())
	}
	return eventLines(t, &out)
}

// eventLines reads events and writes them without what differs from one run to another by right: the page's address.
func eventLines(t *testing.T, r io.Reader) []string {
	t.Helper()
	var lines []string
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var e event.Event
		if err := json.Unmarshal(sc.Bytes(), &e); err != nil {
			t.Fatalf("%v in %s", err, sc.Text())
		}
		lines = append(lines, plain(t, e))
	}
	return lines
}

func plain(t *testing.T, e event.Event) string {
	t.Helper()
	e.Data.URL = ""
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// receiver is a webhook that notes what it is told.
type receiver struct {
	mu   sync.Mutex
	told []event.Event
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	var e event.Event
	if err := json.NewDecoder(req.Body).Decode(&e); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = append(r.told, e)
}

// count is how many different events came.
func (r *receiver) count() int {
	return len(r.ids())
}

// dwelling is an `outcry run` in a process of its own, fed by push.
type dwelling struct {
	t      *testing.T
	dir    string
	push   string
	nats   string
	args   []string
	cmd    *exec.Cmd
	stderr *bytes.Buffer
}

func newDwelling(t *testing.T, extra string, args ...string) *dwelling {
	t.Helper()
	d := &dwelling{t: t, dir: t.TempDir()}
	pushPort, natsPort, webPort := storetest.FreePort(t), storetest.FreePort(t), storetest.FreePort(t)
	d.push = fmt.Sprintf("http://127.0.0.1:%d/v1/posts", pushPort)
	d.nats = fmt.Sprintf("nats://127.0.0.1:%d", natsPort)
	cfg := fmt.Sprintf(`data: %s
sources:
  - {type: push, listen: "127.0.0.1:%d"}
nats: {listen: "127.0.0.1:%d"}
web: {listen: "127.0.0.1:%d"}
%s`, filepath.Join(d.dir, "data"), pushPort, natsPort, webPort, extra)
	if err := os.WriteFile(filepath.Join(d.dir, "outcry.yaml"), []byte(cfg), 0o600); err != nil {
		t.Fatal(err)
	}
	d.args = append([]string{"run"}, args...)
	t.Cleanup(d.kill)
	return d
}

// start starts the process and returns when it takes posts in.
func (d *dwelling) start() {
	d.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		d.t.Fatal(err)
	}
	d.cmd = exec.CommandContext(context.WithoutCancel(d.t.Context()), exe, d.args...)
	d.cmd.Args[0] = "outcry" // the name by which TestMain knows what to be
	d.cmd.Dir = d.dir
	d.stderr = &bytes.Buffer{}
	d.cmd.Stderr = d.stderr
	if err := d.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.await("push to answer", func() bool {
		resp, err := d.post("")
		return err == nil && resp == http.StatusOK
	})
}

func (d *dwelling) await(what string, cond func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(settled); !cond(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			d.t.Fatalf("waited in vain for %s; it said:\n%s", what, d.stderr)
		}
	}
}

func (d *dwelling) post(body string) (int, error) {
	req, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.push, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Body.Close()
}

// kill ends the process at once, as kill -9 does.
func (d *dwelling) kill() {
	if d.cmd == nil || d.cmd.Process == nil {
		return
	}
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
	d.cmd = nil
}

// outages are all events in the log.
func (d *dwelling) outages() []string {
	d.t.Helper()
	var out, errs bytes.Buffer
	code := run(d.t.Context(), []string{"outages", "", "--json"}, streams{nil, &out, &errs}, []string{"OUTCRY_NATS_URL=" + d.nats})
	if code != exitDone {
		return nil
	}
	return eventLines(d.t, &out)
}

// feed posts lines in batches, again and again until each is taken. Before batch i, disturb(i) may break something.
func (d *dwelling) feed(lines []string, size int, disturb func(i int)) {
	d.t.Helper()
	for i := 0; i*size < len(lines); i++ {
		batch := strings.Join(lines[i*size:min(len(lines), (i+1)*size)], "\n")
		disturb(i)
		d.await("a batch to be taken", func() bool {
			status, err := d.post(batch)
			return err == nil && status == http.StatusOK
		})
	}
}

// TestKilledTwentyTimes kills a running outcry at twenty random instants while posts stream in, and starts it again each time: the
// outages in its log are those that a replay of the same posts finds, and its webhook has been told each event.
func TestKilledTwentyTimes(t *testing.T) {
	t.Parallel()
	lines := demoPosts(t)
	want := replayed(t, lines)
	told := &receiver{}
	hook := httptest.NewServer(told)
	defer hook.Close()
	d := newDwelling(t, fmt.Sprintf(`notifiers:
  - {type: webhook, name: ops, url: %q, allow_private: ["127.0.0.0/8"], from: suspected}
`, hook.URL))
	d.start()

	const kills, size = 20, 100
	batches := (len(lines) + size - 1) / size
	r := rand.New(rand.NewPCG(20, 23))
	at := make(map[int]bool)
	for len(at) < kills {
		at[1+r.IntN(batches-1)] = true
	}
	d.feed(lines, size, func(i int) {
		if !at[i] {
			return
		}
		dead := make(chan struct{})
		timer := time.AfterFunc(time.Duration(r.IntN(40))*time.Millisecond, func() {
			d.kill()
			close(dead)
		})
		defer timer.Stop()
		_, _ = d.post(strings.Join(lines[i*size:min(len(lines), (i+1)*size)], "\n"))
		<-dead
		d.start()
	})
	d.await("all events to be told", func() bool { return told.count() >= len(want) && len(d.outages()) >= len(want) })

	if diff := cmp.Diff(want, d.outages()); diff != "" {
		t.Errorf("the log differs from a replay (-want +got):\n%s", diff)
	}
	checkTold(t, want, told)
}

// checkTold checks that each event was told, in the order of its outage, and that repeats are the same to the letter.
func checkTold(t *testing.T, want []string, r *receiver) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	got := make(map[string]string)
	last := make(map[string]int)
	for _, e := range r.told {
		if old, again := got[e.ID]; again && old != plain(t, e) {
			t.Errorf("event %s was told twice, and not the same", e.ID)
		}
		got[e.ID] = plain(t, e)
		if e.Data.Seq < last[e.Data.ID] {
			t.Errorf("event %s was told after number %d of the same outage", e.ID, last[e.Data.ID])
		}
		last[e.Data.ID] = e.Data.Seq
	}
	for _, line := range want {
		var e event.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if got[e.ID] != line {
			t.Errorf("event %s: told %q, want %q", e.ID, got[e.ID], line)
		}
	}
}
