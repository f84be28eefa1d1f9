package embedded

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"

	"github.com/outcry/outcry/internal/secret"
)

// Redis is a small Redis in this process. It forgets everything when it is closed.
type Redis struct {
	server   *miniredis.Miniredis
	password string

	stop    chan struct{}
	stopped sync.WaitGroup
	once    sync.Once
}

// ageEvery is how often keys grow older. This Redis has no clock of its own; ageing walks over all keys that expire,
// under its one lock, so it is not done often.
const ageEvery = 20 * time.Second

// StartRedis starts a Redis on a free port of this machine with a password that nobody else knows.
func StartRedis(ctx context.Context) (*Redis, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &Redis{server: miniredis.NewMiniRedis(), password: rand.Text(), stop: make(chan struct{})}
	r.server.RequireAuth(r.password)
	// A socket and not a pipe: over its pipe, pipelines larger than the buffers stop for ever.
	if err := r.server.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("start the embedded Redis on 127.0.0.1: %w", err)
	}
	r.stopped.Go(r.age)
	return r, nil
}

func (r *Redis) age() {
	ticker := time.NewTicker(ageEvery)
	defer ticker.Stop()
	last := time.Now()
	for {
		select {
		case <-r.stop:
			return
		case <-ticker.C:
			// What really passed, as a machine that slept does not tick.
			now := time.Now()
			r.server.FastForward(now.Sub(last))
			last = now
		}
	}
}

// Addr is where the Redis listens.
func (r *Redis) Addr() string { return r.server.Addr() }

// URL is the address with the password in it.
func (r *Redis) URL() secret.URL {
	u := url.URL{Scheme: "redis", User: url.UserPassword("", r.password), Host: r.server.Addr()}
	return secret.NewURL(u.String())
}

// Password is what a client must show.
func (r *Redis) Password() secret.String { return secret.New(r.password) }

// Close ends the Redis.
func (r *Redis) Close() error {
	r.once.Do(func() {
		close(r.stop)
		r.stopped.Wait()
		r.server.Close()
	})
	return nil
}
