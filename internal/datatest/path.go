package datatest

import (
	"os"
	"path/filepath"
	"testing"
)

// variable names the folder with the data.
const variable = "OUTCRY_TESTDATA"

// Path gives the absolute path of a file or folder of the data, or skips the test where it is not at hand. The data lie where
// OUTCRY_TESTDATA says, which then must be there, else in ../shared/data from the project's root.
func Path(t testing.TB, path ...string) string {
	t.Helper()
	root := os.Getenv(variable)
	named := root != ""
	if !named {
		root = filepath.Join(project(t), "..", "shared", "data")
	}
	if _, err := os.Stat(root); err != nil && named { //nolint:gosec // whoever runs the tests names the folder
		t.Fatalf("%s is set to a folder that is not there: %v", variable, err)
	}
	at, err := filepath.Abs(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(at); err != nil { //nolint:gosec // as above
		t.Skipf("no real data at %s; set %s to the folder that holds it", at, variable)
	}
	return at
}

// Read gives the content of a file of the data; else it is as Path.
func Read(t testing.TB, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(Path(t, path...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// project is the root of the project: tests run in the folder of their package, somewhere below it.
func project(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("there is no go.mod above the folder of the test")
		}
		dir = above
	}
}
