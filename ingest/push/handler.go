package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"
	"golang.org/x/time/rate"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/loopback"
)

// path is where posts are sent.
const path = "/v1/posts"

// maxInFlight bounds how many bodies are held in memory at a time; further clients wait.
const maxInFlight = 16

// handler serves the requests of one call of Read.
type handler struct {
	cfg   *Config
	pace  pace
	slots chan struct{}
	sink  ingest.Sink
	// claims is the time of the source; whoever has the turn uses it.
	claims *ingest.Claims
	// turn is held by the request whose batch is with the sink, and in the end for ever by stop.
	turn chan struct{}
	// panics carries a bug to the goroutine that may crash the program; net/http would swallow it.
	panics chan any
	// hurried says now and then that posts come too fast.
	hurried *rate.Sometimes
}

func newHandler(s *Source, sink ingest.Sink) *handler {
	return &handler{
		cfg: &s.cfg, pace: s.pace, claims: &s.claims, sink: sink, hurried: &rate.Sometimes{Interval: time.Minute},
		slots: make(chan struct{}, maxInFlight), turn: make(chan struct{}, 1), panics: make(chan any, 1),
	}
}

// refusal is an answer other than yes, with what the client should do.
type refusal struct {
	status int
	hint   string
}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer h.surface()
	if no := h.allow(w, r); no != nil {
		write(w, no.status, map[string]string{"error": no.hint})
		return
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-r.Context().Done():
		return
	}
	result, no := h.take(w, r)
	if no != nil {
		if no.status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "1")
		}
		write(w, no.status, map[string]string{"error": no.hint})
		return
	}
	write(w, http.StatusOK, result)
}

// surface hands a panic to Read and ends the request without an answer.
func (h *handler) surface() {
	bug := recover()
	if bug == nil {
		return
	}
	select {
	case h.panics <- bug:
	default: // an earlier one is on its way already
	}
	panic(http.ErrAbortHandler)
}

// allow reports why a request is refused before its body is read; nil: it is not.
func (h *handler) allow(w http.ResponseWriter, r *http.Request) *refusal {
	switch {
	case r.URL.Path != path:
		return &refusal{http.StatusNotFound, "posts are sent to " + path}
	case h.cfg.Token.IsSet() && !h.cfg.Token.Matches(bearer(r)):
		w.Header().Set("WWW-Authenticate", "Bearer")
		return &refusal{http.StatusUnauthorized, "send the header Authorization: Bearer with the token of this source"}
	case !h.cfg.Token.IsSet() && !loopback.Is(hostOf(r.Host)):
		return &refusal{http.StatusForbidden, "without a token, posts are taken only under the name localhost or a loopback address"}
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return &refusal{http.StatusMethodNotAllowed, "send posts with POST"}
	case !isPosts(r.Header.Get("Content-Type")):
		return &refusal{http.StatusUnsupportedMediaType, "send the header Content-Type: application/x-ndjson (a post a line) or application/json (an array)"}
	case !isEncoding(r.Header.Get("Content-Encoding")):
		return &refusal{http.StatusUnsupportedMediaType, "bodies may be compressed with gzip, or not at all"}
	case r.ContentLength > h.cfg.MaxBody:
		return h.tooLarge()
	}
	return h.tooFast(w)
}

// tooFast refuses a request while more posts have come than may; nil: that is not so.
func (h *handler) tooFast(w http.ResponseWriter) *refusal {
	wait := h.pace.wait(time.Now())
	if wait == 0 {
		return nil
	}
	h.hurried.Do(func() {
		h.cfg.Log.Warn("posts are pushed faster than max_rate allows; their senders are told to wait", zap.String("source", h.cfg.Name))
	})
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return &refusal{http.StatusTooManyRequests, fmt.Sprintf("at most %g posts a second are taken; keep these and send them again after the seconds in Retry-After", h.cfg.MaxRate)}
}

func (h *handler) tooLarge() *refusal {
	return &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("send at most %d bytes at a time", h.cfg.MaxBody)}
}

// take reads the body and has the sink take it over.
func (h *handler) take(w http.ResponseWriter, r *http.Request) (*answer, *refusal) {
	body, err := readBody(w, r, h.cfg.MaxBody)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, h.tooLarge()
	case err != nil:
		return nil, &refusal{http.StatusBadRequest, err.Error()}
	}
	in := &reading{cfg: h.cfg}
	in.take(body)
	if err := h.give(r.Context(), in); err != nil {
		return nil, &refusal{http.StatusServiceUnavailable, "the posts cannot be made safe now; keep them and send them again"}
	}
	h.pace.spend(time.Now(), in.answer.Accepted+in.answer.Dropped)
	return &in.answer, nil
}

// give hands a batch to the sink, one at a time.
func (h *handler) give(ctx context.Context, in *reading) error {
	b := &in.batch
	if b.Seen == 0 && len(b.Dropped) == 0 {
		return nil
	}
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	h.claims.Stamp(b, in.times, h.cfg.Now())
	if err := h.sink(ctx, *b); err != nil {
		return err
	}
	h.claims.Safe()
	return nil
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone cannot be told
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// hostOf gives the host of a Host header without its port.
func hostOf(header string) string {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		return strings.Trim(header, "[]")
	}
	return host
}

// isPosts reports whether a content type is one of JSON. A browser does not send these to a stranger without asking first.
func isPosts(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	switch media {
	case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json":
		return true
	}
	return false
}

func isEncoding(encoding string) bool {
	return encoding == "" || encoding == "identity" || encoding == "gzip"
}
