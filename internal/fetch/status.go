package fetch

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/outcry/outcry/internal/secret"
)

// StatusError is an answer other than yes.
type StatusError struct {
	Status int
	Host   string
	Header http.Header
	// Said is the beginning of what the server wrote, for people.
	Said string
}

// maxSaid is how much of an answer is worth keeping, in bytes.
const maxSaid = 300

// A key that is shorter than shortestKey is none. One that is quoted may stand across the end of what is kept, so that maxQuoted more is read.
const (
	shortestKey = 8
	maxQuoted   = 4096
)

// newStatusError reads an answer other than yes to a request, which was perhaps led elsewhere before it was answered.
func newStatusError(r *http.Request, resp *http.Response) *StatusError {
	raw, _ := io.ReadAll(io.LimitReader(resp.Body, maxSaid+maxQuoted)) // half of an explanation is better than none
	said := conceal(string(raw), r)
	if resp.Request != nil {
		said = conceal(said, resp.Request)
	}
	return &StatusError{Status: resp.StatusCode, Host: r.URL.Host, Header: resp.Header, Said: cut(oneLine(said))}
}

// conceal masks what may be a key in what a server wrote: servers like to quote what they were asked for.
func conceal(said string, r *http.Request) string {
	_, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	keys := []string{credentials, r.URL.RawQuery, r.URL.EscapedPath(), r.URL.Path}
	for _, values := range r.URL.Query() {
		keys = append(keys, values...)
	}
	keys = append(keys, strings.Split(r.URL.Path, "/")...)
	for _, key := range keys {
		if len(key) >= shortestKey {
			said = strings.ReplaceAll(said, key, secret.Mask)
		}
	}
	return said
}

// cut bounds a text between two characters.
func cut(said string) string {
	if len(said) <= maxSaid {
		return said
	}
	return strings.ToValidUTF8(said[:maxSaid], "")
}

func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s))
}

// Error implements error.
func (e *StatusError) Error() string {
	s := fmt.Sprintf("%s answers %d %s", e.Host, e.Status, http.StatusText(e.Status))
	if e.Said != "" {
		s += ": " + e.Said
	}
	return s
}

// Wait is how long the server wants to be left alone, as its headers say; 0: they say nothing.
func (e *StatusError) Wait(now time.Time) time.Duration { return Wait(e.Header, now) }

// maxWait bounds what a server can ask for.
const maxWait = 24 * time.Hour

// Wait reads Retry-After (seconds or a date) and the headers X-RateLimit-Reset and x-rate-limit-reset (a date or seconds since
// 1970): the time from now, up to a day; 0: none of them is there.
func Wait(h http.Header, now time.Time) time.Duration {
	if after := h.Get("Retry-After"); after != "" {
		if seconds, err := strconv.Atoi(after); err == nil {
			return bounded(time.Duration(min(seconds, int(maxWait/time.Second))) * time.Second)
		}
		if at, err := http.ParseTime(after); err == nil {
			return bounded(at.Sub(now))
		}
	}
	for _, name := range []string{"X-RateLimit-Reset", "X-Rate-Limit-Reset"} {
		reset := h.Get(name)
		if at, err := time.Parse(time.RFC3339, reset); err == nil {
			return bounded(at.Sub(now))
		}
		if seconds, err := strconv.ParseInt(reset, 10, 64); err == nil {
			return bounded(time.Unix(seconds, 0).Sub(now))
		}
	}
	return 0
}

func bounded(d time.Duration) time.Duration { return min(max(d, 0), maxWait) }
