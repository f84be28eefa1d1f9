package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/storetest"
)

// installed guards the folder npm, into which one test installs packages while the others wait.
var installed sync.Mutex

// npmReady installs the packages of the folder npm, unless those that are wanted are there.
func npmReady(t testing.TB) {
	t.Helper()
	installed.Lock()
	defer installed.Unlock()
	wanted, err := os.Stat(filepath.Join("npm", "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	if have, err := os.Stat(filepath.Join("npm", "node_modules", ".package-lock.json")); err == nil && !have.ModTime().Before(wanted.ModTime()) {
		return
	}
	storetest.Insist(t, "npm ci in internal/e2e/npm", func() ([]byte, error) {
		ci := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
		ci.Dir = "npm"
		return ci.CombinedOutput()
	})
}

// node starts a script of the folder npm.
func node(t testing.TB, script string, args ...string) *process {
	t.Helper()
	path := storetest.Program(t, "node", "install Node.js 20 or newer with npm")
	npmReady(t)
	return start(t, "npm", nil, path, append([]string{script}, args...)...)
}

// lines are the whole lines that a process wrote on standard output.
func (p *process) lines() []string {
	text := p.out.String()
	return split(text[:strings.LastIndexByte(text, '\n')+1])
}

// delivery is a line of subscribe.mjs.
type delivery struct {
	Subject string          `json:"subject"`
	Event   json.RawMessage `json:"event"`
}

// delivered are the events that subscribe.mjs printed. Each must have come on the subject that its content says.
func delivered(t testing.TB, lines []string) []string {
	t.Helper()
	var out []string
	for _, line := range lines {
		var d delivery
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		out = append(out, string(d.Event))
		if e := parse(t, out[len(out)-1:])[0]; d.Subject != e.Topic() {
			t.Errorf("event %s came on %s, want %s", e.ID, d.Subject, e.Topic())
		}
	}
	return out
}

// stored are the events that a JetStream client in another language reads from a server.
func stored(t testing.TB, server *natsServer) []string {
	t.Helper()
	p := node(t, "subscribe.mjs", "stored", "nats://"+server.addr, serverUser, natsPassword)
	if code := p.wait(); code != 0 {
		t.Fatalf("subscribe.mjs ended with %d; %s", code, p.said())
	}
	return plain(t, delivered(t, p.lines()))
}

// signingSecret and nextSecret, which is to replace it, sign the webhooks of these tests.
const (
	signingSecret = "whsec_c2lnbmluZy1rZXktb2YtdGhlLWVuZC10by1lbmQtdGVzdHM="
	nextSecret    = "whsec_dGhlLW5leHQta2V5LW9mLXRoZS1lbmQtdG8tZW5kLXRlc3Rz"
)

// call is a line of receive.mjs.
type call struct {
	Port           int
	ID, Type       string
	Refused        bool
	Ours, Next     string
	Other, Changed string
	Event          json.RawMessage
}

// calls are the requests that receive.mjs has had.
func calls(t testing.TB, p *process) []call {
	t.Helper()
	var out []call
	for _, line := range p.lines() {
		var c call
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		out = append(out, c)
	}
	return out
}

// tookIn are the events that receive.mjs has taken, each once.
func tookIn(t testing.TB, p *process) []string {
	t.Helper()
	var told []string
	for _, c := range calls(t, p) {
		if c.Port == 0 && !c.Refused {
			told = append(told, string(c.Event))
		}
	}
	return folded(t, told)
}

// TestForeignClients has a NATS client and a receiver of webhooks, both of other makers and in another language, told of an
// evening.
func TestForeignClients(t *testing.T) {
	t.Parallel()
	lines := demo(t)
	want := replayed(t, lines)
	hook := node(t, "receive.mjs", signingSecret, nextSecret)
	await(t, "the receiver's port", hook.said, func() bool { return len(hook.lines()) > 0 })
	h := newHouse(t, plan{more: `notifiers: [{type: webhook, name: ops, url: "http://127.0.0.1:` + strconv.Itoa(calls(t, hook)[0].Port) +
		`/hook", secret: "` + signingSecret + `", secret_next: "` + nextSecret + `", allow_private: ["127.0.0.0/8"], from: suspected}]` + "\n"}).openToPosts()
	subscriber := node(t, "subscribe.mjs", "live", h.nats)
	await(t, "the subscription", subscriber.said, func() bool { return strings.Contains(subscriber.err.String(), "ready") })
	h.feed(lines, 1000, nil)
	h.awaitOutages(want)

	await(t, "the subscriber's events", subscriber.said, func() bool { return len(subscriber.lines()) >= len(want) })
	same(t, "the events that the subscriber printed and those of a replay", want, plain(t, delivered(t, subscriber.lines())))

	var told []string
	await(t, "the receiver's events", hook.said, func() bool {
		told = tookIn(t, hook)
		return len(told) >= len(want)
	})
	for _, c := range calls(t, hook)[1:] {
		checkCall(t, c)
	}
	same(t, "the events that the receiver took and those of a replay", want, told)
	if first := calls(t, hook)[1]; !first.Refused || first.ID != calls(t, hook)[2].ID {
		t.Errorf("the refused request %s came again as %s", first.ID, calls(t, hook)[2].ID)
	}
	checkReport(t, h, want)
	id := parse(t, want[:1])[0].Data.ID
	must(t, nil, "ack", id, "--by", "ann", "--nats", h.nats)
	await(t, "the page to say who is at it", h.said, func() bool {
		_, page := h.get("/outages/" + id)
		return strings.Contains(page, "<b>Taken over</b> by ann at")
	})
	var confirmed []string
	for _, line := range want {
		if e := parse(t, []string{line})[0]; e.Kind() == event.TypeConfirmed {
			confirmed = append(confirmed, line)
		}
	}
	for _, wanted := range [][]string{confirmed, nil} {
		p := node(t, "subscribe.mjs", "durable", h.nats)
		if code := p.wait(); code != 0 {
			t.Fatalf("subscribe.mjs ended with %d; %s", code, p.said())
		}
		same(t, "the confirmations that a durable consumer had not acknowledged", wanted, plain(t, delivered(t, p.lines())))
	}
	list := must(t, nil, "outages", "", "--json", "--config", filepath.Join(h.dir, "outcry.yaml"))
	same(t, "the events that `outcry outages` lists and those of a replay", want, plain(t, split(list.out)))
}

// checkReport asks the house for a report on the first outage, which must tell all of it, with what was heard meanwhile.
func checkReport(t testing.TB, h *house, want []string) {
	t.Helper()
	id := parse(t, want[:1])[0].Data.ID
	var report struct {
		Course  []json.RawMessage
		Minutes []struct{ Voices, Usual float64 }
	}
	if err := json.Unmarshal([]byte(must(t, nil, "report", id, "--format", "json", "--nats", h.nats).out), &report); err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range parse(t, want) {
		if e.Data.ID == id {
			told++
		}
	}
	loudest := 0.0
	for _, m := range report.Minutes {
		loudest = max(loudest, m.Voices)
	}
	for path, begins := range map[string]string{"/chart.png": "\x89PNG", "/report.md": "# ", "/report.html": "<!doctype html>"} {
		if status, body := h.get("/outages/" + id + path); status != http.StatusOK || !strings.HasPrefix(body, begins) {
			t.Errorf("%s gives %d: %.100s", path, status, body)
		}
	}
	if len(report.Course) != told || loudest == 0 {
		t.Errorf("the report tells %d of %d events, and at most %v voices in %d minutes", len(report.Course), told, loudest, len(report.Minutes))
	}
}

// checkCall checks one request: its signature holds, and would not with another key or another content.
func checkCall(t testing.TB, c call) {
	t.Helper()
	var e event.Event
	if err := json.Unmarshal(c.Event, &e); err != nil {
		t.Fatal(err)
	}
	if c.Ours != "" || c.Next != "" {
		t.Errorf("the signatures of %s do not verify: %q with the key, %q with the next one", c.ID, c.Ours, c.Next)
	}
	if c.Other == "" || c.Changed == "" {
		t.Errorf("%s verifies with a strange key (%q) or a changed content (%q) too", c.ID, c.Other, c.Changed)
	}
	if c.ID != e.ID || c.Type != "application/cloudevents+json" {
		t.Errorf("webhook-id %q and content type %q of event %s", c.ID, c.Type, e.ID)
	}
}
