package discord

import (
	"net/http"
	"time"

	"github.com/outcry/outcry/alert"
)

// Config is one channel: Endpoint.URL is the address that Discord gave for its webhook.
type Config struct {
	Endpoint alert.EndpointConfig
	// Language is that of the messages; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier. Discord takes thirty messages a minute in one channel. It calls
// nobody.
func New(cfg Config) (*alert.Poster, error) {
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body:  func(n *alert.Notice) ([]byte, error) { return Message(&n.Event, cfg.Language) },
		Every: 2 * time.Second, Burst: 3,
		Hint: hint,
	})
}

func hint(status int, _ []byte) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone:
		return "the webhook does not work any more; create a new one in the channel's settings and configure its url"
	case http.StatusBadRequest:
		return "it cannot read the message; please report this with the event"
	}
	return ""
}
