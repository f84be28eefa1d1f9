package nats

import (
	"context"
	"fmt"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// Append publishes packs and then marks, each in the given order. It returns nil when the stream has acknowledged all of
// them; otherwise the caller calls again with the same, and packs that had come through are folded. Marks go out only
// when all packs of the call are acknowledged, so that a source whose calls follow one another never claims a time that
// its packs have not reached.
//
// A pack of more than 256 mentions becomes several messages. A mention of more than 64 kB is dropped, counted and logged.
func (l *Log) Append(ctx context.Context, packs []event.Pack, marks []event.Mark) error {
	w := l.newWindow(streamMentions)
	for i := range packs {
		if err := l.appendPack(ctx, w, &packs[i]); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	for i := range marks {
		line, err := encode(&marks[i])
		if err != nil {
			return fmt.Errorf("encode a mark of %s: %w", marks[i].Source, err)
		}
		// A mark has no id: "blind" and "not blind" may alternate at one and the same time, and none of them must be folded.
		if err := w.send(ctx, &outgoing{subject: subjectMarks + token(marks[i].Source), body: line}); err != nil {
			return err
		}
		// One after the other, because a lost mark followed by one that arrived would turn their order round.
		if err := w.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) appendPack(ctx context.Context, w *window, pack *event.Pack) error {
	if pack.Service == "" || token(pack.Service) != pack.Service {
		return fmt.Errorf("service %q cannot be a subject: its id must be of small letters, digits and '-'", pack.Service)
	}
	var b body
	var line []byte
	for i := range pack.Mentions {
		m := &pack.Mentions[i]
		var err error
		if line, err = encodeMention(line, m); err != nil {
			return fmt.Errorf("encode a mention of %s: %w", pack.Service, err)
		}
		if len(line) > maxMention {
			l.metrics.dropped.WithLabelValues(streamMentions, reasonTooLong).Inc()
			l.log.Warn("mention dropped: too long for a message",
				zap.String("service", pack.Service), zap.String("source", m.Source), zap.Int("bytes", len(line)))
			continue
		}
		if b.full(len(line)) {
			if err := w.send(ctx, b.message(pack.Service)); err != nil {
				return err
			}
		}
		b.add(m, line)
	}
	if b.count == 0 {
		return nil
	}
	return w.send(ctx, b.message(pack.Service))
}

// ConsumeMentions hands the stream of mentions to handle, in order and without a gap, until ctx ends (its error), the log
// is closed (ErrClosed) or a message of our own cannot be read (*CorruptError). The place is kept under name: nil from
// handle moves it, an error brings the same records again after a short while. Of several processes that consume under
// one name, one gets the records and the others stand by.
//
// A batch is what has come within a few milliseconds, at most 512 messages or about 4,096 mentions. handle may see
// records again that it has already taken over: after a crash, and when a stand-by takes over.
func (l *Log) ConsumeMentions(ctx context.Context, name string, handle func(context.Context, []event.MentionRecord) error) error {
	return follow(ctx, l, mentionRecords(), name, handle)
}

// ReadMentions hands over the messages from..until, both included, that the stream still holds. until 0 is the end of
// the stream at this moment. Batches are of about 4,096 mentions. It stops at handle's first error and returns it.
func (l *Log) ReadMentions(ctx context.Context, from, until uint64, handle func(context.Context, []event.MentionRecord) error) error {
	return readRecords(ctx, l, mentionRecords(), from, until, handle)
}

// MentionsAcked is the position up to which ConsumeMentions under name has taken everything over; 0 if there is none.
func (l *Log) MentionsAcked(ctx context.Context, name string) (uint64, error) {
	return l.acked(ctx, streamMentions, name)
}

func mentionRecords() *records[event.MentionRecord] {
	return &records[event.MentionRecord]{
		stream: streamMentions,
		decode: decodeMention,
		number: func(r *event.MentionRecord, seq uint64) { r.Seq = seq },
	}
}
