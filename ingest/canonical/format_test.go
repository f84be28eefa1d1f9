package canonical_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/canonical"
)

const full = `{"id":"1","source":"x","created_at":"2021-10-04T17:44:03.25+02:00","author":"a1","text":"WhatsApp \u00e8 gi\u00f9 \"\ud83d\ude2d\"",
 "lang":"it","place":"Milano","country":"IT","repost_of":"7","reply_to":"8","quote_of":"9","url":"https://x.com/i/status/1",
 "tags":["whatsappdown","down"],"author_created_at":"2010-01-02T03:04:05Z","author_followers":12,"author_verified":true,
 "author_handle":"anna","services":["metro"],"hashtags":["x"],"service":{"name":"Delta"},"sentiment":null}`

func TestDecode(t *testing.T) {
	t.Parallel()
	f := canonical.New("push")
	got, err := f.Decode(nil, []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := []event.Post{{
		ID: "1", Source: "x", CreatedAt: time.Date(2021, 10, 4, 15, 44, 3, 250e6, time.UTC), Author: "a1",
		Text: "WhatsApp è giù \"😭\"", Lang: "it", Place: "Milano", Country: "IT", RepostOf: "7", ReplyTo: "8", QuoteOf: "9",
		URL: "https://x.com/i/status/1", Tags: []string{"whatsappdown", "down"},
		AuthorCreatedAt: time.Date(2010, 1, 2, 3, 4, 5, 0, time.UTC), AuthorFollowers: 12, AuthorVerified: true,
		AuthorHandle: "anna", Services: []string{"metro"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestSourceWhereThePostSaysNone(t *testing.T) {
	t.Parallel()
	for _, source := range []string{``, `"source":"",`, `"source":null,`} {
		line := `{` + source + `"id":"1","created_at":"2021-10-04T15:44:03Z","author":"a","text":"t","lang":null}`
		got, err := canonical.New("push").Decode(nil, []byte(line))
		if err != nil || len(got) != 1 || got[0].Source != "push" {
			t.Errorf("%s: %+v, %v", line, got, err)
		}
	}
}

// Archives differ in how they write what a post need not have; none of it costs the post.
func TestFieldsThatMayBeAbsentCostNoPost(t *testing.T) {
	t.Parallel()
	at := time.Date(2021, 10, 4, 15, 44, 3, 0, time.UTC)
	for fields, change := range map[string]func(*event.Post){
		`"author_created_at":"2010-01-02"`: func(p *event.Post) { p.AuthorCreatedAt = time.Date(2010, 1, 2, 0, 0, 0, 0, time.UTC) },
		`"author_created_at":""`:           func(*event.Post) {},
		`"author_created_at":"last year"`:  func(*event.Post) {},
		`"author_followers":12.0`:          func(p *event.Post) { p.AuthorFollowers = 12 },
		`"author_followers":"9"`:           func(p *event.Post) { p.AuthorFollowers = 9 },
		`"author_followers":-1`:            func(*event.Post) {},
		`"author_followers":"many"`:        func(*event.Post) {},
		`"author_verified":"yes"`:          func(*event.Post) {},
		`"tags":"x"`:                       func(*event.Post) {},
		`"lang":7`:                         func(*event.Post) {},
		`"reply_to":8`:                     func(p *event.Post) { p.ReplyTo = "8" },
		`"place":{"name":"Milano"}`:        func(*event.Post) {},
	} {
		want := event.Post{Source: "push", ID: "1", Author: "2", Text: "t", CreatedAt: at}
		change(&want)
		line := `{"id":1,"author":2,"created_at":"2021-10-04T15:44:03Z","text":"t",` + fields + `}`
		got, err := canonical.New("push").Decode(nil, []byte(line))
		if err != nil {
			t.Errorf("%s: %v", fields, err)
			continue
		}
		if diff := cmp.Diff([]event.Post{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fields, diff)
		}
	}
}

func TestDrops(t *testing.T) {
	t.Parallel()
	const rest = `"author":"a","text":"t"}`
	for line, reason := range map[string]string{
		`{"id":"1","created_at":"2021-10-04T15:44:03Z","text":"t"}`: ingest.ReasonField,
		`{"created_at":"2021-10-04T15:44:03Z",` + rest:              ingest.ReasonField,
		`{"id":"1",` + rest:                                                         ingest.ReasonField,
		`{"id":"1","created_at":null,` + rest:                                       ingest.ReasonField,
		`{"id":"1","created_at":"yesterday",` + rest:                                ingest.ReasonTime,
		`{"id":"1","created_at":"1970-01-01T00:00:00Z",` + rest:                     ingest.ReasonTime,
		`{"id":"1","created_at":"2999-01-01T00:00:00Z",` + rest:                     ingest.ReasonTime,
		`{"id":"1","created_at":1633362243,` + rest:                                 ingest.ReasonSyntax,
		`{"id":true,"created_at":"2021-10-04T15:44:03Z",` + rest:                    ingest.ReasonSyntax,
		`{"id":"1","created_at":"2021-10-04T15:44:03Z","author":{},"text":"t"}`:     ingest.ReasonSyntax,
		`{"id":"1","created_at":"2021-10-04T15:44:03Z","author":"a","text":["t"]}`:  ingest.ReasonSyntax,
		`{"id":"1","created_at":"2021-10-04T15:44:03Z","author":"a","text":"cut of`: ingest.ReasonSyntax,
		"{\"id\":\"1\",\"text\":\"\xff\"}":                                          ingest.ReasonEncoding,
		`[]`:                                                                        ingest.ReasonUnknown,
	} {
		got, err := canonical.New("push").Decode(nil, []byte(line))
		if len(got) != 0 || err == nil || ingest.DropReason(err) != reason {
			t.Errorf("%s: %d posts, %v; want a drop for %s", line, len(got), err, reason)
		}
	}
}

// FuzzDecode holds three promises: no panic, what is decoded can be used, and Time agrees with it.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"id":"1","created_at":"2021-10-04T15:44:03Z","author":"a","text":"t"}`))
	f.Add([]byte(`{"created_at":"2021-10-04T15:44:03Z","created_at":"2022-10-04T15:44:03Z","id":"1","author":"a","text":"t"}`))
	c := canonical.New("push")
	f.Fuzz(func(t *testing.T, message []byte) {
		posts, err := c.Decode(nil, message)
		if err != nil {
			if ingest.DropReason(err) == "" || len(posts) != 0 {
				t.Fatalf("%d posts and error %v", len(posts), err)
			}
			return
		}
		at, ok := c.Time(message)
		if !ok || !at.Equal(posts[0].CreatedAt) || posts[0].Check() != nil {
			t.Fatalf("Time = %v, %v; post %+v", at, ok, posts[0])
		}
	})
}
