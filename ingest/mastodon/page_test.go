package mastodon_test

import (
	"encoding/json"
	"net/url"
	"testing"

	"github.com/outcry/outcry/ingest/mastodon"
)

func TestStreamingHost(t *testing.T) {
	t.Parallel()
	base := &url.URL{Scheme: "https", Host: "a.example"}
	for said, want := range map[string]string{
		"wss://streaming.a.example": "https://streaming.a.example",
		"wss://a.example/path":      "https://a.example",
		"ws://streaming.a.example":  "https://a.example", // the token is not sent in the clear
		"wss://evil.example":        "https://a.example", // nor to strangers
		"":                          "https://a.example",
		"gopher://a.example":        "https://a.example",
	} {
		if got := mastodon.StreamingHost(base, []byte(`{"configuration":{"urls":{"streaming":"`+said+`"}}}`)).String(); got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte("[" + statusOf(1, "a") + "," + statusOf(2, "poison") + "]"))
	f.Add([]byte(`{"error":"no"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		posts, _, err := mastodon.ParsePage(body)
		if err != nil && posts != nil {
			t.Fatal("posts and an error")
		}
		for i := range posts {
			if posts[i].Check() != nil {
				t.Fatalf("useless post %+v", posts[i])
			}
		}
	})
}

func FuzzStreamingHost(f *testing.F) {
	f.Add([]byte(`{"configuration":{"urls":{"streaming":"wss://s.a.example"}}}`))
	f.Fuzz(func(t *testing.T, instance []byte) {
		u := mastodon.StreamingHost(&url.URL{Scheme: "https", Host: "a.example"}, instance)
		if u.Scheme != "https" || u.Hostname() != "a.example" && len(u.Hostname()) <= len(".a.example") {
			t.Fatalf("the token would go to %s", u)
		}
	})
}

// FuzzHear: whatever comes on a WebSocket, there is no panic, and what is left can be used.
func FuzzHear(f *testing.F) {
	for _, event := range []string{"update", "status.update", "delete", "notification"} {
		raw, err := json.Marshal(map[string]any{"stream": []string{"hashtag", "isitdown"}, "event": event, "payload": statusOf(1, "a")})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"error":"no","status":401}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		posts, dropped, err := mastodon.Hear(raw)
		if len(posts) > 0 && (err != nil || len(dropped) > 0 || posts[0].Check() != nil) {
			t.Fatalf("posts %+v, dropped %v, %v", posts, dropped, err)
		}
	})
}
