package redis

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

// explain says what to do about an error of Redis.
func (c Config) explain(doing string, err error) error {
	var unknown x509.UnknownAuthorityError
	var dial *net.OpError
	says := func(codes ...string) bool {
		for _, code := range codes {
			if strings.Contains(err.Error(), code) {
				return true
			}
		}
		return false
	}
	hint := ""
	switch {
	case errors.Is(err, context.Canceled):
	case says("WRONGPASS", "NOAUTH", "invalid password", "without any password"):
		hint = "Redis at " + c.place() + " refuses our name or password: check redis.url, or OUTCRY_REDIS_USER and OUTCRY_REDIS_PASSWORD"
		if c.MasterName != "" {
			hint += ", and for the Sentinels redis.sentinel_user and redis.sentinel_password"
		}
		hint += ": "
	case says("NOPERM"):
		hint = "our user on Redis at " + c.place() + " lacks a right: give it ~outcry:* +@read +@write +@scripting +@connection +cluster: "
	case errors.As(err, &unknown):
		hint = "Redis at " + c.place() + " has a certificate of an unknown authority: set redis.ca_file to the file of the authority that signed it: "
	case says("first record does not look like a TLS handshake"):
		hint = "Redis at " + c.place() + " does not speak TLS: write redis:// and not rediss://: "
	case says("OOM"):
		hint = "Redis at " + c.place() + " is out of memory: raise its maxmemory: "
	case says("READONLY"):
		hint = "Redis at " + c.place() + " is a replica: name the primary in redis.url, or the Sentinels with ?master_name=…: "
	case says("CLUSTERDOWN"):
		hint = "the Redis cluster at " + c.place() + " is down: look at `redis-cli --cluster check`: "
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, io.EOF):
		hint = "no answer from Redis at " + c.place() + ": check redis.url, and that it says rediss:// exactly if the server has TLS (else redis://): "
	case errors.As(err, &dial) && dial.Op == "dial", says("connection refused"):
		hint = "cannot reach Redis at " + c.place() + ": check redis.url and that it listens there, or leave redis.url empty for the embedded one: "
	}
	return fmt.Errorf("%s%s: %w", hint, doing, err)
}
