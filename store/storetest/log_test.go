package storetest_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	natsgo "github.com/nats-io/nats.go"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/storetest"
)

// brisk is a stand-by that is short enough to wait for. A busy machine may lose its place by mistake; steady is a stand-by
// with which it does not.
const (
	brisk  = 5 * time.Second
	steady = time.Minute
)

// logServer gives the exam of a log behind cfg, to which dial connects as well; raw connects past the log.
func logServer(cfg nats.Config, dial func() (net.Conn, error), raw func(t *testing.T) *natsgo.Conn) storetest.LogServer {
	open := func(t *testing.T, cfg nats.Config) storetest.Log {
		t.Helper()
		l, err := nats.Open(t.Context(), cfg, zap.NewNop(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	calm, quick := cfg, cfg
	calm.Standby, quick.Standby = steady, brisk
	return storetest.LogServer{
		Open:      func(t *testing.T) storetest.Log { return open(t, calm) },
		OpenBrisk: func(t *testing.T) storetest.Log { return open(t, quick) },
		OpenFragile: func(t *testing.T) (l storetest.Log, cut, mend func()) {
			f := &fragile{dial: dial}
			cfg := quick
			cfg.InProcess = f
			return open(t, cfg), f.cut, f.mend
		},
		Request: func(t *testing.T, subject string, header map[string]string, body string) string {
			t.Helper()
			m := natsgo.NewMsg(subject)
			m.Data = []byte(body)
			for name, value := range header {
				m.Header.Set(name, value)
			}
			answer, err := raw(t).RequestMsgWithContext(t.Context(), m)
			if err != nil {
				t.Fatalf("publish to %s: %v", subject, err)
			}
			return string(answer.Data)
		},
		Letters: func(t *testing.T, l storetest.Log) (out []string) {
			t.Helper()
			log, ok := l.(*nats.Log)
			if !ok {
				t.Fatalf("%T is no *nats.Log", l)
			}
			letters, err := log.Letters(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, letter := range letters {
				if letter.At.IsZero() {
					t.Errorf("letter of %s has no time", letter.Notifier)
				}
				out = append(out, letter.Notifier+" "+letter.Event.ID+" "+letter.Reason)
			}
			return out
		},
	}
}

// connect gives a connection of the library itself.
func connect(t *testing.T, url string, options ...natsgo.Option) *natsgo.Conn {
	t.Helper()
	nc, err := natsgo.Connect(url, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

func startEmbedded(t *testing.T, cfg embedded.NATSConfig) *embedded.NATS {
	t.Helper()
	server, err := embedded.StartNATS(t.Context(), cfg, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return server
}

func TestLogEmbedded(t *testing.T) {
	t.Parallel()
	storetest.ExamLog(t, func(t *testing.T) storetest.LogServer {
		server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
		return logServer(nats.Config{InProcess: server}, server.InProcessConn, func(t *testing.T) *natsgo.Conn {
			return connect(t, "", natsgo.InProcessServer(server))
		})
	})
}

// examProcess examines the log on a nats-server of its own, which can be killed.
func examProcess(t *testing.T, version string) {
	storetest.NATSProgram(t, version) // built once, not by every exam
	storetest.ExamLog(t, func(t *testing.T) storetest.LogServer {
		port := storetest.FreePort(t)
		process := storetest.StartNATS(t, version, filepath.Join(t.TempDir(), "js"), port)
		url := "nats://" + storetest.Local(port)
		dial := func() (net.Conn, error) {
			return (&net.Dialer{}).DialContext(t.Context(), "tcp", storetest.Local(port))
		}
		s := logServer(nats.Config{URL: url}, dial, func(t *testing.T) *natsgo.Conn { return connect(t, url) })
		s.Crash = func(t *testing.T) {
			process.Kill(t)
			process.Restart(t)
		}
		return s
	})
}

func TestLogOldestServer(t *testing.T) {
	t.Parallel()
	examProcess(t, storetest.OldestNATS)
}

func TestLogNewestServer(t *testing.T) {
	t.Parallel()
	examProcess(t, storetest.NewestNATS)
}

func TestLogCounts(t *testing.T) {
	t.Parallel()
	server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
	registry := prometheus.NewRegistry()
	for range 2 { // a second log on one registry shares the counters
		l, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), registry)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Append(t.Context(), []event.Pack{storetest.NewPack("s", 0, 300)}, []event.Mark{storetest.NewMark("a", 1)}); err != nil {
			t.Fatal(err)
		}
		err = l.ReadMentions(t.Context(), 0, 0, func(context.Context, []event.MentionRecord) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := connect(t, "", natsgo.InProcessServer(server)).RequestWithContext(t.Context(), "outcry.mentions.s", []byte("{")); err != nil {
			t.Fatal(err)
		}
		closeLog(t, l)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			name := family.GetName()
			for _, label := range metric.GetLabel() {
				name += " " + label.GetValue()
			}
			got[name] = metric.GetCounter().GetValue()
		}
	}
	// Two messages of a pack and a mark, twice; the stranger's message is read by the second log only.
	want := map[string]float64{"outcry_log_published_total MENTIONS": 6, "outcry_log_dropped_total syntax MENTIONS": 1, "outcry_log_reconnects_total": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counted (-want +got):\n%s", diff)
	}
}

// Whoever has a name is told how far behind it is.
func TestBehind(t *testing.T) {
	t.Parallel()
	server := startEmbedded(t, embedded.NATSConfig{Dir: t.TempDir()})
	l, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	refuse := true
	var mu sync.Mutex
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		_ = l.ConsumeMentions(ctx, "counter 0", func(context.Context, []event.MentionRecord) error {
			mu.Lock()
			defer mu.Unlock()
			if refuse {
				return errors.New("not now")
			}
			return nil
		})
	}()
	for i := range 3 {
		if err := l.Append(t.Context(), []event.Pack{storetest.NewPack("s", i, 1)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	behind := func(want uint64) func() bool {
		return func() bool {
			got, err := l.Behind(t.Context())
			n, known := got["counter 0"]
			return err == nil && known && n == want
		}
	}
	storetest.Eventually(t, "three messages are not acknowledged", behind(3))
	mu.Lock()
	refuse = false
	mu.Unlock()
	storetest.Eventually(t, "all are acknowledged", behind(0))
}

func closeLog(t *testing.T, l *nats.Log) {
	t.Helper()
	if err := l.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Errorf("Close: %v", err)
	}
}
