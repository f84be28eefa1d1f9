package x

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// Limits that hold where Config says nothing: those of an account that pays per use.
const (
	DefaultBaseURL       = "https://api.x.com"
	DefaultMaxRules      = 1000
	DefaultMaxRuleLength = 1024
	// DefaultIdle is the 20 s between two signs of life, with some more for the way.
	DefaultIdle       = 25 * time.Second
	DefaultLook       = time.Minute
	DefaultBatchSize  = 200
	DefaultBatchDelay = 100 * time.Millisecond
)

// countsQuery is how long a query for counts may be, countsPerMinute how many there may be in a minute.
const (
	countsQuery     = 512
	countsPerMinute = 20
)

// Config says whose account listens, for what, and what it may cost.
type Config struct {
	// Name is the source's name; empty: "x".
	Name string
	// BearerToken is the app's. Required.
	BearerToken secret.String
	// BaseURL is the API's address. Empty: DefaultBaseURL.
	BaseURL string
	// Services are listened for. At least one.
	Services []event.Service
	// MaxRules and MaxRuleLength are the account's limits. 0: the defaults.
	MaxRules, MaxRuleLength int
	// BackfillMinutes is how much of what was missed to ask for on connecting, 0 to 5. Only some plans have it.
	BackfillMinutes int
	// Budget is what may be spent.
	Budget Budget
	// Thrifty asks for counts by the minute first, and opens the stream for a service only while its counts are unusual.
	Thrifty bool
	// Look is how often a thrifty source asks for counts. 0: DefaultLook, or more if there are many services.
	Look time.Duration
	// Idle is how long the stream may say nothing at all. 0: DefaultIdle.
	Idle time.Duration
	// BatchSize and BatchDelay bound a batch: so many messages, or so long after its first. 0: the defaults.
	BatchSize  int
	BatchDelay time.Duration
	// AllowPrivate lists networks in which BaseURL may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
	// Log is told when the budget's alarm goes off and which services are listened for; nil: nobody is.
	Log *zap.Logger
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	preset.Positive(&c.MaxRules, DefaultMaxRules)
	preset.Positive(&c.MaxRuleLength, DefaultMaxRuleLength)
	preset.Positive(&c.Idle, DefaultIdle)
	preset.Positive(&c.BatchSize, DefaultBatchSize)
	preset.Positive(&c.BatchDelay, DefaultBatchDelay)
	preset.Positive(&c.Look, max(DefaultLook, time.Duration(len(c.Services))*time.Minute/countsPerMinute))
	c.Budget.setDefaults()
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

func (c *Config) check() error {
	u, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http":
		return errors.New("x: the address of the API must be such as " + DefaultBaseURL)
	case !c.BearerToken.IsSet():
		return errors.New("x needs token: the bearer token of an app that may use the filtered stream")
	case len(c.Services) == 0:
		return errors.New("x has no service to listen for")
	case c.BackfillMinutes < 0 || c.BackfillMinutes > 5:
		return fmt.Errorf("x: backfill_minutes is %d; it must lie between 0 and 5", c.BackfillMinutes)
	}
	return c.Budget.check()
}

func (c *Config) api() *api {
	return &api{base: c.BaseURL, token: c.BearerToken, client: fetch.NewClient(c.AllowPrivate)}
}
