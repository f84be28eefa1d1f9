package catalogue_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/catalogue"
)

func TestParse(t *testing.T) {
	t.Parallel()
	want := []event.Service{{
		ID: "metro", Name: "City Metro", Owner: "city", DependsOn: []string{"aws"}, Aliases: []string{"the tube"}, Tags: []string{"metrostuck"},
		Handles: []string{"CityMetroHelp"}, Phrases: []string{"trains stuck"}, StatusPage: "https://metro.example", Kind: "transport",
		Country: "IT", Ambiguous: true,
	}}
	list := `
- id: metro
  name: City Metro
  owner: city
  depends_on: [aws]
  aliases: [the tube]
  tags: [metrostuck]
  handles: [CityMetroHelp]
  phrases: [trains stuck]
  status_page: https://metro.example
  kind: transport
  country: IT
  ambiguous: true
`
	for name, text := range map[string]string{
		"list":    list,
		"mapping": "owners: {city: The City}\nservices:" + strings.ReplaceAll(list, "\n", "\n  "),
	} {
		got, err := catalogue.Parse([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestParseTellsWhereTheFaultIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "- id: metro\n  name: M\n  alias: [m]\n", []string{`line 3: unknown key "alias"; did you mean "aliases"?`}},
		{"unknown key at the top", "servces: []\n", []string{`line 1: unknown key "servces"; did you mean "services"?`}},
		{"two faults", "- {id: a, nme: A}\n- {id: b, handels: [x]}\n", []string{"line 1", `"name"`, "line 2", `"handles"`}},
		{"key twice", "- id: a\n  id: b\n", []string{"line 2", "twice"}},
		{"no slug", "- {id: City Metro, name: M}\n", []string{"line 1", "lower-case", `"city"`}},
		{"handle with @", "- {id: m, handles: ['@help']}\n", []string{"line 1", "without '@'"}},
		{"tag with #", "- {id: m, tags: ['#stuck']}\n", []string{"line 1", "without '#'"}},
		{"country in words", "- {id: m, country: Italy}\n", []string{"line 1", "ISO 3166"}},
		{"status page without scheme", "- {id: m, status_page: m.example}\n", []string{"line 1", "https://"}},
		{"empty alias", "- {id: m, aliases: ['']}\n", []string{"line 1", "empty"}},
		{"leans on itself", "- {id: m, depends_on: [m]}\n", []string{"line 1", "itself"}},
		{"list where a word belongs", "\n- {id: m, name: [a, b]}\n", []string{"line 2"}},
		{"scalar entry", "- metro\n", []string{"line 1", "mapping"}},
		{"services no list", "services: metro\n", []string{"line 1", "list"}},
		{"owners no mapping", "owners: [a]\n", []string{"line 1", "slugs"}},
		{"not YAML", "- {id: m\n", []string{"not YAML"}},
	} {
		_, err := catalogue.Parse([]byte(c.text))
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: error %q does not say %q", c.name, err, w)
			}
		}
	}
}

func TestParseNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "services:\n", "[]", "null"} {
		got, err := catalogue.Parse([]byte(text))
		if err != nil || len(got) != 0 {
			t.Errorf("Parse(%q) = %v, %v; want nothing", text, got, err)
		}
	}
}

func TestParseNodeTellsTheLinesOfTheWholeDocument(t *testing.T) {
	t.Parallel()
	var config struct {
		Services yaml.Node `yaml:"services"`
	}
	if err := yaml.Unmarshal([]byte("web: {}\nservices:\n  - {id: a, name: A}\n  - {id: b, nam: B}\n"), &config); err != nil {
		t.Fatal(err)
	}
	if _, err := catalogue.ParseNode(&config.Services); err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("error is %v, want one that tells line 4", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("- {id: metro, name: City Metro, aliases: [m]}"))
	f.Add([]byte("owners: {a: A}\nservices:\n- &x {id: a}\n- *x\n"))
	f.Add([]byte("services: {a: b}"))
	f.Add([]byte("&a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := catalogue.Parse(data)
		if err != nil {
			return
		}
		for _, s := range list {
			if s.ID == "" {
				t.Errorf("a service without id was taken from %q", data)
			}
		}
	})
}
