package bluesky

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/preset"
)

// Limits that hold where Config says nothing.
const (
	DefaultRewind     = 5 * time.Second
	DefaultIdle       = 30 * time.Second
	DefaultBatchSize  = 1000
	DefaultBatchDelay = 100 * time.Millisecond
)

// DefaultEndpoints are Bluesky's public instances. They need no key.
func DefaultEndpoints() []string {
	return []string{
		"wss://jetstream.us-east.bsky.network",
		"wss://jetstream.us-west.bsky.network",
		"wss://jetstream2.us-east.bsky.network",
		"wss://jetstream2.us-west.bsky.network",
	}
}

// Config says where to listen and how.
type Config struct {
	// Name is the source's name; empty: "bluesky".
	Name string
	// Endpoints are tried in turn. One without a path is asked for version 1 of the wire (/subscribe), which all instances
	// speak; a path that ends in subscribeEvents means version 2. Empty: DefaultEndpoints.
	Endpoints []string
	// Collections are the kinds of records to listen to. Empty: posts.
	Collections []string
	// Sieve tells what need not be decoded; nil: everything is.
	Sieve ingest.Sieve
	// Rewind is how far before the cursor to resume, because instances differ in their order. 0: DefaultRewind.
	Rewind time.Duration
	// Idle is how long the stream may be silent before it counts as broken. 0: DefaultIdle.
	Idle time.Duration
	// BatchSize and BatchDelay bound a batch: so many messages, or so long after its first. 0: the defaults.
	BatchSize  int
	BatchDelay time.Duration
	// OnGap is told when the server could not resume where it was asked to: what was posted between from and to is lost.
	OnGap func(from, to time.Time)
	// Now is the wall clock, by which times that cannot be are told; nil: time.Now.
	Now func() time.Time
	// Client makes the connections; nil: http.DefaultClient.
	Client *http.Client
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	if len(c.Endpoints) == 0 {
		c.Endpoints = DefaultEndpoints()
	}
	if len(c.Collections) == 0 {
		c.Collections = []string{postCollection}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Client == nil {
		c.Client = http.DefaultClient
	}
	preset.Positive(&c.Rewind, DefaultRewind)
	preset.Positive(&c.Idle, DefaultIdle)
	preset.Positive(&c.BatchDelay, DefaultBatchDelay)
	preset.Positive(&c.BatchSize, DefaultBatchSize)
}

func (c *Config) check() error {
	for i, e := range c.Endpoints {
		u, err := url.Parse(e)
		if err != nil || !slices.Contains([]string{"ws", "wss", "http", "https"}, u.Scheme) || u.Host == "" {
			return fmt.Errorf("bluesky: endpoint %d must be an address such as %s", i+1, DefaultEndpoints()[0])
		}
	}
	if slices.Contains(c.Collections, "") {
		return errors.New("a bluesky collection must not be empty; leave the list out to listen to posts")
	}
	if len(c.Collections) > maxCollections {
		return fmt.Errorf("bluesky: %d collections are more than the %d that one stream may have; a prefix such as app.bsky.feed.* stands for many",
			len(c.Collections), maxCollections)
	}
	return nil
}

// maxCollections is how many collections one stream may have.
const maxCollections = 100

// maxMessage is the longest message to ask for, in bytes. A record is never longer than 1 MiB.
const maxMessage = 1 << 20

// address gives what to connect to in order to listen from a time on; zero: from now on. Both versions take a time for a cursor.
func (c *Config) address(h *host, from time.Time) (string, error) {
	u, err := url.Parse(h.address)
	if err != nil {
		return "", fmt.Errorf("bluesky endpoint: %w", err)
	}
	q := u.Query()
	if h.second {
		q["collections"] = c.Collections
		q.Set("kinds", "commit")
	} else {
		if strings.Trim(u.Path, "/") == "" {
			u.Path = "/subscribe"
		}
		q["wantedCollections"] = c.Collections
	}
	q.Set("maxMessageSizeBytes", fmt.Sprint(maxMessage))
	h.compression(q)
	if !from.IsZero() {
		q.Set("cursor", fmt.Sprint(from.UnixMicro()))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}
