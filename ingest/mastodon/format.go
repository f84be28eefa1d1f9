package mastodon

import (
	"bytes"
	"errors"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// Network is the source that posts of Mastodon carry, whatever server they were read from.
const Network = "mastodon"

// Format is Mastodon's JSON: {"event","payload"} of the WebSocket stream, the lines "event: …" and "data: …" of a captured
// server-sent stream, and bare statuses or arrays of them from the REST API.
type Format struct{}

var _ ingest.Format = Format{}

// Name implements ingest.Format.
func (Format) Name() string { return "mastodon" }

// Detect implements ingest.Format.
func (Format) Detect(message []byte) bool {
	data, isStream := streamLine(message)
	if isStream && data == nil {
		return true
	}
	for v := range rawjson.Elements(data) {
		return isStatus(v)
	}
	return isStream || isEnvelope(data) || isStatus(data)
}

// streamLine gives the data of a line of a server-sent stream, or the message itself if it is none. Nil: the line carries no data.
func streamLine(message []byte) (data []byte, isStream bool) {
	if rest, ok := bytes.CutPrefix(message, []byte("data:")); ok {
		return bytes.TrimSpace(rest), true
	}
	for _, field := range []string{"event:", "id:", "retry:", ":"} {
		if bytes.HasPrefix(message, []byte(field)) {
			return nil, true
		}
	}
	return message, false
}

func isEnvelope(object []byte) bool {
	name, payload := false, false
	for k, v := range rawjson.Fields(object) {
		switch string(k) {
		case "event":
			name = v.IsString()
		case "payload":
			payload = true
		}
	}
	return name && payload
}

func isStatus(object []byte) bool {
	found := 0
	for k, v := range rawjson.Fields(object) {
		switch string(k) {
		case "uri", "content":
			if v.IsString() {
				found++
			}
		case "account":
			if v.IsObject() {
				found++
			}
		case "id_str", "did":
			return false
		}
		if found == 3 {
			return true
		}
	}
	return false
}

// statuses gives the status or the array of statuses within a message; nil: it carries none, as a delete does.
func statuses(message []byte) rawjson.Value {
	data, _ := streamLine(message)
	data = data[rawjson.Space(data, 0):]
	var name, payload rawjson.Value
	for k, v := range rawjson.Fields(data) {
		switch string(k) {
		case "event":
			name = v
		case "payload":
			payload = v
		case "uri", "content", "account":
			return data
		}
	}
	if payload == nil {
		if rawjson.Value(data).IsArray() {
			return data
		}
		return nil
	}
	if kind := string(name.Bytes()); kind != "update" && kind != "status.update" {
		return nil
	}
	if text, ok := payload.Text(); ok {
		return rawjson.Value(text)
	}
	return payload
}

// Time implements ingest.Format.
func (Format) Time(message []byte) (time.Time, bool) {
	found := statuses(message)
	if !found.IsArray() {
		return timeOf(found)
	}
	var newest time.Time
	for e := range rawjson.Elements(found) {
		if t, ok := timeOf(e); ok && t.After(newest) {
			newest = t
		}
	}
	return newest, !newest.IsZero()
}

func timeOf(status []byte) (time.Time, bool) {
	v, _ := rawjson.Find(status, "created_at")
	t, ok := v.Time()
	return t, ok && event.PlausibleTime(t)
}

// Decode implements ingest.Format. Deletes, notifications and keep-alives hold no post, and neither do statuses that
// are not public.
func (Format) Decode(dst []event.Post, message []byte) ([]event.Post, error) {
	data, isStream := streamLine(message)
	if isStream && len(data) == 0 {
		return dst, nil
	}
	if err := ingest.CheckMessage(data); err != nil {
		return dst, err
	}
	found := statuses(message)
	if found == nil {
		return dst, nil
	}
	// A payload in a string is JSON of its own.
	if err := ingest.CheckMessage(found); err != nil {
		return dst, err
	}
	if !found.IsArray() {
		return decodeStatus(dst, found)
	}
	var errs []error
	for e := range rawjson.Elements(found) {
		var err error
		if dst, err = decodeStatus(dst, e); err != nil {
			errs = append(errs, err)
		}
	}
	return dst, errors.Join(errs...)
}
