package catalogue

import (
	_ "embed"
	"fmt"

	"github.com/outcry/outcry/event"
)

//go:embed services.yaml
var builtin []byte

// Builtin returns the built-in services in the order of their file, and what people call their owners, by slug: "meta" is "Meta". An owner
// that owns one service only may be missing; its service's name is then its name. The caller owns the results.
func Builtin() ([]event.Service, map[string]string, error) {
	doc, err := parseDocument(builtin)
	if err == nil {
		err = check(doc.services)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	return doc.services, doc.owners, nil
}
