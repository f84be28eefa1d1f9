package mastodon

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/hashtag"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// Limits that hold where Config says nothing.
const (
	DefaultInterval = 30 * time.Second
	DefaultBegin    = 5 * time.Minute
	DefaultIdle     = time.Minute
)

// Ways to listen to a server. All have the first, on one connection for all tags; the other is for where something on the way lets only plain
// HTTP through.
const (
	StreamWebSocket = "websocket"
	StreamSSE       = "sse"
)

// Bounds of what is asked for.
const (
	// tagsPerQuery is how many tags one query may have.
	tagsPerQuery = 4
	// perQuery is the shortest time between two queries to one server: servers allow 300 in five minutes, for everybody behind one address.
	perQuery = 1500 * time.Millisecond
	// maxStreams bounds how many server-sent streams are open at once; a server opens one for a tag. maxSubscriptions bounds those of a
	// WebSocket.
	maxStreams       = 16
	maxSubscriptions = 100
)

// DefaultServers are large servers that see much of what others post, and show tags without an account.
func DefaultServers() []string {
	return []string{"mastodon.social", "mstdn.social", "mas.to", "mastodon.world", "mstdn.jp"}
}

// DefaultTags are tags of outages of whatever service.
func DefaultTags() []string {
	return []string{"outage", "internetoutage", "serverdown", "isitdown"}
}

// Config says which servers to ask for which tags.
type Config struct {
	// Name is the source's name; empty: "mastodon".
	Name string
	// Servers are hosts ("mastodon.social") or addresses ("http://127.0.0.1:3000"). Empty: DefaultServers.
	Servers []string
	// Tags are hashtags, with or without '#'. Empty: DefaultTags.
	Tags []string
	// Token is a user's access token of the one server, which then is listened to and not asked again and again.
	Token secret.String
	// Stream is how the one server is listened to: StreamWebSocket or StreamSSE. Empty: StreamWebSocket.
	Stream string
	// Interval is how often a server is asked. 0: DefaultInterval; more if there are many tags.
	Interval time.Duration
	// Begin is how far back the first look at a server goes. 0: DefaultBegin.
	Begin time.Duration
	// Idle is how long a stream may say nothing at all. 0: DefaultIdle.
	Idle time.Duration
	// AllowPrivate lists networks in which servers may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
	// Log is told of servers that cannot be read while others can; nil: nobody is.
	Log *zap.Logger
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	if len(c.Servers) == 0 {
		c.Servers = DefaultServers()
	}
	if len(c.Tags) == 0 {
		c.Tags = DefaultTags()
	}
	if c.Interval <= 0 {
		queries := (len(c.Tags) + tagsPerQuery - 1) / tagsPerQuery
		c.Interval = max(DefaultInterval, time.Duration(queries)*perQuery)
	}
	preset.Positive(&c.Begin, DefaultBegin)
	if c.Stream == "" {
		c.Stream = StreamWebSocket
	}
	preset.Positive(&c.Idle, DefaultIdle)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

func (c *Config) check() error {
	for _, tag := range c.Tags {
		if _, ok := hashtag.Bare(tag); !ok {
			return fmt.Errorf("mastodon: %q is no hashtag; write it as letters and digits, without blanks", tag)
		}
	}
	if c.Stream != StreamWebSocket && c.Stream != StreamSSE {
		return fmt.Errorf("mastodon: stream is %q; it must be %s or %s", c.Stream, StreamWebSocket, StreamSSE)
	}
	if !c.Token.IsSet() {
		return nil
	}
	most := maxSubscriptions
	if c.Stream == StreamSSE {
		most = maxStreams
	}
	switch {
	case len(c.Servers) != 1:
		return errors.New("mastodon: a token is good for one server; name it in servers, and the others in a second source without a token")
	case len(c.Tags) > most:
		return fmt.Errorf("mastodon: %d tags are too many to listen to; name at most %d, or leave the token out to have them asked for", len(c.Tags), most)
	}
	return nil
}

// base gives a server's address; not ok: it is none.
func base(server string) (address *url.URL, ok bool) {
	if !strings.Contains(server, "://") {
		server = "https://" + server
	}
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil, false
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, true
}
