package alerttest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
)

// outcomes is what each status must mean: those from 200 to 599, and two beyond. Below are no answers.
func outcomes() map[int]outcome {
	table := map[int]outcome{600: temporary, 999: temporary}
	for code := 200; code < 600; code++ {
		table[code] = []outcome{delivered, permanent, permanent, temporary}[code/100-2]
	}
	for _, code := range []int{http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests} {
		table[code] = temporary
	}
	return table
}

// answers holds the notifier to telling delivered, permanent and temporary apart by the status alone, to following no
// redirect, and to quoting nothing of the answer.
func (s Subject) answers(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, httptest.NewServer, status(http.StatusOK, nil))
	for code, expected := range outcomes() {
		if s.Says != "" && expected == delivered && code != http.StatusOK {
			continue
		}
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			if code/100 == 3 {
				header.Set("Location", elsewhere.URL+"/"+secretPath)
			}
			answer := status(code, header)
			if code == http.StatusOK {
				answer = s.accepts()
			}
			r := serve(t, httptest.NewServer, answer)
			err := s.tell(t, endpoint(r.URL))
			want(t, err, expected)
			if n := len(r.calls()); n != 1 {
				t.Errorf("the receiver was called %d times, want once", n)
			}
			if err == nil {
				return
			}
			if host := strings.TrimPrefix(r.URL, "http://"); !strings.Contains(err.Error(), host) || !strings.Contains(err.Error(), fmt.Sprint(code)) {
				t.Errorf("the error names not both of %s and %d: %v", host, code, err)
			}
		})
	}
	t.Cleanup(func() {
		if n := len(elsewhere.calls()); n != 0 {
			t.Errorf("%d redirects were followed, want none", n)
		}
	})
}

// retryAfter holds the notifier to passing on how long the receiver wants to be left alone.
func (s Subject) retryAfter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header string
		want   time.Duration
	}{
		{"", 0},
		{"7", 7 * time.Second},
		{"0", 0},
		{"1.5", 1500 * time.Millisecond},
		{"-3", 0},
		{"soon", 0},
		{"NaN", 0},
		{"1e300", 365 * 24 * time.Hour},
		{notice(1).At.Add(90 * time.Second).UTC().Format(http.TimeFormat), 90 * time.Second},
		{notice(1).At.Add(-time.Hour).UTC().Format(http.TimeFormat), 0},
	}
	codes := []int{http.StatusTooManyRequests, http.StatusServiceUnavailable}
	if s.Says != "" { // a library of the receiver's own reads what that receiver sends
		tests, codes = tests[:2], codes[:1]
	}
	for _, test := range tests {
		for _, code := range codes {
			t.Run(fmt.Sprint(code, " ", test.header), func(t *testing.T) {
				t.Parallel()
				r := serve(t, httptest.NewServer, status(code, http.Header{"Retry-After": {test.header}}))
				err := s.tell(t, endpoint(r.URL))
				want(t, err, temporary)
				if got := alert.RetryDelay(err); got != test.want {
					t.Errorf("Retry-After %q asks to wait %s, want %s", test.header, got, test.want)
				}
			})
		}
	}
}

// repeats holds the notifier to sending the very same body with every attempt, so that receivers can fold them.
func (s Subject) repeats(t *testing.T) {
	t.Parallel()
	r := serve(t, httptest.NewServer, status(http.StatusOK, nil))
	n := s.notifier(t, endpoint(r.URL))
	for attempt := 1; attempt <= 3; attempt++ {
		if err := n.Notify(t.Context(), notice(attempt)); err != nil {
			t.Fatal(err)
		}
	}
	bodies := r.calls()
	if len(bodies) != 3 || bodies[0] == "" || bodies[1] != bodies[0] || bodies[2] != bodies[0] {
		t.Errorf("three attempts sent %q, want the same body three times", bodies)
	}
}

// endless holds the notifier to not waiting for the end of an answer, nor reading what has none.
func (s Subject) endless(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   outcome
	}{
		{"accepted, and stalls", stall(http.StatusOK), delivered},
		{"accepted, and sends for ever", endlessBody(t, http.StatusOK), delivered},
		{"failed, and stalls", stall(http.StatusBadGateway), temporary},
		{"failed, and sends for ever", endlessBody(t, http.StatusBadGateway), temporary},
		{"refused, and stalls", stall(http.StatusBadRequest), permanent},
		{"refused, and sends for ever", endlessBody(t, http.StatusBadRequest), permanent},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			// Without an end of its own, the test would wait for as long as the notifier is patient, which is minutes.
			want(t, s.tell(t, endpoint(serve(t, httptest.NewServer, test.answer).URL)), test.want)
		})
	}
}
