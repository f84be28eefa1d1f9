package alert

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Posting is how a kind of receiver wants to be told.
type Posting struct {
	// Body is a notice as the receiver takes it; nil without an error: the receiver need not hear of it.
	Body func(n *Notice) ([]byte, error)
	// Header goes with every request; default: Content-Type application/json.
	Header http.Header
	// Every and Burst are its pace, as Paced gives it; zero: as fast as it comes.
	Every time.Duration
	Burst int
	// Hint and Wait are as in Message.
	Hint func(status int, answer []byte) string
	Wait func(answer []byte) time.Duration
}

// Poster is the Notifier of receivers that take each notice as one request, which is most of them.
type Poster struct {
	endpoint *Endpoint
	how      Posting
}

var (
	_ Notifier = (*Poster)(nil)
	_ Paced    = (*Poster)(nil)
)

// NewPoster checks cfg and makes the Poster. It calls nobody.
func NewPoster(cfg EndpointConfig, how Posting) (*Poster, error) {
	endpoint, err := NewEndpoint(cfg)
	if err != nil {
		return nil, err
	}
	if how.Header == nil {
		how.Header = http.Header{"Content-Type": {"application/json"}}
	}
	return &Poster{endpoint: endpoint, how: how}, nil
}

// Name implements Notifier.
func (p *Poster) Name() string { return p.endpoint.Name() }

// Close closes idle connections.
func (p *Poster) Close() { p.endpoint.Close() }

// Pace implements Paced.
func (p *Poster) Pace() (every time.Duration, burst int) { return p.how.Every, max(p.how.Burst, 1) }

// Notify implements Notifier.
func (p *Poster) Notify(ctx context.Context, notice Notice) error {
	body, err := p.how.Body(&notice)
	if err != nil {
		return Permanent(fmt.Errorf("notifier %s: event %s cannot be written as the receiver wants it: %w", p.Name(), notice.Key, err))
	}
	if body == nil {
		return nil
	}
	return p.endpoint.Post(ctx, Message{Header: p.how.Header, Body: body, At: notice.At, Hint: p.how.Hint, Wait: p.how.Wait})
}
