package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
)

// Timeout bounds one request of Do, from name resolution to the end of the answer.
const Timeout = 30 * time.Second

// ErrTooLarge says that an answer is longer than allowed.
var ErrTooLarge = errors.New("the answer is longer than allowed")

// Reply is an answer that was read to its end.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request and reads the answer, of at most limit bytes. An answer other than 2xx and 304 is a *StatusError. No
// error names more of the address than its host.
func Do(ctx context.Context, client *http.Client, r *http.Request, limit int64) (*Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	resp, err := Open(client, r.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read what %s answers: %w", r.URL.Host, secret.CleanError(err))
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%s: %w (%d bytes)", r.URL.Host, ErrTooLarge, limit)
	}
	return &Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}, nil
}

// Open sends a request and returns the answer with its body unread; the caller closes it. Errors are those of Do.
func Open(client *http.Client, r *http.Request) (*http.Response, error) {
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", version.Get().UserAgent())
	}
	resp, err := client.Do(r) //nolint:gosec // the operator names the address, and NewClient guards it
	if IsGuarded(err) {
		return nil, fmt.Errorf("%s lies in a private network; name the network in allow_private to call it", r.URL.Host)
	}
	if err != nil {
		return nil, secret.CleanError(err)
	}
	if ok := resp.StatusCode/100 == 2 || resp.StatusCode == http.StatusNotModified; !ok {
		defer func() { _ = resp.Body.Close() }() // what it says is in the status
		return nil, newStatusError(r, resp)
	}
	return resp, nil
}
