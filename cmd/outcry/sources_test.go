package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestSourcesAreDocumented holds docs/sources.md against the types and the keys that there are.
func TestSourcesAreDocumented(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	for _, name := range keysOf(sourceTypes()) {
		if !strings.Contains(page, "\n| `"+name+"` |") {
			t.Errorf("the table lacks the type %s", name)
		}
	}
	_, table, _ := strings.Cut(page, "|---|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	for row := range strings.Lines(table) {
		name := strings.Trim(strings.Split(row, "|")[1], " `")
		if _, ok := sourceTypes()[name]; !ok {
			t.Errorf("the table has %q, which is no type", name)
		}
	}
	used := map[string]bool{"type": true, "name": true}
	for name, kind := range sourceTypes() {
		_, section, ok := strings.Cut(page, "\n## "+name+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		for _, key := range kind.keys {
			used[key] = true
			if name != "sim" && key != "allow_private" && !strings.Contains(section, "`"+key) {
				t.Errorf("the section of %s (there: %v) lacks the key %s", name, ok, key)
			}
		}
	}
	for key := range fieldsOf(reflect.TypeFor[sourceConfig]()) {
		if !used[key] {
			t.Errorf("no type of source has a use for the key %s", key)
		}
	}
}

func TestCheckAsksXAboutItsRules(t *testing.T) {
	t.Parallel()
	const token = "tok-5a1b"
	changed := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Bearer "+token:
			http.Error(w, "who are you", http.StatusUnauthorized)
		case r.Method == http.MethodPost:
			changed <- r.URL.RawQuery
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"meta":{}}`)
		default:
			_, _ = io.WriteString(w, `{"data":[{"id":"1","value":"cats","tag":"cats"},{"id":"2","value":"old","tag":"outcry:whatsapp"}]}`)
		}
	}))
	t.Cleanup(server.Close)
	check := func(token string) (int, string) {
		name := filepath.Join(t.TempDir(), "x.yaml")
		text := `sources: [{type: x, token: ` + token + `, services: [whatsapp], endpoints: ["` + server.URL + `"], allow_private: [127.0.0.0/8]}]`
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		code := run(t.Context(), []string{"check", "--config", name}, streams{strings.NewReader(""), &out, &out}, nil)
		return code, out.String()
	}
	code, said := check(token)
	if code != exitDone || !strings.Contains(said, "ok  x: X takes the") || !strings.Contains(said, "1 to remove, 1 of others are left alone") ||
		!strings.Contains(said, "  + outcry:whatsapp (") || !strings.Contains(said, "  - outcry:whatsapp (3 characters): old\n") {
		t.Errorf("check ends with %d: %s", code, said)
	}
	close(changed)
	for query := range changed {
		if query != "dry_run=true" {
			t.Errorf("check changed the rules: %s", query)
		}
	}
	code, said = check("tok-other")
	if code != exitFailed || !strings.Contains(said, "check token") || strings.Contains(said, "tok-other") {
		t.Errorf("with a wrong token check ends with %d: %s", code, said)
	}
}
