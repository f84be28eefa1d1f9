package alert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
)

// EndpointConfig says where a receiver that is reached over HTTP is, and how it may be reached.
type EndpointConfig struct {
	// Name is the notifier's name, for errors.
	Name string
	// URL is the receiver's address, http or https. It is treated as a credential: errors name its host only.
	URL secret.URL
	// AllowPrivate lists networks that may be called although they are not public: "10.0.0.0/8", "127.0.0.0/8", "fd00::/8".
	AllowPrivate []netip.Prefix
	// Timeout bounds one request, from name resolution to the end of the answer; default 15 s.
	Timeout time.Duration
	// RootCAs are the authorities that may vouch for the receiver; nil: those of the system.
	RootCAs *x509.CertPool
}

// Endpoint is a receiver that is reached over HTTP.
type Endpoint struct {
	name    string
	url     string
	host    string
	timeout time.Duration
	client  *http.Client
}

// NewEndpoint checks cfg and makes the Endpoint. It calls only public addresses and those of AllowPrivate, by whatever
// name they are found, follows no redirect, uses no proxy (one would get round that check), and always verifies TLS.
func NewEndpoint(cfg EndpointConfig) (*Endpoint, error) {
	if cfg.Name == "" {
		return nil, errors.New("a notifier has no name; give it one, it stands in logs and metrics")
	}
	address, err := url.Parse(cfg.URL.Reveal())
	if err != nil || address.Host == "" || (address.Scheme != "https" && address.Scheme != "http") {
		// The parser's own error would quote the address.
		return nil, fmt.Errorf("notifier %s: url is not an address; write it as https://host/path", cfg.Name)
	}
	preset.Positive(&cfg.Timeout, 15*time.Second)
	return &Endpoint{
		name: cfg.Name, url: address.String(), host: address.Host, timeout: cfg.Timeout, client: newClient(cfg),
	}, nil
}

// Name is the notifier's name.
func (p *Endpoint) Name() string { return p.name }

// Close closes idle connections.
func (p *Endpoint) Close() { p.client.CloseIdleConnections() }

// Client is for receivers that a library of their own speaks to: it calls as Post does. Its errors are put right by Fault.
func (p *Endpoint) Client() *http.Client { return p.client }

// Host is the receiver's host and port.
func (p *Endpoint) Host() string { return p.host }

// newClient makes a client that cannot be led into the private network, neither by a name that resolves to a private
// address nor by a redirect: the guard looks at the very address that is about to be called.
func newClient(cfg EndpointConfig) *http.Client {
	dialer := &net.Dialer{Timeout: cfg.Timeout, Control: fetch.Guard(cfg.AllowPrivate)}
	return &http.Client{
		Timeout: cfg.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: cfg.RootCAs, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    cfg.Timeout,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true,
			MaxIdleConns:           2,
			IdleConnTimeout:        time.Minute,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

func (p *Endpoint) newRequest(ctx context.Context, m Message) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, m.body())
	if err != nil {
		return nil, Permanent(fmt.Errorf("notifier %s: the url cannot be called; write it as https://host/path", p.name))
	}
	for name, values := range m.Header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	request.Header.Set("User-Agent", version.Get().UserAgent())
	return request, nil
}
