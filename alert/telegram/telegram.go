package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// URL is where Telegram's Bot API is.
const URL = "https://api.telegram.org"

// Config is one chat that a bot writes to.
type Config struct {
	// Endpoint.URL is URL unless set; a Bot API server of one's own is another.
	Endpoint alert.EndpointConfig
	// Token is the bot's, as BotFather gave it: "123456:ABC…".
	Token secret.String
	// Chat is the chat's number ("-1001234567890"), or the name of a public channel ("@outages").
	Chat string
	// Language is that of the messages; default alert.English.
	Language alert.Language
}

// New checks cfg and makes the Notifier. Telegram takes twenty messages a minute in one group. It calls nobody.
func New(cfg Config) (*alert.Poster, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
	}
	if !cfg.Endpoint.URL.IsSet() {
		cfg.Endpoint.URL = secret.NewURL(URL)
	}
	// An address that is none is left as it is: NewEndpoint says so.
	if u, err := url.Parse(cfg.Endpoint.URL.Reveal()); err == nil && u.Host != "" {
		u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/")+"/bot"+cfg.Token.Reveal()+"/sendMessage", ""
		cfg.Endpoint.URL = secret.NewURL(u.String())
	}
	return alert.NewPoster(cfg.Endpoint, alert.Posting{
		Body:  func(n *alert.Notice) ([]byte, error) { return Message(&n.Event, cfg.Chat, cfg.Language) },
		Every: 3 * time.Second, Burst: 3,
		Hint: hint, Wait: wait,
	})
}

func (c *Config) check() error {
	number, rest, _ := strings.Cut(c.Token.Reveal(), ":")
	switch {
	case number == "" || rest == "" || strings.ContainsAny(rest, "/?# "):
		return errors.New("token is not one of a Telegram bot; copy it from BotFather, it looks like 123456:ABC")
	case c.Chat == "":
		return errors.New("chat is not set; write the chat's number, or the @name of a public channel")
	}
	return nil
}

// wait reads how long Telegram wants to be left alone.
func wait(answer []byte) time.Duration {
	var said struct {
		Parameters struct {
			RetryAfter int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return 0
	}
	const most = 365 * 24 * 3600
	return time.Duration(min(max(said.Parameters.RetryAfter, 0), most)) * time.Second
}

// hint explains the refusals that Telegram is known for. Only these fixed words are ever repeated.
func hint(status int, answer []byte) string {
	for _, known := range []struct{ said, hint string }{
		{"chat not found", "there is no such chat, or the bot is not in it; check chat and add the bot"},
		{"upgraded to a supergroup", "the group became a supergroup and has a new number; configure that as chat"},
		{"bot was kicked", "the bot was removed from the chat; add it again"},
		{"bot was blocked", "the person has blocked the bot"},
		{"not enough rights", "the bot may not write there; make it an administrator, or allow members to write"},
		{"have no rights", "the bot may not write there; make it an administrator, or allow members to write"},
		{"can't initiate conversation", "a bot cannot write first; let the person start the bot"},
		{"can't parse entities", "it cannot read the message; please report this with the event"},
	} {
		if strings.Contains(string(answer), known.said) {
			return known.hint
		}
	}
	if status == http.StatusUnauthorized || status == http.StatusNotFound {
		return "it does not know the token; copy it from BotFather once more"
	}
	return ""
}
