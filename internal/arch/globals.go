package arch

import (
	"go/ast"
	"go/token"
	"strings"
)

// globals examines the package-level variables: errors, compiled patterns, embedded files and tables that nothing writes
// to are allowed. What a method changes inside a variable cannot be seen here.
func (e *exam) globals(p Package) {
	written := writtenNames(p)
	for _, file := range p.Files {
		for _, decl := range file.Syntax.Decls {
			if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.VAR {
				e.variables(p, group, written)
			}
		}
	}
}

func (e *exam) variables(p Package, group *ast.GenDecl, written map[string]bool) {
	for _, spec := range group.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok || isEmbedded(group, spec) {
			continue
		}
		for i, name := range spec.Names {
			if name.Name == "_" || e.rules.Mutable[p.Path+"."+name.Name] != "" {
				continue
			}
			var value ast.Expr
			if i < len(spec.Values) {
				value = spec.Values[i]
			}
			if reason := whyMutable(name, value, written[name.Name]); reason != "" {
				e.find(name, "package-level variable "+name.Name+" "+reason+"; make it a field, a constant or a function")
			}
		}
	}
}

// whyMutable says why a variable counts as changeable; "" when it does not.
func whyMutable(name *ast.Ident, value ast.Expr, written bool) string {
	switch {
	case written:
		return "is written to"
	case value == nil:
		return "has no value, so something must set it"
	case isCall(value, "errors.New", "fmt.Errorf"):
		return ""
	case name.IsExported():
		return "is exported, so that anybody can set it"
	case isCall(value, "make", "new"):
		return "starts empty, so something must fill it"
	case usesSync(value):
		return "holds a lock, a pool or an atomic value"
	}
	return ""
}

func isEmbedded(group *ast.GenDecl, spec *ast.ValueSpec) bool {
	for _, comments := range []*ast.CommentGroup{group.Doc, spec.Doc} {
		if comments == nil {
			continue
		}
		for _, comment := range comments.List {
			if strings.HasPrefix(comment.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

func isCall(value ast.Expr, names ...string) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	for _, name := range names {
		if dotted(call.Fun) == name {
			return true
		}
	}
	return false
}

// dotted gives "a" for an identifier and "a.b" for a selector on one.
func dotted(expr ast.Expr) string {
	switch n := expr.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		if base, ok := n.X.(*ast.Ident); ok {
			return base.Name + "." + n.Sel.Name
		}
	}
	return ""
}

// usesSync finds sync and atomic types in a value. Values that are computed once on first use (sync.OnceValue) are tables.
func usesSync(value ast.Expr) bool {
	found := false
	ast.Inspect(value, func(node ast.Node) bool {
		if _, isFunc := node.(*ast.FuncLit); isFunc {
			return false
		}
		if selector, ok := node.(*ast.SelectorExpr); ok {
			name := dotted(selector)
			once := name == "sync.OnceValue" || name == "sync.OnceValues"
			found = found || (strings.HasPrefix(name, "sync.") && !once) || strings.HasPrefix(name, "atomic.")
		}
		return true
	})
	return found
}

// writtenNames collects the names that are assigned to, directly or by index, field or address, in functions that do not
// themselves declare the name.
func writtenNames(p Package) map[string]bool {
	written := map[string]bool{}
	for _, file := range p.Files {
		for _, decl := range file.Syntax.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			local := localNames(function)
			ast.Inspect(function, func(node ast.Node) bool {
				for _, target := range writes(node) {
					if name := root(target); name != "" && !local[name] {
						written[name] = true
					}
				}
				return true
			})
		}
	}
	return written
}

// writes gives the expressions that a node writes to, or through whose address somebody could.
func writes(node ast.Node) []ast.Expr {
	switch n := node.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.UnaryExpr:
		// The address of one element (&table[i]) is how a table is read without copying.
		if _, plain := n.X.(*ast.Ident); plain && n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			return []ast.Expr{n.Key, n.Value}
		}
	case *ast.CallExpr:
		if name := dotted(n.Fun); (name == "delete" || name == "clear") && len(n.Args) > 0 {
			return n.Args[:1]
		}
	}
	return nil
}

// root gives the variable in which an expression lies: table[1].x -> table.
func root(expr ast.Expr) string {
	for {
		switch n := expr.(type) {
		case *ast.Ident:
			return n.Name
		case *ast.IndexExpr:
			expr = n.X
		case *ast.SelectorExpr:
			expr = n.X
		case *ast.StarExpr:
			expr = n.X
		case *ast.ParenExpr:
			expr = n.X
		case *ast.SliceExpr:
			expr = n.X
		default:
			return ""
		}
	}
}

// localNames collects the names that a function declares anywhere: its receiver, parameters, results and variables.
func localNames(function *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	add := func(expr ast.Expr) {
		if name, ok := expr.(*ast.Ident); ok {
			names[name.Name] = true
		}
	}
	ast.Inspect(function, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				add(name)
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, left := range n.Lhs {
					add(left)
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				add(n.Key)
				add(n.Value)
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				add(name)
			}
		}
		return true
	})
	return names
}
