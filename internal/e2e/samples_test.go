package e2e_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/outcry/outcry/internal/datatest"
)

// inside counts what a message of any network holds, without our decoders: posts, or one thing that has to be reported.
func inside(line string) int {
	var m struct {
		TimeUS   int64             `json:"time_us"`
		Event    string            `json:"event"`
		Statuses []json.RawMessage `json:"statuses"`
		Data     json.RawMessage   `json:"data"`
	}
	if json.Unmarshal([]byte(line), &m) != nil {
		return 1
	}
	switch {
	case m.TimeUS != 0:
		var w wire
		if json.Unmarshal([]byte(line), &w) == nil && w.isPost() {
			return 1
		}
		return 0
	case m.Event != "":
		return strings.Count(m.Event, "update")
	case m.Statuses != nil:
		return len(m.Statuses)
	case len(m.Data) > 0 && m.Data[0] == '[' && strings.Contains(string(m.Data), `"text"`):
		var tweets []json.RawMessage
		_ = json.Unmarshal(m.Data, &tweets) // it was valid above
		return len(tweets)
	}
	return 1
}

// summary is what `outcry replay` says on standard error.
type summary struct {
	posts, mentions int
	dropped         map[string]int
}

var (
	postsPattern   = regexp.MustCompile(`(?m)^(\d+) posts read in .*, (\d+) mentions of services`)
	droppedPattern = regexp.MustCompile(`(?m)^not used: (\d+) \((\w+)\)$`)
)

// summaryOf reads it.
func summaryOf(t testing.TB, text string) summary {
	t.Helper()
	number := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	m := postsPattern.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("there is no summary in: %s", tail(text))
	}
	s := summary{posts: number(m[1]), mentions: number(m[2]), dropped: map[string]int{}}
	for _, d := range droppedPattern.FindAllStringSubmatch(text, -1) {
		s.dropped[d[2]] = number(d[1])
	}
	return s
}

// drops is how many were dropped in all.
func (s summary) drops() int {
	n := 0
	for _, d := range s.dropped {
		n += d
	}
	return n
}

// TestSamples reads every recorded message: each post comes out of `match` or is reported, and `replay` counts the same. All files
// are read at once; one by one only to tell which of them is at fault.
func TestSamples(t *testing.T) {
	t.Parallel()
	root := datatest.Path(t, "samples")
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("there are no files under %s", root)
	}
	if wrong := checkSamples(t, files); wrong == "" {
		return
	}
	for _, file := range files {
		if wrong := checkSamples(t, []string{file}); wrong != "" {
			t.Errorf("%s: %s", file, wrong)
		}
	}
	if !t.Failed() {
		t.Error("the files are read rightly one by one, but not together")
	}
}

// checkSamples reads files and says what is wrong with the counts; "": nothing.
func checkSamples(t *testing.T, files []string) string {
	t.Helper()
	want := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range split(string(content)) {
			want += inside(line)
		}
	}
	matched := must(t, nil, append([]string{"match"}, files...)...)
	if posts, drops := len(split(matched.out)), strings.Count(matched.err, ": not used: "); posts+drops != want {
		return fmt.Sprintf("match printed %d posts and reported %d, want %d in all", posts, drops, want)
	}
	s := summaryOf(t, must(t, nil, append([]string{"replay"}, files...)...).err)
	if got := s.posts + s.drops(); got != want {
		return fmt.Sprintf("replay read %d posts and dropped %v, want %d in all", s.posts, s.dropped, want)
	}
	return ""
}
