package bluesky

import (
	"time"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/ingest"
)

// ReadLimit is readLimit.
const ReadLimit = readLimit

// KnownDictionary is knownDictionary.
func KnownDictionary() string { return knownDictionary }

// Inflater gives what undoes the compression of version 1.
func Inflater() (func(frame []byte) ([]byte, error), error) {
	h, err := newHost("wss://jetstream.example")
	if err != nil {
		return nil, err
	}
	return func(frame []byte) ([]byte, error) { return h.text(websocket.MessageBinary, frame) }, nil
}

// Take has a batcher take messages of a stream that was asked for from a time on, and gives the batch.
func Take(from time.Time, messages ...[]byte) ingest.Batch {
	cfg := Config{}
	cfg.setDefaults()
	b := &batcher{cfg: &cfg, last: from, from: from}
	for _, m := range messages {
		b.take(m)
	}
	b.batch.Posts = b.posts
	return b.batch
}
