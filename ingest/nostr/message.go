package nostr

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// What a message of a relay is.
const (
	kindEvent  = "EVENT"
	kindEOSE   = "EOSE"
	kindClosed = "CLOSED"
	kindNotice = "NOTICE"
)

// message is ["EVENT", subscription, note], ["EOSE", subscription], ["CLOSED", subscription, why] or ["NOTICE", text].
type message struct {
	kind string
	note rawjson.Value
	text string
}

// parse reads a message. One of another kind is no error; its kind says so.
func parse(raw []byte) (message, error) {
	if err := ingest.CheckMessage(raw); err != nil {
		return message{}, err
	}
	var m message
	n := 0
	for v := range rawjson.Elements(raw) {
		text, isText := v.Text()
		switch {
		case n == 0 && isText:
			m.kind = text
		case n == 1 && m.kind == kindNotice, n == 2 && m.kind == kindClosed:
			m.text = text
		case n == 2 && m.kind == kindEvent:
			m.note = v
		}
		n++
	}
	if m.kind == "" || m.kind == kindEvent && !m.note.IsObject() {
		return m, ingest.Dropf(ingest.ReasonSyntax, "a message of a relay must be a list that begins with its kind")
	}
	return m, nil
}

// Kinds of notes that are asked for.
const (
	kindNote     = 1
	kindDeletion = 5
)

// note is an event of NIP-01.
type note struct {
	ID        string     `json:"id"`
	Author    string     `json:"pubkey"`
	CreatedAt int64      `json:"created_at"`
	Kind      int        `json:"kind"`
	Tags      [][]string `json:"tags"`
	Content   string     `json:"content"`
	Signature string     `json:"sig"`
}

// post gives the post that a note is.
func (n *note) post() (event.Post, error) {
	p := event.Post{
		ID: n.ID, Source: Network, CreatedAt: time.Unix(n.CreatedAt, 0).UTC(), Author: n.Author, Text: n.Content, URL: "https://njump.me/" + n.ID,
	}
	for _, tag := range n.Tags {
		if len(tag) < 2 {
			continue
		}
		switch tag[0] {
		case "t":
			p.Tags = append(p.Tags, tag[1])
		case "e":
			p.ReplyTo = tag[1] // the last one is what is answered
		case "q":
			p.QuoteOf = tag[1]
		}
	}
	return p, ingest.CheckPost(&p)
}

func isHex(s string) bool {
	if len(s) != 64 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// subscription asks for notes with one of the tags from a time on, those that are stored and those that come, and for what authors take back.
func subscription(tags []string, since time.Time) ([]byte, error) {
	from := max(since.Unix(), 0)
	raw, err := json.Marshal([]any{
		"REQ", "outcry",
		map[string]any{"kinds": []int{kindNote}, "#t": tags, "since": from},
		map[string]any{"kinds": []int{kindDeletion}, "#k": []string{strconv.Itoa(kindNote)}, "since": from},
	})
	if err != nil {
		return nil, fmt.Errorf("encode a subscription: %w", err)
	}
	return raw, nil
}
