package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/outcry/outcry/alert"
)

// errNoTS is an answer that lacks the one thing it is for.
var errNoTS = errors.New("Slack accepted a message without saying under which id") //nolint:staticcheck // a name

// isGone reports whether the message that was to be edited cannot be edited any more, so that a new one must be posted.
func isGone(err error) bool {
	switch codeOf(err) {
	case "message_not_found", "cant_update_message", "edit_window_closed":
		return true
	}
	return false
}

// codeOf is Slack's word for a refusal; "" if it is not one.
func codeOf(err error) string {
	if refused, ok := errors.AsType[slackgo.SlackErrorResponse](err); ok {
		return refused.Err
	}
	return ""
}

// sort sorts an error of the client library into permanent and temporary, in words that hold no secret.
func (b *Bot) sort(err error) error {
	if limited, ok := errors.AsType[*slackgo.RateLimitedError](err); ok {
		return alert.RetryAfter(limited.RetryAfter, fmt.Errorf("notifier %s: Slack wants fewer messages", b.Name()))
	}
	if code := codeOf(err); code != "" {
		return b.refusal(code)
	}
	if status, ok := errors.AsType[slackgo.StatusCodeError](err); ok {
		return b.endpoint.Refusal(status.Code)
	}
	if errors.Is(err, errNoTS) {
		return fmt.Errorf("notifier %s: %w", b.Name(), err)
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("notifier %s: %s does not answer as Slack does; check url, and whether a proxy is between", b.Name(), b.endpoint.Host())
	}
	return b.endpoint.Fault(err)
}

// refusal explains a refusal by its code. Only codes that are plain words are repeated.
func (b *Bot) refusal(code string) error {
	plain := len(code) <= 60 && !strings.ContainsFunc(code, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' })
	if !plain {
		code = "with an unknown reason"
	}
	err := fmt.Errorf("notifier %s: Slack refuses: %s", b.Name(), code)
	if hint := apiHint(code); hint != "" {
		err = fmt.Errorf("%w: %s", err, hint)
	}
	switch code {
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited",
		"message_limit_exceeded", "team_added_to_org", "accesslimited":
		return err
	}
	return alert.Permanent(err)
}

// apiHint says what to do about a refusal of the Web API.
func apiHint(code string) string {
	switch code {
	case "not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive":
		return "the token is not valid any more; copy the Bot User OAuth Token from the app's page once more"
	case "missing_scope", "no_permission", "not_allowed_token_type":
		return "the app lacks a right; give it the scopes chat:write and files:write and install it again"
	case "not_in_channel":
		return "the app is not in the channel; invite it there with /invite"
	case "channel_not_found":
		return "there is no such channel, or the app cannot see it; configure the channel's id and invite the app"
	case "is_archived":
		return "the channel is archived; unarchive it or configure another one"
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "ekm_access_denied":
		return "the workspace does not let apps post there; ask an admin"
	case "invalid_blocks", "msg_blocks_too_long", "msg_too_long", "invalid_blocks_format", "no_text":
		return "it cannot read the message; please report this with the event"
	case "message_limit_exceeded", "ratelimited", "rate_limited":
		return "too many messages; it is tried again"
	}
	return ""
}
