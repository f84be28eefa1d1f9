package ingesttest

import (
	"testing"
	"time"

	"github.com/outcry/outcry/ingest"
)

// Format holds a format to what it promises of any message, for fuzz targets: that it does not panic, that what is decoded can be used, and
// that the time that it finds is not before that of a post.
func Format(t testing.TB, f ingest.Format, message []byte) {
	t.Helper()
	detected := f.Detect(message)
	posts, err := f.Decode(nil, message)
	var newest time.Time
	for i := range posts {
		if fault := posts[i].Check(); fault != nil {
			t.Fatalf("useless post %+v: %v", posts[i], fault)
		}
		if posts[i].CreatedAt.After(newest) {
			newest = posts[i].CreatedAt
		}
	}
	if err != nil || !detected || len(posts) == 0 {
		return
	}
	if at, ok := f.Time(message); !ok || at.Before(newest) {
		t.Fatalf("Time = %v, %v; want %v", at, ok, newest)
	}
}
