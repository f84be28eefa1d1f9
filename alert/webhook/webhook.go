package webhook

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// ContentType is that of a CloudEvents envelope in structured JSON mode.
const ContentType = "application/cloudevents+json"

// Config is one receiver.
type Config struct {
	Endpoint alert.EndpointConfig
	// Secrets sign each request: none leaves it unsigned; two, while a secret is being replaced, sign it twice. Each is
	// "whsec_" and the base64 of 24 to 64 bytes.
	Secrets []secret.String
	// Headers are added to each request. They may be credentials.
	Headers map[string]secret.String
	// Body is a template of package text/template that writes a Page, for receivers that want something of their own; empty:
	// the event's CloudEvents JSON is sent.
	Body string
	// ContentType is that of what Body writes; default application/json.
	ContentType string
	// Language is that of the words that Body writes; default alert.English.
	Language alert.Language
}

// Notifier tells one receiver.
type Notifier struct {
	endpoint *alert.Endpoint
	signers  signers
	header   http.Header
	// body is nil where the event itself is sent.
	body *Body
}

var _ alert.Notifier = (*Notifier)(nil)

// New checks cfg and makes the Notifier. It calls nobody.
func New(cfg Config) (*Notifier, error) {
	endpoint, err := alert.NewEndpoint(cfg.Endpoint)
	if err != nil {
		return nil, err
	}
	signers, err := newSigners(cfg.Secrets)
	if err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
	}
	header, err := newHeader(cfg.Headers)
	if err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
	}
	n := &Notifier{endpoint: endpoint, signers: signers, header: header}
	header.Set("Content-Type", ContentType)
	if cfg.Body != "" {
		header.Set("Content-Type", cmp.Or(cfg.ContentType, "application/json"))
		if n.body, err = NewBody(cfg.Body, header.Get("Content-Type"), cfg.Language); err != nil {
			return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
		}
	}
	if strings.ContainsFunc(header.Get("Content-Type"), isControl) {
		return nil, fmt.Errorf("notifier %s: content_type holds a line break or another control character", cfg.Endpoint.Name)
	}
	return n, nil
}

// Name implements alert.Notifier.
func (n *Notifier) Name() string { return n.endpoint.Name() }

// Close closes idle connections.
func (n *Notifier) Close() { n.endpoint.Close() }

// Notify implements alert.Notifier.
func (n *Notifier) Notify(ctx context.Context, notice alert.Notice) error {
	body, err := n.write(&notice)
	if err != nil {
		return alert.Permanent(fmt.Errorf("notifier %s: event %s cannot be written: %w", n.Name(), notice.Key, err))
	}
	header := n.header.Clone()
	n.signers.sign(header, notice.Key, notice.At, body)
	return n.endpoint.Post(ctx, alert.Message{Header: header, Body: body, At: notice.At})
}

// write is a notice as the receiver takes it.
func (n *Notifier) write(notice *alert.Notice) ([]byte, error) {
	if n.body != nil {
		return n.body.Write(notice)
	}
	return json.Marshal(notice.Event)
}

// newHeader refuses headers that the Notifier sets itself or that could break the request apart.
func newHeader(custom map[string]secret.String) (http.Header, error) {
	header := http.Header{}
	for name, value := range custom {
		key := http.CanonicalHeaderKey(strings.TrimSpace(name))
		switch {
		case !isToken(key):
			return nil, fmt.Errorf("headers: %q is not the name of a header", name)
		case strings.HasPrefix(key, "Webhook-") || slices.Contains(ownHeaders(), key):
			return nil, fmt.Errorf("headers: %s is set by outcry itself; remove it", key)
		case strings.ContainsFunc(value.Reveal(), isControl):
			return nil, fmt.Errorf("headers: the value of %s holds a line break or another control character", key)
		}
		header.Set(key, value.Reveal())
	}
	return header, nil
}

func ownHeaders() []string {
	return []string{"Connection", "Content-Length", "Content-Type", "Host", "Transfer-Encoding", "User-Agent"}
}

// isToken reports whether text can be the name of a header (RFC 9110, token).
func isToken(text string) bool {
	other := func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}
	return text != "" && !strings.ContainsFunc(text, other)
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }
