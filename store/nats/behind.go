package nats

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Behind tells, for each durable consumer of the log by its name, how many messages it has not yet acknowledged.
func (l *Log) Behind(ctx context.Context) (map[string]uint64, error) {
	behind := make(map[string]uint64)
	for name, stream := range l.streams {
		list := stream.ListConsumers(ctx)
		for info := range list.Info() {
			if info.Config.Durable == "" {
				continue // somebody reads along, or did so a moment ago
			}
			behind[described(info)] = info.NumPending
			if info.Config.MaxAckPending > 0 { // else it is LookAtOutages', and waits for its time
				behind[described(info)] += uint64(max(0, info.NumAckPending))
			}
		}
		if err := list.Err(); err != nil {
			return nil, fmt.Errorf("list the consumers of stream %s: %w", name, err)
		}
	}
	return behind, nil
}

// described is the name under which a consumer was asked for.
func described(info *jetstream.ConsumerInfo) string {
	if info.Config.Description != "" {
		return info.Config.Description
	}
	return info.Name
}
