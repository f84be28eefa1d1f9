package main

import (
	"cmp"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/push"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/web"
)

// sourceConfig is an entry of sources. Which keys mean something depends on the type; docs/sources.md has them all.
type sourceConfig struct {
	// Type is one of sourceTypes.
	Type string `yaml:"type"`
	// Name tells two sources of one type apart; default: the type.
	Name string `yaml:"name"`
	// Endpoints are addresses in place of the public ones: of bluesky any number, of x, twitter and hackernews the API's.
	Endpoints []string `yaml:"endpoints"`
	// AllowPrivate lists networks (CIDR) that addresses may lie in although they are not public.
	AllowPrivate []string `yaml:"allow_private"`
	// Interval is how often to ask (mastodon, status, hackernews).
	Interval duration `yaml:"interval"`
	// Services are ids of the services to listen for (x, twitter, mastodon, nostr, status).
	Services []string `yaml:"services"`
	// Tags are hashtags (mastodon, nostr).
	Tags []string `yaml:"tags"`

	// Collections are what a bluesky source asks for.
	Collections []string `yaml:"collections"`
	// Servers are hosts of Mastodon, Relays addresses of Nostr, Pages status pages by the id of their service.
	Servers []string          `yaml:"servers"`
	Relays  []string          `yaml:"relays"`
	Pages   map[string]string `yaml:"pages"`
	// Token is what clients of push send, or what x or a server of Mastodon gave us.
	Token secret.String `yaml:"token"`
	// Stream is how a server of Mastodon is listened to: websocket or sse.
	Stream string `yaml:"stream"`
	// ConsumerKey, ConsumerSecret, AccessToken and AccessSecret sign what is asked of a server of Twitter's API 1.1.
	ConsumerKey    secret.String `yaml:"consumer_key"`
	ConsumerSecret secret.String `yaml:"consumer_secret"`
	AccessToken    secret.String `yaml:"access_token"`
	AccessSecret   secret.String `yaml:"access_secret"`
	// Listen is the address of push, MaxBody how many bytes a request may have, MaxRate how many posts may come a second.
	Listen  string  `yaml:"listen"`
	MaxBody int64   `yaml:"max_body"`
	MaxRate float64 `yaml:"max_rate"`
	// Subject is what posts are published on in NATS.
	Subject string `yaml:"subject"`

	// Thrifty listens to x only while counts are unusual; BudgetDay and BudgetMonth are what it may cost, in US dollars.
	Thrifty     bool    `yaml:"thrifty"`
	BudgetDay   float64 `yaml:"budget_day"`
	BudgetMonth float64 `yaml:"budget_month"`
	// BackfillMinutes, MaxRules and MaxRuleLength are what the account of x may have; of twitter, rules are phrases.
	BackfillMinutes int `yaml:"backfill_minutes"`
	MaxRules        int `yaml:"max_rules"`
	MaxRuleLength   int `yaml:"max_rule_length"`

	// Paths are a replay source's files.
	Paths []string `yaml:"paths"`
	// Scenario, Seed and Speed are a sim source's evening, its chance and its pace in stream seconds per second.
	Scenario string  `yaml:"scenario"`
	Seed     uint64  `yaml:"seed"`
	Speed    float64 `yaml:"speed"`

	// place is where the entry stands, for errors: "outcry.yaml: line 3: ". Empty: not in a file.
	place string
}

func (s *sourceConfig) name() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Type
}

// endpoint is the one address of a source that has one; empty: the public one.
func (s *sourceConfig) endpoint() string {
	if len(s.Endpoints) == 0 {
		return ""
	}
	return s.Endpoints[0]
}

// private are the networks of AllowPrivate; check has seen that they can be read.
func (s *sourceConfig) private() []netip.Prefix {
	var all []netip.Prefix
	for _, text := range s.AllowPrivate {
		if prefix, err := netip.ParsePrefix(text); err == nil {
			all = append(all, prefix)
		}
	}
	return all
}

// checkSources finds what can be known to be wrong with the sources without the catalogue.
func (c *config) checkSources() error {
	names := make(map[string]bool)
	listens := map[string]string{c.NATS.listen(): "nats"}
	if slices.Contains(c.Roles, roleWeb) {
		listens[cmp.Or(c.Web.Listen, web.DefaultListen)] = "web"
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		if err := s.check(); err != nil {
			return err
		}
		if names[s.name()] {
			return fmt.Errorf("%ssources: two are named %q; give them different names", s.place, s.name())
		}
		names[s.name()] = true
		if s.Type != "push" {
			continue
		}
		at := cmp.Or(s.Listen, push.DefaultListen)
		if other := listens[at]; other != "" && !strings.HasSuffix(at, ":0") {
			return fmt.Errorf("%ssources: %s would listen on %s, where %s listens; set listen to another address", s.place, s.name(), at, other)
		}
		listens[at] = s.name()
	}
	return nil
}

// check finds what can be known to be wrong with an entry by itself.
func (s *sourceConfig) check() error {
	if err := s.fault(); err != nil {
		return fmt.Errorf("%s%w", s.place, err)
	}
	return nil
}

// leastInterval is how often other people's servers may be asked at most.
const leastInterval = duration(5 * time.Second)

func (s *sourceConfig) fault() error {
	known := keysOf(sourceTypes())
	if s.Type == "" {
		return fmt.Errorf("sources: an entry has no type; known are %s", strings.Join(known, ", "))
	}
	t, ok := sourceTypes()[s.Type]
	if !ok {
		return fmt.Errorf("sources: unknown type %q%s", s.Type, didYouMean(s.Type, known))
	}
	if err := s.keyFault(&t); err != nil {
		return err
	}
	for _, text := range s.AllowPrivate {
		if _, err := netip.ParsePrefix(text); err != nil {
			return fmt.Errorf("sources: %s: allow_private %q is no network: write 10.0.0.0/8", s.name(), text)
		}
	}
	switch {
	case s.Thrifty && len(s.Services) == 0:
		return fmt.Errorf("sources: %s is thrifty and needs services: every one of them costs a request a minute", s.name())
	case s.Interval != 0 && s.Interval < leastInterval:
		return fmt.Errorf("sources: %s: interval must be at least %s, for the sake of those who are asked", s.name(), leastInterval)
	case len(s.Endpoints) > 1 && !t.endpoints:
		return fmt.Errorf("sources: %s has %d endpoints and can use one", s.name(), len(s.Endpoints))
	}
	return nil
}

// keyFault finds keys that are missing, that mean nothing for the type, and numbers below zero, which none may be.
func (s *sourceConfig) keyFault(t *sourceType) error {
	set := s.set()
	for _, key := range keysOf(t.needs) {
		if _, ok := set[key]; !ok {
			return fmt.Errorf("sources: %s needs %s: %s", s.name(), key, t.needs[key])
		}
	}
	for _, key := range keysOf(set) {
		if !slices.Contains(t.keys, key) {
			return fmt.Errorf("sources: %s has no use for %s; the keys of type %s are %s", s.name(), key, s.Type, strings.Join(t.keys, ", "))
		}
		if v := set[key]; v.CanInt() && v.Int() < 0 || v.CanFloat() && v.Float() < 0 {
			return fmt.Errorf("sources: %s: %s must not be negative", s.name(), key)
		}
	}
	return nil
}

// set gives the keys that the entry sets, besides those that every entry may have.
func (s *sourceConfig) set() map[string]reflect.Value {
	set := make(map[string]reflect.Value)
	v := reflect.ValueOf(s).Elem()
	for key, f := range fieldsOf(v.Type()) {
		if field := v.FieldByIndex(f.Index); key != "type" && key != "name" && !field.IsZero() {
			set[key] = field
		}
	}
	return set
}

// choose gives the services with the ids, in the order of the ids.
func (k *knowledge) choose(ids []string) ([]event.Service, error) {
	chosen := make([]event.Service, 0, len(ids))
	for _, id := range ids {
		n := slices.IndexFunc(k.services, func(s event.Service) bool { return s.ID == id })
		if n < 0 {
			known := make([]string, len(k.services))
			for i := range k.services {
				known[i] = k.services[i].ID
			}
			return nil, fmt.Errorf("service %q is not in the catalogue%s", id, didYouMean(id, known))
		}
		chosen = append(chosen, k.services[n])
	}
	return chosen, nil
}
