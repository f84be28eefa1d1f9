package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// Config is one mail to one or several people.
type Config struct {
	// Name is the notifier's name.
	Name string
	// URL is the SMTP server: "smtp://host:587" speaks TLS after STARTTLS or not at all, "smtps://host:465" speaks TLS from
	// the first byte, and "smtp+insecure://host:25" speaks none, which is for a relay on the same machine. A user and a
	// password stand in it as in any URL, percent-encoded: "smtps://user:password@host". It is a credential. The server may
	// be in a private network: unlike the address of a webhook it is nobody's choice but the operator's.
	URL secret.URL
	// Sender is who the mail is from: "outcry <outcry@example.com>".
	Sender string
	// To are the recipients, at least one.
	To []string
	// Timeout bounds one mail; default 15 s.
	Timeout time.Duration
	// RootCAs are the authorities that may vouch for the server; nil: those of the system.
	RootCAs *x509.CertPool
	// Language is that of the mails; default alert.English.
	Language alert.Language
}

// Notifier sends mail.
type Notifier struct {
	cfg    Config
	sender *netmail.Address
	// host names the server with its port, for errors; server is its name alone.
	host, server string
	// implicit is the TLS that is spoken from the first byte; nil: none is.
	implicit *tls.Config
	options  []mail.Option
}

var (
	_ alert.Notifier = (*Notifier)(nil)
	_ alert.Paced    = (*Notifier)(nil)
)

// New checks cfg and makes the Notifier. It calls nobody.
func New(cfg Config) (*Notifier, error) {
	if cfg.Name == "" {
		return nil, errors.New("a notifier has no name; give it one, it stands in logs and metrics")
	}
	n := &Notifier{cfg: cfg}
	preset.Positive(&n.cfg.Timeout, 15*time.Second)
	if err := n.address(); err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Name, err)
	}
	sender, err := netmail.ParseAddress(cfg.Sender)
	if err != nil {
		return nil, fmt.Errorf("notifier %s: sender is no address; write it as \"outcry <outcry@example.com>\"", cfg.Name)
	}
	n.sender = sender
	if len(cfg.To) == 0 {
		return nil, fmt.Errorf("notifier %s: to names nobody; write at least one address", cfg.Name)
	}
	for _, to := range cfg.To {
		if _, err := netmail.ParseAddress(to); err != nil {
			return nil, fmt.Errorf("notifier %s: to: %q is no address", cfg.Name, to)
		}
	}
	return n, nil
}

var errAddress = errors.New("url is not the address of an SMTP server; write smtp://host:587, smtps://host:465 or smtp+insecure://host:25")

// address reads where the server is and how it is spoken to.
func (n *Notifier) address() error {
	u, err := url.Parse(n.cfg.URL.Reveal())
	if err != nil || u.Hostname() == "" {
		return errAddress // the parser's own error would quote the address
	}
	port := 0
	secure := &tls.Config{ServerName: u.Hostname(), RootCAs: n.cfg.RootCAs, MinVersion: tls.VersionTLS12}
	n.options = []mail.Option{mail.WithTimeout(n.cfg.Timeout), mail.WithoutNoop(), mail.WithTLSConfig(secure)}
	switch u.Scheme {
	case "smtp":
		port, n.options = 587, append(n.options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "smtps":
		port, n.implicit, n.options = 465, secure, append(n.options, mail.WithSSL())
	case "smtp+insecure":
		port, n.options = 25, append(n.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return errAddress
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
			return errAddress
		}
	}
	if password, ok := u.User.Password(); ok {
		if u.Scheme == "smtp+insecure" {
			return errors.New("url has a password but no TLS; write smtp:// or smtps://, or leave the password out")
		}
		way := mail.SMTPAuthAutoDiscover
		if n.implicit != nil {
			way = mail.SMTPAuthPlainNoEnc // encrypted it is, but by our own dialing, which the library does not see
		}
		n.options = append(n.options, mail.WithSMTPAuth(way), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	n.server, n.host = u.Hostname(), net.JoinHostPort(u.Hostname(), strconv.Itoa(port))
	n.options = append(n.options, mail.WithPort(port))
	return nil
}

// Name implements alert.Notifier.
func (n *Notifier) Name() string { return n.cfg.Name }

// Pace implements alert.Paced: a mailbox is no chat.
func (n *Notifier) Pace() (every time.Duration, burst int) { return 2 * time.Second, 5 }

// Notify implements alert.Notifier.
func (n *Notifier) Notify(ctx context.Context, notice alert.Notice) error {
	m, err := n.compose(&notice)
	if err != nil {
		return alert.Permanent(fmt.Errorf("notifier %s: event %s cannot be written as a mail; please report this", n.Name(), notice.Key))
	}
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	line := &line{tls: n.implicit}
	// The client library leaves a connection open on which it could not agree with the server.
	defer line.hangUp()
	client, err := mail.NewClient(n.server, append(n.options[:len(n.options):len(n.options)], mail.WithDialContextFunc(line.dial))...)
	if err != nil {
		return alert.Permanent(fmt.Errorf("notifier %s: the settings of the SMTP server cannot be used; check url", n.Name()))
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return n.fault(ctx, err)
	}
	// What was accepted stays accepted, whether or not the server says goodbye.
	defer func() { _ = client.CloseWithSMTPClient(session) }()
	if err := client.SendWithSMTPClient(session, m); err != nil && !m.IsDelivered() { // the library also fails at tidying up behind it
		return n.fault(ctx, err)
	}
	return nil
}

// line is one connection to the server.
type line struct {
	// tls, where it is set, is spoken from the first byte.
	tls  *tls.Config
	conn net.Conn
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.conn = conn
	if l.tls == nil {
		return conn, nil
	}
	secured := tls.Client(conn, l.tls)
	return secured, secured.HandshakeContext(ctx)
}

func (l *line) hangUp() {
	if l.conn != nil {
		_ = l.conn.Close() // It was closed already if all went well.
	}
}
