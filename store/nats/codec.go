package nats

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/outcry/outcry/event"
)

// Bounds of a message of mentions. The server refuses bodies above 1 MB unless told otherwise.
const (
	maxMentions = 256
	maxBody     = 512 << 10
	maxMention  = 64 << 10
)

// body collects the mentions of one message, as lines of JSON, with the hash of their identities.
type body struct {
	lines bytes.Buffer
	ids   bytes.Buffer
	count int
}

// add takes one more mention in, given as its JSON.
func (b *body) add(m *event.Mention, line []byte) {
	b.lines.Write(line)
	b.lines.WriteByte('\n')
	for _, part := range [...]string{m.Source, m.Post, m.Service} {
		// The length before the text keeps ("ab","c") apart from ("a","bc").
		b.ids.Write(strconv.AppendInt(b.ids.AvailableBuffer(), int64(len(part)), 10))
		b.ids.WriteByte(':')
		b.ids.WriteString(part)
	}
	b.count++
}

// full reports whether a line of n bytes must go into another message.
func (b *body) full(n int) bool {
	return b.count == maxMentions || b.count > 0 && b.lines.Len()+n+1 > maxBody
}

// message gives what was collected as a message and begins anew.
func (b *body) message(service string) *outgoing {
	sum := sha256.Sum256(b.ids.Bytes())
	out := &outgoing{
		subject: subjectMentions + service,
		body:    bytes.Clone(b.lines.Bytes()),
		id:      base64.RawURLEncoding.EncodeToString(sum[:18]),
	}
	b.lines.Reset()
	b.ids.Reset()
	b.count = 0
	return out
}

// Why a message of the inner logs cannot be used.
var (
	errEmpty   = errors.New("the message is empty")
	errSubject = errors.New("the message does not belong on its subject")
	errField   = errors.New("a required field is missing")
)

// decodeMention reads a message of the stream of mentions: a pack or a mark.
func decodeMention(subject string, data []byte) (event.MentionRecord, int, error) {
	if source, ok := strings.CutPrefix(subject, subjectMarks); ok {
		mark := new(event.Mark)
		if err := decodeOne(data, mark); err != nil {
			return event.MentionRecord{}, 0, err
		}
		if err := checkMark(mark, source); err != nil {
			return event.MentionRecord{}, 0, err
		}
		return event.MentionRecord{Mark: mark}, 1, nil
	}
	service := strings.TrimPrefix(subject, subjectMentions)
	pack, err := decodePack(service, data)
	if err != nil {
		return event.MentionRecord{}, 0, err
	}
	return event.MentionRecord{Pack: pack}, len(pack.Mentions), nil
}

func decodePack(service string, data []byte) (*event.Pack, error) {
	pack := &event.Pack{Service: service, Mentions: make([]event.Mention, 0, bytes.Count(data, []byte{'\n'})+1)}
	before := new(event.Mention)
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		pack.Mentions = append(pack.Mentions, event.Mention{})
		m := &pack.Mentions[len(pack.Mentions)-1]
		if err := parseMention(line, m, before); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(pack.Mentions), err)
		}
		before = m
		switch {
		case m.Service != service:
			return nil, fmt.Errorf("line %d: %w: it speaks of %q", len(pack.Mentions), errSubject, m.Service)
		case m.Source == "" || m.Post == "" || m.Kind == "" || m.At.IsZero():
			return nil, fmt.Errorf("line %d: %w: source, post, kind and at are", len(pack.Mentions), errField)
		}
	}
	if len(pack.Mentions) == 0 {
		return nil, errEmpty
	}
	return pack, nil
}

func checkMark(m *event.Mark, source string) error {
	switch {
	case token(m.Source) != source:
		return fmt.Errorf("%w: it speaks of %q", errSubject, m.Source)
	case m.At.IsZero() && !m.Blind && !m.Ended:
		return fmt.Errorf("%w: at", errField)
	}
	return nil
}

// decodeReading reads a message of the stream of readings: a reading or a tick.
func decodeReading(subject string, data []byte) (event.ReadingRecord, int, error) {
	if partition, ok := strings.CutPrefix(subject, subjectTicks); ok {
		tick := new(event.Tick)
		if err := decodeOne(data, tick); err != nil {
			return event.ReadingRecord{}, 0, err
		}
		switch {
		case fmt.Sprint(tick.Partition) != partition:
			return event.ReadingRecord{}, 0, fmt.Errorf("%w: it speaks of partition %d", errSubject, tick.Partition)
		case tick.At.IsZero() || tick.Partition < 0 || tick.Of <= tick.Partition:
			return event.ReadingRecord{}, 0, fmt.Errorf("%w: at, and 0 <= partition < of", errField)
		}
		return event.ReadingRecord{Tick: tick}, 1, nil
	}
	service := strings.TrimPrefix(subject, subjectReadings)
	reading := new(event.Reading)
	if err := decodeOne(data, reading); err != nil {
		return event.ReadingRecord{}, 0, err
	}
	switch {
	case reading.Service != service:
		return event.ReadingRecord{}, 0, fmt.Errorf("%w: it speaks of %q", errSubject, reading.Service)
	case reading.At.IsZero():
		return event.ReadingRecord{}, 0, fmt.Errorf("%w: at", errField)
	}
	return event.ReadingRecord{Reading: reading}, 1, nil
}

// decodeOne reads exactly one JSON value.
func decodeOne(data []byte, into any) error {
	if len(data) == 0 {
		return errEmpty
	}
	return json.Unmarshal(data, into)
}

// encode gives v as JSON on one line, without the escapes that only HTML needs.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := encodeTo(&b, v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func encodeTo(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// reasonFor is the bounded reason for which a stranger's message is dropped.
func reasonFor(err error) string {
	if errors.Is(err, errField) || errors.Is(err, errSubject) || errors.Is(err, errEmpty) {
		return reasonField
	}
	return reasonSyntax
}
