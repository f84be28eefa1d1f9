package slack

import (
	"net/http"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
)

// Config is one channel: Endpoint.URL is the address that Slack gave for its incoming webhook.
type Config struct {
	Endpoint alert.EndpointConfig
	// Language is that of the messages; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier of an incoming webhook, which takes one message a second, and short bursts. It calls
// nobody.
func New(cfg Config) (*alert.Poster, error) {
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body:   func(n *alert.Notice) ([]byte, error) { return Message(&n.Event, cfg.Language) },
		Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		Every:  time.Second, Burst: 1,
		Hint: hint,
	})
}

// hint explains the refusals that Slack documents for incoming webhooks. Only these fixed words are ever repeated.
func hint(status int, answer []byte) string {
	for _, known := range []struct{ code, hint string }{
		{"no_service", "the webhook was removed or turned off; create a new incoming webhook and configure its url"},
		{"no_active_hooks", "the webhook was turned off; create a new incoming webhook and configure its url"},
		{"invalid_token", "the url is not complete; copy it from Slack once more or create a new incoming webhook"},
		{"channel_not_found", "the channel does not exist; create a new incoming webhook for another one"},
		{"channel_is_archived", "the channel is archived; unarchive it or create a new incoming webhook for another one"},
		{"action_prohibited", "the workspace forbids it; ask an admin to allow it, or create a new incoming webhook"},
		{"posting_to_general_channel_denied", "only admins may post there; create a new incoming webhook for another channel"},
		{"team_disabled", "the workspace is disabled; create a new incoming webhook in another one"},
		{"user_not_found", "who created the webhook has left; create a new incoming webhook"},
		{"invalid_payload", "it cannot read the message (invalid_payload); please report this with the event"},
		{"invalid_blocks", "it cannot read the blocks (invalid_blocks); please report this with the event"},
		{"msg_blocks_too_long", "the message is too long (msg_blocks_too_long); please report this with the event"},
		{"no_text", "it finds no text in the message (no_text); please report this with the event"},
	} {
		if strings.Contains(string(answer), known.code) {
			return known.hint
		}
	}
	switch status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusGone:
		return "the webhook does not work any more; create a new incoming webhook and configure its url"
	}
	return ""
}
