package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	slackgo "github.com/slack-go/slack"
)

// thread says where a message goes; the zero value is the channel itself.
type thread struct {
	ts        string
	broadcast bool
}

// post posts a message, marked with a key, and returns its id.
func (b *Bot) post(ctx context.Context, key string, p payload, to thread) (ts string, err error) {
	options, err := p.options()
	if err != nil {
		return "", err
	}
	options = append(options, slackgo.MsgOptionMetadata(slackgo.SlackMetadata{EventType: markType, EventPayload: map[string]any{markKey: key}}))
	if to.ts != "" {
		options = append(options, slackgo.MsgOptionTS(to.ts))
	}
	if to.broadcast {
		options = append(options, slackgo.MsgOptionBroadcast())
	}
	_, ts, err = b.api.PostMessageContext(ctx, b.channel, options...)
	if err == nil && ts == "" {
		return "", errNoTS
	}
	return ts, err
}

// update replaces what a message says.
func (b *Bot) update(ctx context.Context, ts string, p payload) error {
	options, err := p.options()
	if err != nil {
		return err
	}
	_, _, _, err = b.api.UpdateMessageContext(ctx, b.channel, ts, options...)
	return err
}

// attach uploads a picture into a thread.
func (b *Bot) attach(ctx context.Context, picture []byte, name, title, alt, ts string) error {
	_, err := b.api.UploadFileContext(ctx, slackgo.UploadFileParameters{
		Reader: bytes.NewReader(picture), FileSize: len(picture), Filename: name,
		Title: title, AltTxt: alt,
		Channel: b.channel, ThreadTimestamp: ts,
	})
	return err
}

// options are the message in the words of the client library. Blocks go with every update: without them Slack drops them.
func (p payload) options() ([]slackgo.MsgOption, error) {
	raw, err := json.Marshal(p.Blocks)
	if err != nil {
		return nil, fmt.Errorf("write blocks: %w", err)
	}
	var blocks slackgo.Blocks
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return nil, fmt.Errorf("write blocks: %w", err)
	}
	return []slackgo.MsgOption{
		slackgo.MsgOptionText(p.Text, false), slackgo.MsgOptionBlocks(blocks.BlockSet...),
		slackgo.MsgOptionDisableLinkUnfurl(), slackgo.MsgOptionDisableMediaUnfurl(),
	}, nil
}
