package bluesky_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/bluesky"
)

const (
	record = `{"$type":"app.bsky.feed.post","createdAt":"1999-10-04T15:44:03Z","langs":["pt","en"],"tags":["Instagram"],
 "text":"is \"insta\" down? #instadown",
 "facets":[{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"instadown"}],"index":{"byteStart":16,"byteEnd":26}},
  {"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://example.com"}]}],
 "reply":{"root":{"uri":"at://did:plc:root/app.bsky.feed.post/1"},"parent":{"cid":"c","uri":"at://did:plc:parent/app.bsky.feed.post/2"}},
 "embed":{"$type":"app.bsky.embed.recordWithMedia","media":{},"record":{"record":{"uri":"at://did:plc:quoted/app.bsky.feed.post/3"}}}}`
	v1 = `{"did":"did:plc:abc","time_us":1783175888090631,"kind":"commit","commit":{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":` + record + `,"cid":"c"}}`
	v2 = `{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","cid":"c","collection":"app.bsky.feed.post","did":"did:plc:abc","operation":"update","record":` + record + `,"rev":"r","rkey":"3k","seq":1024,"time":"2026-07-04T14:38:08.090631Z"}}`
)

func TestDecodeBothVersions(t *testing.T) {
	t.Parallel()
	want := []event.Post{{
		ID: "did:plc:abc/3k", Source: "bluesky", CreatedAt: time.UnixMicro(1783175888090631).UTC(), Author: "did:plc:abc",
		Text: `is "insta" down? #instadown`, Lang: "pt", Tags: []string{"Instagram", "instadown"},
		ReplyTo: "did:plc:parent/2", QuoteOf: "did:plc:quoted/3", URL: "https://bsky.app/profile/did:plc:abc/post/3k",
	}}
	for name, message := range map[string]string{"v1": v1, "v2": v2} {
		if !(bluesky.Jetstream{}).Detect([]byte(message)) {
			t.Errorf("%s is not detected", name)
		}
		got, err := bluesky.Jetstream{}.Decode(nil, []byte(message))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestMessagesWithoutPosts(t *testing.T) {
	t.Parallel()
	for _, message := range []string{
		strings.Replace(v1, `"create"`, `"delete"`, 1),
		strings.Replace(v1, "app.bsky.feed.post", "app.bsky.feed.like", 1),
		`{"did":"did:plc:abc","time_us":1783175888090631,"kind":"identity","identity":{"did":"did:plc:abc","seq":1}}`,
		`{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"x"}}`,
	} {
		if !(bluesky.Jetstream{}).Detect([]byte(message)) {
			t.Errorf("not detected: %s", message)
		}
		if got, err := (bluesky.Jetstream{}).Decode(nil, []byte(message)); len(got) != 0 || err != nil {
			t.Errorf("%s: %d posts, %v", message, len(got), err)
		}
	}
}

func TestDrops(t *testing.T) {
	t.Parallel()
	for message, reason := range map[string]string{
		v1[:len(v1)-4]: ingest.ReasonSyntax,
		strings.Replace(v1, `"time_us":1783175888090631`, `"time_us":"soon"`, 1): ingest.ReasonTime,
		strings.Replace(v1, `"time_us":1783175888090631`, `"time_us":1`, 1):      ingest.ReasonTime,
		strings.Replace(v1, `"did":"did:plc:abc",`, ``, 1):                       ingest.ReasonField,
		strings.Replace(v1, `"text":"is`, `"text":5,"x":"is`, 1):                 ingest.ReasonSyntax,
		strings.Replace(v1, `"record":{"$type"`, `"record":7,"x":{"$type"`, 1):   ingest.ReasonSyntax,
		strings.Replace(v1, "instadown", "insta\xc3", 1):                         ingest.ReasonEncoding,
	} {
		got, err := bluesky.Jetstream{}.Decode(nil, []byte(message))
		if len(got) != 0 || err == nil || ingest.DropReason(err) != reason {
			t.Errorf("%s: %d posts, %v; want a drop for %s", message, len(got), err, reason)
		}
	}
}

// FuzzDecode holds three promises: no panic, what is decoded can be used, and Time agrees with it.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(v1))
	f.Add([]byte(v2))
	f.Add([]byte(`{"did":"d","time":"2026-07-04T14:38:08Z","kind":"commit","time_us":1783175888090631,"commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":{}}}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		j := bluesky.Jetstream{}
		j.Detect(message)
		posts, err := j.Decode(nil, message)
		if err != nil && len(posts) != 0 {
			t.Fatalf("%d posts and error %v", len(posts), err)
		}
		if len(posts) == 0 {
			return
		}
		at, ok := j.Time(message)
		if !ok || !at.Equal(posts[0].CreatedAt) || posts[0].Check() != nil {
			t.Fatalf("Time = %v, %v; post %+v", at, ok, posts[0])
		}
	})
}

func BenchmarkTime(b *testing.B) {
	message := []byte(strings.ReplaceAll(v1, "\n", ""))
	b.SetBytes(int64(len(message)))
	for b.Loop() {
		if _, ok := (bluesky.Jetstream{}).Time(message); !ok {
			b.Fatal("no time")
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	message := []byte(strings.ReplaceAll(v1, "\n", ""))
	b.SetBytes(int64(len(message)))
	b.ReportAllocs()
	var posts []event.Post
	for b.Loop() {
		var err error
		if posts, err = (bluesky.Jetstream{}).Decode(posts[:0], message); err != nil {
			b.Fatal(err)
		}
	}
}
