package catalogue

import (
	"errors"
	"fmt"
	"slices"

	"github.com/agnivade/levenshtein"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/event"
)

// entry is a service as it stands in YAML.
type entry struct {
	ID         string   `yaml:"id"`
	Name       string   `yaml:"name"`
	Owner      string   `yaml:"owner"`
	DependsOn  []string `yaml:"depends_on"`
	Aliases    []string `yaml:"aliases"`
	Tags       []string `yaml:"tags"`
	Handles    []string `yaml:"handles"`
	Phrases    []string `yaml:"phrases"`
	Hints      []string `yaml:"hints"`
	StatusPage string   `yaml:"status_page"`
	Kind       string   `yaml:"kind"`
	Country    string   `yaml:"country"`
	Ambiguous  bool     `yaml:"ambiguous"`
}

// serviceKeys are the keys that a service may have, in the order of entry.
var serviceKeys = []string{
	"id", "name", "owner", "depends_on", "aliases", "tags", "handles", "phrases", "hints", "status_page", "kind", "country", "ambiguous",
}

// documentKeys are the keys that a catalogue may have at its top.
var documentKeys = []string{"owners", "services"}

// document is a catalogue file, read.
type document struct {
	owners   map[string]string
	services []event.Service
}

// Parse reads services from YAML: a list, or a mapping that holds the list under "services" and, if it likes, names of owners
// under "owners". Every error tells its line; all faults are reported at once. Services are checked one by one, not against
// each other: that is Merge's part, for an entry may be meant to override another.
func Parse(data []byte) ([]event.Service, error) {
	doc, err := parseDocument(data)
	if err != nil {
		return nil, err
	}
	return doc.services, nil
}

// ParseNode reads a YAML list of services that is part of a larger document, so that errors tell that document's lines.
func ParseNode(list *yaml.Node) ([]event.Service, error) {
	if list.Kind == yaml.AliasNode {
		list = list.Alias
	}
	if list.Kind == 0 || list.Tag == "!!null" {
		return nil, nil
	}
	if list.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("line %d: services must be a list, one \"- {id: …, name: …}\" for each", list.Line)
	}
	var (
		services = make([]event.Service, 0, len(list.Content))
		faults   []error
	)
	for _, node := range list.Content {
		s, err := parseService(node)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		services = append(services, s)
	}
	return services, errors.Join(faults...)
}

// parseDocument reads a whole catalogue file.
func parseDocument(data []byte) (document, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return document{}, fmt.Errorf("catalogue is not YAML: %w", err)
	}
	if len(root.Content) == 0 {
		return document{}, nil
	}
	top := root.Content[0]
	if top.Kind != yaml.MappingNode {
		services, err := ParseNode(top)
		return document{services: services}, err
	}
	if err := knownKeys(top, documentKeys); err != nil {
		return document{}, err
	}
	var doc document
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if key.Value == "owners" {
			if err := value.Decode(&doc.owners); err != nil {
				return document{}, fmt.Errorf("line %d: owners must map slugs to names: %w", value.Line, err)
			}
			continue
		}
		var err error
		if doc.services, err = ParseNode(value); err != nil {
			return document{}, err
		}
	}
	return doc, nil
}

// parseService reads one entry of the list.
func parseService(node *yaml.Node) (event.Service, error) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind != yaml.MappingNode {
		return event.Service{}, fmt.Errorf("line %d: a service must be a mapping such as {id: metro, name: City Metro}", node.Line)
	}
	if err := knownKeys(node, serviceKeys); err != nil {
		return event.Service{}, err
	}
	var e entry
	if err := node.Decode(&e); err != nil {
		return event.Service{}, fmt.Errorf("line %d: %w", node.Line, err)
	}
	s := event.Service(e)
	if err := checkOne(&s); err != nil {
		return event.Service{}, fmt.Errorf("line %d: %w", node.Line, err)
	}
	return s, nil
}

// knownKeys refuses a mapping with a key that is not known or stands twice.
func knownKeys(mapping *yaml.Node, known []string) error {
	var faults []error
	seen := make(map[string]bool, len(known))
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		if !slices.Contains(known, key.Value) {
			faults = append(faults, fmt.Errorf("line %d: unknown key %q; did you mean %q?", key.Line, key.Value, nearest(key.Value, known)))
		}
		if seen[key.Value] {
			faults = append(faults, fmt.Errorf("line %d: key %q stands twice; keep one", key.Line, key.Value))
		}
		seen[key.Value] = true
	}
	return errors.Join(faults...)
}

// nearest returns the candidate that takes the fewest edits to reach from s, the first of equals.
func nearest(s string, candidates []string) string {
	best, least := "", -1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(s, c); least < 0 || d < least {
			best, least = c, d
		}
	}
	return best
}
