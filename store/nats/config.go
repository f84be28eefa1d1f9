package nats

import (
	"net"
	"time"

	"github.com/outcry/outcry/internal/secret"
)

// Config says where the server is, who we are to it, and how long things are kept. The zero value means a local server
// without passwords and the default retention.
type Config struct {
	// URL is one address or several with commas between: "nats://127.0.0.1:4222", "tls://…", "wss://…".
	URL string
	// InProcess, when set, is a server in this process; URL is then not used.
	InProcess interface {
		InProcessConn() (net.Conn, error)
	}
	// Name is how the server's operator sees this connection. Default "outcry".
	Name string

	User         string
	Password     secret.String
	Token        secret.String
	NKeySeedFile string
	CredsFile    string

	// CAFile is what the server's certificate is checked against; CertFile and KeyFile are our own certificate.
	CAFile   string
	CertFile string
	KeyFile  string
	// TLSFirst begins with the TLS handshake, as servers with handshake_first want it.
	TLSFirst bool

	// Replicas is how many servers of a cluster hold each stream, 1 to 5. 0: leave existing streams as they are, and
	// make new ones with 1.
	Replicas int
	// MentionsMaxAge, ReadingsMaxAge and OutagesMaxAge are how long the streams keep their messages. Defaults: 7, 35 and 400 days.
	MentionsMaxAge time.Duration
	ReadingsMaxAge time.Duration
	OutagesMaxAge  time.Duration
	// MaxBytes bounds the stream of mentions, which alone grows with what people write; the oldest go first. 0: no bound.
	MaxBytes int64

	// Ping is how often the server is asked for a sign of life. Default 10 s.
	Ping time.Duration
	// Standby is how long a consumer that has vanished keeps its place before another one takes over, at least 3 s. One
	// that ends properly makes room at once. Default 10 s.
	Standby time.Duration

	// ReadOnly changes nothing on the server: streams are taken as they are, and Open fails where there are none.
	ReadOnly bool
}

const (
	day = 24 * time.Hour

	defaultURL      = "nats://127.0.0.1:4222"
	defaultName     = "outcry"
	defaultMentions = 7 * day
	defaultReadings = 35 * day
	defaultOutages  = 400 * day
	defaultPing     = 10 * time.Second
	defaultStandby  = 10 * time.Second
	minStandby      = 3 * time.Second
)

func (c Config) withDefaults() Config {
	if c.URL == "" {
		c.URL = defaultURL
	}
	if c.Name == "" {
		c.Name = defaultName
	}
	for _, d := range []struct {
		value *time.Duration
		usual time.Duration
	}{
		{&c.MentionsMaxAge, defaultMentions},
		{&c.ReadingsMaxAge, defaultReadings},
		{&c.OutagesMaxAge, defaultOutages},
		{&c.Ping, defaultPing},
		{&c.Standby, defaultStandby},
	} {
		if *d.value <= 0 {
			*d.value = d.usual
		}
	}
	c.Standby = max(c.Standby, minStandby)
	return c
}

// place names the server in errors, without credentials.
func (c Config) place() string {
	if c.InProcess != nil {
		return "the server in this process"
	}
	return secret.Redact(c.URL)
}
