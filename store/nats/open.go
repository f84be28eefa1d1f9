package nats

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
)

// Log is the log on JetStream. Its methods may be called from several goroutines at once.
type Log struct {
	cfg     Config
	nc      *natsgo.Conn
	js      jetstream.JetStream
	streams map[string]jetstream.Stream
	cursors jetstream.KeyValue
	log     *zap.Logger
	metrics *metrics
	outages knownEvents

	// closed ends the readers; readers counts those that have not ended yet.
	closed  chan struct{}
	closing sync.Mutex
	readers sync.WaitGroup
}

// Limits of the connection.
const (
	connectTimeout = 5 * time.Second
	missedPings    = 2
	reconnectMin   = 100 * time.Millisecond
	reconnectMax   = 10 * time.Second
	ackTimeout     = 10 * time.Second
)

// Open connects and makes the streams, or brings existing ones to what is configured. Once open, a lost connection
// comes back by itself, for ever. log must not be nil; reg may be.
func Open(ctx context.Context, cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Log, error) {
	l, err := connect(cfg, log, reg)
	if err != nil {
		return nil, err
	}
	if err := l.ensure(ctx); err != nil {
		l.nc.Close()
		return nil, err
	}
	return l, nil
}

// Probe finds out whether a server answers, how fast, and whether it has what a Log needs, and changes nothing there. fresh says that
// no Log was opened there yet.
func Probe(ctx context.Context, cfg Config, log *zap.Logger) (took time.Duration, fresh bool, err error) {
	l, err := connect(cfg, log, nil)
	if err != nil {
		return 0, false, err
	}
	defer l.nc.Close()
	if took, err = l.Ping(ctx); err != nil {
		return 0, false, err
	}
	err = l.patiently(ctx, func(ctx context.Context) error {
		_, err := l.js.Stream(ctx, streamMentions)
		return err
	})
	if fresh = errors.Is(err, jetstream.ErrStreamNotFound); fresh || err == nil {
		return took, fresh, nil
	}
	return 0, false, explainStream(l.cfg, streamMentions, err)
}

func connect(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Log, error) {
	cfg = cfg.withDefaults()
	l := &Log{cfg: cfg, streams: map[string]jetstream.Stream{}, log: log.Named("nats"), metrics: newMetrics(reg), closed: make(chan struct{})}
	options, err := l.options()
	if err != nil {
		return nil, err
	}
	l.nc, err = natsgo.Connect(cfg.URL, options...)
	if err != nil {
		return nil, explainConnect(cfg, err)
	}
	if err := l.prepare(); err != nil {
		l.nc.Close()
		return nil, err
	}
	return l, nil
}

func (l *Log) prepare() (err error) {
	if err := checkVersion(l.nc.ConnectedServerVersion()); err != nil {
		return err
	}
	// The library's own bound never bites: window, in publish.go, holds back earlier.
	l.js, err = jetstream.New(l.nc, jetstream.WithPublishAsyncTimeout(ackTimeout), jetstream.WithDefaultTimeout(askAtMost))
	if err != nil {
		return fmt.Errorf("prepare JetStream: %w", err)
	}
	return nil
}

func (l *Log) options() ([]natsgo.Option, error) {
	cfg := l.cfg
	options := []natsgo.Option{
		natsgo.Name(cfg.Name), natsgo.Timeout(connectTimeout), natsgo.MaxReconnects(-1),
		natsgo.CustomReconnectDelay(reconnectDelay), natsgo.PingInterval(cfg.Ping), natsgo.MaxPingsOutstanding(missedPings),
		natsgo.DisconnectErrHandler(func(_ *natsgo.Conn, err error) {
			if err != nil {
				l.log.Warn("connection lost", zap.Error(err))
			}
		}),
		natsgo.ReconnectHandler(func(nc *natsgo.Conn) {
			l.metrics.reconnects.Inc()
			l.log.Info("connection is back", zap.String("server", nc.ConnectedUrlRedacted()))
		}),
		natsgo.ErrorHandler(func(_ *natsgo.Conn, _ *natsgo.Subscription, err error) {
			l.log.Warn("the connection reports an error", zap.Error(err))
		}),
		// A password that was changed on the server may be put right there: keep trying.
		natsgo.IgnoreAuthErrorAbort(),
	}
	if cfg.InProcess != nil {
		options = append(options, natsgo.InProcessServer(cfg.InProcess))
	}
	return cfg.credentials(options)
}

func (c Config) credentials(options []natsgo.Option) ([]natsgo.Option, error) {
	if c.User != "" || c.Password.IsSet() {
		options = append(options, natsgo.UserInfo(c.User, c.Password.Reveal()))
	}
	if c.Token.IsSet() {
		options = append(options, natsgo.Token(c.Token.Reveal()))
	}
	if c.CredsFile != "" {
		if err := checkCreds(c.CredsFile); err != nil {
			return nil, fmt.Errorf("read the credentials in %s (nats.creds_file): %w", c.CredsFile, err)
		}
		options = append(options, natsgo.UserCredentials(c.CredsFile))
	}
	if c.NKeySeedFile != "" {
		option, err := natsgo.NkeyOptionFromSeed(c.NKeySeedFile)
		if err != nil {
			return nil, fmt.Errorf("read the nkey seed in %s (nats.nkey_seed_file): %w", c.NKeySeedFile, err)
		}
		options = append(options, option)
	}
	if c.CAFile != "" {
		options = append(options, natsgo.RootCAs(c.CAFile))
	}
	if c.CertFile != "" || c.KeyFile != "" {
		if _, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile); err != nil {
			return nil, fmt.Errorf("read nats.cert_file and nats.key_file: %w", err)
		}
		options = append(options, natsgo.ClientCert(c.CertFile, c.KeyFile))
	}
	if c.TLSFirst {
		options = append(options, natsgo.TLSHandshakeFirst())
	}
	return options, nil
}

// checkCreds looks at the file before the library does, which does not say what the file is for.
func checkCreds(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	pair, err := nkeys.ParseDecoratedNKey(text)
	if err != nil {
		return err
	}
	pair.Wipe()
	return nil
}

// reconnectDelay doubles from attempt to attempt, with a jitter so that many clients do not return in one moment.
func reconnectDelay(attempts int) time.Duration {
	delay := reconnectMin << min(attempts, 10)
	delay = min(delay, reconnectMax)
	return delay/2 + rand.N(delay/2)
}

// oldest is the oldest server whose consumers can be pinned to one client.
const oldestMajor, oldestMinor = 2, 11

func checkVersion(version string) error {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return nil //nolint:nilerr // a proxy without a version; a missing ability will tell by itself
	}
	if major > oldestMajor || major == oldestMajor && minor >= oldestMinor {
		return nil
	}
	return fmt.Errorf("NATS server is %s, but outcry needs %d.%d or newer: upgrade nats-server", version, oldestMajor, oldestMinor)
}

// Ping asks the server for a sign of life and returns how long it took.
func (l *Log) Ping(ctx context.Context) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, askAtMost)
	defer cancel()
	begin := time.Now()
	if err := l.nc.FlushWithContext(ctx); err != nil {
		return 0, fmt.Errorf("NATS at %s does not answer: %w", l.cfg.place(), err)
	}
	return time.Since(begin), nil
}

// ClientURL is the address of the server to which we are connected, without credentials; "" for a server in this process.
func (l *Log) ClientURL() string {
	if l.cfg.InProcess != nil {
		return ""
	}
	url := l.nc.ConnectedUrlRedacted()
	return strings.TrimSuffix(url, "/")
}

// Close ends what is still reading, sends what is still under way and closes the connection, within ctx and a few seconds.
func (l *Log) Close(ctx context.Context) error {
	if !l.endReaders() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askAtMost)
	defer cancel()
	ended := make(chan struct{})
	go func() {
		l.readers.Wait()
		close(ended)
	}()
	var err error
	select {
	case <-ended:
	case <-ctx.Done():
		err = errors.New("a consumer's handler has not returned in time; what it was doing comes again")
	}
	if l.nc.IsConnected() {
		err = errors.Join(err, l.nc.FlushWithContext(ctx))
	}
	l.nc.Close()
	if err != nil {
		return fmt.Errorf("close the connection to NATS: %w", err)
	}
	return nil
}

// endReaders tells readers to end; false: that was done before.
func (l *Log) endReaders() bool {
	l.closing.Lock()
	defer l.closing.Unlock()
	if l.isClosed() {
		return false
	}
	close(l.closed)
	return true
}

func (l *Log) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}

// alive gives a reader a context that also ends when the log is closed. Close waits until the reader calls done.
func (l *Log) alive(ctx context.Context) (alive context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	l.closing.Lock()
	defer l.closing.Unlock()
	if l.isClosed() {
		cancel(ErrClosed)
		return ctx, func() {}
	}
	l.readers.Add(1)
	go func() {
		select {
		case <-l.closed:
			cancel(ErrClosed)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		cancel(nil)
		l.readers.Done()
	}
}
