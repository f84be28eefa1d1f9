package mastodon_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/mastodon"
)

const status = `{"id":"1","created_at":"2024-03-05T15:20:00.123Z","in_reply_to_id":"77","visibility":"public","language":"de","spoiler_text":"Meta",
"uri":"https://a.example/users/anna/statuses/1","url":"https://a.example/@anna/1","reblog":null,
"content":"<p>Facebook &amp; Insta<br>gehen <a href=\"https://a.example/tags/down\" class=\"mention hashtag\">#<span>nicht</span></a></p><p>Bei euch?</p>",
"account":{"acct":"anna","url":"https://a.example/@anna","created_at":"2020-03-20T22:08:35.417Z","followers_count":9},"tags":[{"name":"nicht"}]}`

func message(t testing.TB, event, payload string) string {
	t.Helper()
	quoted, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return `{"stream":["public"],"event":"` + event + `","payload":` + string(quoted) + `}`
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "") }

func TestDecodeAllForms(t *testing.T) {
	t.Parallel()
	want := event.Post{
		ID: "https://a.example/users/anna/statuses/1", Source: "mastodon", CreatedAt: time.Date(2024, 3, 5, 15, 20, 0, 123e6, time.UTC),
		Author: "anna@a.example", AuthorHandle: "anna@a.example", Text: "Meta\nFacebook & Insta\ngehen #nicht\nBei euch?", Lang: "de",
		ReplyTo: "77", URL: "https://a.example/@anna/1", Tags: []string{"nicht"},
		AuthorCreatedAt: time.Date(2020, 3, 20, 22, 8, 35, 417e6, time.UTC), AuthorFollowers: 9,
	}
	for name, m := range map[string]string{
		"stream":            `{"event":"update","payload":` + status + `}`,
		"payload in string": message(t, "update", status),
		"edit":              message(t, "status.update", status),
		"captured":          "data: " + oneLine(status),
		"status":            status,
		"timeline":          "[" + status + "]",
	} {
		f := mastodon.Format{}
		if !f.Detect([]byte(m)) {
			t.Errorf("%s is not detected", name)
		}
		got, err := f.Decode(nil, []byte(m))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff([]event.Post{want}, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		if at, ok := f.Time([]byte(m)); !ok || !at.Equal(want.CreatedAt) {
			t.Errorf("%s: Time = %v, %v", name, at, ok)
		}
	}
}

func TestReblogCarriesTheWordsOfTheOther(t *testing.T) {
	t.Parallel()
	m := `{"created_at":"2024-03-05T15:21:00Z","uri":"https://b.example/users/bob/statuses/2/activity","content":"","account":{"acct":"bob@b.example"},"reblog":` + status + `}`
	got, err := mastodon.Format{}.Decode(nil, []byte(m))
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	p := got[0]
	if p.RepostOf != "https://a.example/users/anna/statuses/1" || p.Author != "bob@b.example" || !strings.Contains(p.Text, "#nicht") ||
		!p.CreatedAt.Equal(time.Date(2024, 3, 5, 15, 21, 0, 0, time.UTC)) {
		t.Errorf("%+v", p)
	}
}

func TestMessagesWithoutPosts(t *testing.T) {
	t.Parallel()
	for _, m := range []string{
		`{"event":"delete","payload":"104061222412800865"}`, "event: update", "event: delete", "data: 104061222412800865", ":thump", "data:", "id: 4",
		message(t, "notification", status), strings.Replace(status, `"public"`, `"private"`, 1),
	} {
		f := mastodon.Format{}
		if got, err := f.Decode(nil, []byte(m)); len(got) != 0 || err != nil || !f.Detect([]byte(m)) {
			t.Errorf("%s: %d posts, %v, detected %v", m, len(got), err, f.Detect([]byte(m)))
		}
	}
}

func TestDrops(t *testing.T) {
	t.Parallel()
	for m, reason := range map[string]string{
		status[:200]:                       ingest.ReasonSyntax,
		message(t, "update", status[:200]): ingest.ReasonSyntax,
		strings.Replace(status, `"uri":"https://a.example/users/anna/statuses/1",`, ``, 1): ingest.ReasonField,
		strings.Replace(status, `"2024-03-05T15:20:00.123Z"`, `"5 March"`, 1):              ingest.ReasonTime,
		strings.Replace(status, `"content":"`, `"content":7,"x":"`, 1):                     ingest.ReasonSyntax,
		strings.Replace(status, "Bei euch", "Bei\xff", 1):                                  ingest.ReasonEncoding,
	} {
		got, err := mastodon.Format{}.Decode(nil, []byte(m))
		if len(got) != 0 || err == nil || ingest.DropReason(err) != reason {
			t.Errorf("%s: %d posts, %v; want a drop for %s", m, len(got), err, reason)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(status))
	f.Add([]byte(`{"event":"update","payload":` + status + `}`))
	f.Add([]byte(message(f, "update", status)))
	f.Add([]byte("data: [" + oneLine(status) + "]"))
	f.Fuzz(func(t *testing.T, m []byte) { ingesttest.Format(t, mastodon.Format{}, m) })
}
