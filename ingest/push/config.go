package push

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/loopback"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// Limits that hold where Config says nothing.
const (
	DefaultListen  = "127.0.0.1:8081"
	DefaultMaxBody = 16 << 20
)

// Config says where to listen and to whom.
type Config struct {
	// Name is the source's name; empty: "push".
	Name string
	// Listen is the address to listen on. Empty: DefaultListen.
	Listen string
	// Token is what clients must send as "Authorization: Bearer …". Only loopback may do without.
	Token secret.String
	// MaxBody is how many bytes a request may have, uncompressed. 0: DefaultMaxBody.
	MaxBody int64
	// MaxRate is how many posts a second may come in the long run. 0: any number.
	MaxRate float64
	// Format reads a post.
	Format ingest.Format
	// Sieve tells what need not be decoded; nil: everything is.
	Sieve ingest.Sieve
	// Now is the wall clock, by which posts from the future are told; nil: time.Now.
	Now func() time.Time
	// OnListen is told the address once it is listened on.
	OnListen func(addr net.Addr)
	// Log gets what net/http has to say; nil: nobody does.
	Log *zap.Logger
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = "push"
	}
	if c.Listen == "" {
		c.Listen = DefaultListen
	}
	preset.Positive(&c.MaxBody, DefaultMaxBody)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

func (c *Config) check() error {
	if c.Format == nil {
		return errors.New("push needs the format of a post")
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if _, numErr := strconv.ParseUint(port, 10, 16); err != nil || numErr != nil {
		return fmt.Errorf("push cannot listen on %q; give an address such as %s", c.Listen, DefaultListen)
	}
	if !c.Token.IsSet() && !loopback.Is(host) {
		return fmt.Errorf("push would listen on %q for everybody who can reach it; set a token, or listen on %s", c.Listen, DefaultListen)
	}
	return nil
}
