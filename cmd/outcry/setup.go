package main

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/mastodon"
	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/match/catalogue"
	"github.com/outcry/outcry/ingest/match/place"
	"github.com/outcry/outcry/ingest/x"
)

var (
	_ ingest.Matcher = (*match.Matcher)(nil)
	_ ingest.Sieve   = (*match.Matcher)(nil)
	_ match.Locator  = (*place.Gazetteer)(nil)
)

// knowledge is what is known before the first post: the services, and the words if posts are to be read.
type knowledge struct {
	services []event.Service
	owners   map[string]string
	matcher  *match.Matcher
}

// learnServices puts the built-in catalogue and the configured services together. It is enough for whoever reads no posts, and
// much faster than learn.
func learnServices(cfg *config) (*knowledge, error) {
	builtin, owners, err := catalogue.Builtin()
	if err != nil {
		return nil, fmt.Errorf("the built-in catalogue: %w", err)
	}
	services, err := catalogue.Merge(builtin, cfg.Services)
	if err != nil {
		return nil, usagef("services: %w", err)
	}
	return &knowledge{services: services, owners: owners}, nil
}

// learn adds the words.
func learn(cfg *config) (*knowledge, error) {
	know, err := learnServices(cfg)
	if err != nil {
		return nil, err
	}
	gazetteer, err := place.New()
	if err != nil {
		return nil, fmt.Errorf("the built-in gazetteer: %w", err)
	}
	if know.matcher, err = match.New(know.services, match.WithLocator(gazetteer)); err != nil {
		return nil, usagef("services: %w", err)
	}
	debug.FreeOSMemory() // The tables took four times of what they hold to make.
	return know, nil
}

// judgement is how outages are judged with this knowledge.
func (k *knowledge) judgement(cfg *config) detect.JudgeConfig {
	return detect.DefaultJudge(k.services, k.owners, time.Duration(cfg.Lateness))
}

// formats are the wire formats that a file may hold, tried in this order.
func formats() []ingest.Format {
	return []ingest.Format{bluesky.Jetstream{}, x.V2{}, x.V1{}, mastodon.Format{}, canonical.New("replay")}
}
