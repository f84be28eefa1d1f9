package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/zap"
)

// openTimeout bounds the first sign of life, retries included.
const openTimeout = 10 * time.Second

// View keeps groups of hashes in Redis, each group with the position in the stream up to which it is true. Its methods may
// be called from several goroutines at once.
type View struct {
	cfg    Config
	client goredis.UniversalClient
	log    *zap.Logger

	apply, commit, drop *goredis.Script
}

// Open connects and finds out whether a single address is that of a cluster. Later losses of the connection mend
// themselves. log must not be nil; the client library writes to the log that the last Open was given.
func Open(ctx context.Context, cfg Config, log *zap.Logger) (*View, error) {
	cfg, err := cfg.resolve()
	if err != nil {
		return nil, err
	}
	logTo(log)
	v := &View{cfg: cfg, log: log.Named("redis"), apply: newApply(), commit: newCommit(), drop: newDrop()}
	if err := v.connect(ctx); err != nil {
		return nil, err
	}
	if !v.cfg.Cluster && v.cfg.MasterName == "" && v.isCluster(ctx) {
		v.cfg.Cluster = true
		if err := v.Close(); err != nil {
			return nil, err
		}
		if err := v.connect(ctx); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (v *View) connect(ctx context.Context) error {
	options, err := v.cfg.universal()
	if err != nil {
		return err
	}
	v.client = goredis.NewUniversalClient(options)
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if err := v.Ping(ctx); err != nil {
		return errors.Join(err, v.Close())
	}
	return nil
}

// isCluster asks the server. One that does not understand or does not permit the question is taken for a single one.
func (v *View) isCluster(ctx context.Context) bool {
	answer, err := v.client.Do(ctx, "CLUSTER", "INFO").Text()
	return err == nil && strings.Contains(answer, "cluster_state")
}

// Ping asks for a sign of life.
func (v *View) Ping(ctx context.Context) error {
	if err := v.client.Ping(ctx).Err(); err != nil {
		return v.cfg.explain("ping", err)
	}
	return nil
}

// Close closes the connections.
func (v *View) Close() error {
	if err := v.client.Close(); err != nil && !errors.Is(err, goredis.ErrClosed) {
		return fmt.Errorf("close the connections to Redis: %w", err)
	}
	return nil
}
