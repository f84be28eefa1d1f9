package x

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/outcry/outcry/internal/fetch"
)

// How long X asks its clients to wait before they come again, by what went wrong.
const (
	networkStep = 250 * time.Millisecond
	networkMax  = 16 * time.Second
	httpFirst   = 5 * time.Second
	httpMax     = 320 * time.Second
	rateFirst   = time.Minute
	rateMax     = 15 * time.Minute
)

// statusEnhanceYourCalm is by which API 1.1 says that one comes too often.
const statusEnhanceYourCalm = 420

// fault is a class of failures that share a way of waiting.
type fault int

const (
	faultNone    fault = iota
	faultNetwork       // the connection broke, or never came about
	faultHTTP          // X answered, but not with yes
	faultRate          // X says that we ask too often
)

func faultOf(err error) fault {
	status, ok := errors.AsType[*fetch.StatusError](err)
	switch {
	case errors.Is(err, errElsewhere):
		return faultRate
	case !ok:
		return faultNetwork
	case status.Status == http.StatusTooManyRequests, status.Status == statusEnhanceYourCalm:
		return faultRate
	}
	return faultHTTP
}

// waits counts failures of one class in a row.
type waits struct {
	class fault
	n     int
}

// reset forgets the failures, because something has come.
func (w *waits) reset() { *w = waits{} }

// next is how long to wait after err.
func (w *waits) next(err error, now time.Time) time.Duration {
	class := faultOf(err)
	if class != w.class {
		*w = waits{class: class}
	}
	w.n++
	switch class {
	case faultHTTP:
		status, _ := errors.AsType[*fetch.StatusError](err)
		if status != nil && isOurs(status.Status) {
			return httpMax
		}
		return doubling(httpFirst, httpMax, w.n)
	case faultRate:
		status, _ := errors.AsType[*fetch.StatusError](err)
		if status != nil {
			if asked := status.Wait(now); asked > 0 {
				return asked
			}
		}
		return doubling(rateFirst, rateMax, w.n)
	case faultNone, faultNetwork:
	}
	return min(networkStep*time.Duration(w.n), networkMax)
}

// isOurs reports whether an answer will be the same until a person does something.
func isOurs(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotFound,
		http.StatusNotAcceptable, http.StatusGone, http.StatusRequestEntityTooLarge:
		return true
	}
	return false
}

func doubling(first, most time.Duration, n int) time.Duration {
	return min(first<<min(n-1, 20), most)
}

// explain says what an operator can do about a failure.
func explain(err error) error {
	status, ok := errors.AsType[*fetch.StatusError](err)
	if !ok || errors.Is(err, context.Canceled) {
		return err
	}
	hint := ""
	switch status.Status {
	case http.StatusUnauthorized:
		hint = "; check token: it is the app's bearer token"
	case http.StatusPaymentRequired:
		hint = "; the account has no credits left"
	case http.StatusForbidden:
		hint = "; the account's plan does not include the filtered stream, or backfill_minutes"
	case http.StatusTooManyRequests:
		hint = "; another program may hold the account's one connection"
	}
	return fmt.Errorf("%w%s", err, hint)
}
