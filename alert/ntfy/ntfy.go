package ntfy

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// Config is one topic.
type Config struct {
	// Endpoint.URL is the topic's address: "https://ntfy.sh/topic". Whoever knows the topic can read it.
	Endpoint alert.EndpointConfig
	// Token is an access token, for topics that need one.
	Token secret.String
	// Language is that of the messages; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier. It calls nobody.
func New(cfg Config) (*alert.Poster, error) {
	server, topic, err := split(cfg.Endpoint.URL)
	if err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
	}
	cfg.Endpoint.URL = server
	header := http.Header{"Content-Type": {"application/json"}}
	if cfg.Token.IsSet() {
		header.Set("Authorization", "Bearer "+cfg.Token.Reveal())
	}
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body:   func(n *alert.Notice) ([]byte, error) { return Message(&n.Event, topic, cfg.Language) },
		Header: header, Hint: hint,
	})
}

// split takes the topic off its address: messages in JSON go to the server's root, which tells topics apart by name.
func split(address secret.URL) (server secret.URL, topic string, err error) {
	u, err := url.Parse(address.Reveal())
	if err != nil || u.Host == "" {
		return secret.URL{}, "", errNoTopic
	}
	path := strings.TrimSuffix(u.Path, "/")
	slash := strings.LastIndexByte(path, '/')
	topic = path[slash+1:]
	if topic == "" {
		return secret.URL{}, "", errNoTopic
	}
	u.Path, u.RawPath = path[:slash+1], ""
	return secret.NewURL(u.String()), topic, nil
}

var errNoTopic = errors.New("url does not name a topic; write it as https://ntfy.sh/topic")

func hint(status int, _ []byte) string {
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		return "it does not accept the token for this topic; check token and the topic in url"
	}
	return ""
}
