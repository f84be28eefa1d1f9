package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/alert/people"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/version"
	"github.com/outcry/outcry/web"
)

// loop is one thing that runs until its context ends.
type loop struct {
	role string
	name string
	run  func(ctx context.Context) error
}

// loops lists what the configured roles do, in the order of the flow.
func (h *house) loops(ctx context.Context) ([]loop, error) {
	var all []loop
	for _, role := range []struct {
		name  string
		build func(context.Context) ([]loop, error)
	}{
		{roleCollect, h.collectors}, {roleCount, h.counters}, {roleJudge, h.judges}, {roleAlert, h.desks}, {roleWeb, h.pages},
	} {
		if !slices.Contains(h.cfg.Roles, role.name) {
			continue
		}
		loops, err := role.build(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, loops...)
	}
	if h.watch != nil {
		all = append(all, loop{"", "log", h.watch})
	}
	return all, nil
}

// runAll runs the loops until ctx ends or one fails. Then they end in the order of the flow: what reads posts first, what tells
// people last, so that work in flight is finished. What is not finished in time is left in the log and comes again.
func runAll(ctx context.Context, loops []loop, log *zap.Logger) error {
	failed, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	type running struct {
		loop
		stop context.CancelFunc
		done chan struct{}
	}
	var all []running
	for _, l := range loops {
		lctx, stop := context.WithCancel(context.WithoutCancel(ctx))
		r := running{loop: l, stop: stop, done: make(chan struct{})}
		all = append(all, r)
		go func() {
			defer close(r.done)
			if err := r.run(lctx); err != nil && lctx.Err() == nil {
				fail(fmt.Errorf("%s: %w", r.name, err))
			}
		}()
	}
	<-failed.Done()
	for _, r := range all {
		r.stop()
		select {
		case <-r.done:
		case <-time.After(stopPatience):
			log.Warn("a part did not end in time; its work is left in the log", zap.String("part", r.name))
		}
	}
	if err := context.Cause(failed); ctx.Err() == nil {
		return err
	}
	return nil
}

// stopPatience is how long one part may take to end.
const stopPatience = 10 * time.Second

func (h *house) counters(context.Context) ([]loop, error) {
	metrics := detect.NewMetrics(h.registry)
	of := max(1, h.cfg.Partitions)
	var all []loop
	for p := range of {
		f := &follower[event.MentionRecord]{
			seq: func(r *event.MentionRecord) uint64 { return r.Seq },
			open: func(ctx context.Context) (folder[event.MentionRecord], error) {
				return detect.OpenCounter(ctx, p, of, h.view, h.log, metrics)
			},
			read: h.log.ReadMentions,
		}
		name := fmt.Sprintf("count-%d-of-%d", p, of)
		all = append(all, loop{roleCount, name, func(ctx context.Context) error {
			return h.log.ConsumeMentions(ctx, name, f.handle)
		}})
	}
	return all, nil
}

func (h *house) judges(context.Context) ([]loop, error) {
	metrics := detect.NewJudgeMetrics(h.registry)
	cfg := h.know.judgement(h.cfg)
	cfg.PageURL = h.cfg.pageURL()
	f := &follower[event.ReadingRecord]{
		seq: func(r *event.ReadingRecord) uint64 { return r.Seq },
		open: func(ctx context.Context) (folder[event.ReadingRecord], error) {
			return detect.OpenJudge(ctx, cfg, h.view, h.log, metrics)
		},
		read: h.log.ReadReadings,
	}
	return []loop{{roleJudge, "judge", func(ctx context.Context) error {
		return h.log.ConsumeReadings(ctx, "judge", f.handle)
	}}}, nil
}

// pageURL is the address in front of an outage's id; "": there is none that people could follow.
func (c *config) pageURL() string {
	if c.Web.PublicURL != "" {
		return strings.TrimRight(c.Web.PublicURL, "/") + "/outages/"
	}
	host, port, err := net.SplitHostPort(c.Web.Listen)
	if err != nil || port == "0" || !slices.Contains(c.Roles, roleWeb) {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() { // every address, but which one is known to others?
		return ""
	}
	return "http://" + c.Web.Listen + "/outages/"
}

// slackHook is where Slack tells of buttons that are pressed.
const slackHook = "/slack/interactivity"

// hooks answer those who tell of what people do elsewhere: Slack, if one of its apps has buttons.
func (c *config) hooks(book *people.Book, log *zap.Logger) (map[string]http.Handler, error) {
	var bots []slack.PressConfig
	for i := range c.Notifiers {
		e := &c.Notifiers[i]
		if e.Type != "slack" || !e.SigningSecret.IsSet() {
			continue
		}
		endpoint, err := e.endpoint()
		if err != nil {
			return nil, err
		}
		bots = append(bots, slack.PressConfig{Endpoint: endpoint, Secret: e.SigningSecret, Channel: e.Channel, Language: e.words()})
	}
	if len(bots) == 0 {
		return nil, nil
	}
	return map[string]http.Handler{slackHook: slack.Presses(bots, book, log)}, nil
}

// shownBefore is how much of the past the page shows when it opens.
const shownBefore = time.Hour

func (h *house) pages(ctx context.Context) ([]loop, error) {
	metrics := web.NewMetrics(h.registry)
	board := web.NewBoard(metrics)
	book, err := bookOf(ctx, h.log, h.know.services)
	if err != nil {
		return nil, err
	}
	hooks, err := h.cfg.hooks(book, h.zap)
	if err != nil {
		return nil, &usageError{err}
	}
	wishes := newFolk()
	server, err := web.NewServer(h.cfg.Web, board, web.Deps{
		Log: h.zap, Gatherer: h.registry, Ready: h.ready(), Metrics: metrics, Version: version.Get().String(),
		People: people.API(book, h.zap), Hooks: hooks, Words: words, Asides: wishes.asides, Report: h.reportFile,
	})
	if err != nil {
		return nil, &usageError{err}
	}
	listener, err := server.Listen(ctx)
	if err != nil {
		return nil, err
	}
	h.closers = append(h.closers, func(context.Context) error {
		if err := listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	h.page = "http://" + listener.Addr().String()
	return []loop{{roleWeb, "web", func(ctx context.Context) error {
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return server.Serve(ctx, listener) })
		g.Go(func() error { return h.log.WatchAllOutages(ctx, "", board.Handle) })
		g.Go(func() error { return h.log.WatchReadings(ctx, shownBefore, board.HandleReadings) })
		g.Go(func() error { return h.log.WatchMarks(ctx, board.HandleMark) })
		g.Go(func() error { return h.log.WatchSources(ctx, board.HandleSource) })
		g.Go(func() error { return wishes.follow(ctx, h) })
		return g.Wait()
	}}}, nil
}
