package nats

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/event"
)

// headerID is the CloudEvents attribute id in a header.
const headerID = "ce-id"

// knownEvents remembers which events the stream of outages holds: per outage the newest number. It is read from the
// headers in the stream itself, so that it survives every restart and lasts as long as the events do.
type knownEvents struct {
	mu sync.Mutex
	// through is the position in the stream up to which newest is true.
	through uint64
	newest  map[string]int
}

func (k *knownEvents) has(e *event.Event) bool { return e.Data.Seq <= k.newest[e.Data.ID] }

func (k *knownEvents) add(outage string, seq int, at uint64) {
	if k.newest == nil {
		k.newest = map[string]int{}
	}
	k.newest[outage] = max(k.newest[outage], seq)
	k.through = max(k.through, at)
}

// catchUp reads the headers of what has come into the stream since.
func (k *knownEvents) catchUp(ctx context.Context, l *Log) error {
	info, err := l.streams[streamOutages].Info(ctx)
	if err != nil {
		return fmt.Errorf("ask for the state of stream %s: %w", streamOutages, err)
	}
	end := info.State.LastSeq
	if end == k.through {
		return nil
	}
	if end < k.through {
		k.through, k.newest = 0, nil // the stream was replaced by a new one
		return k.catchUp(ctx, l)
	}
	options := readOptions{from: k.through + 1, until: end, headersOnly: true}
	err = l.readRange(ctx, streamOutages, options, func(m jetstream.Msg, seq uint64) error {
		if outage, number, ok := splitID(m.Headers().Get(headerID)); ok {
			k.add(outage, number, seq)
		}
		return nil
	})
	if err != nil {
		return err
	}
	k.through = end
	return nil
}

// splitID takes an event's id apart: "01HX…-3" is the third event of the outage 01HX….
func splitID(id string) (outage string, seq int, ok bool) {
	at := strings.LastIndexByte(id, '-')
	if at <= 0 {
		return "", 0, false
	}
	seq, err := strconv.Atoi(id[at+1:])
	return id[:at], seq, err == nil && seq > 0
}
