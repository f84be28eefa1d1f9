package alertmanager

import (
	"net/http"
	"net/url"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/preset"
	"github.com/outcry/outcry/internal/secret"
)

// Config is one Alertmanager. Alertmanagers of a cluster are one notifier each: every one of them is to be told.
type Config struct {
	// Endpoint.URL is the Alertmanager's address, without the path of its API: "http://alertmanager:9093".
	Endpoint alert.EndpointConfig
	// Expire is how long after an event an outage fires if nothing more is heard of it; default a week: an alert that ends by
	// itself says that all is well.
	Expire time.Duration
	// Language is that of the annotations' texts; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier. It calls nobody.
func New(cfg Config) (*alert.Poster, error) {
	if base, err := url.Parse(cfg.Endpoint.URL.Reveal()); err == nil && base.Host != "" {
		cfg.Endpoint.URL = secret.NewURL(base.JoinPath("api/v2/alerts").String())
	}
	preset.Positive(&cfg.Expire, 7*24*time.Hour)
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body: func(n *alert.Notice) ([]byte, error) { return Alerts(&n.Event, cfg.Expire, cfg.Language) },
		Hint: hint,
	})
}

func hint(status int, _ []byte) string {
	if status == http.StatusNotFound {
		return "its API v2 is not there; configure the address without /api/v2, and with the path prefix if it has one"
	}
	return ""
}
