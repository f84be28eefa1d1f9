package catalogue

import (
	_ "embed"
	"fmt"

	"github.com/outcry/outcry/event"
)

//go:embed services.yaml
var builtin []byte

// Builtin returns the built-in services in the order of their file. The caller owns the result.
func Builtin() ([]event.Service, error) {
	list, err := Parse(builtin)
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	if err := check(list); err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	return list, nil
}

// Owners returns what people call the owners of the built-in services, by slug: "meta" is "Meta". An owner that owns one
// service only may be missing; its service's name is then its name.
func Owners() (map[string]string, error) {
	doc, err := parseDocument(builtin)
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	return doc.owners, nil
}
