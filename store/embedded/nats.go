package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/loopback"
	"github.com/outcry/outcry/internal/secret"
)

// NATSConfig says where the server keeps its streams and whether others can reach it.
type NATSConfig struct {
	// Dir is where the streams are kept. One process at a time can use it.
	Dir string
	// Listen is the address for other clients: "127.0.0.1:4222"; port 0 or -1 takes a free one; "" lets nobody in but this process. Where
	// other machines can reach it, clients must show something.
	Listen string
	// User and Password, or Token, are what every client must show, this process included. Empty: nothing.
	User     string
	Password secret.String
	Token    secret.String
	// Sync is "always" to write every message through to the disk before it is acknowledged, or how often to do so
	// ("2m", "10s"). Empty: every two minutes, which survives the end of the process but not a loss of power.
	Sync string
	// MaxStore bounds the bytes of all streams together. 0: what the disk has room for.
	MaxStore int64
}

// NATS is a running server.
type NATS struct {
	server *server.Server
	dir    string
	lock   *flock.Flock
	listen bool
}

const (
	syncAlways  = "always"
	defaultSync = 2 * time.Minute
	readyIn     = 30 * time.Second
)

// StartNATS starts a server with JetStream and returns when it serves. log must not be nil.
func StartNATS(ctx context.Context, cfg NATSConfig, log *zap.Logger) (*NATS, error) {
	options, err := cfg.options()
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(cfg.Dir)
	if err != nil {
		return nil, err
	}
	if err := checkFree(ctx, cfg.Listen); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	s, err := startServer(ctx, options, &bridge{log: log.Named("nats-server")})
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return &NATS{server: s, dir: options.StoreDir, lock: lock, listen: cfg.Listen != ""}, nil
}

// Check finds what StartNATS would refuse of the settings by themselves.
func (c NATSConfig) Check() error {
	_, err := c.options()
	return err
}

func (c NATSConfig) options() (*server.Options, error) {
	if c.Dir == "" {
		return nil, errors.New("the embedded NATS server needs a data directory: set --data")
	}
	options := &server.Options{
		ServerName: "outcry", JetStream: true, StoreDir: filepath.Clean(c.Dir), JetStreamMaxStore: c.MaxStore,
		NoSigs: true, DontListen: c.Listen == "",
		Username: c.User, Password: c.Password.Reveal(), Authorization: c.Token.Reveal(),
	}
	switch c.Sync {
	case "":
		options.SyncInterval = defaultSync
	case syncAlways:
		options.SyncInterval, options.SyncAlways = defaultSync, true
	default:
		every, err := time.ParseDuration(c.Sync)
		if err != nil || every <= 0 {
			return nil, fmt.Errorf("nats.sync is %q: write %q or a time such as \"10s\"", c.Sync, syncAlways)
		}
		options.SyncInterval = every
	}
	if c.Listen == "" {
		return options, nil
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, fmt.Errorf("nats.listen is %q: write host:port, such as \"127.0.0.1:4222\": %w", c.Listen, err)
	}
	if !loopback.Is(host) && c.User == "" && !c.Token.IsSet() {
		return nil, fmt.Errorf("nats.listen is %q, which other machines can reach: set nats.user and nats.password, or nats.token, or listen on 127.0.0.1", c.Listen)
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < -1 || number > 65535 {
		return nil, fmt.Errorf("nats.listen is %q: %q is no port", c.Listen, port)
	}
	if number == 0 {
		number = server.RANDOM_PORT
	}
	options.Host, options.Port = host, number
	return options, nil
}

// checkFree finds out that a port is taken before the server does, which would say so only in its log.
func checkFree(ctx context.Context, listen string) error {
	if listen == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return err
	}
	if port == "-1" {
		port = "0"
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return fmt.Errorf("cannot listen on %s: stop what listens there, or choose another address with nats.listen: %w", listen, err)
	}
	return l.Close()
}

func startServer(ctx context.Context, options *server.Options, log *bridge) (*server.Server, error) {
	s, err := server.NewServer(options)
	if err != nil {
		return nil, fmt.Errorf("set up the embedded NATS server: %w", err)
	}
	s.SetLoggerV2(log, false, false, false)
	go s.Start()
	deadline := time.Now().Add(readyIn)
	for !s.ReadyForConnections(50 * time.Millisecond) {
		why := log.died()
		switch {
		case why != "":
			err = fmt.Errorf("start the embedded NATS server: %s", why)
		case ctx.Err() != nil:
			err = ctx.Err()
		case time.Now().After(deadline):
			err = fmt.Errorf("the embedded NATS server was not ready within %s: look for a slow disk, or a large store in its directory", readyIn)
		default:
			continue
		}
		s.Shutdown()
		return nil, err
	}
	if !s.JetStreamEnabled() {
		s.Shutdown()
		return nil, fmt.Errorf("the embedded NATS server cannot use its directory: %s", log.died())
	}
	return s, nil
}

// InProcessConn gives a connection that needs no socket.
func (n *NATS) InProcessConn() (net.Conn, error) { return n.server.InProcessConn() }

// ClientURL is the address for other clients, without credentials; "" when nobody else is let in.
func (n *NATS) ClientURL() string {
	if !n.listen {
		return ""
	}
	return n.server.ClientURL()
}

// Close ends the server, after its clients have been closed, and frees the directory.
func (n *NATS) Close() error {
	n.server.Shutdown()
	n.server.WaitForShutdown()
	return n.lock.Unlock()
}
