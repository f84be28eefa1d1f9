package pagerduty

import (
	"fmt"
	"net/http"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// URL is where all PagerDuty accounts outside the EU receive events; those in the EU do at events.eu.pagerduty.com.
const URL = "https://events.pagerduty.com/v2/enqueue"

// Config is one PagerDuty service.
type Config struct {
	// Endpoint.URL is URL unless set.
	Endpoint alert.EndpointConfig
	// RoutingKey is the integration key of the service, of type "Events API V2".
	RoutingKey secret.String
	// Language is that of the texts; default alert.English.
	Language alert.Language
}

// Notifier tells one service.
type Notifier struct{ *alert.Poster }

var _ alert.Taker = (*Notifier)(nil)

// TakesOver implements alert.Taker: who takes an outage over acknowledges its incident.
func (*Notifier) TakesOver() {}

// New checks cfg and makes the Notifier. It calls nobody.
func New(cfg Config) (*Notifier, error) {
	if !cfg.Endpoint.URL.IsSet() {
		cfg.Endpoint.URL = secret.NewURL(URL)
	}
	if !cfg.RoutingKey.IsSet() {
		return nil, fmt.Errorf("notifier %s: routing_key is not set; "+
			"add an integration of type \"Events API V2\" to the service in PagerDuty and copy its integration key", cfg.Endpoint.Name)
	}
	poster, err := alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body: func(n *alert.Notice) ([]byte, error) {
			action := Action(&n.Event)
			if action == "" {
				return nil, nil
			}
			return Event(&n.Event, action, cfg.RoutingKey, cfg.Language)
		},
		Hint: hint,
	})
	if err != nil {
		return nil, err
	}
	return &Notifier{poster}, nil
}

func hint(status int, _ []byte) string {
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		return "it does not accept the event; check that routing_key is the key of an \"Events API V2\" integration"
	}
	return ""
}
