package alert

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Message is one request to an Endpoint.
type Message struct {
	Header http.Header
	Body   []byte
	// At is when the attempt is made, by the wall clock; a Retry-After that names a date is counted from it.
	At time.Time
	// Hint says what to do about a refusal, in one sentence, from the status and the first KiB of the answer; "": nothing
	// to add. It must not quote the answer, which may echo secrets. Nil: no hints.
	Hint func(status int, answer []byte) string
	// Wait reads from the first KiB of an answer how long the receiver wants to be left alone, where it says so there and
	// not in the header Retry-After; 0: it does not. Nil: only the header counts.
	Wait func(answer []byte) time.Duration
}

func (m Message) body() io.Reader { return bytes.NewReader(m.Body) }

// hintBytes is how much of a refusal is read at most, and hintPatience how long it is waited for: the status alone says what
// became of the message.
const (
	hintBytes    = 1 << 10
	hintPatience = time.Second
)

// Post sends m once. nil: the receiver answered 2xx; the rest of its answer does not matter and is not read. The error
// is permanent or temporary as the status says, and names the notifier and the host, never the address or the answer.
func (p *Endpoint) Post(ctx context.Context, m Message) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	request, err := p.newRequest(ctx, m)
	if err != nil {
		return err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return p.fault(err)
	}
	defer func() { _ = response.Body.Close() }() // Nothing was written, so nothing is lost.
	if response.StatusCode/100 == 2 {
		return nil
	}
	hint, wait := p.genericHint(response.StatusCode), retryAfter(response.Header.Get("Retry-After"), m.At)
	if m.Hint != nil || m.Wait != nil {
		enough := time.AfterFunc(hintPatience, leave)
		defer enough.Stop()
		// What cannot be read is a shorter answer: the status alone decides.
		answer, _ := io.ReadAll(io.LimitReader(response.Body, hintBytes))
		if m.Wait != nil && wait == 0 {
			wait = m.Wait(answer)
		}
		if m.Hint != nil {
			hint = cmp.Or(m.Hint(response.StatusCode, answer), hint)
		}
	}
	return p.refusal(response.StatusCode, hint, wait)
}

// Refusal is for answers that Client got: what Post would make of this status.
func (p *Endpoint) Refusal(status int) error { return p.refusal(status, p.genericHint(status), 0) }

// refusal sorts an answer that is not 2xx into permanent and temporary.
func (p *Endpoint) refusal(status int, hint string, wait time.Duration) error {
	// The text is the standard's and not the answer's.
	err := fmt.Errorf("notifier %s: %s answered %d %s", p.name, p.host, status, http.StatusText(status))
	if hint != "" {
		err = fmt.Errorf("%w: %s", err, hint)
	}
	switch {
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly:
		return err
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError, status < http.StatusOK:
		if wait > 0 {
			return RetryAfter(wait, err)
		}
		return err
	}
	return Permanent(err)
}

// genericHint says what to do about a status whoever the receiver is.
func (p *Endpoint) genericHint(status int) string {
	switch {
	case status/100 == 3:
		return "redirects are not followed; configure the address where the receiver really is"
	case status == http.StatusBadRequest && strings.HasPrefix(p.url, "http://"):
		return "it cannot read the request; check that url is that of such a receiver, and begins with https:// if it wants TLS"
	case status == http.StatusBadRequest:
		return "it cannot read the request; check that url is that of such a receiver"
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return "it does not accept the credentials; check the url, the secret and the headers"
	case status == http.StatusNotFound:
		return "nobody is at this address; check the url"
	case status == http.StatusGone:
		return "the receiver is gone; remove this notifier or give it a new url"
	case status == http.StatusProxyAuthRequired:
		return "a proxy wants credentials; outcry uses none, so the address must be the receiver's own"
	case status == http.StatusRequestEntityTooLarge:
		return "the receiver wants shorter messages"
	case status == http.StatusTooManyRequests:
		return "it wants fewer messages for now"
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return "what is behind it does not answer; check that the receiver runs"
	case status >= http.StatusInternalServerError:
		return "the fault is its own; if it is yours, its log says more"
	}
	return ""
}

// retryAfter reads the header Retry-After: seconds, which some give with a fraction, or a date. 0: none, or unreadable.
func retryAfter(header string, at time.Time) time.Duration {
	if seconds, err := strconv.ParseFloat(header, 64); err == nil {
		const most = 365 * 24 * 3600
		if math.IsNaN(seconds) || seconds <= 0 {
			return 0
		}
		return time.Duration(min(seconds, most) * float64(time.Second))
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(date.Sub(at), 0)
	}
	return 0
}
