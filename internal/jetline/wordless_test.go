package jetline_test

import (
	"strings"
	"testing"

	"github.com/outcry/outcry/internal/jetline"
)

const (
	commit = `{"did":"did:plc:q235v55g5unth4zjjdpacfdr","time_us":1779719009157119,"kind":"commit","commit":{"rev":"3mmoojpaqkn2z","operation":"create","collection":"COLLECTION","rkey":"3mmoojp4cd223",` +
		`"record":{"$type":"COLLECTION","createdAt":"2026-05-25T14:23:28.757Z","subject":SUBJECT},"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4"}}`
	liked    = `{"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4","uri":"at://did:plc:q235v55g5unth4zjjdpacfdr/app.bsky.feed.post/3mmoojp4cd223"}`
	followed = `"did:plc:q235v55g5unth4zjjdpacfdr"`
)

func TestWordless(t *testing.T) {
	t.Parallel()
	via := liked + `,"via":` + strings.Replace(liked, "feed.post", "feed.repost", 1)
	for _, tc := range []struct {
		collection, subject string
		want                bool
	}{
		{"app.bsky.feed.like", liked, true},
		{"app.bsky.feed.like", via, true},
		{"app.bsky.feed.repost", liked, true},
		{"app.bsky.feed.repost", via, true},
		{"app.bsky.graph.follow", followed, true},
		{"app.bsky.graph.block", followed, true},
		{"app.bsky.feed.post", liked, false},
		{"app.bsky.graph.follow", liked, false},
		{"app.bsky.feed.like", liked + `,"text":"whatsapp is down"`, false},
	} {
		line := strings.NewReplacer("COLLECTION", tc.collection, "SUBJECT", tc.subject).Replace(commit)
		if got := jetline.Wordless([]byte(line)); got != tc.want {
			t.Errorf("Wordless(%s) = %v, want %v", line, got, tc.want)
		}
		if jetline.Wordless([]byte(line+" ")) || jetline.Wordless([]byte(line[:len(line)-1])) {
			t.Errorf("more and less than a line pass for %s", line)
		}
	}
}

func TestWordlessHidesNoMember(t *testing.T) {
	t.Parallel()
	line := strings.NewReplacer("COLLECTION", "app.bsky.feed.like", "SUBJECT", liked).Replace(commit)
	for id, other := range map[string]string{
		"q235v55g5unth4zjjdpacfdr": `q235v","text":"is x down`,
		"3mmoojp4cd223":            `3mmoojp4cd\"3`,
	} {
		if len(id) != len(other) {
			t.Fatalf("%s and %s differ in length", id, other)
		}
		if changed := strings.Replace(line, id, other, 1); jetline.Wordless([]byte(changed)) {
			t.Errorf("%s passes for a like", changed)
		}
	}
}
