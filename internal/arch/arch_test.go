package arch_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/arch"
)

func TestThisModule(t *testing.T) {
	t.Parallel()
	root := os.DirFS(filepath.Join("..", ".."))
	findings, err := arch.Check(root, arch.Project())
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		t.Error(finding)
	}
}

// TestTheWholeModuleIsSeen fails when the walk misses folders, so that silence would mean nothing.
func TestTheWholeModuleIsSeen(t *testing.T) {
	t.Parallel()
	root := os.DirFS(filepath.Join("..", ".."))
	findings, err := arch.Check(root, arch.Rules{Module: "github.com/outcry/outcry"})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, finding := range findings {
		seen[finding.At] = true
	}
	for _, folder := range []string{"event", "ingest", "internal/arch", "internal/secret"} {
		if !seen[folder] {
			t.Errorf("%s was not examined", folder)
		}
	}
}

// house is a small module with the layers of a real one.
func house() arch.Rules {
	return arch.Rules{
		Module: "example.com/m",
		Layers: []arch.Layer{
			{Folder: "event", StdOnly: true},
			{Folder: "ingest", Imports: []string{"event", "internal/*"}},
			{Folder: "ingest/*", Imports: []string{"ingest", "event", "internal/*"}},
			{Folder: "detect", Imports: []string{"event", "detect/*"}},
			{Folder: "detect/*", Imports: []string{"event"}},
			{Folder: "internal/*"},
			{Folder: "cmd/*", Imports: []string{"event", "ingest", "ingest/*"}},
		},
		Clients:  map[string]string{"example.org/client": "ingest/x"},
		Pure:     []string{"event", "detect/*"},
		Seeded:   []string{"ingest/y"},
		Programs: []string{"cmd/*"},
		Mutable:  map[string]string{"ingest.stamp": "the linker sets it"},
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	const doc = "// Package x is here.\npackage x\n"
	tests := []struct {
		name, file, source string
		want               []string
	}{
		{"a layer below", "ingest/a.go", `import "example.com/m/event"`, nil},
		{"the parent", "ingest/x/a.go", `import "example.com/m/ingest"`, nil},
		{"its own part", "ingest/x/a.go", `import "example.com/m/ingest/x/wire"`, nil},
		{"a part named in the layer", "detect/a.go", `import "example.com/m/detect/score"`, nil},
		{"the program", "cmd/p/a.go", `import "example.com/m/ingest/x"`, nil},
		{"a sibling", "ingest/x/a.go", `import "example.com/m/ingest/y"`, []string{"ingest/x/a.go:2: ingest/x must not import ingest/y"}},
		{"a sibling with a name that begins alike", "ingest/x/a.go", `import "example.com/m/ingest/xx"`, []string{"ingest/x/a.go:2: ingest/x must not import ingest/xx"}},
		{"another stage", "ingest/a.go", `import "example.com/m/detect"`, []string{"ingest/a.go:2: ingest must not import detect"}},
		{"a parent that reaches into a child", "ingest/a.go", `import "example.com/m/ingest/x"`, []string{"ingest/a.go:2: ingest must not import ingest/x"}},
		{"the program from below", "detect/a.go", `import "example.com/m/cmd/p"`, []string{"detect/a.go:2: detect must not import cmd/p"}},
		{"the root", "detect/a.go", `import "example.com/m"`, []string{"detect/a.go:2: detect must not import ."}},
		{"the vocabulary reaches out", "event/a.go", `import "example.org/lib"`, []string{"event/a.go:2: event imports only the standard library, not example.org/lib"}},
		{"the vocabulary reaches in", "event/a.go", `import "example.com/m/internal/y"`, []string{"event/a.go:2: event imports only the standard library, not internal/y"}},
		{"the client's owner", "ingest/x/a.go", `import "example.org/client/v2"`, nil},
		{"the client elsewhere", "ingest/y/a.go", `import "example.org/client/v2"`, []string{"ingest/y/a.go:2: only ingest/x imports example.org/client"}},
		{"a library with a name that begins alike", "ingest/y/a.go", `import "example.org/clients"`, nil},
		{"a folder without a layer", "misc/a.go", ``, []string{"misc: no layer is defined"}},

		{"an init function", "ingest/a.go", `func init() {}`, []string{"ingest/a.go:2: no init functions"}},
		{"a method called init", "ingest/a.go", `type t struct{}; func (t) init() {}`, nil},
		{"slog", "ingest/a.go", `import "log/slog"`, []string{"ingest/a.go:2: a *zap.Logger is handed in"}},
		{"printing", "ingest/a.go", `import "fmt"; func f() { fmt.Println() }`, []string{"ingest/a.go:2: only programs own the standard streams"}},
		{"printing under another name", "ingest/a.go", `import f "fmt"; func g() { f.Println() }`, []string{"ingest/a.go:2: only programs own the standard streams"}},
		{"formatting", "ingest/a.go", `import "fmt"; func f() string { return fmt.Sprint(1) }`, nil},
		{"println", "ingest/a.go", `func f() { println(1) }`, []string{"ingest/a.go:2: no print and println"}},
		{"the environment", "ingest/a.go", `import "os"; func f() { os.Getenv("A") }`, []string{"ingest/a.go:2: only programs use os.Getenv"}},
		{"a program that prints", "cmd/p/a.go", `import ("fmt"; "os"); func f() { fmt.Println(os.Getenv("A")) }`, nil},
		{"a clock in a pure folder", "detect/x/a.go", `import "time"; func f() { time.Now() }`, []string{"detect/x/a.go:2: this folder is pure; time is an argument"}},
		{"a clock elsewhere", "detect/a.go", `import "time"; func f() { time.Now() }`, nil},
		{"chance in a pure folder", "detect/x/a.go", `import "math/rand/v2"; func f() { rand.IntN(2) }`, []string{"detect/x/a.go:2: chance comes from a generator"}},
		{"seeded chance", "detect/x/a.go", `import "math/rand/v2"; func f() { rand.New(rand.NewPCG(1, 2)) }`, nil},
		{"chance in a seeded folder", "ingest/y/a.go", `import "math/rand"; func f() { rand.Intn(2) }`, []string{"ingest/y/a.go:2: chance comes from a generator"}},
		{"a clock in a seeded folder", "ingest/y/a.go", `import "time"; func f() { time.Now() }`, nil},
		{"a helper of tests", "ingest/xtest/a.go", `import ("fmt"; "example.org/client"); func f() { fmt.Println(client.X) }`, nil},
		{"a helper of tests that goes astray", "ingest/xtest/a.go", `import "example.com/m/detect"`, []string{"ingest/xtest/a.go:2: ingest/xtest must not import detect"}},
		{"the network in a pure folder", "event/a.go", `import "net/http"`, []string{"event/a.go:2: this folder is pure; it does without net/http"}},

		{"an error", "ingest/a.go", `import "errors"; var ErrX = errors.New("x")`, nil},
		{"a compiled pattern", "ingest/a.go", `import "regexp"; var digits = regexp.MustCompile("[0-9]")`, nil},
		{"a table", "ingest/a.go", `var table = map[string]int{"a": 1}; func f(s string) int { return table[s] }`, nil},
		{"a table read by address", "ingest/a.go", `var table = []int{1}; func f() *int { return &table[0] }`, nil},
		{"a table computed on first use", "ingest/a.go", `import "sync"; var table = sync.OnceValue(func() int { return 1 })`, nil},
		{"an assertion", "ingest/a.go", `var _ error = (*t)(nil); type t struct{ error }`, nil},
		{"an embedded file", "ingest/a.go", "import _ \"embed\"\n//go:embed a.go\nvar source string", nil},
		{"an allowed variable", "ingest/a.go", `var stamp string`, nil},
		{"a variable without a value", "ingest/a.go", `var state int`, []string{"ingest/a.go:2: package-level variable state has no value"}},
		{"a lock", "ingest/a.go", `import "sync"; var mu = &sync.Mutex{}`, []string{"ingest/a.go:2: package-level variable mu holds a lock"}},
		{"an empty map", "ingest/a.go", `var seen = make(map[string]bool)`, []string{"ingest/a.go:2: package-level variable seen starts empty"}},
		{"an exported table", "ingest/a.go", `var Table = []int{1}`, []string{"ingest/a.go:2: package-level variable Table is exported"}},
		{"an assignment", "ingest/a.go", `var n = 1; func f() { n = 2 }`, []string{"ingest/a.go:2: package-level variable n is written to"}},
		{"an assignment by index", "ingest/a.go", `var m = map[int]int{}; func f() { m[1] = 2 }`, []string{"ingest/a.go:2: package-level variable m is written to"}},
		{"a count", "ingest/a.go", `var n = 1; func f() { n++ }`, []string{"ingest/a.go:2: package-level variable n is written to"}},
		{"a delete", "ingest/a.go", `var m = map[int]int{}; func f() { delete(m, 1) }`, []string{"ingest/a.go:2: package-level variable m is written to"}},
		{"an address", "ingest/a.go", `var n = 1; func f() *int { return &n }`, []string{"ingest/a.go:2: package-level variable n is written to"}},
		{"a local of the same name", "ingest/a.go", `var n = 1; func f() { n := 1; n = 2; _ = n }`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := path.Dir(test.file)
			tree := fstest.MapFS{
				path.Join(folder, "doc.go"): {Data: []byte("// Package x is here.\n//\n//\ta.go  all of it\npackage x\n")},
				test.file:                   {Data: []byte("package x\n" + test.source + "\n")},
				// Tests and ignored folders may do what they like.
				path.Join(folder, "a_test.go"):        {Data: []byte("package x\nimport \"log/slog\"\nfunc init() { println() }\nvar state int\n")},
				path.Join(folder, "testdata", "b.go"): {Data: []byte("this is not Go")},
				path.Join(folder, "generate.go"):      {Data: []byte("//go:build ignore\n\n// Generate writes a table.\npackage main\nimport \"log\"\nvar state int\n")},
				"event/doc.go":                        {Data: []byte(doc)},
			}
			if folder == "event" {
				tree["event/doc.go"] = &fstest.MapFile{Data: []byte("// Package x is here.\n//\n//\ta.go  all of it\npackage x\n")}
			}
			compare(t, tree, test.want)
		})
	}
}

func TestPackageComments(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		tree map[string]string
		want []string
	}{
		{"complete", map[string]string{"event/doc.go": "// Package event is here: a.go\npackage event", "event/a.go": "package event"}, nil},
		{"a program", map[string]string{"cmd/p/doc.go": "// Command p runs.\npackage main"}, nil},
		{"no doc.go", map[string]string{"event/a.go": "package event"}, []string{"event: the package has no doc.go"}},
		{"no comment", map[string]string{"event/doc.go": "package event"}, []string{"event: the package has no doc.go with a package comment"}},
		{"another beginning", map[string]string{"event/doc.go": "// These are events.\npackage event"}, []string{`event/doc.go:1: the package comment begins with "Package event "`}},
		{"a file that is not named", map[string]string{"event/doc.go": "// Package event is here.\npackage event", "event/a.go": "package event"}, []string{"event/doc.go:1: doc.go does not say what a.go holds"}},
		{"a second comment", map[string]string{"event/doc.go": "// Package event is here: a.go\npackage event", "event/a.go": "// Package event too.\npackage event"}, []string{"event/a.go:1: the package comment stands in doc.go"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree := fstest.MapFS{}
			for name, source := range test.tree {
				tree[name] = &fstest.MapFile{Data: []byte(source)}
			}
			compare(t, tree, test.want)
		})
	}
}

func TestSourceThatCannotBeRead(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{"event/a.go": {Data: []byte("package event\nfunc {")}}
	if _, err := arch.Check(tree, house()); err == nil || !strings.Contains(err.Error(), "event/a.go:2") {
		t.Errorf("Check gives %v, want an error that names the place", err)
	}
}

// compare checks that the findings begin with what is wanted, one for one.
func compare(t *testing.T, tree fstest.MapFS, want []string) {
	t.Helper()
	findings, err := arch.Check(tree, house())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, finding := range findings {
		text := finding.String()
		if i < len(want) && strings.HasPrefix(text, want[i]) {
			text = want[i]
		}
		got = append(got, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
