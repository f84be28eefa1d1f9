package alert_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	wrapped := func(err error) error { return fmt.Errorf("ops: %w", err) }
	tests := []struct {
		name      string
		err       error
		permanent bool
		after     time.Duration
	}{
		{"plain", errDown, false, 0},
		{"permanent", wrapped(alert.Permanent(errDown)), true, 0},
		{"limited", wrapped(alert.RetryAfter(time.Minute, errDown)), false, time.Minute},
		{"limited by a time that has passed", wrapped(alert.RetryAfter(-time.Minute, errDown)), false, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if alert.IsPermanent(test.err) != test.permanent || alert.RetryDelay(test.err) != test.after {
				t.Errorf("permanent %v, after %s; want %v, %s", alert.IsPermanent(test.err), alert.RetryDelay(test.err), test.permanent, test.after)
			}
			if !errors.Is(test.err, errDown) {
				t.Errorf("%v does not wrap what was marked", test.err)
			}
		})
	}
	if alert.Permanent(nil) != nil || alert.RetryAfter(time.Second, nil) != nil {
		t.Error("marking no error makes one")
	}
}
