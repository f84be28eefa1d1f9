package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// eventSchema reads docs/event.schema.json. strict refuses fields that it does not name, too.
func eventSchema(t *testing.T, strict bool) *jsonschema.Schema {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "event.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if strict {
		closeObjects(doc)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("event.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("event.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closeObjects forbids what is not named, in every object of a schema.
func closeObjects(node any) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			closeObjects(v)
		}
	case map[string]any:
		for _, v := range n {
			closeObjects(v)
		}
		if _, ok := n["properties"]; ok && n["type"] == "object" {
			n["additionalProperties"] = false
		}
	}
}

// TestEventsFitTheirSchema holds what the program tells of made-up evenings against the published schema.
func TestEventsFitTheirSchema(t *testing.T) {
	t.Parallel()
	schema := eventSchema(t, true)
	types := make(map[string]bool)
	var waves, telegram, slow, said bytes.Buffer
	for scenario, posts := range map[string]io.Writer{"three-waves": &waves, "telegram-2020-12-16": &telegram, "slow-burn-si": &slow} {
		if code := run(t.Context(), []string{"simulate", scenario}, streams{strings.NewReader(""), posts, &said}, nil); code != exitDone {
			t.Fatalf("simulate ended with %d: %s", code, said.String())
		}
	}
	for scenario, posts := range map[string]io.Reader{"three-waves": &waves, "telegram-2020-12-16": &telegram, "slow-burn-si": &slow, "demo": strings.NewReader(strings.Join(demoPosts(t), "\n"))} {
		var events, errs bytes.Buffer
		if code := run(t.Context(), []string{"replay", "-"}, streams{posts, &events, &errs}, nil); code != exitDone {
			t.Fatalf("replay ended with %d: %s", code, errs.String())
		}
		for line := range strings.Lines(events.String()) {
			got, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(got); err != nil {
				t.Errorf("%s: %v in %s", scenario, err, line)
			}
			var e struct{ Type string }
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			types[e.Type] = true
		}
	}
	for _, want := range []string{"suspected", "confirmed", "changed", "acknowledged", "recovering", "relapsed", "resolved"} {
		if !types["outcry.outage."+want] {
			t.Errorf("no event of type %s was among them, so that none was examined", want)
		}
	}
}

// TestTheSampleFitsTheSchema holds what `outcry notify test` sends against it.
func TestTheSampleFitsTheSchema(t *testing.T) {
	t.Parallel()
	schema := eventSchema(t, true)
	for _, e := range sampleEvents(time.Now()) {
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Error(err)
		}
	}
}
