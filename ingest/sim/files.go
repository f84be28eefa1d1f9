package sim

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/outcry/outcry/internal/scoreboard"
)

// The names of the two files in the folder of a scenario. The posts may be compressed, with the compression's ending behind.
const (
	PostsFile = "posts.ndjson"
	TruthFile = "truth.json"
)

// WriteScenario writes the scenario's posts, compressed by gzip, and its truth into dir/<id>/ and returns how many posts
// there are. A folder that is left half-written when ctx ends has no truth.
func WriteScenario(ctx context.Context, dir string, s Scenario, seed uint64) (int, error) {
	folder := filepath.Join(dir, s.ID)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, fmt.Errorf("cannot make the scenario's folder; choose another place: %w", err)
	}
	n, err := writePosts(ctx, filepath.Join(folder, PostsFile+".gz"), s, seed)
	if err != nil {
		return n, fmt.Errorf("cannot write the posts of %s: %w", s.ID, err)
	}
	truth, err := json.MarshalIndent(s.Truth, "", "  ")
	if err != nil {
		return n, fmt.Errorf("cannot encode the truth of %s: %w", s.ID, err)
	}
	if err := os.WriteFile(filepath.Join(folder, TruthFile), append(truth, '\n'), 0o644); err != nil {
		return n, fmt.Errorf("cannot write the truth of %s: %w", s.ID, err)
	}
	return n, nil
}

func writePosts(ctx context.Context, path string, s Scenario, seed uint64) (n int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip := gzip.NewWriter(f)
	enc := json.NewEncoder(zip)
	enc.SetEscapeHTML(false)
	for p := range s.Posts(seed) {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		if err := enc.Encode(&p); err != nil {
			return n, err
		}
		n++
	}
	return n, zip.Close()
}

// ReadTruth reads the truth of the scenario in folder and checks it.
func ReadTruth(folder string) (Truth, error) {
	path := filepath.Join(folder, TruthFile)
	data, err := os.ReadFile(path)
	if err != nil {
		return Truth{}, fmt.Errorf("cannot read the truth of a scenario; a folder for backtests holds one folder a scenario with %s and %s: %w",
			PostsFile, TruthFile, err)
	}
	t, err := scoreboard.DecodeTruth(data)
	if err != nil {
		return Truth{}, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}
