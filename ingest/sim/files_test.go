package sim_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/sim"
)

func TestScenarioAsFolder(t *testing.T) {
	t.Parallel()
	s := demo()
	dir := t.TempDir()
	n, err := sim.WriteScenario(t.Context(), dir, s, 5)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, s.ID)
	truth, err := sim.ReadTruth(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.Truth, truth); diff != "" {
		t.Errorf("the truth comes back otherwise:\n%s", diff)
	}
	posts := readPosts(t, filepath.Join(folder, sim.PostsFile+".gz"))
	if n != len(posts) {
		t.Errorf("%d posts are in the file, %d were told", len(posts), n)
	}
	if diff := cmp.Diff(gather(s, 5), posts); diff != "" {
		t.Errorf("the posts come back otherwise:\n%s", diff)
	}
}

func readPosts(t *testing.T, path string) (posts []event.Post) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	zip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(zip); ; {
		var p event.Post
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return posts
		} else if err != nil {
			t.Fatal(err)
		}
		posts = append(posts, p)
	}
}

func TestReadTruthTellsWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := sim.ReadTruth(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that there is no file", err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, sim.TruthFile), []byte(`{"scenario":"x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.ReadTruth(folder); err == nil {
		t.Error("a truth without times was accepted")
	}
}
