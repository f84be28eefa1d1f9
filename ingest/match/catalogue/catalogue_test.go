package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/catalogue"
)

func builtin(t *testing.T) map[string]event.Service {
	t.Helper()
	list, _, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	byID := make(map[string]event.Service, len(list))
	for _, s := range list {
		byID[s.ID] = s
	}
	return byID
}

func TestBuiltinIsLargeAndComplete(t *testing.T) {
	t.Parallel()
	services := builtin(t)
	if len(services) < 700 {
		t.Errorf("built-in catalogue has %d services, want at least 700", len(services))
	}
	for id, s := range services {
		if s.Kind == "" {
			t.Errorf("%s has no kind", id)
		}
		for _, a := range s.Aliases {
			if a != strings.TrimSpace(a) {
				t.Errorf("%s: alias %q has space around it", id, a)
			}
		}
	}
}

func TestBuiltinHoldsWhatTheBigOutagesNeed(t *testing.T) {
	t.Parallel()
	services := builtin(t)
	for _, c := range []struct {
		id, owner, alias, handle, dependsOn string
		ambiguous                           bool
	}{
		{id: "whatsapp", owner: "meta", alias: "واتساب", handle: "WhatsApp"},
		{id: "instagram", owner: "meta", alias: "インスタ", handle: "instagram"},
		{id: "facebook", owner: "meta", alias: "페북"},
		{id: "threads", owner: "meta", ambiguous: true},
		{id: "x", owner: "x-corp", alias: "twitter", ambiguous: true},
		{id: "telegram", alias: "телега", handle: "telegram_it"},
		{id: "tiktok", owner: "bytedance", alias: "tik tok"},
		{id: "youtube", owner: "alphabet", alias: "ютуб"},
		{id: "snapchat", dependsOn: "aws"},
		{id: "spotify", dependsOn: "google-cloud", handle: "SpotifyStatus"},
		{id: "discord", dependsOn: "google-cloud", ambiguous: true},
		{id: "signal", dependsOn: "aws", ambiguous: true},
		{id: "canva", dependsOn: "cloudflare"},
		{id: "ring", owner: "amazon", dependsOn: "aws", ambiguous: true},
		{id: "alexa", dependsOn: "aws", ambiguous: true},
		{id: "coinbase", dependsOn: "aws"},
		{id: "roblox", dependsOn: "aws"},
		{id: "bilibili", alias: "b站"},
		{id: "verizon", handle: "VerizonSupport"},
		{id: "spid"}, {id: "id-me"}, {id: "digilocker"}, {id: "gov-br"}, {id: "franceconnect"}, {id: "e-devlet"}, {id: "login-gov"},
	} {
		s, ok := services[c.id]
		if !ok {
			t.Errorf("no service %q", c.id)
			continue
		}
		if c.owner != "" && s.Owner != c.owner {
			t.Errorf("%s: owner is %q, want %q", c.id, s.Owner, c.owner)
		}
		if c.alias != "" && !slices.Contains(s.Aliases, c.alias) {
			t.Errorf("%s: no alias %q in %q", c.id, c.alias, s.Aliases)
		}
		if c.handle != "" && !slices.Contains(s.Handles, c.handle) {
			t.Errorf("%s: no handle %q in %q", c.id, c.handle, s.Handles)
		}
		if c.dependsOn != "" && !slices.Contains(s.DependsOn, c.dependsOn) {
			t.Errorf("%s: does not depend on %q but on %q", c.id, c.dependsOn, s.DependsOn)
		}
		if c.ambiguous != s.Ambiguous {
			t.Errorf("%s: ambiguous is %v, want %v", c.id, s.Ambiguous, c.ambiguous)
		}
	}
}

func TestOwnersNameEveryOwner(t *testing.T) {
	t.Parallel()
	services, owners, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if owners["meta"] != "Meta" {
		t.Errorf("owner meta is named %q, want Meta", owners["meta"])
	}
	owned := make(map[string]bool)
	for i := range services {
		s := &services[i]
		if s.Owner == "" {
			continue
		}
		owned[s.Owner] = true
		if owners[s.Owner] == "" {
			t.Errorf("%s: owner %q has no name", s.ID, s.Owner)
		}
	}
	for slug := range owners {
		if !owned[slug] {
			t.Errorf("owner %q owns no service", slug)
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	list := []event.Service{
		{ID: "whatsapp", Name: "WhatsApp", Owner: "meta", Aliases: []string{"واتساب"}, Kind: "messaging"},
		{ID: "instagram", Name: "Instagram", Owner: "meta", Handles: []string{"InstaHelp"}, Hints: []string{"reels"}, Kind: "social"},
		{ID: "insta-mart", Name: "Instamart", Kind: "shop", Country: "IN"},
	}
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"واتساب", []string{"whatsapp"}},
		{"@instahelp", []string{"instagram"}},
		{"META", []string{"instagram", "whatsapp"}},
		{"insta", []string{"insta-mart", "instagram"}},
		{"gram", []string{"instagram"}},
		{"Reels", []string{"instagram"}},
		{"reel", nil},
		{"", []string{"insta-mart", "instagram", "whatsapp"}},
		{"nothing of the sort", nil},
	} {
		var got []string
		for _, s := range catalogue.Search(list, c.query) {
			got = append(got, s.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Search(%q) = %q, want %q", c.query, got, c.want)
		}
	}
}
