package e2e_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/store/storetest"
)

// plan says how a house is configured; what is empty is as below.
type plan struct {
	// nats is the section of that name: an embedded server on a free port; natsURL is where it is reached, with a user.
	nats, natsURL string
	// redis is the section of that name: the embedded one.
	redis string
	// sources is the section of that name: push on a free port.
	sources string
	// more are further sections.
	more string
}

// house is an `outcry run` in a process of its own.
type house struct {
	*process
	t         testing.TB
	dir       string
	push, web string
	nats      string
	// token is what push and the page ask for; empty: nothing.
	token string
}

// newHouse writes the configuration of a house. It does not start it.
func newHouse(t testing.TB, p plan) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir()}
	pushPort, webPort := storetest.FreePort(t), storetest.FreePort(t)
	h.push = fmt.Sprintf("http://127.0.0.1:%d/v1/posts", pushPort)
	h.web = fmt.Sprintf("http://127.0.0.1:%d", webPort)
	if p.nats == "" {
		port := storetest.FreePort(t)
		p.nats = fmt.Sprintf("{listen: %q}", storetest.Local(port))
		p.natsURL = "nats://" + storetest.Local(port)
	}
	h.nats = p.natsURL
	if p.redis == "" {
		p.redis = "{}"
	}
	if p.sources == "" {
		p.sources = fmt.Sprintf("[{type: push, listen: %q}]", storetest.Local(pushPort))
	}
	h.configure(fmt.Sprintf("data: %s\nsources: %s\nnats: %s\nredis: %s\nweb: {listen: %q}\n%s",
		filepath.Join(h.dir, "data"), p.sources, p.nats, p.redis, storetest.Local(webPort), p.more))
	return h
}

// configure writes the configuration.
func (h *house) configure(text string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, "outcry.yaml"), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// open starts the process and returns when its page answers.
func (h *house) open() *house {
	h.t.Helper()
	h.process = start(h.t, h.dir, nil, program, "run")
	await(h.t, "the page to answer", h.said, func() bool {
		h.mustLive()
		status, _ := h.get("/healthz")
		return status == http.StatusOK
	})
	return h
}

// openToPosts is open for a house with a push source, and returns when that answers too.
func (h *house) openToPosts() *house {
	h.t.Helper()
	h.open()
	await(h.t, "push to answer", h.said, func() bool {
		h.mustLive()
		return h.post("") == http.StatusOK
	})
	return h
}

// mustLive fails the test if the process has ended.
func (h *house) mustLive() {
	h.t.Helper()
	select {
	case <-h.ended:
		h.t.Fatalf("it ended with %d; %s", h.cmd.ProcessState.ExitCode(), h.said())
	default:
	}
}

// awaitReady waits until the process says that it is ready.
func (h *house) awaitReady() {
	h.t.Helper()
	body := ""
	await(h.t, "it to be ready", func() string { return body + "\n" + h.said() }, func() bool {
		var status int
		status, body = h.get("/readyz")
		return status == http.StatusOK && strings.Contains(body, `"ready":true`)
	})
}

// get asks the page. A status of 0 means that nothing answers.
func (h *house) get(path string) (status int, body string) {
	return exchange(h.t, http.MethodGet, h.web+path, h.token, "")
}

// post sends posts. A status of 0 means that nothing answers.
func (h *house) post(body string) (status int) {
	status, _ = exchange(h.t, http.MethodPost, h.push, h.token, body)
	return status
}

// exchange makes one request. A status of 0 means that nothing answers.
func exchange(t testing.TB, method, url, token, body string) (status int, answer string) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-ndjson")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = resp.Body.Close() }()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, string(all)
}

// feed posts lines in batches of size, each again and again until it is taken. Before batch i, disturb(i) may break something.
func (h *house) feed(lines []string, size int, disturb func(i int)) {
	h.t.Helper()
	for i := 0; i*size < len(lines); i++ {
		if disturb != nil {
			disturb(i)
		}
		h.give(batch(lines, size, i))
	}
}

// give posts a batch until it is taken.
func (h *house) give(body string) {
	h.t.Helper()
	await(h.t, "a batch to be taken", func() string { return h.said() }, func() bool { return h.post(body) == http.StatusOK })
}

// batch is number i of lines cut into batches of size.
func batch(lines []string, size, i int) string {
	return string(join(lines[i*size : min(len(lines), (i+1)*size)]))
}

// metric is the value of a metric, its labels written as /metrics does; false: it is not there.
func (h *house) metric(name string) (float64, bool) {
	_, body := h.get("/metrics")
	for _, line := range split(body) {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(text, 64)
			return v, err == nil
		}
	}
	return 0, false
}

// outages are all events in the log, read by a client of our own making; nil while the server does not answer.
func (h *house) outages() []string {
	h.t.Helper()
	nc, err := natsgo.Connect(h.nats, natsgo.Timeout(2*time.Second))
	if err != nil {
		return nil
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		h.t.Fatal(err)
	}
	stream, err := js.Stream(h.t.Context(), "OUTAGES")
	if err != nil {
		return nil
	}
	var lines []string
	for seq := uint64(1); seq <= stream.CachedInfo().State.LastSeq; seq++ {
		m, err := stream.GetMsg(h.t.Context(), seq)
		if err != nil {
			return nil
		}
		lines = append(lines, string(m.Data))
	}
	return plain(h.t, lines)
}

// awaitOutages waits until the log holds as many events as are wanted, and compares.
func (h *house) awaitOutages(want []string) {
	h.t.Helper()
	var got []string
	await(h.t, fmt.Sprintf("%d events in the log", len(want)), func() string { return fmt.Sprintf("%d events\n%s", len(got), h.said()) }, func() bool {
		got = h.outages()
		return len(got) >= len(want)
	})
	same(h.t, "the events in the log and those of a replay", want, got)
}
