package x

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/dghubble/go-twitter/twitter"
	"github.com/google/go-querystring/query"
	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/secret"
)

// Filter listens to statuses/filter of API 1.1 on a server that speaks it. The messages are those of go-twitter; the connection is
// not, because its stream comes back at once when it has ended, and does not see silence. It must not be read by two goroutines at once.
type Filter struct {
	cfg     FilterConfig
	address string
	client  *http.Client
	form    string
	waits   waits
	pipe    pipe
	// limited is how many posts the server has kept back on this connection.
	limited int64
}

var (
	_ ingest.Source = (*Filter)(nil)
	_ ingest.Quiet  = (*Filter)(nil)
)

// NewFilter makes a source. It does not connect before Read.
func NewFilter(cfg FilterConfig) (*Filter, error) {
	cfg.setDefaults()
	address, err := cfg.check()
	if err != nil {
		return nil, err
	}
	s := &Filter{cfg: cfg, address: address, client: cfg.client()}
	if s.form, err = s.makeForm(); err != nil {
		return nil, err
	}
	s.pipe = pipe{idle: cfg.Idle, size: cfg.BatchSize, delay: cfg.BatchDelay, open: s.open, heard: s.waits.reset, look: s.look}
	return s, nil
}

// makeForm makes what is asked for.
func (s *Filter) makeForm() (string, error) {
	phrases, left, err := MakeTrack(s.cfg.Services, s.cfg.Limits)
	if err != nil {
		return "", err
	}
	if left > 0 {
		s.cfg.Log.Warn("not all phrases find room in what api 1.1 may be asked for",
			zap.String("source", s.cfg.Name), zap.Int("phrases", len(phrases)), zap.Int("left_out", left))
	}
	warnings := true
	form, err := query.Values(&twitter.StreamFilterParams{Track: phrases, StallWarnings: &warnings})
	if err != nil {
		return "", fmt.Errorf("encode the phrases of %s: %w", s.cfg.Name, err)
	}
	return form.Encode(), nil
}

// Name implements ingest.Source.
func (s *Filter) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: the stream gives signs of life while nobody complains.
func (*Filter) MayBeQuiet() bool { return true }

// Read implements ingest.Source. There is no cursor: what is posted while nobody listens is lost. An error carries how long the
// server wants to be left alone (backoff.RetryAfterError).
func (s *Filter) Read(ctx context.Context, _ string, sink ingest.Sink) error {
	var refused error
	give := func(ctx context.Context, messages [][]byte) error {
		refused = sink(ctx, s.batch(messages))
		return refused
	}
	err := s.pipe.giveHeld(ctx, give)
	if err == nil {
		err = s.pipe.run(ctx, give)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case refused != nil:
		return refused
	}
	return fetch.Later(s.explain(err), s.waits.next(err, s.cfg.Now()))
}

// open begins the stream. The caller closes the body.
func (s *Filter) open(ctx context.Context) (*http.Response, error) {
	s.limited = 0
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address, strings.NewReader(s.form))
	if err != nil {
		return nil, secret.CleanError(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if s.cfg.BearerToken.IsSet() {
		r.Header.Set("Authorization", "Bearer "+s.cfg.BearerToken.Reveal())
	}
	return fetch.Open(s.client, r)
}

// look finds the stream's farewell, and leaves out the lengths that a server may put before its messages.
func (*Filter) look(line []byte) (keep bool, end error) {
	if isLength(line) {
		return false, nil
	}
	if n := parseNotice(line); n != nil {
		end = n.end()
	}
	return end == nil, end
}

// isLength reports whether a line says how long the next one is.
func isLength(line []byte) bool {
	for _, c := range line {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// batch decodes messages.
func (s *Filter) batch(messages [][]byte) ingest.Batch {
	var b ingest.Batch
	read(&b, V1{}, messages, s.cfg.Now())
	s.heed(&b, messages)
	return b
}

// explain says what an operator can do about a failure.
func (*Filter) explain(err error) error {
	hint := ""
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		switch status.Status {
		case http.StatusUnauthorized, http.StatusForbidden:
			hint = "; check the keys, and the clock of this machine, which they are signed with"
		case http.StatusNotFound, http.StatusGone:
			hint = "; the address in endpoints does not speak api 1.1"
		case http.StatusNotAcceptable, http.StatusRequestEntityTooLarge:
			hint = "; the server takes fewer or shorter phrases: set max_rules or max_rule_length, or listen for fewer services"
		case http.StatusTooManyRequests, statusEnhanceYourCalm:
			hint = "; another program may hold the account's one connection"
		}
	}
	return fmt.Errorf("%w%s", err, hint)
}
