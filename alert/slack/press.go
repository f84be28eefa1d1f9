package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// Hand does what people ask for by a button. Its errors are shown to who pressed it.
type Hand interface {
	// Ack takes an outage over; who was first has it.
	Ack(ctx context.Context, outage, by string) (alert.Ack, event.Event, error)
	// Mute keeps an outage from everybody; lasting 0 is until it is over.
	Mute(ctx context.Context, outage, by, why string, lasting time.Duration) (alert.Silence, event.Event, error)
}

// PressConfig is a Bot whose buttons are pressed.
type PressConfig struct {
	// Endpoint names the Bot, and says how the addresses may be reached that Slack gives for answers. Its URL is the Bot's.
	Endpoint alert.EndpointConfig
	// Secret is the app's signing secret, by which it is known that Slack asks.
	Secret secret.String
	// Channel is the Bot's channel.
	Channel string
	// Language is that of the answers; default alert.English.
	Language alert.Language
}

// The bounds of what Slack sends, and of how long it is worked on: Slack waits for three seconds.
const (
	maxPress    = 1 << 20
	pressBound  = 2500 * time.Millisecond
	answerBound = 10 * time.Second
)

// Presses answers Slack when a button of one of the Bots is pressed: it is the app's Interactivity Request URL. What does not
// bear the signature of an app, or bore it more than five minutes ago, is refused.
func Presses(bots []PressConfig, hand Hand, log *zap.Logger) http.Handler {
	return &presses{bots: bots, hand: hand, log: log.Named("slack")}
}

type presses struct {
	bots []PressConfig
	hand Hand
	log  *zap.Logger
}

// ServeHTTP implements http.Handler.
func (p *presses) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPress))
	if err != nil {
		http.Error(w, "the request is too long, or broke off", http.StatusBadRequest)
		return
	}
	signed := p.signedBy(r.Header, body)
	if len(signed) == 0 {
		p.log.Warn("a request that Slack has not signed, or not lately, was refused; if it came from Slack, check signing_secret and the clock")
		http.Error(w, "the signature is not that of a configured app", http.StatusUnauthorized)
		return
	}
	press, err := parsePress(body)
	if err != nil {
		http.Error(w, "the payload cannot be read", http.StatusBadRequest)
		return
	}
	bot := botOf(signed, press.Channel.ID)
	said := p.do(r.Context(), bot, press)
	// Slack is told at once that it was heard; what came of it follows.
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	if err := http.NewResponseController(w).Flush(); err != nil {
		p.log.Debug("answer was not taken", zap.Error(err))
	}
	p.answer(context.WithoutCancel(r.Context()), bot, press, said)
}

// signedBy are the Bots whose app has signed a request lately.
func (p *presses) signedBy(header http.Header, body []byte) (signed []*PressConfig) {
	for i := range p.bots {
		verifier, err := slackgo.NewSecretsVerifier(header, p.bots[i].Secret.Reveal())
		if err != nil {
			continue
		}
		if _, err := verifier.Write(body); err == nil && verifier.Ensure() == nil {
			signed = append(signed, &p.bots[i])
		}
	}
	return signed
}

// botOf is the Bot of a channel, or the first.
func botOf(bots []*PressConfig, channel string) *PressConfig {
	for _, b := range bots {
		if b.Channel == channel {
			return b
		}
	}
	return bots[0]
}

var errPress = errors.New("the payload is not that of a button")

func parsePress(body []byte) (*slackgo.InteractionCallback, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errPress
	}
	var press slackgo.InteractionCallback
	if json.Unmarshal([]byte(form.Get("payload")), &press) != nil {
		return nil, errPress
	}
	if press.Type != slackgo.InteractionTypeBlockActions || len(press.ActionCallback.BlockActions) == 0 {
		return nil, errPress
	}
	return &press, nil
}

// spoken is an answer: for who pressed the button, or for everybody in the thread.
type spoken struct {
	text string
	open bool
}

// deed is what a button is for. It gives the outage, and the line that says what was done.
type deed struct {
	mark string
	open bool
	do   func(ctx context.Context, outage, by string) (event.Event, func(alert.Words) alert.Line, error)
}

func (p *presses) deeds() map[string]deed {
	mute := func(lasting time.Duration) deed {
		return deed{"🔕", true, func(ctx context.Context, outage, by string) (event.Event, func(alert.Words) alert.Line, error) {
			s, e, err := p.hand.Mute(ctx, outage, by, "", lasting)
			return e, func(w alert.Words) alert.Line { return w.Muted(s.By, s.Until) }, err
		}}
	}
	return map[string]deed{
		actionMuteHour: mute(time.Hour), actionMute: mute(0),
		actionTakeOver: {"👀", false, func(ctx context.Context, outage, by string) (event.Event, func(alert.Words) alert.Line, error) {
			a, e, err := p.hand.Ack(ctx, outage, by)
			return e, func(w alert.Words) alert.Line { return w.Taken(a.By, a.At) }, err
		}},
	}
}

// do does what a button is for, and says what came of it.
func (p *presses) do(ctx context.Context, bot *PressConfig, press *slackgo.InteractionCallback) spoken {
	ctx, cancel := context.WithTimeout(ctx, pressBound)
	defer cancel()
	action := press.ActionCallback.BlockActions[0]
	deed, ok := p.deeds()[action.ActionID]
	if !ok { // such as a link, of which Slack tells, too
		return spoken{}
	}
	by := cmp.Or(press.User.Name, press.User.ID)
	e, line, err := deed.do(ctx, action.Value, by)
	if err != nil {
		p.log.Error("what a button asks for could not be done", zap.String("action", action.ActionID), zap.Error(err))
		return spoken{text: "⚠️ " + escape(err.Error(), maxText)}
	}
	p.log.Info("a button was pressed", zap.String("action", action.ActionID), zap.String("outage", e.Data.ID), zap.String("by", by))
	w := alert.InWords(&e, bot.Language)
	return spoken{deed.mark + " " + marked(line(w), w), deed.open}
}

// answer says something at the address that Slack gave for it.
func (p *presses) answer(ctx context.Context, bot *PressConfig, press *slackgo.InteractionCallback, said spoken) {
	to, err := url.Parse(press.ResponseURL)
	if said.text == "" || err != nil || !isSlack(to, bot.Endpoint.URL) {
		return
	}
	cfg := bot.Endpoint
	cfg.URL = secret.NewURL(press.ResponseURL)
	endpoint, err := alert.NewEndpoint(cfg)
	if err != nil {
		return
	}
	defer endpoint.Close()
	message := map[string]any{"text": said.text, "replace_original": false, "response_type": "ephemeral"}
	if said.open {
		message["response_type"], message["thread_ts"] = "in_channel", press.Message.Timestamp
	}
	body, err := json.Marshal(message)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerBound)
	defer cancel()
	if err := endpoint.Post(ctx, alert.Message{Header: http.Header{"Content-Type": {"application/json"}}, Body: body, At: time.Now()}); err != nil {
		p.log.Warn("who pressed a button could not be answered; it was done all the same", zap.Error(err))
	}
}

// isSlack reports whether an address is Slack's, or on the server that stands in for it.
func isSlack(address *url.URL, api secret.URL) bool {
	if base, err := url.Parse(api.Reveal()); err == nil && base.Host != "" {
		return address.Host == base.Host
	}
	return address.Scheme == "https" && (address.Host == "hooks.slack.com" || strings.HasSuffix(address.Host, ".slack.com"))
}
