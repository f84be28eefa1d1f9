package hackernews

import "github.com/outcry/outcry/event"

// Decode is decode.
func Decode(raw []byte) ([]event.Post, error) { return decode(nil, raw) }
