package x_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/x"
)

// The ids below hold times of 2021-10-04 and 2018-03-10: 1445051834294706176 is 15:42:59.717 UTC.
const (
	stream = `{"data":{"id":"1445051834294706176","created_at":"2021-10-04T15:42:59.000Z","author_id":"7","lang":"it",
 "text":"cut &amp; …","note_tweet":{"text":"#WhatsAppDown &lt;again&gt; &amp;amp;","entities":{"hashtags":[{"start":0,"end":13,"tag":"WhatsAppDown"}]}},
 "referenced_tweets":[{"type":"replied_to","id":"5"},{"type":"quoted","id":"6"}],"geo":{"place_id":"p1"},
 "edit_history_tweet_ids":["1445051834294706000","1445051834294706176"]},
 "includes":{"users":[{"id":"8"},{"id":"7","username":"anna","created_at":"2010-01-02T03:04:05.000Z","location":"Earth","verified":true,"public_metrics":{"followers_count":12}}],
 "places":[{"id":"p1","full_name":"Milano, Lombardia","country_code":"IT"}]},"matching_rules":[{"id":1,"tag":null},{"id":"2","tag":"whatsapp"}]}`
	repost = `{"data":[{"id":"1445051834294706176","created_at":"2021-10-04T15:42:59.000Z","author_id":"7","text":"RT @b: WhatsApp is d…",
 "referenced_tweets":[{"type":"retweeted","id":"9"}]}],"includes":{"tweets":[{"id":"9","text":"WhatsApp is down","entities":{"hashtags":[{"tag":"down"}]}}]},"meta":{}}`
	flat = `{"id":"1445051834294706176","created_at":"2021-10-04T15:42:59.000Z","author_id":"7","text":"t","author":{"id":"7","username":"anna"},"geo":{"country_code":"IT"}}`
	old  = `{"created_at":"Sat Mar 10 14:03:15 +0000 2018","id":972472958596866048,"id_str":"972472958596866048","text":"cut…","truncated":true,"lang":"en",
 "extended_tweet":{"full_text":"Steam is down &amp; out #steamdown","entities":{"hashtags":[{"text":"steamdown","indices":[0,1]}]}},
 "in_reply_to_status_id_str":"5","quoted_status_id_str":"6","user":{"id_str":"3","screen_name":"bob","created_at":"Wed May 22 15:42:42 +0000 2013","followers_count":4,"verified":true,"location":"Leeds"},
 "place":{"full_name":"Leeds, England","country_code":"GB","attributes":{},"bounding_box":null}}`
	retweet = `{"created_at":"Sat Mar 10 14:03:15 +0000 2018","id_str":"972472958596866048","text":"RT @b: Steam is…","user":{"id_str":"3","screen_name":"bob"},
 "retweeted_status":{"id_str":"9","full_text":"Steam is down","created_at":"Sat Mar 10 14:00:00 +0000 2018","entities":{"hashtags":[{"text":"steam"}]}}}`
)

func decode(t *testing.T, f ingest.Format, message string) []event.Post {
	t.Helper()
	if !f.Detect([]byte(message)) {
		t.Errorf("%s does not detect %s", f.Name(), message)
	}
	posts, err := f.Decode(nil, []byte(message))
	if err != nil {
		t.Fatalf("%v: %s", err, message)
	}
	return posts
}

func TestV2(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1445051834294706176>>22 + 1288834974657).UTC()
	for name, tc := range map[string]struct {
		message string
		want    event.Post
	}{
		"stream": {stream, event.Post{
			ID: "1445051834294706000", Source: "x", CreatedAt: at, Author: "7", Text: "#WhatsAppDown <again> &amp;", Lang: "it",
			Place: "Milano, Lombardia", Country: "IT", ReplyTo: "5", QuoteOf: "6", URL: "https://x.com/anna/status/1445051834294706176",
			Tags: []string{"WhatsAppDown"}, AuthorCreatedAt: time.Date(2010, 1, 2, 3, 4, 5, 0, time.UTC), AuthorFollowers: 12,
			AuthorVerified: true, AuthorHandle: "anna", Services: []string{"whatsapp"},
		}},
		"repost": {repost, event.Post{
			ID: "1445051834294706176", Source: "x", CreatedAt: at, Author: "7", Text: "WhatsApp is down", RepostOf: "9",
			Tags: []string{"down"}, URL: "https://x.com/i/status/1445051834294706176",
		}},
		"flat": {flat, event.Post{
			ID: "1445051834294706176", Source: "x", CreatedAt: at, Author: "7", Text: "t", Country: "IT", AuthorHandle: "anna",
			URL: "https://x.com/anna/status/1445051834294706176",
		}},
	} {
		if diff := cmp.Diff([]event.Post{tc.want}, decode(t, x.V2{}, tc.message)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestV1(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1520690595660).UTC()
	tweet := event.Post{
		ID: "972472958596866048", Source: "x", CreatedAt: at, Author: "3", Text: "Steam is down & out #steamdown", Lang: "en",
		Place: "Leeds, England", Country: "GB", ReplyTo: "5", QuoteOf: "6", URL: "https://x.com/bob/status/972472958596866048",
		Tags: []string{"steamdown"}, AuthorCreatedAt: time.Date(2013, 5, 22, 15, 42, 42, 0, time.UTC), AuthorFollowers: 4,
		AuthorVerified: true, AuthorHandle: "bob",
	}
	again := event.Post{
		ID: "972472958596866048", Source: "x", CreatedAt: at, Author: "3", Text: "Steam is down", RepostOf: "9",
		Tags: []string{"steam"}, AuthorHandle: "bob", URL: "https://x.com/bob/status/972472958596866048",
	}
	for name, tc := range map[string]struct {
		message string
		want    []event.Post
	}{
		"extended":                      {old, []event.Post{tweet}},
		"retweet":                       {retweet, []event.Post{again}},
		"search":                        {`{"search_metadata":{},"statuses":[` + old + "," + retweet + `]}`, []event.Post{tweet, again}},
		"useless field of another type": {strings.Replace(retweet, `"text"`, `"scopes":[1],"text"`, 1), []event.Post{again}},
		"delete":                        {`{"delete":{"status":{"id":1,"id_str":"1"},"timestamp_ms":"1520690595660"}}`, nil},
		"limit":                         {`{"limit":{"track":5,"timestamp_ms":"1520690595660"}}`, nil},
	} {
		if diff := cmp.Diff(tc.want, decode(t, x.V1{}, tc.message)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestTimeIsTheIDsOnlyWhereTheyAgree(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]time.Time{
		`{"id_str":"972472958596866048"}`:                                               time.UnixMilli(1520690595660),
		`{"id_str":"972472958596866048","created_at":"Sat Mar 10 14:03:15 +0000 2018"}`: time.UnixMilli(1520690595660),
		`{"id_str":"972472958596866048","created_at":"Sat Mar 10 14:04:15 +0000 2018"}`: time.Unix(1520690655, 0),
		`{"id_str":"113","created_at":"Sat Mar 10 14:03:15 +0000 2018"}`:                time.Unix(1520690595, 0),
		`{"created_at":"Sat Mar 10 14:03:15 +0000 2018"}`:                               {},
		`{"id_str":"972472958596866048","created_at":"soon"}`:                           {},
		`{"id_str":"113"}`: {},
	} {
		if got, ok := (x.V1{}).Time([]byte(message)); !got.Equal(want) || ok == want.IsZero() {
			t.Errorf("%s: %v, %v; want %v", message, got, ok, want)
		}
	}
}

func TestDrops(t *testing.T) {
	t.Parallel()
	notice := `@b's account has been withheld in India in response to a legal demand. Learn more.`
	for _, tc := range []struct {
		f       ingest.Format
		message string
		reason  string
	}{
		{x.V2{}, stream[:100], ingest.ReasonSyntax},
		{x.V2{}, `{"data":{"author_id":"1"`, ingest.ReasonSyntax},
		{x.V2{}, `{"errors":[{"title":"Not Found Error","detail":"x"}]}`, ingest.ReasonNoAccess},
		{x.V2{}, `{"data":[{"end":"2021-10-16T19:00:00.000Z","start":"2021-10-16T18:21:34.000Z","tweet_count":3961},{"tweet_count":1}]}`, ingest.ReasonUnknown},
		{x.V2{}, `{"data":{"id":"1445051834294706176","text":"t"}}`, ingest.ReasonField},
		{x.V2{}, `{"data":{"id":"1445051834294706176","text":"t","author_id":"7","created_at":"soon"}}`, ingest.ReasonTime},
		{x.V2{}, `{"data":{"id":1,"text":"t","author_id":"7"}}`, ingest.ReasonSyntax},
		{x.V2{}, `{"data":{"id":"1445051834294706176","text":"` + notice + `","author_id":"7","withheld":{"country_codes":["IN"],"scope":"user"}}}`, ingest.ReasonWithheld},
		{x.V1{}, strings.Replace(old, `"text":"cut…"`, `"text":7`, 1)[:200], ingest.ReasonSyntax},
		{x.V1{}, strings.Replace(retweet, `"id_str":"9","full_text":"Steam is down"`, `"id_str":"9","full_text":7`, 1), ingest.ReasonSyntax},
		{x.V1{}, strings.Replace(retweet, `"id_str":"3"`, `"x":"3"`, 1), ingest.ReasonField},
		{x.V1{}, strings.Replace(retweet, "Sat Mar 10 14:03:15", "Sat Mxx 10 14:03:15", 1), ingest.ReasonTime},
		{x.V1{}, `{"created_at":"Sat Mar 10 14:03:15 +0000 2018","id_str":"972472958596866048","text":"` + notice + `","user":{"id_str":"3"},"withheld_in_countries":["IN"]}`, ingest.ReasonWithheld},
	} {
		got, err := tc.f.Decode(nil, []byte(tc.message))
		if len(got) != 0 || err == nil || ingest.DropReason(err) != tc.reason || len(ingest.Drops(err)) != 1 {
			t.Errorf("%s: %d posts, %v; want one drop for %s", tc.message, len(got), err, tc.reason)
		}
	}
}

func TestOneBadTweetDoesNotSpoilThePage(t *testing.T) {
	t.Parallel()
	message := `{"data":[{"id":"1"},{"id":"1445051834294706176","author_id":"7","text":"t"},{"id":2}]}`
	got, err := x.V2{}.Decode(nil, []byte(message))
	if len(got) != 1 || len(ingest.Drops(err)) != 2 {
		t.Errorf("%d posts, drops %v; want 1 post and 2 drops", len(got), ingest.Drops(err))
	}
}

func FuzzV1(f *testing.F) {
	for _, s := range []string{old, retweet, `{"statuses":[` + old + `]}`, `{"delete":{}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, message []byte) { ingesttest.Format(t, x.V1{}, message) })
}

func FuzzV2(f *testing.F) {
	for _, s := range []string{stream, repost, flat, `{"errors":[]}`, `{"data":[{"tweet_count":1}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, message []byte) { ingesttest.Format(t, x.V2{}, message) })
}
