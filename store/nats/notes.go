package nats

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/pause"
)

// The buckets of what receivers and people want remembered.
const (
	bucketNotes    = "NOTES"
	bucketSilences = "SILENCES"
	bucketAcks     = "ACKS"
)

// notesMaxAge is how long a value is kept that nobody touches: longer than any outage lasts.
const notesMaxAge = 60 * day

// Notes is one bucket of small texts under keys. Its methods may be called from several goroutines at once.
type Notes struct {
	kv  jetstream.KeyValue
	log *Log
}

// Notes opens the bucket in which notifiers keep what they must know after a restart.
func (l *Log) Notes(ctx context.Context) (*Notes, error) {
	return l.notes(ctx, bucketNotes, "What notifiers remember, such as the id of the message they keep up to date")
}

// Silences opens the bucket of what people do not want to hear of.
func (l *Log) Silences(ctx context.Context) (*Notes, error) {
	return l.notes(ctx, bucketSilences, "What people do not want to be told of, and until when")
}

// Acks opens the bucket of the outages that somebody has taken over.
func (l *Log) Acks(ctx context.Context) (*Notes, error) {
	return l.notes(ctx, bucketAcks, "Outages that somebody has taken over")
}

func (l *Log) notes(ctx context.Context, name, description string) (*Notes, error) {
	n := &Notes{log: l}
	err := l.patiently(ctx, func(ctx context.Context) (err error) {
		n.kv, err = l.js.KeyValue(ctx, name)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			n.kv, err = l.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
				Bucket: name, Description: description, History: 1, TTL: notesMaxAge,
				Storage: jetstream.FileStorage, Replicas: max(l.cfg.Replicas, 1),
			})
		}
		if err != nil {
			return err
		}
		return n.readFromLeader(ctx)
	})
	if err != nil {
		return nil, explainStream(l.cfg, "KV_"+name, err)
	}
	return n, nil
}

// readFromLeader has values read from the leader of a cluster: any other server may lag behind, and a Desk that reads what was told
// a moment ago would tell it again, or in the wrong order. Buckets are made so that all servers answer.
func (n *Notes) readFromLeader(ctx context.Context) error {
	stream, err := n.log.js.Stream(ctx, "KV_"+n.kv.Bucket())
	if err != nil {
		return err
	}
	cfg := stream.CachedInfo().Config
	if !cfg.AllowDirect {
		return nil
	}
	cfg.AllowDirect = false
	if _, err := n.log.js.UpdateStream(ctx, cfg); err != nil {
		return err
	}
	n.kv, err = n.log.js.KeyValue(ctx, n.kv.Bucket()) // it reads as the bucket was when it was opened
	return err
}

// Get returns the value of key; "" if there is none.
func (n *Notes) Get(ctx context.Context, key string) (string, error) {
	value, _, err := n.Load(ctx, key)
	return value, err
}

// Put keeps a value and returns nil once it is safe.
func (n *Notes) Put(ctx context.Context, key, value string) error {
	if _, err := n.kv.PutString(ctx, token(key), value); err != nil {
		return fmt.Errorf("keep %s in %s: %w", key, n.kv.Bucket(), err)
	}
	return nil
}

// Load returns the value of key and its revision; "" and 0 if there is none.
func (n *Notes) Load(ctx context.Context, key string) (value string, revision uint64, err error) {
	entry, err := n.kv.Get(ctx, token(key))
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return "", 0, nil
	case err != nil:
		return "", 0, fmt.Errorf("read %s of %s: %w", key, n.kv.Bucket(), err)
	}
	return string(entry.Value()), entry.Revision(), nil
}

// Swap keeps a value in the place of the one whose revision was loaded, and reports whether that was still there.
func (n *Notes) Swap(ctx context.Context, key, value string, revision uint64) (swapped bool, err error) {
	if revision == 0 { // there is none, or one that was deleted
		_, err = n.kv.Create(ctx, token(key), []byte(value))
	} else {
		_, err = n.kv.Update(ctx, token(key), []byte(value), revision)
	}
	switch {
	case isWrongSequence(err), errors.Is(err, jetstream.ErrKeyExists):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("keep %s in %s: %w", key, n.kv.Bucket(), err)
	}
	return true, nil
}

// All returns every value by its key.
func (n *Notes) All(ctx context.Context) (map[string]string, error) {
	all := map[string]string{}
	keys, err := n.kv.Keys(ctx)
	if errors.Is(err, jetstream.ErrNoKeysFound) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", n.kv.Bucket(), err)
	}
	slices.Sort(keys)
	for _, key := range keys {
		entry, err := n.kv.Get(ctx, key)
		switch {
		case errors.Is(err, jetstream.ErrKeyNotFound): // removed in this moment
		case err != nil:
			return nil, fmt.Errorf("list %s: %w", n.kv.Bucket(), err)
		default:
			all[untoken(key)] = string(entry.Value())
		}
	}
	return all, nil
}

// Watch hands every value to handle, then ready is called once, and from then on every change is handed over, until ctx
// ends (its error) or the log is closed (ErrClosed). After an interruption all values come again.
func (n *Notes) Watch(ctx context.Context, handle func(key, value string), ready func()) error {
	ctx, done := n.log.alive(ctx)
	defer done()
	for {
		err := n.watch(ctx, handle, ready)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n.log.log.Warn("watching was interrupted and begins again", zap.String("bucket", n.kv.Bucket()), zap.Error(err))
		if pause.For(ctx, retryMax) != nil {
			return context.Cause(ctx)
		}
	}
}

// errWatchEnded is a watch that the server or the client library has ended.
var errWatchEnded = errors.New("the watch ended")

// probe is how often a watch makes sure that its bucket is still there: nothing tells it that its consumer is gone.
const probe = time.Minute

func (n *Notes) watch(ctx context.Context, handle func(key, value string), ready func()) error {
	watcher, err := n.kv.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return err
	}
	defer func() { _ = watcher.Stop() }() // A watch that cannot be stopped has ended.
	ticker := time.NewTicker(probe)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			if _, err := n.kv.Status(ctx); errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, natsgo.ErrConnectionClosed) {
				return err
			}
		case entry, ok := <-watcher.Updates():
			switch {
			case !ok:
				return errWatchEnded
			case entry == nil: // all that was there has come
				ready()
			default:
				handle(untoken(entry.Key()), string(entry.Value()))
			}
		}
	}
}

// untoken gives back the name of which token made a token.
func untoken(t string) string {
	if t == "_" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(t); i++ {
		if t[i] == '_' && i+2 < len(t) {
			if c, err := strconv.ParseUint(t[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(t[i])
	}
	return b.String()
}
