package push

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
)

// Source is an HTTP server to which posts are sent.
type Source struct {
	cfg Config
	// claims is the time of the source. A request that has its turn uses it.
	claims ingest.Claims
	pace   pace
}

var (
	_ ingest.Source = (*Source)(nil)
	_ ingest.Quiet  = (*Source)(nil)
)

// New makes a source. It refuses to listen beyond this machine without a token. It does not listen before Read.
func New(cfg Config) (*Source, error) {
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	return &Source{cfg: cfg, pace: newPace(cfg.MaxRate)}, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: while nobody sends anything, nothing has happened.
func (*Source) MayBeQuiet() bool { return true }

// How long a request may take in all, and how long requests in flight get to end when the source is told to stop.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = time.Minute
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	stopTimeout   = time.Second
)

// Read implements ingest.Source. A batch is one request, and there is no cursor: the client is told that its posts are
// safe, or keeps them and comes again. An error of sink is the client's to hear and does not end Read.
func (s *Source) Read(ctx context.Context, _ string, sink ingest.Sink) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", s.cfg.Listen)
	if err != nil {
		return unlistened(fmt.Errorf("push cannot listen on %s; is another program there? Set listen to another address: %w", s.cfg.Listen, err))
	}
	if err := sink(ctx, ingest.Batch{}); err != nil { // it can be heard
		return errors.Join(err, listener.Close())
	}
	if s.cfg.OnListen != nil {
		s.cfg.OnListen(listener.Addr())
	}
	h := newHandler(s, sink)
	server := &http.Server{
		Handler:           h,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		ErrorLog:          zap.NewStdLog(s.cfg.Log),
	}
	defer func() { _ = server.Close() }() // nothing is left open by then, except when a bug ends it all
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("push stopped listening on %s: %w", s.cfg.Listen, err)
	case bug := <-h.panics:
		panic(bug)
	case <-ctx.Done():
	}
	return errors.Join(ctx.Err(), stop(server, h))
}

// unlistened says that trying again cannot help where an address is taken or forbidden. One that is not there may come, as at the start
// of a machine.
func unlistened(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, fs.ErrPermission) {
		return backoff.Permanent(err)
	}
	return err
}

// stop ends the server and waits until no request can reach the sink any more.
func stop(server *http.Server, h *handler) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close() // the clients that are still sending were not told that anything is safe
	}
	h.turn <- struct{}{} // never given back: nobody reaches the sink from here on
	return err
}
