package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Package is the parsed source of one folder, without its tests.
type Package struct {
	// Path is the folder relative to the module's root: "ingest/bluesky"; "." is the root.
	Path string
	// Name is the name in the package clauses.
	Name string
	// Files are sorted by name.
	Files []File
}

// File is one parsed source file.
type File struct {
	// Name is the file's name within its folder.
	Name   string
	Syntax *ast.File
}

// Load parses all packages of the module whose root is fsys, sorted by path. Folders that the go tool does not look into
// (testdata, vendor, names that begin with '.' or '_') and files that it never builds (generators) are left out.
func Load(fsys fs.FS, fset *token.FileSet) ([]Package, error) {
	byPath := map[string]*Package{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isIgnored(entry.Name()):
			return fs.SkipDir
		case entry.IsDir(), !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"):
			return nil
		}
		return addFile(byPath, fsys, fset, name)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the source tree: %w", err)
	}
	packages := make([]Package, 0, len(byPath))
	for _, p := range byPath {
		packages = append(packages, *p)
	}
	slices.SortFunc(packages, func(a, b Package) int { return strings.Compare(a.Path, b.Path) })
	return packages, nil
}

func isIgnored(folder string) bool {
	if folder == "." {
		return false
	}
	return folder == "testdata" || folder == "vendor" || folder == "node_modules" || strings.ContainsAny(folder[:1], "._")
}

func addFile(byPath map[string]*Package, fsys fs.FS, fset *token.FileSet, name string) error {
	source, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if isGenerator(syntax) {
		return nil
	}
	folder := path.Dir(name)
	p := byPath[folder]
	if p == nil {
		p = &Package{Path: folder, Name: syntax.Name.Name}
		byPath[folder] = p
	}
	p.Files = append(p.Files, File{Name: path.Base(name), Syntax: syntax})
	return nil
}

// isGenerator reports whether a file is run by itself and belongs to no package.
func isGenerator(syntax *ast.File) bool {
	for _, group := range syntax.Comments {
		for _, comment := range group.List {
			if comment.Pos() < syntax.Package && comment.Text == "//go:build ignore" {
				return true
			}
		}
	}
	return false
}
