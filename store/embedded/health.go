package embedded

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// healthEvery is how often the server is asked how it is.
const healthEvery = 3 * time.Second

// Watch returns an error when the server cannot write to its directory any more, as on a full disk. It takes nothing then until it is started
// again, even if there is room. Otherwise Watch returns nil when ctx ends.
func (n *NATS) Watch(ctx context.Context) error {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	ill := 0
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		err := n.health(ctx)
		if err == nil {
			ill = 0
			continue
		}
		if ill++; ill > 1 { // a stream that is being made or deleted looks ill, too
			return fmt.Errorf("the embedded NATS cannot write to %s; make room on its disk, or mend it, and start outcry again; what was taken over is kept: %w", n.dir, err)
		}
	}
}

// health asks the server as monitors do.
func (n *NATS) health(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.HealthzPath, nil)
	if err != nil {
		return err
	}
	answer := &answer{header: make(http.Header), code: http.StatusOK}
	n.server.HandleHealthz(answer, request)
	if answer.code == http.StatusOK {
		return nil
	}
	var status server.HealthStatus
	if err := json.Unmarshal(answer.body.Bytes(), &status); err != nil {
		return fmt.Errorf("the server answers %d: %w", answer.code, err)
	}
	return errors.New(status.Error)
}

// answer is an http.ResponseWriter that keeps what it is given.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(code int) { a.code = code }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
