package fetch

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Bounds of a connection. There is none on a whole answer, because streams have no end; Do sets its own.
const (
	dialTimeout   = 10 * time.Second
	headerTimeout = 30 * time.Second
	idleTimeout   = 90 * time.Second
	maxHeader     = 64 << 10
	maxRedirects  = 3
)

var errRedirects = errors.New("too many redirects, or one that leaves https")

// NewClient makes a client that calls only public addresses and those in allowed, by whatever name they are found: the guard
// looks at the very address that is about to be called, also after a redirect. It uses no proxy, which would get round that.
func NewClient(allowed []netip.Prefix) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout, Control: Guard(allowed)}
	return &http.Client{
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    dialTimeout,
			ResponseHeaderTimeout:  headerTimeout,
			IdleConnTimeout:        idleTimeout,
			MaxIdleConnsPerHost:    2,
			MaxResponseHeaderBytes: maxHeader,
			ForceAttemptHTTP2:      true,
		},
	}
}

// checkRedirect follows few redirects, and none from https to http, where whoever listens would read along.
func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects || via[0].URL.Scheme == "https" && r.URL.Scheme != "https" {
		return errRedirects
	}
	return nil
}
