package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alertmanager"
	"github.com/outcry/outcry/alert/discord"
	"github.com/outcry/outcry/alert/email"
	"github.com/outcry/outcry/alert/ntfy"
	"github.com/outcry/outcry/alert/pagerduty"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/alert/teams"
	"github.com/outcry/outcry/alert/telegram"
	"github.com/outcry/outcry/alert/webhook"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// tools are what notifiers work with besides their own configuration.
type tools struct {
	// memory is what they remember across restarts.
	memory slack.Memory
	// picture draws an outage; nil: nobody does.
	picture func(context.Context, *event.Event, alert.Language) ([]byte, error)
	log     *zap.Logger
}

// drawnIn draws in a language.
func (t tools) drawnIn(language alert.Language) func(context.Context, *event.Event) ([]byte, error) {
	if t.picture == nil {
		return nil
	}
	return func(ctx context.Context, e *event.Event) ([]byte, error) { return t.picture(ctx, e, language) }
}

// builders make a notifier of each type that can be configured.
func builders(with tools) map[string]func(e *notifierEntry, to alert.EndpointConfig) (alert.Notifier, error) {
	type made = alert.Notifier
	return map[string]func(*notifierEntry, alert.EndpointConfig) (made, error){
		"webhook": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return webhook.New(webhook.Config{
				Endpoint: to, Secrets: []secret.String{e.Secret, e.SecretNext}, Headers: e.Headers,
				Body: e.Body, ContentType: e.ContentType, Language: e.words(),
			})
		},
		"slack": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			if !e.Token.IsSet() && e.Channel == "" {
				if e.SigningSecret.IsSet() {
					return nil, fmt.Errorf("notifier %s: buttons need an app: set token and channel in place of url, or leave signing_secret out", to.Name)
				}
				return slack.New(slack.Config{Endpoint: to, Language: e.words()})
			}
			return slack.NewBot(slack.BotConfig{
				Endpoint: to, Token: e.Token, Channel: e.Channel, Memory: with.memory, Picture: with.drawnIn(e.words()), Language: e.words(),
				Buttons: e.SigningSecret.IsSet(), Log: with.log,
			})
		},
		"pagerduty": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return pagerduty.New(pagerduty.Config{Endpoint: to, RoutingKey: e.RoutingKey, Language: e.words()})
		},
		"discord": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return discord.New(discord.Config{Endpoint: to, Language: e.words()})
		},
		"ntfy": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return ntfy.New(ntfy.Config{Endpoint: to, Token: e.Token, Language: e.words()})
		},
		"telegram": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return telegram.New(telegram.Config{Endpoint: to, Token: e.Token, Chat: e.Chat, Language: e.words()})
		},
		"teams": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return teams.New(teams.Config{Endpoint: to, Language: e.words()})
		},
		"email": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return email.New(email.Config{Name: to.Name, URL: e.URL, Sender: e.Sender, To: e.To, Language: e.words()})
		},
		"alertmanager": func(e *notifierEntry, to alert.EndpointConfig) (made, error) {
			return alertmanager.New(alertmanager.Config{Endpoint: to, Language: e.words()})
		},
	}
}

func (e *notifierEntry) name() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Type
}

// build makes the notifier that an entry describes.
func (e *notifierEntry) build(with tools) (alert.Notifier, error) {
	if e.Type == "" {
		return nil, errors.New("notifiers: an entry has no type; write type: webhook or type: slack")
	}
	all := builders(with)
	build, ok := all[e.Type]
	if !ok {
		return nil, fmt.Errorf("notifiers: unknown type %q%s", e.Type, didYouMean(e.Type, keysOf(all)))
	}
	endpoint, err := e.endpoint()
	if err != nil {
		return nil, err
	}
	return build(e, endpoint)
}

func (e *notifierEntry) endpoint() (alert.EndpointConfig, error) {
	cfg := alert.EndpointConfig{Name: e.name(), URL: e.URL}
	for _, text := range e.AllowPrivate {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return cfg, fmt.Errorf("notifier %s: allow_private %q is no network: write 10.0.0.0/8", e.name(), text)
		}
		cfg.AllowPrivate = append(cfg.AllowPrivate, prefix)
	}
	switch e.From {
	case "", string(event.TypeConfirmed), string(event.TypeSuspected):
	default:
		return cfg, fmt.Errorf("notifier %s: from is %q; write confirmed or suspected", e.name(), e.From)
	}
	if !slices.Contains(alert.Languages(), e.language()) {
		return cfg, fmt.Errorf("notifier %s: there are no words in language %q%s", e.name(), e.Language, didYouMean(e.Language, alert.Languages()))
	}
	if _, err := time.LoadLocation(e.Zone); err != nil {
		return cfg, fmt.Errorf("notifier %s: zone %q is no time zone; write it as Europe/Rome, or leave it out for UTC", e.name(), e.Zone)
	}
	if e.After < 0 || e.After > maxAfter {
		return cfg, fmt.Errorf("notifier %s: after must lie between 0s and %s", e.name(), maxAfter)
	}
	if e.Remind != 0 && (e.Remind < minRemind || e.Remind > maxRemind) {
		return cfg, fmt.Errorf("notifier %s: remind must lie between %s and %s; leave it out for no reminders", e.name(), minRemind, maxRemind)
	}
	return cfg, nil
}

// The bounds of how long an escalation waits, and of how often a receiver is reminded: often enough is tiring.
const (
	maxAfter  = duration(6 * time.Hour)
	minRemind = duration(10 * time.Minute)
	maxRemind = duration(7 * 24 * time.Hour)
)

func (e *notifierEntry) language() string {
	if e.Language == "" {
		return "en"
	}
	return e.Language
}

// words are those of the language and the time zone that the receiver reads, which endpoint has checked.
func (e *notifierEntry) words() alert.Language {
	zone, err := time.LoadLocation(e.Zone)
	if err != nil {
		zone = time.UTC
	}
	return alert.Speak(e.language(), zone)
}

// isCalm reports whether the receiver is spared what comes too often: people are, unless it says otherwise. What is sent in words
// of its own is for people.
func (e *notifierEntry) isCalm() bool {
	if e.Calm != nil {
		return *e.Calm
	}
	return !slices.Contains([]string{"webhook", "pagerduty", "alertmanager"}, e.Type) || e.Body != ""
}

// notifiers makes all that are configured, by name, and checks how they refer to each other.
func (c *config) notifiers(with tools) (map[string]alert.Notifier, error) {
	all := make(map[string]alert.Notifier)
	for i := range c.Notifiers {
		n, err := c.Notifiers[i].build(with)
		if err != nil {
			return nil, err
		}
		if _, taken := all[n.Name()]; taken {
			return nil, fmt.Errorf("notifiers: two are named %q; give them different names", n.Name())
		}
		all[n.Name()] = n
	}
	for i := range c.Notifiers {
		e := &c.Notifiers[i]
		if _, ok := all[e.Fallback]; e.Fallback != "" && (!ok || e.Fallback == e.name()) {
			return nil, fmt.Errorf("notifier %s: fallback %q is no other notifier%s", e.name(), e.Fallback, didYouMean(e.Fallback, keysOf(all)))
		}
	}
	return all, nil
}

// routes are the configured routes; services tell who owns what, and of what kind it is.
func (c *config) routes(services []event.Service) alert.Routes {
	known := make(map[string]event.Service, len(services))
	for i := range services {
		known[services[i].ID] = services[i]
	}
	r := alert.Routes{Service: func(id string) event.Service { return known[id] }}
	for i := range c.Routes {
		r.List = append(r.List, c.Routes[i].route())
	}
	return r
}

func (r *routeConfig) route() alert.Route {
	route := alert.Route{
		Services: r.Services, Owners: r.Owners, Kinds: r.Kinds, Severity: event.Severity(r.Severity), Countries: r.Countries,
		Languages: r.Languages, Confidence: r.Confidence, Windows: r.Windows, Receivers: r.Receivers, Continue: r.Continue,
	}
	for _, p := range r.Phases {
		route.Phases = append(route.Phases, event.Phase(p))
	}
	return route
}
