package replay_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/replay"
)

// post gives a line of outcry's own form.
func post(id int) string {
	return fmt.Sprintf(`{"id":"%d","created_at":"2021-10-04T15:%02d:%02dZ","author":"a%d","text":"WhatsApp is down"}`, id, id/60%60, id%60, id)
}

func ids(posts []event.Post) string {
	var all []string
	for i := range posts {
		all = append(all, posts[i].ID)
	}
	return strings.Join(all, " ")
}

func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	jetstream = `{"did":"did:plc:a","time_us":1783175888090631,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"b","record":{"text":"t"}}}`
	tweet     = `{"data":{"id":"1445051834294706176","author_id":"7","text":"t"}}`
	toot      = `{"uri":"https://u","content":"t","account":{"acct":"a@b"},"created_at":"2024-03-05T15:20:00Z"}`
)

// TestShapes reads every shape of file that is promised.
func TestShapes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		content string
		ids     string
		drops   []string
	}{
		"lines":                      {post(1) + "\n" + post(2) + "\n", "1 2", nil},
		"no last line end":           {post(1) + "\n" + post(2), "1 2", nil},
		"mark, CRLF, blank":          {"\uFEFF" + post(1) + "\r\n\r\n  \n" + post(2) + "\r\n", "1 2", nil},
		"mixed formats":              {jetstream + "\n" + tweet + "\n" + toot + "\n" + post(1) + "\n" + jetstream, "did:plc:a/b 1445051834294706176 https://u 1 did:plc:a/b", nil},
		"captured stream":            {":thump\nevent: update\ndata: " + toot + "\n\nevent: delete\ndata: 5\n", "https://u", nil},
		"array in one line":          {"[" + post(1) + "," + post(2) + "]", "1 2", nil},
		"array of lines":             {"[\n  " + post(1) + ",\n  " + post(2) + "\n]\n", "1 2", nil},
		"arrays, a line each":        {"[" + post(1) + "," + post(2) + "]\n[" + post(3) + "]\n[]\n" + post(4), "1 2 3 4", nil},
		"indented object":            {"{\n  \"statuses\": [\n {\"id_str\":\"972472958596866048\",\"user\":{\"id_str\":\"3\"},\"text\":\"}]\"}\n ]\n}\n", "972472958596866048", nil},
		"indented objects":           {strings.ReplaceAll(post(1), ",", ",\n ") + "\n" + strings.ReplaceAll(post(2), ",", ",\n ") + "\n", "1 2", nil},
		"first line cut off":         {post(1)[:40] + "\n" + post(2) + "\n" + post(3), "2 3", []string{"f:1: syntax: not valid JSON"}},
		"cut after a comma":          {`{"id":"1",` + "\n" + post(2) + "\n", "2", []string{"f:1: syntax: not valid JSON"}},
		"last line cut off":          {post(1) + "\n" + post(2)[:40], "1", []string{"f:2: syntax: not valid JSON"}},
		"array cut off":              {"[" + post(1) + "," + post(2)[:40], "1", []string{"f:1: syntax: a JSON array that does not end"}},
		"array line cut off":         {post(1) + "\n[" + post(2) + "," + post(3)[:30] + "\n" + post(4), "1 2 4", []string{"f:2: syntax: a JSON array that does not end"}},
		"array line without bracket": {post(1) + "\n[" + post(2) + ",\n" + post(4), "1 2 4", []string{"f:2: syntax: a JSON array that does not end"}},
		"array of nonsense": {"[1, \"x\", }, {\"a\":1}, " + post(2) + "]\n" + post(3), "2 3", []string{
			"f:1: unknown: looks like no known wire format", "f:1: unknown: looks like no known wire format",
			"f:1: syntax: a JSON array that does not end", "f:1: unknown: looks like no known wire format"}},
		"nonsense": {"hello\n\x00\xff\n" + post(1) + "\n{\"a\":1}\n", "1", []string{
			"f:1: syntax: not valid JSON", "f:2: encoding: not valid UTF-8", "f:4: unknown: looks like no known wire format"}},
		"empty": {"", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, "f", []byte(tc.content))
			got, err := read(t, replay.Config{Paths: []string{path}}, "")
			if err != nil {
				t.Fatal(err)
			}
			if ids(got.posts) != tc.ids || !cmp.Equal(got.drops, tc.drops) {
				t.Errorf("posts %s, want %s; drops %q, want %q", ids(got.posts), tc.ids, got.drops, tc.drops)
			}
			piped, err := read(t, replay.Config{Paths: []string{"-"}, Stdin: iotest.OneByteReader(strings.NewReader(tc.content))}, "")
			if err != nil || ids(piped.posts) != tc.ids || len(piped.drops) != len(tc.drops) {
				t.Errorf("byte by byte: posts %s, drops %q, %v", ids(piped.posts), piped.drops, err)
			}
		})
	}
}

func TestCompressed(t *testing.T) {
	t.Parallel()
	plain := []byte(post(1) + "\n" + post(2) + "\n")
	var gz bytes.Buffer
	for range 2 { // two members, as when files are appended to each other
		w := gzip.NewWriter(&gz)
		if _, err := w.Write(plain); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	zst := enc.EncodeAll(plain, nil)
	for name, tc := range map[string]struct {
		content []byte
		ids     string
	}{"gz": {gz.Bytes(), "1 2 1 2"}, "zst": {zst, "1 2"}} {
		got, err := read(t, replay.Config{Paths: []string{write(t, "f", tc.content)}}, "")
		if err != nil || ids(got.posts) != tc.ids {
			t.Errorf("%s: %s, %v", name, ids(got.posts), err)
		}
		got, err = read(t, replay.Config{Paths: []string{"-"}, Stdin: bytes.NewReader(tc.content)}, "")
		if err != nil || ids(got.posts) != tc.ids {
			t.Errorf("%s from standard input: %s, %v", name, ids(got.posts), err)
		}
		got, err = read(t, replay.Config{Paths: []string{write(t, "f", tc.content[:len(tc.content)-6])}}, "")
		if err == nil {
			t.Errorf("%s cut off: no error; %d posts", name, len(got.posts))
		}
	}
}

// TestArchive reads a compressed archive of compressed files, as years of posts are kept.
func TestArchive(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	whole := gzip.NewWriter(&archive)
	w := tar.NewWriter(whole)
	add := func(name string, content []byte) {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "04/", Mode: 0o700, Typeflag: tar.TypeDir}); err != nil {
		t.Fatal(err)
	}
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	add("04/00.json", []byte(post(1)+"\n"+post(2)))
	add("04/01.json", nil)
	add("04/02.json.zst", enc.EncodeAll([]byte(post(3)+"\n"), nil))
	add("04/03.json.zst", enc.EncodeAll([]byte(post(4)+"\n"), nil))
	if err := errors.Join(w.Close(), whole.Close()); err != nil {
		t.Fatal(err)
	}
	cfg := replay.Config{Paths: []string{write(t, "f.tgz", archive.Bytes())}, BatchSize: 1}
	got, err := read(t, cfg, "")
	if err != nil || ids(got.posts) != "1 2 3 4" {
		t.Errorf("posts %s, drops %q, %v", ids(got.posts), got.drops, err)
	}
	got, err = read(t, cfg, got.cursors[1])
	if err != nil || ids(got.posts) != "3 4" {
		t.Errorf("from the second cursor: posts %s, drops %q, %v", ids(got.posts), got.drops, err)
	}
}

func TestTooLongIsSkippedNotHeld(t *testing.T) {
	t.Parallel()
	long := strings.Replace(post(2), "down", strings.Repeat("down", 1000), 1)
	for name, content := range map[string]string{
		"lines": post(1) + "\n" + long + "\n" + post(3) + "\n" + long,
		"array": "[\n" + post(1) + ",\n" + long + ",\n" + post(3) + ",\n" + long + "]",
	} {
		got, err := read(t, replay.Config{Paths: []string{write(t, "f", []byte(content))}, MaxLine: 300}, "")
		if err != nil || ids(got.posts) != "1 3" || !maps.Equal(got.dropped, map[string]int{ingest.ReasonTooLong: 2}) {
			t.Errorf("%s: posts %s, dropped %v, %v", name, ids(got.posts), got.dropped, err)
		}
	}
}

// only is a sieve that passes what holds a word.
type only string

func (o only) Pass(raw []byte) bool { return bytes.Contains(raw, []byte(o)) }

func TestSieve(t *testing.T) {
	t.Parallel()
	earlier := strings.ReplaceAll(jetstream, "1783175888090631", "1783175887090631")
	content := earlier + "\n" + jetstream + "\n" + strings.Replace(post(1), "down", "up", 1) + "\n" + post(59) + "\nup\n" + post(61)[:60] + "\n"
	got, err := read(t, replay.Config{Paths: []string{write(t, "f", []byte(content))}, Sieve: only("down")}, "")
	if err != nil {
		t.Fatal(err)
	}
	if ids(got.posts) != "59" || got.seen != 4 {
		t.Errorf("posts %s of %d seen; want 59 of 4", ids(got.posts), got.seen)
	}
	if want := time.UnixMicro(1783175888090631); !got.last.Through.Equal(want) {
		t.Errorf("Through = %v, want that of a post which the sieve held back, %v", got.last.Through, want)
	}
	if want := []string{"f:5: syntax: not valid JSON", "f:6: syntax: not valid JSON"}; !cmp.Equal(got.drops, want) {
		t.Errorf("drops %q, want %q: what cannot be read is reported although no sieve passes it", got.drops, want)
	}
}

// TestResume stops after every batch in turn and goes on from its cursor: nothing is missed and nothing read twice.
func TestResume(t *testing.T) {
	t.Parallel()
	var lines, array []string
	for i := range 20 {
		lines = append(lines, post(i))
		array = append(array, post(20+i))
	}
	paths := []string{
		write(t, "lines", []byte(strings.Join(lines, "\n")+"\nbroken\n")),
		write(t, "array", []byte("[\n"+strings.Join(array, ",\n")+"\n]")),
		write(t, "line of arrays", []byte("[]\n["+strings.Join(lines, ",")+"]")),
	}
	cfg := replay.Config{Paths: paths, BatchSize: 7}
	whole, err := read(t, cfg, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, cursor := range whole.cursors {
		taken := 0
		head := readUntil(t, cfg, i+1)
		taken = len(head)
		rest, err := read(t, cfg, cursor)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(head) + " " + ids(rest.posts); strings.TrimSpace(got) != ids(whole.posts) {
			t.Errorf("after %d posts (cursor %s):\n got %s\nwant %s", taken, cursor, got, ids(whole.posts))
		}
	}
	if want := "lines:21: syntax: not valid JSON"; !cmp.Equal(whole.drops, []string{want}) {
		t.Errorf("drops %q, want %q", whole.drops, want)
	}
	for _, bad := range []string{"x", "0:0:0:l", "9:1:0:l", "0:1:5:z", "0:1:999999999:l"} {
		if _, err := read(t, cfg, bad); err == nil {
			t.Errorf("cursor %q is taken", bad)
		}
	}
}

var errEnough = errors.New("enough")

// readUntil reads so many batches and gives their posts.
func readUntil(t *testing.T, cfg replay.Config, batches int) []event.Post {
	t.Helper()
	cfg.Formats = formats()
	src, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var posts []event.Post
	err = src.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		if batches == 0 {
			return errEnough
		}
		batches--
		posts = append(posts, b.Posts...)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	return posts
}

func TestCancelWhileStandardInputIsSilent(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() }) // lets the abandoned read end
	src, err := replay.New(replay.Config{Paths: []string{"-"}, Stdin: r, Formats: formats()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	err = src.Read(ctx, "", func(context.Context, ingest.Batch) error { return errors.New("nothing was sent") })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Read = %v, want context.Canceled", err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]replay.Config{
		"no path":    {Formats: formats()},
		"no format":  {Paths: []string{"x"}},
		"no stdin":   {Paths: []string{"-"}, Formats: formats()},
		"two stdins": {Paths: []string{"-", "-"}, Stdin: strings.NewReader(""), Formats: formats()},
	} {
		if _, err := replay.New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := read(t, replay.Config{Paths: []string{"/nowhere"}}, ""); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	content := post(1) + "\n" + post(2) + "\n"
	var read, total int64
	var seen int
	cfg := replay.Config{Paths: []string{write(t, "f", []byte(content))}, Progress: func(r, of int64, posts int) { read, total, seen = r, of, posts }}
	cfg.Formats = formats()
	src, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := src.Read(t.Context(), "", func(context.Context, ingest.Batch) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if read != int64(len(content)) || total != read || seen != 2 {
		t.Errorf("progress %d of %d bytes, %d posts; want %d of %d, 2", read, total, seen, len(content), len(content))
	}
}

// FuzzReplay holds that the pieces in which a stream arrives change nothing, and that every stream comes to an end.
func FuzzReplay(f *testing.F) {
	for _, s := range []string{
		post(1) + "\n" + post(2), "[" + post(1) + "," + post(2) + "]", "[\n" + post(1) + "\n,", "{\n\"a\":[1,\n\"]}\\\"\"]}\n" + post(1), "[[[}}1,:", "x\r\n\xEF\xBB", "{\"id\":\"1\",\n \"text\":\"x\"}\n{\n}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		cfg := replay.Config{Paths: []string{"-"}, MaxLine: 256, BatchSize: 1}
		cfg.Stdin = bytes.NewReader(content)
		want, err := read(t, cfg, "")
		cfg.Stdin = iotest.OneByteReader(bytes.NewReader(content))
		got, err2 := read(t, cfg, "")
		if (err == nil) != (err2 == nil) || ids(got.posts) != ids(want.posts) || !cmp.Equal(got.drops, want.drops) {
			t.Fatalf("byte by byte: %s %q %v\nat once: %s %q %v", ids(got.posts), got.drops, err2, ids(want.posts), want.drops, err)
		}
	})
}
