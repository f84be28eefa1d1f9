package fetch

import (
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Later makes err say for how long the other side is to be left alone (backoff.RetryAfterError), without changing its words.
func Later(err error, d time.Duration) error {
	return &laterError{err: err, wait: &backoff.RetryAfterError{Duration: d}}
}

type laterError struct {
	err  error
	wait *backoff.RetryAfterError
}

// Error implements error.
func (e *laterError) Error() string { return e.err.Error() }

// Unwrap gives both errors.
func (e *laterError) Unwrap() []error { return []error{e.err, e.wait} }
