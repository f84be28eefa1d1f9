package hackernews

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/outcry/outcry/internal/preset"
)

// Network is the source that posts of Hacker News carry.
const Network = "hackernews"

// Limits that hold where Config says nothing.
const (
	DefaultBaseURL  = "https://hacker-news.firebaseio.com"
	DefaultInterval = 15 * time.Second
	DefaultRevise   = time.Minute
	DefaultBegin    = 100
	DefaultParallel = 4
)

// Config says where to ask and how often.
type Config struct {
	// Name is the source's name; empty: "hackernews".
	Name string
	// BaseURL is the API's address. Empty: DefaultBaseURL.
	BaseURL string
	// Interval is how often the newest number is asked for. 0: DefaultInterval.
	Interval time.Duration
	// Revise is how often it is asked which items have changed. 0: DefaultRevise.
	Revise time.Duration
	// Begin is how many items before the newest to begin with where there is no cursor. 0: DefaultBegin.
	Begin int64
	// Parallel is how many items are asked for at once. 0: DefaultParallel.
	Parallel int
	// AllowPrivate lists networks in which BaseURL may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	preset.Positive(&c.Interval, DefaultInterval)
	preset.Positive(&c.Revise, DefaultRevise)
	preset.Positive(&c.Begin, DefaultBegin)
	preset.Positive(&c.Parallel, DefaultParallel)
	if c.Now == nil {
		c.Now = time.Now
	}
}

func (c *Config) check() error {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return errors.New("hackernews: the address of the API must be such as " + DefaultBaseURL)
	}
	return nil
}
