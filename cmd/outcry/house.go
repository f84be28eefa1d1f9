package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/people"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/subscribed"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/internal/version"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/redis"
)

// The adapters fit what their consumers ask for.
var (
	_ ingest.Log            = (*nats.Log)(nil)
	_ ingest.CursorSaver    = (*nats.Log)(nil)
	_ subscribed.Subscriber = (*nats.Log)(nil)
	_ detect.Readings       = (*nats.Log)(nil)
	_ detect.Events         = (*nats.Log)(nil)
	_ alert.DeadLetters     = (*nats.Log)(nil)
	_ people.Store          = (*nats.Notes)(nil)
	_ slack.Hand            = (*people.Book)(nil)
	_ detect.View           = (*redis.View)(nil)
)

// house is the log, the view and what watches over them: the ground on which the loops of `outcry run` stand.
//
//	sources ─> Funnel ─> MENTIONS ─> Counter ─> READINGS ─> Judge ─> OUTAGES ─> Desk ─> notifiers
//	                                   │ Redis                │ Redis      └──> Board ─> page, API
type house struct {
	cfg      *config
	know     *knowledge
	zap      *zap.Logger
	registry *prometheus.Registry
	log      *nats.Log
	view     *redis.View
	// page is the address of the page, inside that of the embedded NATS; empty: there is none.
	page, inside string
	// watch ends with an error when the embedded NATS cannot write any more; nil: NATS is not ours.
	watch func(ctx context.Context) error
	// closers end what was opened, in reverse order.
	closers []func(context.Context) error
}

// openHouse starts the embedded servers that are asked for and connects to the log and the view.
func openHouse(ctx context.Context, cfg *config, log *zap.Logger) (_ *house, err error) {
	know, err := learn(cfg)
	if err != nil {
		return nil, err
	}
	h := &house{cfg: cfg, know: know, zap: log, registry: obs.NewRegistry(version.Get())}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close(ctx))
		}
	}()
	if err := h.openLog(ctx); err != nil {
		return nil, err
	}
	return h, h.openView(ctx)
}

// openLog connects to NATS: to the configured server, or to one that is started in this process.
func (h *house) openLog(ctx context.Context) error {
	c := &h.cfg.NATS
	conn := c.client()
	if !c.URL.IsSet() {
		server, err := embedded.StartNATS(ctx, c.embedded(h.cfg.Data), h.zap)
		if err != nil {
			return err
		}
		h.closers = append(h.closers, func(context.Context) error { return server.Close() })
		conn.InProcess, h.watch = server, server.Watch
		h.inside = server.ClientURL()
	}
	log, err := nats.Open(ctx, conn, h.zap, h.registry)
	if err != nil {
		return err
	}
	h.log = log
	h.closers = append(h.closers, log.Close)
	return nil
}

// client is how to connect.
func (c *natsConfig) client() nats.Config {
	return nats.Config{
		URL: c.URL.Reveal(), User: c.User, Password: c.Password, Token: c.Token, NKeySeedFile: c.NKeySeedFile, CredsFile: c.CredsFile,
		CAFile: c.CAFile, CertFile: c.CertFile, KeyFile: c.KeyFile, TLSFirst: c.TLSFirst, Replicas: c.Replicas, MaxBytes: c.MaxMentionBytes,
		MentionsMaxAge: time.Duration(c.MentionsMaxAge), ReadingsMaxAge: time.Duration(c.ReadingsMaxAge),
		OutagesMaxAge: time.Duration(c.OutagesMaxAge),
	}
}

// embedded are the settings of a server in this process that keeps its files in dir.
func (c *natsConfig) embedded(dir string) embedded.NATSConfig {
	return embedded.NATSConfig{Dir: dir, Listen: c.listen(), User: c.User, Password: c.Password, Token: c.Token, Sync: c.Sync}
}

// off in place of an address means that nothing listens.
const off = "off"

func (c *natsConfig) listen() string {
	if c.Listen == off {
		return ""
	}
	return c.Listen
}

// openView connects to Redis: to the configured server, or to one that is started in this process.
func (h *house) openView(ctx context.Context) error {
	c := &h.cfg.Redis
	conn := c.client()
	if !c.configured() {
		server, err := embedded.StartRedis(ctx)
		if err != nil {
			return err
		}
		h.closers = append(h.closers, func(context.Context) error { return server.Close() })
		conn.URL = server.URL()
	}
	view, err := redis.Open(ctx, conn, h.zap)
	if err != nil {
		return err
	}
	h.view = view
	h.closers = append(h.closers, func(context.Context) error { return view.Close() })
	return nil
}

// client is how to connect.
func (c *redisConfig) client() redis.Config {
	return redis.Config{
		URL: c.URL, Addrs: c.Addresses, MasterName: c.MasterName, Cluster: c.Cluster, User: c.User, Password: c.Password,
		SentinelUser: c.SentinelUser, SentinelPassword: c.SentinelPassword,
		CAFile: c.CAFile, CertFile: c.CertFile, KeyFile: c.KeyFile,
	}
}

func (c *redisConfig) configured() bool { return c.URL.IsSet() || len(c.Addresses) > 0 }

// close ends what was opened, last first.
func (h *house) close(ctx context.Context) error {
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i](ctx))
	}
	h.closers = nil
	return errors.Join(errs...)
}

// ready are the checks behind /readyz.
func (h *house) ready() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"nats": func(ctx context.Context) error {
			_, err := h.log.Ping(ctx)
			return err
		},
		"redis": h.view.Ping,
	}
}

// where says where the house can be reached.
func (h *house) where() string {
	s := "NATS at " + secret.Redact(h.log.ClientURL())
	switch {
	case h.inside != "":
		s = "NATS at " + secret.Redact(h.inside)
	case !h.cfg.NATS.URL.IsSet():
		s = "NATS in this process only"
	}
	redisAt := "embedded Redis"
	if h.cfg.Redis.configured() {
		redisAt = "Redis at " + fmt.Sprint(h.cfg.Redis.URL)
	}
	return s + ", " + redisAt
}
