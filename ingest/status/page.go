package status

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/secret"
)

var errNoPage = errors.New("neither a summary of Statuspage nor a feed")

// pageLimit bounds what is read of a page, in bytes.
const pageLimit = 4 << 20

// page is one page that is read.
type page struct {
	// label stands for the page in the cursor.
	label    string
	address  *url.URL
	services []event.Service
	// fails counts failures in a row, until is before when not to ask again; known says that it could be read at some time. Only the page's own
	// goroutine uses them.
	fails int
	until time.Time
	known bool
}

// memory is what is remembered of a page. It is part of the cursor.
type memory struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	// Seen are the fingerprints of the updates that it showed, oldest first.
	Seen []string `json:"seen,omitempty"`
	// Open are the names of the incidents that were open, by their ids.
	Open map[string]string `json:"open,omitempty"`
}

// maxSeen is how many updates of a page are looked at, the newest. It bounds the cursor, which holds what all pages showed.
const maxSeen = 100

// news is what a page says that it has not said before.
type news struct {
	updates []update
	dropped map[string]int
	// after is what to remember once the updates are safe.
	after memory
}

// ask asks the page for what is new; nil: nothing is.
func (p *page) ask(ctx context.Context, client *http.Client, was memory, now time.Time) (*news, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address.String(), nil)
	if err != nil {
		return nil, secret.CleanError(err)
	}
	if was.ETag != "" {
		r.Header.Set("If-None-Match", was.ETag)
	}
	if was.Modified != "" {
		r.Header.Set("If-Modified-Since", was.Modified)
	}
	reply, err := fetch.Do(ctx, client, r, pageLimit)
	if err != nil {
		return nil, err
	}
	if reply.Status == http.StatusNotModified {
		return nil, nil
	}
	n, err := read(reply.Body, was, now)
	if err != nil {
		return nil, err
	}
	n.after.ETag, n.after.Modified = cut(reply.Header.Get("ETag"), maxID), cut(reply.Header.Get("Last-Modified"), maxID)
	return n, nil
}

// read compares what a page says with what was remembered.
func read(body []byte, was memory, now time.Time) (*news, error) {
	n := &news{}
	var all []update
	if body = bytes.TrimSpace(body); len(body) > 0 && body[0] == '{' {
		var err error
		if all, n.after.Open, err = parseSummary(body); err != nil {
			return nil, err
		}
		for id, name := range was.Open {
			if _, still := n.after.Open[id]; !still {
				all = append(all, over(id, name, now))
			}
		}
	} else {
		updates, bad, err := parseFeed(body)
		if err != nil {
			return nil, err
		}
		all = updates
		if bad > 0 {
			n.dropped = map[string]int{ingest.ReasonField: bad}
		}
	}
	n.keep(all, was.Seen)
	return n, nil
}

// keep takes the updates that were not seen before. What a page no longer shows is forgotten; should it come back, it has the same
// id, and is the same post.
func (n *news) keep(all []update, was []string) {
	seen := make(map[string]bool, len(was))
	for _, d := range was {
		seen[d] = true
	}
	shown := make(map[string]bool, len(all))
	for _, u := range all[max(0, len(all)-maxSeen):] {
		d := digest(u.id)
		if shown[d] {
			continue
		}
		shown[d] = true
		n.after.Seen = append(n.after.Seen, d)
		if !seen[d] {
			n.updates = append(n.updates, u)
		}
	}
}

// How long a page is left alone after failures.
const (
	maxRest = 30 * time.Minute
	// noPageRest is for what has been no page that can be read for so many times from the first on (noPage), and will hardly become one.
	noPageRest = 24 * time.Hour
	noPage     = 3
)

// rest is how long to leave the page alone after it failed.
func (p *page) rest(err error, interval time.Duration, now time.Time) time.Duration {
	p.fails++
	rest := min(interval<<min(p.fails, 10), maxRest)
	status, ok := errors.AsType[*fetch.StatusError](err)
	none := errors.Is(err, errNoPage) || ok && (status.Status == http.StatusNotFound || status.Status == http.StatusGone)
	switch {
	case none && !p.known && p.fails >= noPage:
		return noPageRest
	case ok:
		return max(rest, status.Wait(now))
	}
	return rest
}
