package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// FuzzConfig gives any file and any variable for a configuration: it is read or refused, and in the same way each time.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "{}", "web: {listen: 127.0.0.1:1}", "web:\n  lisen: x", "sources: [{type: push, token: s3cret}]", "services: [{id: a, name: A}]",
		"nats: {url: \"nats://u:s3cret@h:1\"}", "a: &a [*a]", "- 1", "lateness: 15", "notifiers: [{type: webhook, headers: {A: s3cret}}]",
		"? {a: b}\n: c", "routes: [[]]", "redis: !!binary s3cret", "<<: {web: {token: s3cret}}",
	} {
		f.Add([]byte(text), "[{type: push}]")
	}
	f.Fuzz(func(t *testing.T, text []byte, variable string) {
		path := filepath.Join(t.TempDir(), "outcry.yaml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		load := func() (config, string) {
			cfg, err := loadConfig(path, []string{"OUTCRY_SOURCES=" + variable})
			if err == nil {
				err = cfg.check()
			}
			return cfg, fmt.Sprint(err)
		}
		cfg, said := load()
		again, saidAgain := load()
		if said != saidAgain || !reflect.DeepEqual(cfg, again) {
			t.Errorf("it is read as %+v, %s, and then as %+v, %s", cfg, said, again, saidAgain)
		}
	})
}
