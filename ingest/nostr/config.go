package nostr

import (
	"fmt"
	"net/netip"
	"net/url"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/hashtag"
	"github.com/outcry/outcry/internal/preset"
)

// Network is the source that posts of Nostr carry, whatever relay they came from.
const Network = "nostr"

// Limits that hold where Config says nothing.
const (
	DefaultBegin  = 5 * time.Minute
	DefaultPing   = 30 * time.Second
	DefaultRetry  = 5 * time.Second
	DefaultRecall = 30 * time.Second
)

// DefaultRelays are large relays that anybody may read.
func DefaultRelays() []string {
	return []string{"wss://relay.damus.io", "wss://nos.lol", "wss://relay.primal.net"}
}

// DefaultTags are tags of outages of whatever service.
func DefaultTags() []string {
	return []string{"outage", "internetoutage", "serverdown", "isitdown"}
}

// maxTags is how many tags one subscription may have; relays refuse long ones.
const maxTags = 100

// Config says which relays to listen to, for what.
type Config struct {
	// Name is the source's name; empty: "nostr".
	Name string
	// Relays are addresses (wss://…). Empty: DefaultRelays.
	Relays []string
	// Tags are hashtags, with or without '#', at most 100. Empty: DefaultTags.
	Tags []string
	// Begin is how far back to begin where there is no cursor. 0: DefaultBegin.
	Begin time.Duration
	// Ping is how often a relay is asked for a sign of life. 0: DefaultPing.
	Ping time.Duration
	// Retry is how long a relay is left alone after it failed, doubled for each further time. 0: DefaultRetry.
	Retry time.Duration
	// Recall is how long a relay may take to give what it has stored; after that it is taken for live although it does not say so. 0: DefaultRecall.
	Recall time.Duration
	// AllowPrivate lists networks in which relays may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
	// Log is told of relays that cannot be heard while others can; nil: nobody is.
	Log *zap.Logger
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	if len(c.Relays) == 0 {
		c.Relays = DefaultRelays()
	}
	if len(c.Tags) == 0 {
		c.Tags = DefaultTags()
	}
	preset.Positive(&c.Begin, DefaultBegin)
	preset.Positive(&c.Ping, DefaultPing)
	preset.Positive(&c.Retry, DefaultRetry)
	preset.Positive(&c.Recall, DefaultRecall)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

func (c *Config) check() error {
	for i, r := range c.Relays {
		if _, ok := address(r); !ok {
			return fmt.Errorf("nostr: relay %d must be an address such as %s", i+1, DefaultRelays()[0])
		}
	}
	for i, tag := range c.Tags {
		bare, ok := hashtag.Bare(tag) // relays compare tags letter by letter
		if c.Tags[i] = bare; !ok {
			return fmt.Errorf("nostr: %q is no hashtag; write it as letters and digits, without blanks", tag)
		}
	}
	if len(c.Tags) > maxTags {
		return fmt.Errorf("nostr: %d tags are too many for one subscription; name at most %d", len(c.Tags), maxTags)
	}
	return nil
}

// address reads the address of a relay; not ok: it is none.
func address(relay string) (at *url.URL, ok bool) {
	u, err := url.Parse(relay)
	return u, err == nil && u.Host != "" && (u.Scheme == "wss" || u.Scheme == "ws") && u.User == nil
}
