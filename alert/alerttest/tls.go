package alerttest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
)

// tls holds the notifier to speaking only to a receiver whose certificate is valid, and to coming again: certificates
// are renewed.
func (s Subject) tls(t *testing.T) {
	t.Parallel()
	now := time.Now()
	valid := certificate(t, "127.0.0.1", now.Add(-time.Hour), now.Add(time.Hour))
	tests := []struct {
		name   string
		chain  certified
		trust  bool
		want   outcome
		phrase string
	}{
		{"valid", valid, true, delivered, ""},
		{"unknown authority", valid, false, temporary, "authority"},
		{"another name", certificate(t, "192.0.2.1", now.Add(-time.Hour), now.Add(time.Hour)), true, temporary, "another name"},
		{"expired", certificate(t, "127.0.0.1", now.Add(-2*time.Hour), now.Add(-time.Hour)), true, temporary, "expired"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := serve(t, test.chain.server, s.accepts())
			cfg := endpoint(r.URL)
			if test.trust {
				cfg = trusting(cfg, test.chain)
			}
			err := s.tell(t, cfg)
			want(t, err, test.want)
			if err != nil && !strings.Contains(err.Error(), test.phrase) {
				t.Errorf("the error does not speak of %q: %v", test.phrase, err)
			}
			if n := len(r.calls()); test.want != delivered && n != 0 {
				t.Errorf("a receiver that cannot prove who it is was told %d times, want never", n)
			}
		})
	}
}

// handshakes holds the notifier to saying what is wrong when no TLS comes about, and to coming again.
func (s Subject) handshakes(t *testing.T) {
	t.Parallel()
	valid := certificate(t, "127.0.0.1", time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	t.Run("no TLS at all", func(t *testing.T) {
		t.Parallel()
		r := serve(t, httptest.NewServer, status(http.StatusOK, nil))
		err := s.tell(t, endpoint("https://"+strings.TrimPrefix(r.URL, "http://")))
		want(t, err, temporary)
		if err != nil && !strings.Contains(err.Error(), "does not speak TLS") {
			t.Errorf("the error does not say that the receiver speaks no TLS: %v", err)
		}
	})
	tests := []struct {
		name   string
		change func(c *tls.Config)
		phrase string
	}{
		{"old versions only", func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, "TLS"},
		// Its complaint may be overtaken by the end of the connection, so that nothing can be said of its words.
		{"client certificate", func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := serve(t, func(h http.Handler) *httptest.Server { return valid.changed(h, test.change) }, status(http.StatusOK, nil))
			err := s.tell(t, trusting(endpoint(r.URL), valid))
			want(t, err, temporary)
			if err != nil && !strings.Contains(err.Error(), test.phrase) {
				t.Errorf("the error does not speak of %s: %v", test.phrase, err)
			}
		})
	}
}

// trusting lets c vouch for the receiver.
func trusting(cfg alert.EndpointConfig, c certified) alert.EndpointConfig {
	cfg.RootCAs = x509.NewCertPool()
	cfg.RootCAs.AddCert(c.certificate.Leaf)
	return cfg
}

// certified starts servers that show its certificate.
type certified struct{ certificate tls.Certificate }

func (c certified) server(h http.Handler) *httptest.Server {
	return c.changed(h, func(*tls.Config) {})
}

// changed starts a server after a change to what TLS it speaks.
func (c certified) changed(h http.Handler, change func(*tls.Config)) *httptest.Server {
	server := httptest.NewUnstartedServer(h)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{c.certificate}, MinVersion: tls.VersionTLS12}
	change(server.TLS)
	// Failed handshakes are what is examined; they need not be logged.
	server.Config.ErrorLog = discard()
	server.StartTLS()
	return server
}

// certificate makes one for an address, signed by itself.
func certificate(t *testing.T, address string, from, until time.Time) certified {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "exam"}, NotBefore: from, NotAfter: until,
		IPAddresses: []net.IP{net.ParseIP(address)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certified{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}}
}
