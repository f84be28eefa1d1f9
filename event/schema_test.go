package event_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/outcry/outcry/event"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(filepath.Join("..", "docs", "event.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// example is the event that docs/events.md shows.
func example(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "docs", "events.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```json\n")
	block, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed {
		t.Fatal("docs/events.md shows no event")
	}
	return block
}

func validate(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestTheExampleIsAnEvent(t *testing.T) {
	t.Parallel()
	text := example(t)
	if err := validate(t, schema(t), text); err != nil {
		t.Error(err)
	}
	var e event.Event
	in := json.NewDecoder(strings.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&e); err != nil {
		t.Fatal(err)
	}
	if err := e.Check(); err != nil {
		t.Error(err)
	}
	if got := e.Topic(); got != "outcry.outages.whatsapp.acknowledged" {
		t.Errorf("topic %s", got)
	}
	// Written again it is the same: the example lacks nothing that the program writes.
	again, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Compact(&want, []byte(text)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(again)); diff != "" {
		t.Errorf("written again (-want +got):\n%s", diff)
	}
}

func TestTheSchemaRefuses(t *testing.T) {
	t.Parallel()
	s, text := schema(t), example(t)
	for _, c := range []struct{ name, old, new string }{
		{"another version", `"specversion": "1.0"`, `"specversion": "0.3"`},
		{"an unknown type", "outcry.outage.acknowledged", "outcry.outage.gone"},
		{"no number", `"seq": `, `"seq": -`},
		{"an id that is no ULID", `"id": "01`, `"id": "!1`},
		{"an unknown phase", `"phase": "confirmed"`, `"phase": "down"`},
		{"an unknown role", `"role": "refuge"`, `"role": "friend"`},
		{"a share above 1", `"share": 0.`, `"share": 1.`},
		{"no time", `"time": "2021-10-04T16:22:10Z"`, `"time": "16:22"`},
		{"no list", `"places": [`, `"places": null, "was": [`},
		{"a cause without a basis", `"basis": "owner"`, `"why": "owner"`},
	} {
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Errorf("%s: the example has no %s", c.name, c.old)
			continue
		}
		if err := validate(t, s, changed); err == nil {
			t.Errorf("%s: the schema takes it", c.name)
		}
	}
}
