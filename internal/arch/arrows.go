package arch

import (
	"go/ast"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// arrows examines what a package imports.
func (e *exam) arrows(p Package) {
	layer, ok := e.layer(p.Path)
	if !ok {
		e.findings = append(e.findings, Finding{At: p.Path, Text: "no layer is defined for this folder; put the package into a known one, or define it in internal/arch/rules.go"})
		return
	}
	for _, file := range p.Files {
		for _, spec := range file.Syntax.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue // the parser has accepted it
			}
			if folder, ok := e.ownFolder(target); ok {
				e.ownImport(spec, p, layer, folder)
				continue
			}
			if layer.StdOnly && !isStd(target) {
				e.find(spec, p.Path+" imports only the standard library, not "+target)
			}
			e.clientImport(spec, p, target)
		}
	}
}

func (e *exam) layer(folder string) (Layer, bool) {
	for _, layer := range e.rules.Layers {
		if fits(layer.Folder, folder) {
			return layer, true
		}
	}
	return Layer{}, false
}

// ownFolder gives the folder of an import path of this module.
func (e *exam) ownFolder(target string) (string, bool) {
	if target == e.rules.Module {
		return ".", true
	}
	return strings.CutPrefix(target, e.rules.Module+"/")
}

func (e *exam) ownImport(spec *ast.ImportSpec, p Package, layer Layer, folder string) {
	switch {
	case layer.StdOnly:
		e.find(spec, p.Path+" imports only the standard library, not "+folder)
	case fitsAny(layer.Imports, folder):
	case fitsBelow(layer, p.Path) && strings.HasPrefix(folder, p.Path+"/"):
		// A package may be made of parts that lie below it.
	default:
		e.find(spec, p.Path+" must not import "+folder+"; declare the interface that is needed here, and let cmd/outcry bring both together")
	}
}

// fitsBelow reports whether the package is itself a member of a family ("ingest/x"), whose own parts are no strangers.
func fitsBelow(layer Layer, folder string) bool {
	return strings.HasSuffix(layer.Folder, "/*") && fits(layer.Folder, folder)
}

func (e *exam) clientImport(spec *ast.ImportSpec, p Package, target string) {
	for _, library := range slices.Sorted(maps.Keys(e.rules.Clients)) {
		owner := e.rules.Clients[library]
		if within(library, target) && !within(owner, p.Path) && !isForTests(p.Path) {
			e.find(spec, "only "+owner+" imports "+library)
		}
	}
}

// isStd reports whether an import path belongs to the standard library: those have no dot in the first element.
func isStd(target string) bool {
	first, _, _ := strings.Cut(target, "/")
	return !strings.Contains(first, ".")
}
