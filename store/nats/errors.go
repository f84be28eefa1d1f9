package nats

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// ErrClosed is returned by whatever waits for the log when the log is closed.
var ErrClosed = errors.New("the log is closed")

// CorruptError says that a message which we wrote ourselves cannot be read. Reading stops there, because to go on would
// be to lose what it held without a word.
type CorruptError struct {
	Stream  string
	Subject string
	Seq     uint64
	Err     error
}

// Error says where the message is and how to go on without it.
func (e *CorruptError) Error() string {
	return fmt.Sprintf("message %d of stream %s (subject %s) is our own and cannot be read: %v; look at it with "+
		"`nats stream get %s %d`, and give it up with `nats stream rmm %s %d`",
		e.Seq, e.Stream, e.Subject, e.Err, e.Stream, e.Seq, e.Stream, e.Seq)
}

// Unwrap gives the reason.
func (e *CorruptError) Unwrap() error { return e.Err }

// ReplacedError says that a stream ends before the place up to which we have already read: it was deleted and made
// again, or the server came back without what it had acknowledged.
type ReplacedError struct {
	Stream string
	Last   uint64
	Read   uint64
}

// Error says what happened and what to do.
func (e *ReplacedError) Error() string {
	return fmt.Sprintf("stream %s ends at message %d, but %d was already read: the stream was replaced, or the server lost "+
		"what it had stored; restart outcry, and set sync_interval: always on the server if it lost power", e.Stream, e.Last, e.Read)
}

// explainConnect says what to do about a connection that did not come about.
func explainConnect(cfg Config, err error) error {
	var unknown x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var alert *net.OpError // which is how crypto/tls tells of what the other side complains
	var unreadable *url.Error
	switch {
	case errors.As(err, &unreadable): // which would quote the address, or the part of it that is a password
		return errors.New("nats.url cannot be read: write nats://host:4222; put a password into nats.password, or write its special characters as %XX")
	case errors.Is(err, natsgo.ErrAuthorization), errors.Is(err, natsgo.ErrAuthExpired), errors.Is(err, natsgo.ErrAuthRevoked):
		return fmt.Errorf("NATS at %s refuses our name or password: check nats.user and nats.password, nats.token, nats.creds_file or nats.nkey_seed_file (OUTCRY_NATS_…): %w", cfg.place(), err)
	case errors.As(err, &unknown):
		return fmt.Errorf("NATS at %s has a certificate of an unknown authority: set nats.ca_file to the file of the authority that signed it: %w", cfg.place(), err)
	case errors.Is(err, natsgo.ErrTLS), errors.As(err, &alert) && alert.Op == "remote error":
		return fmt.Errorf("NATS at %s breaks off after the TLS handshake: it asks for a certificate of ours that it can check; see nats.cert_file and nats.key_file: %w", cfg.place(), err)
	case errors.Is(err, natsgo.ErrSecureConnRequired), errors.Is(err, natsgo.ErrSecureConnWanted), errors.As(err, &record):
		return fmt.Errorf("NATS at %s and we disagree on TLS: write the address as tls://… exactly if the server has TLS: %w", cfg.place(), err)
	case (errors.Is(err, io.EOF) || errors.Is(err, natsgo.ErrTimeout)) && strings.HasPrefix(cfg.URL, "tls://") && !cfg.TLSFirst:
		return fmt.Errorf("NATS at %s takes the connection and says nothing: if it has handshake_first, set nats.tls_first to true: %w", cfg.place(), err)
	case cfg.ReadOnly && (errors.Is(err, natsgo.ErrNoServers) || errors.Is(err, natsgo.ErrTimeout)):
		return fmt.Errorf("cannot reach NATS at %s: start outcry run, or say with nats.url or --nats where it runs: %w", cfg.place(), err)
	case errors.Is(err, natsgo.ErrNoServers), errors.Is(err, natsgo.ErrTimeout):
		return fmt.Errorf("cannot reach NATS at %s: check nats.url and that a server listens there, or leave nats.url empty for the embedded server: %w", cfg.place(), err)
	}
	var unknownHost *net.DNSError
	if errors.As(err, &unknownHost) {
		return fmt.Errorf("the host of nats.url cannot be found: check the address, which is written nats://host:4222: %w", err)
	}
	if cfg.InProcess != nil {
		return fmt.Errorf("the NATS server in this process hung up: if it has a user, password or token, nats.user, nats.password and nats.token must be the same: %w", err)
	}
	return fmt.Errorf("connect to NATS at %s: %w", cfg.place(), err)
}

// Codes of the server that the client library has no names for.
const (
	codeInsufficientResources jetstream.ErrorCode = 10023
	codeNoStorage             jetstream.ErrorCode = 10047
)

// explainPublish says what to do about a message that the server has no room for.
func explainPublish(err error) error {
	var api *jetstream.APIError
	if errors.As(err, &api) && (api.ErrorCode == codeInsufficientResources || api.ErrorCode == codeNoStorage) {
		return fmt.Errorf("NATS has no room left: make room on its disk, raise its max_file, or set nats.max_mention_bytes, and start it again: %w", err)
	}
	return err
}

// explainStream says what to do about a stream that cannot be made or changed.
func explainStream(cfg Config, name string, err error) error {
	var api *jetstream.APIError
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return fmt.Errorf("NATS at %s has no stream %s: start outcry run there first: %w", cfg.place(), name, err)
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, natsgo.ErrNoResponders):
		return fmt.Errorf("NATS at %s has no JetStream: start nats-server with -js, or add a jetstream block to its configuration: %w", cfg.place(), err)
	case errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return fmt.Errorf("our account on NATS at %s may not use JetStream: enable jetstream for the account: %w", cfg.place(), err)
	case errors.As(err, &api) && (api.ErrorCode == codeInsufficientResources || api.ErrorCode == codeNoStorage):
		return fmt.Errorf("NATS at %s has no room for stream %s: raise the server's or the account's max_file, or lower nats.max_mention_bytes: %w", cfg.place(), name, err)
	case errors.Is(err, natsgo.ErrPermissionViolation), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("stream %s on NATS at %s: no answer; our user needs the right to publish to $JS.API.> and outcry.> and to subscribe to _INBOX.>: %w", name, cfg.place(), err)
	}
	return fmt.Errorf("make stream %s on NATS at %s: %w", name, cfg.place(), err)
}
