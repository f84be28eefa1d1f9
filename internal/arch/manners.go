package arch

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// majorVersion ends an import path without being part of the package's name: math/rand/v2 is rand.
var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

// comments examines doc.go: it alone has the package comment, and it names every other file.
func (e *exam) comments(p Package) {
	var doc *ast.File
	for _, file := range p.Files {
		if file.Name == "doc.go" {
			doc = file.Syntax
		} else if file.Syntax.Doc != nil {
			e.find(file.Syntax.Doc, "the package comment stands in doc.go")
		}
	}
	if doc == nil || doc.Doc == nil {
		e.findings = append(e.findings, Finding{At: p.Path, Text: "the package has no doc.go with a package comment"})
		return
	}
	text := doc.Doc.Text()
	if start := "Package " + p.Name + " "; p.Name != "main" && !strings.HasPrefix(text, start) {
		e.find(doc.Doc, "the package comment begins with \""+start+"\"")
	}
	words := strings.Fields(text)
	for _, file := range p.Files {
		if file.Name != "doc.go" && !slices.Contains(words, file.Name) {
			e.find(doc.Doc, "doc.go does not say what "+file.Name+" holds")
		}
	}
}

// place is what a package may do.
type place struct{ program, pure, seeded bool }

// manners examines what the functions of a package do.
func (e *exam) manners(p Package) {
	where := place{
		program: fitsAny(e.rules.Programs, p.Path) || isForTests(p.Path),
		pure:    fitsAny(e.rules.Pure, p.Path),
	}
	where.seeded = where.pure || fitsAny(e.rules.Seeded, p.Path)
	for _, file := range p.Files {
		names := e.importNames(file, where)
		ast.Inspect(file.Syntax, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					e.find(n, "no init functions; call what is needed from where it is needed")
				}
			case *ast.SelectorExpr:
				e.selector(n, names, where)
			case *ast.CallExpr:
				if called, ok := n.Fun.(*ast.Ident); ok && (called.Name == "print" || called.Name == "println") {
					e.find(n, "no print and println; log with zap, or write to an io.Writer")
				}
			}
			return true
		})
	}
}

// importNames examines the imports that say by themselves what is done, and gives the import path behind each name.
func (e *exam) importNames(file File, where place) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Syntax.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has accepted it
		}
		name := path.Base(majorVersion.ReplaceAllString(target, ""))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = target
		switch {
		case !where.program && (target == "log" || target == "log/slog"):
			e.find(spec, "a *zap.Logger is handed in; "+target+" is not used")
		case where.pure && (target == "os" || target == "net" || target == "net/http" || target == "crypto/rand"):
			e.find(spec, "this folder is pure; it does without "+target)
		}
	}
	return names
}

func (e *exam) selector(n *ast.SelectorExpr, names map[string]string, where place) {
	base, ok := n.X.(*ast.Ident)
	if !ok {
		return
	}
	target := names[base.Name]
	switch name := target + "." + n.Sel.Name; {
	case !where.program && slices.Contains([]string{"fmt.Print", "fmt.Printf", "fmt.Println", "os.Stdout", "os.Stderr", "os.Stdin"}, name):
		e.find(n, "only programs own the standard streams; write to an io.Writer instead of "+name)
	case !where.program && slices.Contains([]string{"os.Getenv", "os.LookupEnv", "os.Environ", "os.Exit"}, name):
		e.find(n, "only programs use "+name+"; configuration is handed in and errors are handed out")
	case where.pure && slices.Contains([]string{"time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.Tick", "time.NewTimer", "time.NewTicker", "time.AfterFunc"}, name):
		e.find(n, "this folder is pure; time is an argument and not "+name)
	case where.seeded && (target == "math/rand" || target == "math/rand/v2") && !isSeeded(n.Sel.Name):
		e.find(n, "chance comes from a generator with a stated seed here")
	}
}

// isSeeded reports whether a name of math/rand is a type or the making of a generator with a stated seed.
func isSeeded(name string) bool {
	switch name {
	case "New", "NewPCG", "NewChaCha8", "NewZipf", "NewSource", "Rand", "Source", "PCG", "ChaCha8", "Zipf":
		return true
	}
	return false
}
