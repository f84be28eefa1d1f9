package alert

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/outcry/outcry/internal/fetch"
)

// Fault is for the errors of requests that Client made without an answer: the same in our own words, without a secret.
func (p *Endpoint) Fault(err error) error { return p.fault(err) }

// fault says in our own words why a request got no answer. The errors of net/http quote the address, and some quote
// what the receiver sent, so that none of them is wrapped.
func (p *Endpoint) fault(err error) error {
	if fetch.IsGuarded(err) {
		return Permanent(fmt.Errorf("notifier %s: %s is at an address that is not public; "+
			"if it may be called, add its network to allow_private", p.name, p.host))
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("notifier %s: the request to %s was broken off: %w", p.name, p.host, context.Canceled)
	}
	complaint := Complaint(err, p.timeout)
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		complaint = "does not speak TLS; check the port, or whether the url should begin with http://"
	}
	return fmt.Errorf("notifier %s: %s %s", p.name, p.host, cmp.Or(complaint, "broke the connection, or does not speak HTTP"))
}

// Complaint says why a server gave no answer within a time, as the end of a sentence that begins with its name, in words
// that hold nothing of the error's own; "" if there is nothing better to say than that it broke the connection.
func Complaint(err error, timeout time.Duration) string {
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() {
		return fmt.Sprintf("did not answer within %s; check that it runs, and that no firewall is between", timeout)
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "cannot be found; check the host name and the name server"
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refuses the connection; check that it runs and that the port is right"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "cannot be reached from here; check the network"
	}
	return tlsComplaint(err)
}

func tlsComplaint(err error) string {
	// This is how crypto/tls marks what the other side complains of.
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return "refuses the TLS handshake; check whether it wants a client certificate or another version of TLS"
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "has a TLS certificate for another name; use the name that is in it"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "has a TLS certificate of an authority that is not trusted here; add that to the system's, or to SSL_CERT_FILE"
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return "has a TLS certificate that has expired or is not valid yet; renew it, or check the clock here"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "has a TLS certificate that is not valid"
	}
	return ""
}
