package bluesky

import (
	"bytes"
	"fmt"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/rawjson"
)

// envelope gives the kind and the payload of a message of version 2, whose first fields they are; ok: it is such a message.
func envelope(message []byte) (kind, payload rawjson.Value, ok bool) {
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "$type":
			kind = v
		case "payload":
			return kind, v, kind != nil
		default:
			return kind, nil, kind != nil
		}
	}
	return kind, nil, kind != nil
}

// farewell gives the error with which a server ends a stream of version 2; nil: the message is none.
func farewell(message []byte) error {
	if kind, _, _ := envelope(message); string(kind.Bytes()) != "error" {
		return nil
	}
	name, _ := rawjson.Find(message, "error")
	why, _ := rawjson.Find(message, "message")
	return fmt.Errorf("the server says %.100q: %.300q", name.Bytes(), why.Bytes())
}

// isClamp reports whether a message says that the stream begins later than was asked for.
func isClamp(message []byte) bool {
	_, payload, _ := envelope(message)
	kind, _ := rawjson.Find(payload, "$type")
	name, _ := rawjson.Find(payload, "name")
	return bytes.HasSuffix(kind.Bytes(), []byte("#info")) && string(name.Bytes()) == "OutdatedCursor"
}

// witnessed is when the server itself saw what a message tells, by which cursors go. Its time can be another after an import of old
// posts. Version 1 has only the one time.
func witnessed(message []byte, at time.Time) time.Time {
	_, payload, ok := envelope(message)
	if !ok {
		return at
	}
	v, _ := rawjson.Find(payload, "witnessedAt")
	if t, ok := v.Time(); ok && event.PlausibleTime(t) {
		return t
	}
	return at
}
