package bluesky

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/gather"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
)

// Source listens to Jetstream.
type Source struct {
	cfg   Config
	hosts []*host
	// turn counts the failures; it chooses the host.
	turn int
}

var _ ingest.Source = (*Source)(nil)

// New makes a source. It does not connect before Read.
func New(cfg Config) (*Source, error) {
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg}
	for _, endpoint := range cfg.Endpoints {
		h, err := newHost(endpoint)
		if err != nil {
			return nil, err
		}
		s.hosts = append(s.hosts, h)
	}
	return s, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// Read implements ingest.Source. The cursor is a time in microseconds; it means the same to every instance.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	last, err := parseCursor(cursor)
	if err != nil {
		return err
	}
	h := s.hosts[s.turn%len(s.hosts)]
	conn, from, err := s.dial(ctx, h, last)
	if err != nil {
		s.turn++
		return err
	}
	defer func() { _ = conn.CloseNow() }() // the connection is given up in any case
	b := &batcher{cfg: &s.cfg, sink: sink, last: last, from: from}
	_, err = gather.Run(ctx, gather.Config{Size: s.cfg.BatchSize, Delay: s.cfg.BatchDelay},
		func(ctx context.Context, send func([]byte) error) error { return s.receive(ctx, h, conn, send) }, b.give)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if b.refused {
		return err
	}
	s.turn++
	return fmt.Errorf("bluesky stream from %s ended: %w", hostOf(h.address), err)
}

// parseCursor reads a cursor; the zero time means that there is none.
func parseCursor(cursor string) (time.Time, error) {
	if cursor == "" {
		return time.Time{}, nil
	}
	us, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || us <= 0 {
		return time.Time{}, fmt.Errorf("cursor %q is not one of bluesky (microseconds since 1970); `outcry sources forget` has it listen from now on", cursor)
	}
	return time.UnixMicro(us).UTC(), nil
}

// dialTimeout bounds the making of a connection; readLimit is the longest message that is read at all.
const (
	dialTimeout = 15 * time.Second
	readLimit   = 4 * maxMessage
)

// subprotocol is how version 2 of the wire is framed.
const subprotocol = "xrpc.v1.json"

// dial connects and asks for what was posted from a while before last on. from is what it asked for; zero: nothing.
func (s *Source) dial(ctx context.Context, h *host, last time.Time) (conn *websocket.Conn, from time.Time, err error) {
	if !last.IsZero() {
		from = last.Add(-s.cfg.Rewind)
	}
	conn, said, err := s.connect(ctx, h, from)
	if strings.Contains(said, "UnknownZstdDictionary") {
		h.forget()
		conn, said, err = s.connect(ctx, h, from)
	}
	if strings.Contains(said, "CursorTooOld") {
		// What is no longer there cannot be had; listening from now on is the best that is left. The gap shows by itself.
		conn, _, err = s.connect(ctx, h, time.Time{})
	}
	return conn, from, err
}

// connect makes a connection. said is what a server wrote that refused it for what was asked.
func (s *Source) connect(ctx context.Context, h *host, from time.Time) (conn *websocket.Conn, said string, err error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	h.ask(ctx, s.cfg.Client)
	address, err := s.cfg.address(h, from)
	if err != nil {
		return nil, "", err
	}
	options := &websocket.DialOptions{HTTPClient: s.cfg.Client, HTTPHeader: http.Header{"User-Agent": {version.Get().UserAgent()}}}
	if h.second {
		options.Subprotocols = []string{subprotocol}
	}
	//nolint:bodyclose // websocket.Dial closes the body, or puts a copy in memory in its place
	conn, resp, err := websocket.Dial(ctx, address, options)
	if err != nil {
		return nil, refusal(resp), fmt.Errorf("connect to bluesky at %s: %w", hostOf(h.address), secret.CleanError(err))
	}
	conn.SetReadLimit(readLimit)
	return conn, "", nil
}

// refusal is what a server says to a request that it cannot fulfil as it stands.
func refusal(resp *http.Response) string {
	if resp == nil || resp.StatusCode != http.StatusBadRequest || resp.Body == nil {
		return ""
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
	if err != nil {
		return ""
	}
	return string(body)
}

func hostOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "?"
	}
	return u.Host
}

var errSilent = errors.New("nothing came for too long")

// receive reads messages until the connection breaks or ctx ends.
func (s *Source) receive(ctx context.Context, h *host, conn *websocket.Conn, send func([]byte) error) error {
	for {
		message, err := s.readOne(ctx, h, conn)
		if err != nil {
			return err
		}
		if err := send(message); err != nil {
			return err
		}
	}
}

func (s *Source) readOne(ctx context.Context, h *host, conn *websocket.Conn) ([]byte, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, s.cfg.Idle, errSilent)
	defer cancel()
	kind, frame, err := conn.Read(waiting)
	switch {
	case err != nil && errors.Is(context.Cause(waiting), errSilent):
		return nil, fmt.Errorf("%w (%v)", errSilent, s.cfg.Idle)
	case err != nil:
		return nil, err
	}
	message, err := h.text(kind, frame)
	if err == nil && h.second {
		err = farewell(message)
	}
	return message, err
}
