package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// DefaultAPI is where Slack's Web API is.
const DefaultAPI = "https://slack.com/api/"

// Memory keeps what a Bot must still know after a restart. Put returns nil once the value is safe; Get gives "" for a key
// that was never put, or long ago.
type Memory interface {
	Get(ctx context.Context, key string) (string, error)
	Put(ctx context.Context, key, value string) error
}

// BotConfig is one channel that a Slack app posts to.
type BotConfig struct {
	// Endpoint.URL is the address of Slack's Web API; default DefaultAPI.
	Endpoint alert.EndpointConfig
	// Token is the app's bot token, "xoxb-…", with the scopes chat:write, for pictures files:write, and for looking whether a
	// message was posted although no answer came channels:history, or groups:history in a private channel.
	Token secret.String
	// Channel is the channel's id, "C0123456789". The app must be a member of it.
	Channel string
	// Memory is required.
	Memory Memory
	// Buttons shows buttons by which people take an outage over and mute it. Somebody has to answer Slack when they are pressed:
	// see Presses.
	Buttons bool
	// Picture draws an outage as PNG; nil, or no bytes: there is none. A picture that fails costs nobody the notice.
	Picture func(ctx context.Context, e *event.Event) ([]byte, error)
	// Language is that of the messages; default alert.English.
	Language alert.Language
	// Log hears of pictures that could not be shown; default: nobody.
	Log *zap.Logger
}

// Bot keeps one message an outage in one channel.
type Bot struct {
	endpoint *alert.Endpoint
	api      *slackgo.Client
	channel  string
	memory   Memory
	picture  func(ctx context.Context, e *event.Event) ([]byte, error)
	language alert.Language
	buttons  bool
	log      *zap.Logger
}

var (
	_ alert.Taker = (*Bot)(nil)
	_ alert.Paced = (*Bot)(nil)
)

// NewBot checks cfg and makes the Bot. It calls nobody.
func NewBot(cfg BotConfig) (*Bot, error) {
	if !cfg.Endpoint.URL.IsSet() {
		cfg.Endpoint.URL = secret.NewURL(DefaultAPI)
	}
	endpoint, err := alert.NewEndpoint(cfg.Endpoint)
	if err != nil {
		return nil, err
	}
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("notifier %s: %w", cfg.Endpoint.Name, err)
	}
	base := strings.TrimSuffix(cfg.Endpoint.URL.Reveal(), "/") + "/"
	b := &Bot{
		endpoint: endpoint, channel: cfg.Channel, memory: cfg.Memory, picture: cfg.Picture, language: cfg.Language,
		buttons: cfg.Buttons, log: cfg.Log,
		api: slackgo.New(cfg.Token.Reveal(), slackgo.OptionAPIURL(base), slackgo.OptionHTTPClient(endpoint.Client())),
	}
	if b.language == nil {
		b.language = alert.English
	}
	if b.log == nil {
		b.log = zap.NewNop()
	}
	b.log = b.log.Named("alert").With(zap.String("notifier", endpoint.Name()))
	return b, nil
}

func (c *BotConfig) check() error {
	switch {
	case !strings.HasPrefix(c.Token.Reveal(), "xox"):
		return errors.New("token is not one of a Slack app; copy the Bot User OAuth Token, which begins with xoxb-")
	case c.Channel == "" || strings.ContainsAny(c.Channel, "# \t\n"):
		return errors.New("channel must be the channel's id, such as C0123456789; Slack shows it at the foot of the channel's details")
	case c.Memory == nil:
		return errors.New("there is no memory for the messages that were posted")
	}
	return nil
}

// Name implements alert.Notifier.
func (b *Bot) Name() string { return b.endpoint.Name() }

// TakesOver implements alert.Taker.
func (b *Bot) TakesOver() {}

// Close closes idle connections.
func (b *Bot) Close() { b.endpoint.Close() }

// Pace implements alert.Paced: Slack takes about one message a second in a channel, and fifty edits a minute.
func (b *Bot) Pace() (every time.Duration, burst int) { return 1200 * time.Millisecond, 1 }
