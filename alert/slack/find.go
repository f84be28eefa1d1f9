package slack

import (
	"context"
	"errors"
	"strconv"
	"time"

	slackgo "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
)

// How messages are marked, which readers do not see.
const (
	markType = "outcry_notice"
	markKey  = "key"
)

// Bounds of looking for a message: how much Slack's clock may differ from ours, and how much is read.
const (
	findBefore = 5 * time.Minute
	findAtOnce = 200
	findPages  = 5
)

// sought is a message with a key, or a file with a name, in a thread or in the channel itself.
type sought struct {
	key, name string
	to        thread
}

// postOnce posts the message of a notice, unless an attempt whose answer was lost has posted it.
func (b *Bot) postOnce(ctx context.Context, n *note, notice alert.Notice, p payload, to thread) (ts string, err error) {
	if ts, err := b.once(ctx, n, notice, sought{key: notice.Key, to: to}); ts != "" || err != nil {
		return ts, err
	}
	ts, err = b.post(ctx, notice.Key, p, to)
	if _, refused := errors.AsType[*slackgo.RateLimitedError](err); refused {
		n.Trying = "" // it is clear that it was not posted
		return "", errors.Join(b.sort(err), b.remember(ctx, b.key(&notice.Event), *n))
	}
	if err != nil {
		return "", b.sort(err)
	}
	return ts, nil
}

// once gives the id of what is sought if it was posted before. Else it remembers that it is about to be.
func (b *Bot) once(ctx context.Context, n *note, notice alert.Notice, what sought) (ts string, err error) {
	trying := what.key + what.name + what.to.ts
	if n.Trying == trying {
		return b.find(ctx, n.Since, what)
	}
	n.Trying, n.Since = trying, notice.At
	return "", b.remember(ctx, b.key(&notice.Event), *n)
}

// find looks for what is sought among what was posted since a time; "": it is not there. Where the app may not look, it is
// as if nothing were there: better twice than not at all.
func (b *Bot) find(ctx context.Context, since time.Time, what sought) (ts string, err error) {
	cursor := ""
	for range findPages {
		messages, next, err := b.page(ctx, since, what, cursor)
		if err != nil && alert.IsPermanent(b.sort(err)) {
			b.log.Warn("whether it was posted cannot be looked up, and so it may be posted twice; give the app the scope channels:history, "+
				"or groups:history for a private channel", zap.Error(b.sort(err)))
			return "", nil
		}
		if err != nil {
			return "", b.sort(err)
		}
		for i := range messages {
			if what.is(&messages[i]) {
				return messages[i].Timestamp, nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return "", nil
}

// page is one page of the thread, or of the channel.
func (b *Bot) page(ctx context.Context, since time.Time, what sought, cursor string) ([]slackgo.Message, string, error) {
	oldest := strconv.FormatInt(since.Add(-findBefore).Unix(), 10)
	if what.to.ts != "" {
		messages, _, next, err := b.api.GetConversationRepliesContext(ctx, &slackgo.GetConversationRepliesParameters{
			ChannelID: b.channel, Timestamp: what.to.ts, Oldest: oldest, Limit: findAtOnce, Cursor: cursor, IncludeAllMetadata: true,
		})
		return messages, next, err
	}
	page, err := b.api.GetConversationHistoryContext(ctx, &slackgo.GetConversationHistoryParameters{
		ChannelID: b.channel, Oldest: oldest, Limit: findAtOnce, Cursor: cursor, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return page.Messages, page.ResponseMetaData.NextCursor, nil
}

// is reports whether m is what is sought. The message that a thread hangs on is not part of it, nor is a reply that is
// shown in the channel too a message of the channel.
func (s *sought) is(m *slackgo.Message) bool {
	inThread := m.ThreadTimestamp != "" && m.ThreadTimestamp != m.Timestamp
	if inThread != (s.to.ts != "") {
		return false
	}
	if s.name == "" {
		return m.Metadata.EventType == markType && m.Metadata.EventPayload[markKey] == s.key
	}
	for i := range m.Files {
		if m.Files[i].Name == s.name {
			return true
		}
	}
	return false
}
