package main

import (
	"net"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/hackernews"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/ingest/nostr"
	"github.com/outcry/outcry/ingest/push"
	"github.com/outcry/outcry/ingest/replay"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/ingest/status"
	"github.com/outcry/outcry/ingest/subscribed"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/hashtag"
	"github.com/outcry/outcry/store/nats"
)

// sourceType is how a type of source is made, and what its entry may and must say.
type sourceType struct {
	// live: its posts are of the present, so that one from the future is none.
	live bool
	// endpoints: it can use several.
	endpoints bool
	// keys are those that mean something for it, besides type and name.
	keys []string
	// needs names the keys without which it cannot be made, each with what it is.
	needs map[string]string
	make  func(h *house, s *sourceConfig) (ingest.Source, error)
}

// sourceTypes are the types of source that can be configured.
func sourceTypes() map[string]sourceType {
	return map[string]sourceType{
		"bluesky":    {live: true, endpoints: true, make: makeBluesky, keys: []string{"endpoints", "collections"}},
		"hackernews": {live: true, make: makeHackerNews, keys: []string{"endpoints", "interval", "allow_private"}},
		"mastodon":   {live: true, make: makeMastodon, keys: []string{"servers", "tags", "services", "interval", "token", "stream", "allow_private"}},
		"nats":       {make: makeSubscribed, keys: []string{"subject"}, needs: map[string]string{"subject": "what posts are published on, such as posts.>"}},
		"nostr":      {live: true, make: makeNostr, keys: []string{"relays", "tags", "services", "allow_private"}},
		"push":       {make: makePush, keys: []string{"listen", "token", "max_body", "max_rate"}},
		"replay":     {make: makeReplay, keys: []string{"paths"}, needs: map[string]string{"paths": "the files to replay"}},
		"sim":        {make: makeSim, keys: []string{"scenario", "seed", "speed"}, needs: map[string]string{"scenario": "one that outcry simulate --list names"}},
		"status":     {live: true, make: makeStatus, keys: []string{"services", "pages", "interval", "allow_private"}},
		"twitter": {
			live: true, make: makeTwitter,
			keys: []string{
				"endpoints", "services", "token", "consumer_key", "consumer_secret", "access_token", "access_secret", "max_rules", "max_rule_length", "allow_private",
			},
			needs: map[string]string{
				"endpoints": "a server that speaks API 1.1, which X itself has given to nobody since 2023",
				"services":  "the ids of what to listen for, at most 400",
			},
		},
		"x": {
			live: true, make: makeX,
			keys: []string{
				"token", "services", "thrifty", "budget_day", "budget_month", "max_rules", "max_rule_length", "backfill_minutes", "endpoints", "allow_private",
			},
			needs: map[string]string{"token": "the bearer token of an app that may use the filtered stream"},
		},
	}
}

func makeBluesky(h *house, s *sourceConfig) (ingest.Source, error) {
	return bluesky.New(bluesky.Config{
		Name: s.name(), Endpoints: s.Endpoints, Collections: s.Collections, Sieve: h.know.matcher,
		OnGap: func(from, to time.Time) {
			h.zap.Warn("the network no longer had what was posted while we were away",
				zap.String("source", s.name()), zap.Time("from", from), zap.Time("to", to))
		},
	})
}

func makeHackerNews(_ *house, s *sourceConfig) (ingest.Source, error) {
	return hackernews.New(hackernews.Config{Name: s.name(), BaseURL: s.endpoint(), Interval: time.Duration(s.Interval), AllowPrivate: s.private()})
}

func makeMastodon(h *house, s *sourceConfig) (ingest.Source, error) {
	services, err := h.know.choose(s.Services)
	if err != nil {
		return nil, err
	}
	return mastodon.New(mastodon.Config{
		Name: s.name(), Servers: s.Servers, Tags: append(s.Tags, hashtag.Of(services)...), Token: s.Token, Stream: s.Stream,
		Interval: time.Duration(s.Interval), AllowPrivate: s.private(), Log: h.zap,
	})
}

func makeNostr(h *house, s *sourceConfig) (ingest.Source, error) {
	services, err := h.know.choose(s.Services)
	if err != nil {
		return nil, err
	}
	return nostr.New(nostr.Config{
		Name: s.name(), Relays: s.Relays, Tags: append(s.Tags, hashtag.Of(services)...), AllowPrivate: s.private(), Log: h.zap,
	})
}

func makePush(h *house, s *sourceConfig) (ingest.Source, error) {
	return push.New(push.Config{
		Name: s.name(), Listen: s.Listen, Token: s.Token, MaxBody: s.MaxBody, MaxRate: s.MaxRate,
		Format: canonical.New("push"), Sieve: h.know.matcher, Log: h.zap,
		OnListen: func(addr net.Addr) {
			h.zap.Info("posts are taken in", zap.String("url", "http://"+addr.String()+"/v1/posts"))
		},
	})
}

func makeReplay(h *house, s *sourceConfig) (ingest.Source, error) {
	return replay.New(replay.Config{Name: s.name(), Paths: s.Paths, Formats: formats(), Sieve: h.know.matcher})
}

func makeSim(_ *house, s *sourceConfig) (ingest.Source, error) {
	chosen, err := chooseScenarios([]string{s.Scenario})
	if err != nil {
		return nil, err
	}
	return sim.NewSource(chosen[0], s.Seed, s.Speed), nil
}

// makeStatus reads the pages that are named; if none is, those that the catalogue knows of the services that are named, or of all.
func makeStatus(h *house, s *sourceConfig) (ingest.Source, error) {
	services, err := h.know.choose(s.Services)
	if err != nil {
		return nil, err
	}
	if len(s.Services) == 0 && len(s.Pages) == 0 {
		services = h.know.services
	}
	pages := status.PagesOf(services)
	for _, id := range keysOf(s.Pages) {
		owner, err := h.know.choose([]string{id})
		if err != nil {
			return nil, err
		}
		pages = append(pages, status.Page{URL: s.Pages[id], Services: owner})
	}
	return status.New(status.Config{Name: s.name(), Pages: pages, Interval: time.Duration(s.Interval), AllowPrivate: s.private(), Log: h.zap})
}

func makeSubscribed(h *house, s *sourceConfig) (ingest.Source, error) {
	if err := nats.CheckSubject(s.Subject); err != nil {
		return nil, err
	}
	return subscribed.New(subscribed.Config{Name: s.name(), Subject: s.Subject, Format: canonical.New(s.name()), Sieve: h.know.matcher}, h.log)
}

func makeX(h *house, s *sourceConfig) (ingest.Source, error) {
	services, err := h.know.choose(s.Services)
	if err != nil {
		return nil, err
	}
	if len(s.Services) == 0 {
		services = h.know.services
	}
	return x.New(x.Config{
		Name: s.name(), BearerToken: s.Token, BaseURL: s.endpoint(), Services: services, Thrifty: s.Thrifty, BackfillMinutes: s.BackfillMinutes,
		MaxRules: s.MaxRules, MaxRuleLength: s.MaxRuleLength, Budget: x.Budget{PerDay: s.BudgetDay, PerMonth: s.BudgetMonth},
		AllowPrivate: s.private(), Log: h.zap,
	})
}

func makeTwitter(h *house, s *sourceConfig) (ingest.Source, error) {
	services, err := h.know.choose(s.Services)
	if err != nil {
		return nil, err
	}
	return x.NewFilter(x.FilterConfig{
		Name: s.name(), Endpoint: s.endpoint(), Services: services, BearerToken: s.Token,
		Keys:         x.Keys{ConsumerKey: s.ConsumerKey, ConsumerSecret: s.ConsumerSecret, AccessToken: s.AccessToken, AccessSecret: s.AccessSecret},
		Limits:       x.TrackLimits{Phrases: s.MaxRules, Length: s.MaxRuleLength},
		AllowPrivate: s.private(), Log: h.zap,
	})
}

// source makes the source that an entry describes.
func (h *house) source(s *sourceConfig) (ingest.Source, error) {
	t, ok := sourceTypes()[s.Type]
	if !ok {
		return nil, usagef("%ssources: unknown type %q%s", s.place, s.Type, didYouMean(s.Type, keysOf(sourceTypes())))
	}
	source, err := t.make(h, s)
	switch {
	case err != nil && s.Name != "":
		return nil, usagef("%ssources: %s: %w", s.place, s.Name, err)
	case err != nil:
		return nil, usagef("%ssources: %w", s.place, err)
	}
	return source, nil
}

// clock is the wall clock for live sources; nil where posts of any time are read.
func (s *sourceConfig) clock() func() time.Time {
	if sourceTypes()[s.Type].live {
		return time.Now
	}
	return nil
}

// checkSources makes every source, which connects to nothing, to find what is wrong with it.
func (h *house) checkSources() ([]ingest.Source, error) {
	var all []ingest.Source
	for i := range h.cfg.Sources {
		source, err := h.source(&h.cfg.Sources[i])
		if err != nil {
			return nil, err
		}
		all = append(all, source)
	}
	return all, nil
}
