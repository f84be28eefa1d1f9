package arch

import (
	"go/ast"
	"go/token"
	"io/fs"
)

// Finding is one place that breaks a rule.
type Finding struct {
	// At is where: "web/server.go:12", or a folder.
	At string
	// Text says which rule is broken and what to do instead.
	Text string
}

// String gives one line for people.
func (f Finding) String() string { return f.At + ": " + f.Text }

// Check examines the module whose root is fsys. The findings come in a fixed order.
func Check(fsys fs.FS, rules Rules) ([]Finding, error) {
	fset := token.NewFileSet()
	packages, err := Load(fsys, fset)
	if err != nil {
		return nil, err
	}
	exam := exam{rules: rules, fset: fset}
	for _, p := range packages {
		exam.arrows(p)
		exam.comments(p)
		exam.manners(p)
		exam.globals(p)
	}
	return exam.findings, nil
}

// exam collects what is found on the way through a module.
type exam struct {
	rules    Rules
	fset     *token.FileSet
	findings []Finding
}

func (e *exam) find(at ast.Node, text string) {
	position := e.fset.Position(at.Pos())
	position.Column = 0
	e.findings = append(e.findings, Finding{At: position.String(), Text: text})
}
