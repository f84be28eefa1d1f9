package arch

import (
	"path"
	"strings"
)

// Rules are what the packages of a module keep to. A folder pattern is a path relative to the root; "x/*" is every
// folder at any depth below x, but not x itself.
type Rules struct {
	// Module is the module's path.
	Module string
	// Layers says what each folder may import of its own module. The first pattern that fits a package counts; a
	// package that fits none may not exist.
	Layers []Layer
	// Clients says for each library, by the prefix of its import path, which folder alone imports it.
	Clients map[string]string
	// Pure are the folders whose outcome depends on their arguments only: no clock, no chance, no network, no files.
	Pure []string
	// Seeded are the folders that may have a clock and files, but whose chance comes from a stated seed.
	Seeded []string
	// Programs are the folders that own the process: only they print, read the environment and exit.
	Programs []string
	// Mutable names package-level variables that may change, as "folder.name", with the reason.
	Mutable map[string]string
}

// Layer says what packages may import of their own module. Below any folder a package may also import what lies further
// down in itself (detect -> detect/score), unless that folder is the parent of strangers.
type Layer struct {
	Folder  string
	Imports []string
	// StdOnly forbids all other modules.
	StdOnly bool
}

// Project returns the rules of this module.
func Project() Rules {
	return Rules{
		Module: "github.com/outcry/outcry",
		Layers: []Layer{
			{Folder: "event", StdOnly: true},
			{Folder: "ingest", Imports: []string{"event", "internal/*"}},
			{Folder: "ingest/*", Imports: []string{"ingest", "event", "internal/*"}},
			{Folder: "detect", Imports: []string{"event", "internal/*", "detect/*"}},
			{Folder: "detect/*", Imports: []string{"event", "internal/*"}},
			{Folder: "alert", Imports: []string{"event", "internal/*"}},
			{Folder: "alert/*", Imports: []string{"alert", "event", "internal/*"}},
			{Folder: "store/*", Imports: []string{"event", "internal/*"}},
			{Folder: "web", Imports: []string{"event", "internal/*"}},
			{Folder: "web/*", Imports: []string{"event", "internal/*"}},
			{Folder: "internal/*", Imports: []string{"event", "internal/*"}},
			{Folder: "cmd/*", Imports: []string{"event", "ingest", "ingest/*", "detect", "detect/*", "alert", "alert/*", "store/*", "web", "web/*", "internal/*", "cmd/*"}},
		},
		Clients: map[string]string{
			"github.com/nats-io/nats.go":                               "store/nats",
			"github.com/nats-io/nats-server":                           "store/embedded",
			"github.com/alicebob/miniredis":                            "store/embedded",
			"github.com/redis/go-redis":                                "store/redis",
			"github.com/coder/websocket":                               "ingest",
			"github.com/dghubble/go-twitter":                           "ingest/x",
			"github.com/dghubble/oauth1":                               "ingest/x",
			"github.com/btcsuite/btcd":                                 "ingest/nostr",
			"github.com/slack-go/slack":                                "alert/slack",
			"github.com/standard-webhooks/standard-webhooks/libraries": "alert/webhook",
			"github.com/go-analyze/charts":                             "internal/chart",
			"github.com/wneessen/go-mail":                              "alert/email",
			"github.com/spf13/cobra":                                   "cmd/outcry",
			"github.com/schollz/progressbar":                           "cmd/outcry",
		},
		Pure:     []string{"event", "ingest/match", "ingest/match/*", "detect", "detect/*"},
		Seeded:   []string{"ingest/sim"},
		Programs: []string{"cmd/*"},
		Mutable: map[string]string{
			"internal/version.stamped": "the linker sets it",
		},
	}
}

// fits reports whether folder falls under pattern.
func fits(pattern, folder string) bool {
	if below, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(folder, below+"/")
	}
	return folder == pattern
}

func fitsAny(patterns []string, folder string) bool {
	for _, pattern := range patterns {
		if fits(pattern, folder) {
			return true
		}
	}
	return false
}

// isForTests reports whether a package is a helper of tests, as net/http/httptest is: it starts servers and writes where
// tests look, but it is no part of the program.
func isForTests(folder string) bool { return strings.HasSuffix(path.Base(folder), "test") }

// within reports whether folder is top or lies below it.
func within(top, folder string) bool { return folder == top || strings.HasPrefix(folder, top+"/") }
