package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

// strange are lines that no client should send, by what is wrong with them. None of them is a post.
func strange(t testing.TB, good string) map[string]string {
	t.Helper()
	var p event.Post
	if err := json.Unmarshal([]byte(good), &p); err != nil {
		t.Fatal(err)
	}
	with := func(key string, value any) string {
		fields := map[string]any{"id": "1", "created_at": p.CreatedAt, "author": "a", "text": "tiktok is down", "tags": []string{"tiktokdown"}}
		fields[key] = value
		b, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// What cannot speak of a service is not looked at closely, so these do.
	whole := with("lang", "en")
	long := strings.Repeat("x", 10<<20)
	return map[string]string{
		"cut off":                 whole[:len(whole)-8],
		"two in one line, broken": whole[:len(whole)-1] + whole,
		"a word":                  "tiktok is down",
		"null":                    "null",
		"a number":                "17",
		"an empty object":         "{}",
		"no author":               `{"id":"1","created_at":"2023-03-09T09:30:00Z","text":"tiktok is down"}`,
		"an id that is a list":    with("id", []int{1}),
		"a text that is a number": with("text", 5),
		"a time that is a word":   with("created_at", "yesterday"),
		"a time that is a number": with("created_at", 12),
		"an author that is no id": with("author", map[string]int{"id": 1}),
		"year 0":                  with("created_at", "0000-01-01T00:00:00Z"),
		"year 9999":               with("created_at", "9999-12-31T23:59:59Z"),
		"a year of five digits":   with("created_at", "12023-03-09T09:30:00Z"),
		"bytes that are no text":  strings.Replace(with("text", "tiktok is down ?"), "?", "\xff\xfe\xc3\x28", 1),
		"zero bytes":              "\x00\x00\x00",
		"objects in objects":      strings.Repeat(`{"a":`, 100_000),
		"ten megabytes of noise":  long,
		"ten megabytes, cut off":  `{"id":"1","created_at":"2023-03-09T09:30:00Z","author":"a","text":"` + long,
	}
}

// mixed puts the strange lines between the good ones, and gives how many they are.
func mixed(t testing.TB, good []string) (lines []string, bad int) {
	t.Helper()
	all := strange(t, good[0])
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	every := len(good) / (len(names) + 1)
	for i, line := range good {
		lines = append(lines, line)
		if n := i / every; i%every == every-1 && n < len(names) {
			lines = append(lines, all[names[n]])
			bad++
		}
	}
	if bad != len(names) {
		t.Fatalf("%d of %d strange lines were placed", bad, len(names))
	}
	return lines, bad
}

// checkSane fails if a program has crashed.
func checkSane(t testing.TB, said string) {
	t.Helper()
	for _, word := range []string{"panic", "goroutine ", "runtime error"} {
		if strings.Contains(said, word) {
			t.Errorf("it speaks of %q: %s", word, tail(said))
		}
	}
}

// TestStrangeLines gives each command lines that are no posts between those that are: each strange line is counted and
// reported, each good one is used, and the events are those of the good lines alone.
func TestStrangeLines(t *testing.T) {
	t.Parallel()
	good := demo(t)
	want := must(t, join(good), "replay", "-").out
	lines, bad := mixed(t, good)
	t.Run("replay", func(t *testing.T) {
		t.Parallel()
		r := must(t, join(lines), "replay", "-")
		checkSane(t, r.err)
		if s := summaryOf(t, r.err); s.posts != len(good) || s.drops() != bad {
			t.Errorf("%d posts were read and %v dropped, want %d and %d", s.posts, s.dropped, len(good), bad)
		}
		if r.out != want {
			same(t, "the events", split(want), split(r.out))
		}
	})
	t.Run("match", func(t *testing.T) {
		t.Parallel()
		r := must(t, join(lines), "match", "-")
		checkSane(t, r.err)
		if posts, drops := len(split(r.out)), strings.Count(r.err, ": not used: "); posts != len(good) || drops != bad {
			t.Errorf("%d posts were printed and %d reported, want %d and %d", posts, drops, len(good), bad)
		}
	})
	t.Run("push", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, plan{}).openToPosts()
		accepted, dropped := 0, 0
		for i := 0; i*batchSize < len(lines); i++ {
			status, body := exchange(t, http.MethodPost, h.push, "", batch(lines, batchSize, i))
			var answer struct{ Accepted, Dropped int }
			if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK {
				t.Fatalf("batch %d: %d, %v: %s", i, status, err, body)
			}
			accepted += answer.Accepted
			dropped += answer.Dropped
		}
		if accepted != len(good) || dropped != bad {
			t.Errorf("%d posts were accepted and %d dropped, want %d and %d", accepted, dropped, len(good), bad)
		}
		h.awaitMetric(`outcry_posts_read_total{source="push"}`, float64(len(good)))
		h.awaitOutages(plain(t, split(want)))
		checkSane(t, h.said())
	})
}

// TestBrokenClock has one post in the middle claim a time ten years ahead of all others: nobody else's post is lost by it.
func TestBrokenClock(t *testing.T) {
	t.Parallel()
	good := demo(t)
	ahead := time.Now().UTC()
	if last := demoStart(); last.After(ahead) {
		ahead = last
	}
	b, err := json.Marshal(event.Post{ID: "1", Source: "x", Author: "a", Text: "good morning", CreatedAt: ahead.AddDate(10, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	want := must(t, join(good), "replay", "-").out
	for _, at := range []int{0, len(good) / 4, len(good)} {
		t.Run(fmt.Sprintf("after %d posts", at), func(t *testing.T) {
			t.Parallel()
			lines := slices.Insert(slices.Clone(good), at, string(b))
			if got := must(t, join(lines), "replay", "-").out; got != want {
				same(t, "the events", split(want), split(got))
			}
		})
	}
	t.Run("push", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, plan{}).openToPosts()
		h.feed(slices.Insert(slices.Clone(good), len(good)/4, string(b)), batchSize, nil)
		h.awaitOutages(plain(t, split(want)))
	})
}
