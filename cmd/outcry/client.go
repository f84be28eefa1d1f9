package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/nats"
)

// localNATS is where `outcry run` can be reached by default.
const localNATS = "nats://127.0.0.1:4222"

// reach gives a command, and those below it, the flag by which it finds a running outcry.
func (a *app) reach(c *cobra.Command) *cobra.Command {
	c.PersistentFlags().StringVar(&a.nats, "nats", "", "where outcry runs: address of its NATS server (default: nats.url, else "+localNATS+")")
	return c
}

// withLog runs do with the log of a running outcry.
func (a *app) withLog(ctx context.Context, do func(ctx context.Context, cfg *config, log *nats.Log) error) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	if a.nats != "" {
		cfg.NATS.URL = secret.NewURL(a.nats)
	}
	log, err := a.connect(ctx, &cfg)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close(context.WithoutCancel(ctx)) }() // what was written has been acknowledged
	return do(ctx, &cfg, log)
}

// connect opens the log of a running outcry.
func (a *app) connect(ctx context.Context, cfg *config) (*nats.Log, error) {
	c := &cfg.NATS
	if !c.URL.IsSet() {
		c.URL = secret.NewURL(localNATS)
		if c.Listen != "" && c.Listen != off {
			c.URL = secret.NewURL("nats://" + c.Listen)
		}
	}
	logger, err := obs.NewLogger(obs.LogConfig{Level: "error"}, a.std.err)
	if err != nil {
		return nil, err
	}
	conn := c.client()
	conn.ReadOnly = true
	return nats.Open(ctx, conn, logger, prometheus.NewRegistry())
}
