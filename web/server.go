package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// Limits of a connection. A stream sets its own deadline for each write.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = time.Minute
	endTimeout    = 5 * time.Second
	maxHeader     = 16 << 10
)

//go:embed static
var static embed.FS

// Deps is what a Server works with.
type Deps struct {
	// Log is required.
	Log *zap.Logger
	// Gatherer is shown at /metrics; nil: there is no such page.
	Gatherer prometheus.Gatherer
	// Ready are the checks of /readyz, by name. Each is given two seconds.
	Ready map[string]func(ctx context.Context) error
	// People answers requests by which people do something about outages: under /api/v1/, and by GET /api/v1/silences and /api/v1/acks. Nil:
	// nobody can do anything here.
	People http.Handler
	// Words puts an event into words. Nil: there are names and numbers alone.
	Words func(e *event.Event) Words
	// Asides is what people do about the outage of an event. Nil: nobody knows.
	Asides func(e *event.Event) []Aside
	// Report writes an outage up as the file of one of these names: report.html, report.md, report.json, chart.png, chart-dark.png; or
	// it fails with ErrNoReport. Nil: nobody does.
	Report func(ctx context.Context, id, file string) ([]byte, error)
	// Hooks answer POST requests at their paths, whoever makes them: they check themselves who calls.
	Hooks map[string]http.Handler
	// Metrics may be nil.
	Metrics *Metrics
	// Now is the wall clock, by which it is told whether a source is still heard of; nil: time.Now.
	Now func() time.Time
	// Version is shown at the foot of the page.
	Version string
}

// Words are an event for people.
type Words struct {
	// Headline says how it leaves its outage, "WhatsApp is down", and Sure how sure that is, "almost certain (98%)".
	Headline, Sure string
	// Happened says what is new: "WhatsApp is down, now officially".
	Happened string
}

// Aside is what somebody does about an outage: "Taken over", "by ann at 10:05 UTC".
type Aside struct{ Label, Text string }

// Server shows a Board over HTTP.
type Server struct {
	cfg      Config
	deps     Deps
	board    *Board
	handler  http.Handler
	stopping chan struct{} // closed when streams have to end
	streams  chan struct{} // one token for each open stream
	reports  shelf
}

// NewServer makes a server. The error says what to change in the configuration.
func NewServer(cfg Config, board *Board, deps Deps) (*Server, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, deps: deps, board: board,
		stopping: make(chan struct{}),
		streams:  make(chan struct{}, maxStreams),
	}
	if s.deps.Now == nil {
		s.deps.Now = time.Now
	}
	s.cfg.PublicURL = strings.TrimRight(cfg.PublicURL, "/")
	s.handler = s.count(s.guard(s.routes()))
	return s, nil
}

// Handler answers requests as Run does, without listening.
func (s *Server) Handler() http.Handler { return s.handler }

// Run listens and serves until ctx ends; then it lets requests finish, for five seconds at most. It can run once.
func (s *Server) Run(ctx context.Context) error {
	listener, err := s.Listen(ctx)
	if err != nil {
		return err
	}
	return s.Serve(ctx, listener)
}

// Listen takes the configured address. Serve takes the listener over.
func (s *Server) Listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", s.cfg.listen())
	if err != nil {
		return nil, fmt.Errorf("the dashboard cannot listen; stop what uses the address, or set web.listen to another: %w", err)
	}
	return listener, nil
}

// Serve is Run on a listener that is already open; it closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	errorLog, err := zap.NewStdLogAt(s.deps.Log, zap.WarnLevel)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          errorLog,
	}
	server.RegisterOnShutdown(func() { close(s.stopping) })
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	s.deps.Log.Info("dashboard is open", zap.String("url", "http://"+listener.Addr().String()))

	select {
	case err := <-ended:
		return fmt.Errorf("the dashboard stopped: %w", err)
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	err = server.Shutdown(finish)
	if ended := <-ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(fmt.Errorf("requests to the dashboard did not end within %s", endTimeout), server.Close())
	}
	return err
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.boardPage)
	mux.HandleFunc("GET /outages/{id}", s.outagePage)
	mux.HandleFunc("GET /outages/{id}/{file}", s.reportPage)
	mux.HandleFunc("GET /api/v1/outages", s.listOutages)
	mux.HandleFunc("GET /api/v1/outages/{id}", s.listEvents)
	mux.HandleFunc("GET /api/v1/sources", s.listSources)
	mux.HandleFunc("GET /api/v1/events", s.streamEvents)
	mux.HandleFunc("GET /feed.atom", s.feed)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	if s.deps.Gatherer != nil {
		mux.Handle("GET /metrics", promhttp.HandlerFor(s.deps.Gatherer, promhttp.HandlerOpts{}))
	}
	if s.deps.People != nil {
		for _, path := range []string{"/api/v1/silences", "/api/v1/acks"} {
			mux.Handle("GET "+path, s.deps.People)
		}
		mux.Handle("POST /api/v1/", s.mayAct(s.deps.People))
		mux.Handle("DELETE /api/v1/", s.mayAct(s.deps.People))
	}
	for path, hook := range s.deps.Hooks {
		mux.Handle("POST "+path, hook)
	}
	for _, name := range []string{"app.js", "style.css", "icon.svg"} {
		mux.Handle("GET /"+name, staticFile(name))
	}
	return mux
}

// staticFile serves one embedded file. Browsers ask each time whether it has changed, so that page and script fit.
func staticFile(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		files, err := fs.Sub(static, "static")
		if err != nil {
			http.Error(w, "the program was built without its static files", http.StatusInternalServerError)
			return
		}
		http.ServeFileFS(w, r, files, name)
	})
}

// count counts requests by route and code. Paths are strangers' text and never a label.
func (s *Server) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := &statusRecorder{ResponseWriter: w, code: http.StatusOK}
		defer func() { s.deps.Metrics.request(strings.TrimPrefix(r.Pattern, "GET "), recorder.code) }()
		next.ServeHTTP(recorder, r)
	})
}

// statusRecorder remembers the status code.
type statusRecorder struct {
	http.ResponseWriter
	code int
}

// WriteHeader implements http.ResponseWriter.
func (r *statusRecorder) WriteHeader(code int) {
	r.code = code
	r.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController flush and set deadlines.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
