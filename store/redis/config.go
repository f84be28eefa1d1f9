package redis

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/outcry/outcry/internal/secret"
)

// Config says where Redis is and who we are to it. What stands in URL gives way to what stands in the other fields.
type Config struct {
	// URL is redis://user:password@host:6379/0, or rediss:// for TLS. Several hosts with commas between, or "?cluster=true",
	// are a cluster; with "?master_name=…" they are Sentinels.
	URL secret.URL
	// Addrs are hosts with ports: one server, some nodes of a cluster, or the Sentinels.
	Addrs []string
	// MasterName is the name by which Sentinel knows the server. Empty: no Sentinel.
	MasterName string
	// Cluster says that a single address is that of a cluster. It is also found out by asking.
	Cluster bool

	User     string
	Password secret.String
	// SentinelUser and SentinelPassword are for the Sentinels themselves.
	SentinelUser     string
	SentinelPassword secret.String
	// DB is the number of the database; a cluster has only 0.
	DB int

	// TLS turns encryption on, as rediss:// does.
	TLS bool
	// CAFile is what the server's certificate is checked against; CertFile and KeyFile are our own certificate.
	CAFile   string
	CertFile string
	KeyFile  string

	// TTL is how long a group that nobody uses is kept, at least a minute. Default 48 h.
	TTL time.Duration
}

const (
	defaultAddr = "127.0.0.1:6379"
	defaultPort = "6379"
	defaultTTL  = 48 * time.Hour
	minTTL      = time.Minute
)

// errURL does not quote the address, which may hold a password.
var errURL = errors.New("redis.url cannot be read: write redis://user:password@host:6379/0, or rediss:// for TLS")

// resolve fills in from URL what the other fields leave open.
func (c Config) resolve() (Config, error) {
	if c.URL.IsSet() {
		if err := c.readURL(c.URL.Reveal()); err != nil {
			return c, err
		}
	}
	if len(c.Addrs) == 0 {
		c.Addrs = []string{defaultAddr}
	}
	if len(c.Addrs) > 1 && c.MasterName == "" {
		c.Cluster = true
	}
	switch {
	case c.TTL == 0:
		c.TTL = defaultTTL
	case c.TTL < minTTL:
		return c, fmt.Errorf("the time to live of groups in Redis is %s, but must be %s or more", c.TTL, minTTL)
	}
	return c, nil
}

func (c *Config) readURL(raw string) error {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok || scheme != "redis" && scheme != "rediss" {
		return errURL
	}
	// Hosts with commas between are no host to net/url, so they are taken out first.
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	if strings.Contains(tail, "@") {
		return errURL // a password with a '/' in it, of which the rest would be taken for a database and quoted
	}
	user, hosts := "", authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, hosts = authority[:at+1], authority[at+1:]
	}
	parsed, err := url.Parse(scheme + "://" + user + "host" + tail)
	if err != nil {
		return errURL // and not err, which would quote the password
	}
	if len(c.Addrs) == 0 && hosts != "" {
		for host := range strings.SplitSeq(hosts, ",") {
			c.Addrs = append(c.Addrs, withPort(host))
		}
	}
	if c.User == "" {
		c.User = parsed.User.Username()
	}
	if password, ok := parsed.User.Password(); ok && !c.Password.IsSet() {
		c.Password = secret.New(password)
	}
	c.TLS = c.TLS || scheme == "rediss"
	return c.readTail(parsed)
}

func (c *Config) readTail(parsed *url.URL) error {
	if db := strings.Trim(parsed.Path, "/"); db != "" && c.DB == 0 {
		n, err := strconv.Atoi(db)
		if err != nil || n < 0 {
			return fmt.Errorf("redis.url names the database %q, which is no number", db)
		}
		c.DB = n
	}
	for key, values := range parsed.Query() {
		value := values[len(values)-1]
		switch key {
		case "master_name":
			if c.MasterName == "" {
				c.MasterName = value
			}
		case "cluster":
			on, err := strconv.ParseBool(value)
			if err != nil {
				return fmt.Errorf("redis.url says cluster=%s: write true or false", value)
			}
			c.Cluster = c.Cluster || on
		case "addr":
			for _, host := range values {
				c.Addrs = append(c.Addrs, withPort(host))
			}
		default:
			return fmt.Errorf("redis.url has the unknown parameter %q: master_name, cluster and addr are known", key)
		}
	}
	return nil
}

func withPort(host string) string {
	host = strings.TrimSpace(host)
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), defaultPort)
}

// Limits of the connections.
const (
	dialTimeout = 5 * time.Second
	ioTimeout   = 10 * time.Second
	poolSize    = 8
)

func (c Config) universal() (*goredis.UniversalOptions, error) {
	encryption, err := c.encryption()
	if err != nil {
		return nil, err
	}
	return &goredis.UniversalOptions{
		Addrs: c.Addrs, MasterName: c.MasterName, IsClusterMode: c.Cluster, DB: c.DB,
		Username: c.User, Password: c.Password.Reveal(),
		SentinelUsername: c.SentinelUser, SentinelPassword: c.SentinelPassword.Reveal(),
		TLSConfig: encryption, ClientName: "outcry", DisableIdentity: true,
		DialTimeout: dialTimeout, ReadTimeout: ioTimeout, WriteTimeout: ioTimeout, ContextTimeoutEnabled: true,
		PoolSize: poolSize, PipelinePoolSize: -1, DialerRetries: 1, // a command is retried as a whole anyway
		// A notice of maintenance is a dialect of one vendor that other servers answer with an error.
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}, nil
}

func (c Config) encryption() (*tls.Config, error) {
	if !c.TLS && c.CAFile == "" && c.CertFile == "" && c.KeyFile == "" {
		return nil, nil
	}
	out := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read redis.ca_file: %w", err)
		}
		out.RootCAs = x509.NewCertPool()
		if !out.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("redis.ca_file: %s holds no certificate in PEM form", c.CAFile)
		}
	}
	if c.CertFile != "" || c.KeyFile != "" {
		pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("read redis.cert_file and redis.key_file: %w", err)
		}
		out.Certificates = []tls.Certificate{pair}
	}
	return out, nil
}

// place names the server in errors, without credentials.
func (c Config) place() string { return strings.Join(c.Addrs, ", ") }
