package x

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/dghubble/oauth1"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// DefaultFilterIdle is how long a stream of API 1.1 may say nothing at all: a sign of life comes every 30 s, and the API's rule is to give up
// after three.
const DefaultFilterIdle = 90 * time.Second

// filterPath is the stream's path where the address has none.
const filterPath = "/1.1/statuses/filter.json"

// Keys are the credentials of OAuth 1.0a: an app's and, for one account, the app's. All four, or none.
type Keys struct {
	ConsumerKey, ConsumerSecret, AccessToken, AccessSecret secret.String
}

func (k *Keys) count() int {
	n := 0
	for _, s := range []secret.String{k.ConsumerKey, k.ConsumerSecret, k.AccessToken, k.AccessSecret} {
		if s.IsSet() {
			n++
		}
	}
	return n
}

// FilterConfig says which server of API 1.1 to listen to, for what.
type FilterConfig struct {
	// Name is the source's name; empty: "twitter".
	Name string
	// Endpoint is the server's address. One without a path is asked under /1.1/statuses/filter.json. Required: X itself gives this API to nobody.
	Endpoint string
	// Keys sign the request. BearerToken goes with it where there are no keys. Both may be empty.
	Keys        Keys
	BearerToken secret.String
	// Services are listened for. At least one.
	Services []event.Service
	// Limits are the server's. 0: DefaultPhrases of DefaultPhraseLength.
	Limits TrackLimits
	// Idle is how long the stream may say nothing at all. 0: DefaultFilterIdle.
	Idle time.Duration
	// BatchSize and BatchDelay bound a batch: so many messages, or so long after its first. 0: the defaults of Config.
	BatchSize  int
	BatchDelay time.Duration
	// AllowPrivate lists networks in which Endpoint may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
	// Log is told when posts pile up at the server and when phrases find no room; nil: nobody is.
	Log *zap.Logger
}

func (c *FilterConfig) setDefaults() {
	if c.Name == "" {
		c.Name = "twitter"
	}
	preset.Positive(&c.Limits.Phrases, DefaultPhrases)
	preset.Positive(&c.Limits.Length, DefaultPhraseLength)
	preset.Positive(&c.Idle, DefaultFilterIdle)
	preset.Positive(&c.BatchSize, DefaultBatchSize)
	preset.Positive(&c.BatchDelay, DefaultBatchDelay)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

// check finds what is wrong, and gives the stream's address.
func (c *FilterConfig) check() (address string, err error) {
	if c.Endpoint == "" {
		return "", errors.New("api 1.1 has had no public server since X closed it in 2023; name one that speaks it in endpoints, or listen with type: x")
	}
	u, err := url.Parse(c.Endpoint)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("the address of a server of api 1.1 must be such as https://stream.example")
	case c.Keys.count() != 0 && c.Keys.count() != 4:
		return "", errors.New("consumer_key, consumer_secret, access_token and access_secret belong together: give all four, or none")
	case c.Keys.count() == 4 && c.BearerToken.IsSet():
		return "", errors.New("give the four keys of OAuth 1.0a or a bearer token, not both")
	case len(c.Services) == 0:
		return "", errors.New("there is no service to listen for")
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = filterPath
	}
	return u.String(), nil
}

// client makes the client that signs requests, if there are keys. It follows no redirect, which would be signed for another address.
func (c *FilterConfig) client() *http.Client {
	client := fetch.NewClient(c.AllowPrivate)
	if c.Keys.count() == 4 {
		k := &c.Keys
		ctx := context.WithValue(context.Background(), oauth1.HTTPClient, client)
		client = oauth1.NewConfig(k.ConsumerKey.Reveal(), k.ConsumerSecret.Reveal()).
			Client(ctx, oauth1.NewToken(k.AccessToken.Reveal(), k.AccessSecret.Reveal()))
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}
