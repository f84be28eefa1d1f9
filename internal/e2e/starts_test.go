package e2e_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/outcry/outcry/store/storetest"
)

// secrets are recognisable values for everything that must never be written.
func secrets() map[string]string {
	return map[string]string{
		"redis": "zq-redis-4b1d", "nats": "zq-nats-77ce", "natsToken": "zq-natstoken-08aa", "web": "zq-web-91f2", "push": "zq-push-5e30",
		"path": "zq-path-c0de", "query": "zq-query-3f3f", "header": "zq-header-12ab", "slack": "zq-slack-e4e4",
		"whsec": "enEtd2hzZWMtMDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=", "broken": "zq-broken-66d1",
	}
}

// checkSecrets fails where a text holds one of the secrets.
func checkSecrets(t testing.TB, where, text string) {
	t.Helper()
	for name, value := range secrets() {
		if at := strings.Index(text, strings.TrimRight(value, "=")); at >= 0 {
			t.Errorf("%s holds the secret %q: …%s…", where, name, text[max(0, at-150):min(len(text), at+60)])
		}
	}
}

// draft is a configuration that is full of secrets, in sections that a case may replace.
type draft struct{ data, nats, redis, sources, notifiers, web, more string }

// newDraft makes one that would run. The redis-server behind it lets in serverUser with the password of secrets.
func newDraft(t testing.TB) *draft {
	t.Helper()
	s := secrets()
	return &draft{
		data:    filepath.Join(t.TempDir(), "data"),
		nats:    fmt.Sprintf("{listen: %q, user: outcry, password: %s}", storetest.Local(storetest.FreePort(t)), s["nats"]),
		redis:   "{}",
		sources: fmt.Sprintf("[{type: push, listen: %q, token: %s}]", storetest.Local(storetest.FreePort(t)), s["push"]),
		notifiers: fmt.Sprintf(`
  - {type: webhook, name: ops, url: "http://127.0.0.1:1/%s?key=%s", secret: "whsec_%s", headers: {X-Key: %s}, allow_private: ["127.0.0.0/8"], from: suspected}
  - {type: slack, name: newsroom, url: "https://127.0.0.1:1/services/%s", from: suspected}`, s["path"], s["query"], s["whsec"], s["header"], s["slack"]),
		web: fmt.Sprintf("{listen: %q, token: %s}", storetest.Local(storetest.FreePort(t)), s["web"]),
	}
}

// write writes the configuration into a directory and returns its path.
func (d *draft) write(t testing.TB) string {
	t.Helper()
	return writeFile(t, "outcry.yaml", fmt.Sprintf("log: {level: debug}\ndata: %q\nnats: %s\nredis: %s\nsources: %s\nnotifiers: %s\nweb: %s\n%s\n",
		d.data, d.nats, d.redis, d.sources, d.notifiers, d.web, d.more))
}

// taken is an address on which somebody else listens.
func taken(t testing.TB) string {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

// TestStartsThatFail runs outcry with one thing wrong at a time: it ends at once, does not crash, says what is wrong and what to
// do next, and writes no secret, though it logs all that it can.
func TestStartsThatFail(t *testing.T) {
	t.Parallel()
	redis, nats := startRedis(t), startNATS(t, storetest.NewestNATS)
	s := secrets()
	const failed, usage, either = 1, 2, 0
	for _, tc := range []struct {
		name  string
		spoil func(t *testing.T, d *draft)
		code  int
		words []string
		args  []string
	}{
		{"data directory that cannot be made", func(t *testing.T, d *draft) {
			d.data = filepath.Join(writeFile(t, "file", ""), "data")
		}, failed, []string{"cannot write to the data directory", "--data"}, nil},
		{"page's port taken", func(t *testing.T, d *draft) {
			d.web = fmt.Sprintf("{listen: %q, token: %s}", taken(t), s["web"])
		}, failed, []string{"the dashboard cannot listen", "web.listen", "address already in use"}, nil},
		{"port of the embedded NATS taken", func(t *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{listen: %q, token: %s}", taken(t), s["natsToken"])
		}, failed, []string{"cannot listen on", "nats.listen", "address already in use"}, nil},
		{"wrong password for Redis", func(_ *testing.T, d *draft) {
			d.redis = fmt.Sprintf("{url: %q}", redis.url(s["redis"]))
		}, failed, []string{"Redis at " + redis.addr + " refuses our name or password", "redis.url"}, nil},
		{"wrong password for NATS", func(_ *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{url: %q, user: %s, password: %s}", "nats://"+nats.addr, serverUser, s["nats"])
		}, failed, []string{nats.addr + " refuses our name or password", "nats.password"}, nil},
		{"wrong password in the address of NATS", func(_ *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{url: %q}", "nats://"+serverUser+":"+s["nats"]+"@"+nats.addr)
		}, failed, []string{nats.addr + " refuses our name or password", "nats.password"}, nil},
		{"wrong token for NATS", func(_ *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{url: %q, token: %s}", "nats://"+nats.addr, s["natsToken"])
		}, failed, []string{nats.addr + " refuses our name or password", "nats.token"}, nil},
		{"no Redis there", func(_ *testing.T, d *draft) {
			d.redis = fmt.Sprintf("{url: %q}", "redis://u:"+s["redis"]+"@127.0.0.1:1/0")
		}, failed, []string{"cannot reach Redis at 127.0.0.1:1", "check redis.url"}, nil},
		{"no NATS there", func(_ *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{url: %q}", "nats://u:"+s["nats"]+"@127.0.0.1:1")
		}, failed, []string{"cannot reach NATS at nats://***@127.0.0.1:1", "check nats.url"}, nil},
		{"address of Redis that cannot be read", func(_ *testing.T, d *draft) {
			d.redis = fmt.Sprintf("{url: %q}", "redis://u:"+s["redis"]+"@127.0.0.1:port/0")
		}, usage, []string{"outcry.yaml", "write it as "}, nil},
		{"address of NATS that cannot be read", func(_ *testing.T, d *draft) {
			d.nats = fmt.Sprintf("{url: %q}", "nats://u:"+s["nats"]+" x@127.0.0.1:1")
		}, usage, []string{"outcry.yaml", "write it as "}, nil},
		{"address of NATS that cannot be read, given as a flag", func(*testing.T, *draft) {}, either,
			[]string{"nats.url cannot be read", "write nats://host:4222"}, []string{"--nats", "nats://u:" + s["nats"] + " x@127.0.0.1:1"}},
		{"password for NATS with a special character, given as a flag", func(*testing.T, *draft) {}, either,
			[]string{"nats.url cannot be read", "nats.password"}, []string{"--nats", "nats://u:x/" + s["nats"] + "@127.0.0.1:1"}},
		{"address of Redis that cannot be read, given as a flag", func(*testing.T, *draft) {}, either,
			[]string{"redis.url cannot be read", "write redis://"}, []string{"--redis", "redis://u:x/" + s["redis"] + "@127.0.0.1:1"}},
		{"address of a webhook that is none", func(_ *testing.T, d *draft) {
			d.notifiers = fmt.Sprintf("[{type: webhook, url: %q}]", "hooks.example.com/"+s["broken"])
		}, usage, []string{"write it as https://host/path"}, nil},
		{"secret of a webhook that is none", func(_ *testing.T, d *draft) {
			d.notifiers = fmt.Sprintf("[{type: webhook, url: %q, secret: %q}]", "https://hooks.example.com/"+s["path"], "whsec_"+s["broken"])
		}, usage, []string{"notifier webhook: secret is not whsec_", "openssl rand -base64 32"}, nil},
		{"header of a webhook with a line break", func(_ *testing.T, d *draft) {
			d.notifiers = fmt.Sprintf("[{type: webhook, url: %q, headers: {X-Key: %q}}]", "https://hooks.example.com/"+s["path"], s["header"]+"\n")
		}, usage, []string{"headers: the value of X-Key holds a line break"}, nil},
		{"text in the place of a section", func(_ *testing.T, d *draft) {
			d.redis = fmt.Sprintf("%q", redis.url(s["redis"]))
		}, usage, []string{"outcry.yaml: line "}, nil},
		{"a list in the place of a token", func(_ *testing.T, d *draft) {
			d.web = fmt.Sprintf("{token: [%s]}", s["web"])
		}, usage, []string{"outcry.yaml: line "}, nil},
		{"unknown key", func(_ *testing.T, d *draft) {
			d.web = fmt.Sprintf("{tokn: %s}", s["web"])
		}, usage, []string{`unknown key "web.tokn"`, `did you mean "token"?`, "line "}, nil},
		{"push for everybody", func(t *testing.T, d *draft) {
			d.sources = fmt.Sprintf("[{type: push, listen: \"0.0.0.0:%d\"}]", storetest.FreePort(t))
		}, either, []string{"set a token, or listen on 127.0.0.1"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d := newDraft(t)
			tc.spoil(t, d)
			path := d.write(t)
			p := start(t, t.TempDir(), nil, program, append([]string{"run", "--config", path}, tc.args...)...)
			code := p.wait()
			checkSane(t, p.err.String())
			checkSecrets(t, "what it wrote", p.said())
			if code != tc.code && (tc.code != either || code != failed && code != usage) {
				t.Errorf("it ended with %d, want %d", code, tc.code)
			}
			last := split(p.err.String())
			message := last[len(last)-1]
			if !strings.HasPrefix(message, "outcry: ") {
				t.Errorf("the last line is no message: %s", message)
			}
			for _, word := range tc.words {
				if !strings.Contains(message, word) {
					t.Errorf("the message lacks %q: %s", word, message)
				}
			}
		})
	}
}

// TestSecondProcess starts a second process on the data of a first: it says which process is there, and disturbs nobody.
func TestSecondProcess(t *testing.T) {
	t.Parallel()
	d := newDraft(t)
	first := start(t, t.TempDir(), nil, program, "run", "--config", d.write(t))
	await(t, "the first process to be ready", first.said, func() bool { return strings.Contains(first.err.String(), "ready;") })
	other := newDraft(t)
	other.data = d.data
	second := start(t, t.TempDir(), nil, program, "run", "--config", other.write(t))
	if code := second.wait(); code != 1 {
		t.Errorf("the second process ended with %d", code)
	}
	for _, want := range []string{d.data + " is in use by process " + fmt.Sprint(first.cmd.Process.Pid), "stop that process", "--data"} {
		if !strings.Contains(second.err.String(), want) {
			t.Errorf("the second process does not say %q: %s", want, second.said())
		}
	}
	if code := first.terminate(); code != 0 {
		t.Errorf("the first process ended with %d; %s", code, first.said())
	}
	checkSane(t, first.said()+second.said())
	checkSecrets(t, "what they wrote", first.said()+second.said())
}

// TestPushPortTaken runs while somebody else has the port of push: it ends and says so, and runs once the port is free.
func TestPushPortTaken(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", storetest.Local(storetest.FreePort(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	h := newHouse(t, plan{sources: fmt.Sprintf("[{type: push, listen: %q}]", l.Addr())})
	h.push = "http://" + l.Addr().String() + "/v1/posts"
	h.process = start(t, h.dir, nil, program, "run")
	code := h.wait()
	if said := h.err.String(); code != 1 || !strings.Contains(said, "push cannot listen on "+l.Addr().String()) || !strings.Contains(said, "is another program there?") {
		t.Errorf("it ended with %d: %s", code, said)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	h.openToPosts()
}

// TestNoSecretIsWritten has an evening go wrong in every way that speaks of addresses and passwords, with all that can be logged
// logged: none of it is found in what is written, shown or stored.
func TestNoSecretIsWritten(t *testing.T) {
	t.Parallel()
	s := secrets()
	d := newDraft(t)
	hook := taken(t) // takes requests and never answers
	d.notifiers += fmt.Sprintf(`
  - {type: webhook, name: silent, url: "http://%s/%s?key=%s", secret: "whsec_%s", allow_private: ["127.0.0.0/8"]}
  - {type: webhook, name: private, url: "http://u:%s@10.255.255.1/%s", secret: "whsec_%s"}`, hook, s["path"], s["query"], s["whsec"], s["header"], s["path"], s["whsec"])
	webPort, pushPort := storetest.FreePort(t), storetest.FreePort(t)
	d.web = fmt.Sprintf("{listen: %q, token: %s}", storetest.Local(webPort), s["web"])
	d.sources = fmt.Sprintf("[{type: push, listen: %q, token: %s}, {type: bluesky, endpoints: [\"ws://u:%s@127.0.0.1:1/%s\"]}]",
		storetest.Local(pushPort), s["push"], s["broken"], s["path"])
	d.more = "partitions: 2\n"
	h := &house{t: t, dir: t.TempDir(), web: "http://" + storetest.Local(webPort), push: "http://" + storetest.Local(pushPort) + "/v1/posts"}
	h.process = start(t, h.dir, nil, program, "run", "--config", d.write(t))
	await(t, "the page", h.said, func() bool { status, _ := h.get("/healthz"); return status == http.StatusOK })
	for _, token := range []string{"", "zq-wrong"} {
		h.token = token
		if status, body := h.get("/metrics"); status != http.StatusUnauthorized {
			t.Errorf("with token %q the metrics are shown: %d %s", token, status, tail(body))
		}
	}
	h.token = s["push"]
	await(t, "push to answer", h.said, func() bool { return h.post("") == http.StatusOK })
	h.feed(demo(t), 1000, nil)
	h.token = s["web"]
	for _, name := range []string{"ops", "newsroom", "private"} { // the one that is never answered gives up later
		await(t, name+" to fail", h.said, func() bool { return strings.Contains(h.err.String(), `"notifier":"`+name+`"`) })
	}
	for _, path := range []string{"/metrics", "/readyz", "/", "/api/v1/outages", "/api/v1/sources", "/feed.atom"} {
		status, body := h.get(path)
		if status != http.StatusOK {
			t.Errorf("%s gives %d: %s", path, status, tail(body))
		}
		checkSecrets(t, path, body)
	}
	if code := h.terminate(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	checkSane(t, h.said())
	checkSecrets(t, "what it wrote", h.out.String()+h.err.String())
	err := filepath.WalkDir(d.data, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		checkSecrets(t, path, string(content))
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
