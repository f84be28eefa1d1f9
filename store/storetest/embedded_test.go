package storetest_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	natsgo "github.com/nats-io/nats.go"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/redis"
	"github.com/outcry/outcry/store/storetest"
)

func TestOneProcessPerDirectory(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "data")
	first, err := embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: dir}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	_, err = embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: dir}, zap.NewNop())
	if want := "process " + strconv.Itoa(os.Getpid()); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--data") {
		t.Errorf("a second server on the directory: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	startEmbedded(t, embedded.NATSConfig{Dir: dir})
}

func TestEmbeddedErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := taken.Close(); err != nil {
			t.Error(err)
		}
	}()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		cfg  embedded.NATSConfig
		want string
	}{
		"no directory":   {embedded.NATSConfig{}, "--data"},
		"unwritable":     {embedded.NATSConfig{Dir: filepath.Join(file, "below")}, "--data"},
		"port taken":     {embedded.NATSConfig{Dir: t.TempDir(), Listen: taken.Addr().String()}, "nats.listen"},
		"no port":        {embedded.NATSConfig{Dir: t.TempDir(), Listen: "127.0.0.1"}, "nats.listen"},
		"no number":      {embedded.NATSConfig{Dir: t.TempDir(), Listen: "127.0.0.1:nats"}, "nats.listen"},
		"open to others": {embedded.NATSConfig{Dir: t.TempDir(), Listen: "0.0.0.0:0"}, "nats.token"},
		"unknown sync":   {embedded.NATSConfig{Dir: t.TempDir(), Sync: "sometimes"}, "nats.sync"},
		"backwards sync": {embedded.NATSConfig{Dir: t.TempDir(), Sync: "-1s"}, "nats.sync"},
	} {
		_, err := embedded.StartNATS(t.Context(), tc.cfg, zap.NewNop())
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: the error does not say %q: %v", name, tc.want, err)
		}
		if tc.cfg.Dir == "" || name == "unwritable" {
			continue
		}
		tc.cfg.Listen, tc.cfg.Sync = "", ""
		startEmbedded(t, tc.cfg) // the directory was given free
	}
}

// A server that others may use, with a password, which writes every message through to the disk.
func TestEmbeddedForOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := embedded.NATSConfig{Dir: dir, Listen: "127.0.0.1:0", User: "outcry", Password: secret.New("s3cret"), Sync: "always"}
	server, err := embedded.StartNATS(t.Context(), cfg, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	url := server.ClientURL()
	if strings.Contains(url, "s3cret") || !strings.HasPrefix(url, "nats://127.0.0.1:") {
		t.Errorf("address for others: %s", url)
	}
	inside, err := nats.Open(t.Context(), nats.Config{InProcess: server, User: "outcry", Password: cfg.Password}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	outside, err := nats.Open(t.Context(), nats.Config{URL: url, User: "outcry", Password: cfg.Password}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := outside.ClientURL(); got != url {
		t.Errorf("connected to %s, want %s", got, url)
	}
	if err := outside.Append(t.Context(), []event.Pack{storetest.NewPack("s", 0, 3)}, nil); err != nil {
		t.Error(err)
	}
	wantLogError(t, nats.Config{URL: url}, "nats.password")
	wantLogError(t, nats.Config{URL: url, User: "outcry", Password: secret.New("n0pe")}, "nats.password")
	closeLog(t, outside)
	closeLog(t, inside)
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}

	again := startEmbedded(t, embedded.NATSConfig{Dir: dir, Sync: "10s"})
	if url := again.ClientURL(); url != "" {
		t.Errorf("a server that listens nowhere has the address %s", url)
	}
	l, err := nats.Open(t.Context(), nats.Config{InProcess: again}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	mentions := 0
	err = l.ReadMentions(t.Context(), 0, 0, func(_ context.Context, batch []event.MentionRecord) error {
		for _, record := range batch {
			mentions += len(record.Pack.Mentions)
		}
		return nil
	})
	if err != nil || mentions != 3 {
		t.Errorf("after a restart %d mentions are there, want 3: %v", mentions, err)
	}
}

func wantLogError(t *testing.T, cfg nats.Config, want string) {
	t.Helper()
	l, err := nats.Open(t.Context(), cfg, zap.NewNop(), nil)
	if err == nil {
		closeLog(t, l)
		t.Fatal("Open gave no error")
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("the error does not say %q: %v", want, err)
	}
	for _, hidden := range []string{"s3cret", "n0pe"} {
		if strings.Contains(err.Error(), hidden) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestEmbeddedRedisIsClosedToOthers(t *testing.T) {
	t.Parallel()
	server, err := embedded.StartRedis(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantOpenError(t, redis.Config{Addrs: []string{server.Addr()}}, "OUTCRY_REDIS_PASSWORD")
	v := openView(t, redis.Config{Addrs: []string{server.Addr()}, Password: server.Password()})
	if err := v.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := server.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if err := v.Ping(t.Context()); err == nil {
		t.Error("a closed Redis answers")
	}
}

func TestLogErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	wantLogError(t, nats.Config{URL: "nats://outcry:s3cret@" + storetest.Local(storetest.FreePort(t))}, "cannot reach NATS")
	wantLogError(t, nats.Config{URL: "nats://outcry:s3cret@nowhere.invalid:4222"}, "the host of nats.url")

	port := storetest.FreePort(t)
	storetest.StartProcess(t, storetest.NATSProgram(t, storetest.NewestNATS), storetest.Local(port), "-a", "127.0.0.1", "-p", strconv.Itoa(port))
	wantLogError(t, nats.Config{URL: "nats://" + storetest.Local(port)}, "-js")
	if _, _, err := nats.Probe(t.Context(), nats.Config{URL: "nats://" + storetest.Local(port)}, zap.NewNop()); err == nil || !strings.Contains(err.Error(), "-js") {
		t.Errorf("of a server without JetStream Probe() = %v", err)
	}

	small := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir(), MaxStore: 1 << 20})
	wantLogError(t, nats.Config{InProcess: small, MaxBytes: 1 << 30}, "nats.max_mention_bytes")
}

// Probing finds out what there is, and makes nothing.
func TestProbeChangesNothing(t *testing.T) {
	t.Parallel()
	server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
	cfg := nats.Config{InProcess: server}
	for range 2 {
		if took, fresh, err := nats.Probe(t.Context(), cfg, zap.NewNop()); err != nil || !fresh || took <= 0 {
			t.Errorf("of a new server Probe() = %s, %t, %v", took, fresh, err)
		}
	}
	l, err := nats.Open(t.Context(), cfg, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	nc := connect(t, "", natsgo.InProcessServer(server))
	state := func() string {
		answer, err := nc.RequestWithContext(t.Context(), "$JS.API.STREAM.INFO.MENTIONS", nil)
		if err != nil {
			t.Fatal(err)
		}
		config, _, _ := strings.Cut(string(answer.Data), `"created"`)
		return config
	}
	before := state()
	cfg.MaxBytes = 1 << 20
	if _, fresh, err := nats.Probe(t.Context(), cfg, zap.NewNop()); err != nil || fresh {
		t.Errorf("of a server with a log Probe() = %t, %v", fresh, err)
	}
	if after := state(); after != before {
		t.Errorf("the stream was %s and is %s", before, after)
	}
}

// What an operator has set on a stream by other means stays, and what is configured is brought about.
func TestStreamsAreBroughtToWhatIsConfigured(t *testing.T) {
	t.Parallel()
	server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
	nc := connect(t, "", natsgo.InProcessServer(server))
	info := func() string {
		answer, err := nc.RequestWithContext(t.Context(), "$JS.API.STREAM.INFO.MENTIONS", nil)
		if err != nil {
			t.Fatal(err)
		}
		return string(answer.Data)
	}
	for _, tc := range []struct {
		maxBytes int64
		want     string
	}{{0, `"max_bytes":-1`}, {1 << 20, `"max_bytes":1048576`}, {1 << 20, `"max_bytes":1048576`}} {
		l, err := nats.Open(t.Context(), nats.Config{InProcess: server, MaxBytes: tc.maxBytes}, zap.NewNop(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Append(t.Context(), []event.Pack{storetest.NewPack("s", 0, 1)}, nil); err != nil {
			t.Error(err)
		}
		closeLog(t, l)
		if got := info(); !strings.Contains(got, tc.want) {
			t.Errorf("the stream does not say %s: %s", tc.want, got)
		}
	}
}
