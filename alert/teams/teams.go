package teams

import (
	"net/http"
	"time"

	"github.com/outcry/outcry/alert"
)

// Config is one channel: Endpoint.URL is the address that the workflow gave for its webhook.
type Config struct {
	Endpoint alert.EndpointConfig
	// Language is that of the messages; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier. Teams takes four messages a second, workflows far fewer on the
// cheaper plans. It calls nobody.
func New(cfg Config) (*alert.Poster, error) {
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body:  func(n *alert.Notice) ([]byte, error) { return Message(&n.Event, cfg.Language) },
		Every: time.Second, Burst: 3,
		Hint: hint,
	})
}

func hint(status int, _ []byte) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "the workflow does not accept the address; copy it from the workflow once more, with its signature"
	case http.StatusNotFound, http.StatusGone:
		return "the workflow was removed or turned off; create one anew and configure its url"
	case http.StatusBadRequest:
		return "the workflow cannot read the card; it must begin with \"When a Teams webhook request is received\""
	}
	return ""
}
