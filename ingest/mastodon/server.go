package mastodon

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/secret"
)

// server is one server that is read.
type server struct {
	base   *url.URL
	groups [][]string
	token  secret.String
	client *http.Client
	// ping is how often a WebSocket is asked for a sign of life.
	ping time.Duration

	mu sync.Mutex
	// fails counts failures in a row; until is before when not to ask again.
	fails int
	until time.Time
	// behind says that there may be more to catch up with.
	behind bool
}

const (
	// pageSize is how many statuses a server gives at once.
	pageSize  = 40
	pageLimit = 8 << 20
	// maxRest is how long a server that cannot be read is left alone at most, unless it asks for more.
	maxRest = 10 * time.Minute
)

// key stands for a query in the cursor.
func (v *server) key(tags []string) string { return v.base.Host + " " + tags[0] }

// timeline asks for the page of statuses that follows the one with the id since. min_id gives the page next to it; since_id would
// give the newest page, and what lies between would be lost.
func (v *server) timeline(ctx context.Context, tags []string, since string) (*page, error) {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "min_id": {since}}
	for _, tag := range tags[1:] {
		query.Add("any[]", tag)
	}
	address := *v.base
	address.Path = "/api/v1/timelines/tag/" + tags[0]
	address.RawQuery = query.Encode()
	r, err := v.request(ctx, &address)
	if err != nil {
		return nil, err
	}
	reply, err := fetch.Do(ctx, v.client, r, pageLimit)
	if err != nil {
		return nil, err
	}
	v.obey(reply.Header)
	p, err := parsePage(reply.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.base.Host, err)
	}
	return p, nil
}

func (v *server) request(ctx context.Context, address *url.URL) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, secret.CleanError(err)
	}
	if v.token.IsSet() {
		r.Header.Set("Authorization", "Bearer "+v.token.Reveal())
	}
	return r, nil
}

// obey rests when the server says that the next request is one too many.
func (v *server) obey(h http.Header) {
	if left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining")); err != nil || left > 0 {
		return
	}
	now := time.Now()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.until = now.Add(fetch.Wait(h, now))
}

// failed notes a failure and how long to rest after it; first: the one before was none.
func (v *server) failed(err error, interval time.Duration) (first bool) {
	now := time.Now()
	v.mu.Lock()
	defer v.mu.Unlock()
	rest := min(interval<<min(v.fails, 16), maxRest)
	v.fails++
	v.behind = true
	v.until = now.Add(max(rest, waitOf(err, now)))
	return v.fails == 1
}

// worked notes that everything there was has been read, or that there is more.
func (v *server) worked(more bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fails, v.behind = 0, more
}

func (v *server) failing() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.fails > 0
}

func (v *server) isBehind() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.behind
}

// rest is how long to leave the server alone.
func (v *server) rest() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	return time.Until(v.until)
}
