package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// note is what a Bot remembers of one outage.
type note struct {
	// TS is the id of the outage's message, and so of its thread.
	TS string `json:"ts"`
	// Shown is the seq of the newest event that the message shows, and Replied of the newest one in the thread.
	Shown   int `json:"shown"`
	Replied int `json:"replied"`
	// Pictured is the seq of the event with whose picture we are done, whether or not it could be shown.
	Pictured int `json:"pictured,omitempty"`
	// Again is the key of the last reminder, and Taken that of who took the outage over.
	Again string `json:"again,omitempty"`
	Taken string `json:"taken,omitempty"`
	// Trying is what is being posted, and Since when that began: whether it was is not known until Slack answers.
	Trying string    `json:"trying,omitempty"`
	Since  time.Time `json:"since,omitzero"`
}

// pictureAttempts is after how many attempts a notice goes on without its picture.
const pictureAttempts = 3

// Notify implements alert.Notifier. Each step is remembered once it is done, so that an attempt that failed half-way, or a
// restart, goes on where it was. What may have been posted though no answer came is looked for before it is posted anew.
func (b *Bot) Notify(ctx context.Context, notice alert.Notice) error {
	e := &notice.Event
	n, err := b.recall(ctx, b.key(e))
	if err != nil {
		return err
	}
	for _, step := range []struct {
		done bool
		do   func(context.Context, *note, alert.Notice) error
	}{
		{n.Shown >= e.Data.Seq, b.show},
		{n.Replied >= e.Data.Seq, b.reply},
		{n.Pictured >= e.Data.Seq || !wantsPicture(e), b.depict},
		{n.Again == notice.Key || notice.Reminder == 0, b.remind},
		{n.Taken == notice.Key || e.Kind() != alert.TypeTaken, b.take},
	} {
		if step.done {
			continue
		}
		if err := step.do(ctx, &n, notice); err != nil {
			return err
		}
		n.Trying, n.Since = "", time.Time{}
		if err := b.remember(ctx, b.key(e), n); err != nil {
			return err
		}
	}
	return nil
}

// key is where it is remembered what was posted of an outage.
func (b *Bot) key(e *event.Event) string { return b.Name() + "/" + e.Data.ID }

// show posts the outage's message, or brings the one that is there up to date.
func (b *Bot) show(ctx context.Context, n *note, notice alert.Notice) error {
	e := &notice.Event
	p := compose(&notice, b.language, b.buttons)
	if n.TS != "" {
		err := b.update(ctx, n.TS, p)
		if err == nil {
			n.Shown = e.Data.Seq
			return nil
		}
		if !isGone(err) {
			return b.sort(err)
		}
	}
	ts, err := b.postOnce(ctx, n, notice, p, thread{})
	if err != nil {
		return err
	}
	// A new message says what its first event says; its thread begins with the next one.
	*n = note{TS: ts, Shown: e.Data.Seq, Replied: e.Data.Seq, Again: n.Again, Taken: n.Taken}
	return nil
}

// reply tells of an event in the thread. One that breaks out again is shown in the channel too: an edit rings no bell.
func (b *Bot) reply(ctx context.Context, n *note, notice alert.Notice) error {
	e := &notice.Event
	if n.Replied >= e.Data.Seq {
		return nil // show has just posted the message anew
	}
	_, err := b.postOnce(ctx, n, notice, replyTo(notice, b.language), thread{ts: n.TS, broadcast: e.Kind() == event.TypeRelapsed})
	if err != nil {
		return err
	}
	n.Replied = e.Data.Seq
	return nil
}

// remind says in the thread, and in the channel, that nothing has changed.
func (b *Bot) remind(ctx context.Context, n *note, notice alert.Notice) error {
	if _, err := b.postOnce(ctx, n, notice, replyTo(notice, b.language), thread{ts: n.TS, broadcast: true}); err != nil {
		return err
	}
	n.Again = notice.Key
	return nil
}

// take says in the message, and in its thread, who has taken the outage over.
func (b *Bot) take(ctx context.Context, n *note, notice alert.Notice) error {
	if err := b.update(ctx, n.TS, compose(&notice, b.language, b.buttons)); err != nil && !isGone(err) {
		return b.sort(err)
	}
	if _, err := b.postOnce(ctx, n, notice, takenBy(notice, b.language), thread{ts: n.TS}); err != nil {
		return err
	}
	n.Taken = notice.Key
	return nil
}

// depict puts a picture into the thread. What is temporary is tried a few times; then the notice goes without.
func (b *Bot) depict(ctx context.Context, n *note, notice alert.Notice) error {
	e := &notice.Event
	err := b.upload(ctx, n, notice)
	if err != nil && ctx.Err() != nil {
		return b.sort(ctx.Err())
	}
	if err != nil && notice.Attempt < pictureAttempts && !alert.IsPermanent(err) {
		return err
	}
	if err != nil {
		b.log.Warn("the picture could not be shown; the notice itself was", zap.String("event", e.ID), zap.Error(err))
	}
	n.Pictured = e.Data.Seq
	return nil
}

func (b *Bot) upload(ctx context.Context, n *note, notice alert.Notice) error {
	if b.picture == nil {
		return nil
	}
	e := &notice.Event
	name := fmt.Sprintf("voices-%d.png", e.Data.Seq)
	known, err := b.once(ctx, n, notice, sought{name: name, to: thread{ts: n.TS}})
	if err != nil || known != "" {
		return err
	}
	picture, err := b.picture(ctx, e)
	if err != nil {
		return fmt.Errorf("notifier %s: %w", b.Name(), err)
	}
	if len(picture) == 0 {
		return nil
	}
	w := b.language(e)
	if err := b.attach(ctx, picture, name, w.Headline, w.Drawing.Alt+w.Colon+w.Headline, n.TS); err != nil {
		return b.sort(err)
	}
	return nil
}

// wantsPicture reports whether an event is worth one: when it is certain, and when it is over.
func wantsPicture(e *event.Event) bool {
	return e.Kind() == event.TypeConfirmed || (e.Kind() == event.TypeResolved && e.Data.ConfirmedAt != nil)
}

func (b *Bot) recall(ctx context.Context, key string) (n note, err error) {
	value, err := b.memory.Get(ctx, key)
	if err != nil {
		return n, fmt.Errorf("notifier %s: what was posted cannot be looked up: %w", b.Name(), err)
	}
	if value == "" {
		return n, nil
	}
	if err := json.Unmarshal([]byte(value), &n); err != nil {
		// Better a second message than none at all.
		b.log.Error("what is remembered of a message cannot be read; a new one is posted", zap.String("key", key), zap.Error(err))
		return note{}, nil
	}
	return n, nil
}

func (b *Bot) remember(ctx context.Context, key string, n note) error {
	value, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("notifier %s: %w", b.Name(), err)
	}
	if err := b.memory.Put(ctx, key, string(value)); err != nil {
		return fmt.Errorf("notifier %s: what was posted cannot be remembered: %w", b.Name(), err)
	}
	return nil
}
