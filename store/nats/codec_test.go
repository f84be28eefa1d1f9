package nats_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
)

func fullMention() event.Mention {
	age := 12
	return event.Mention{
		Source: "bluesky", Post: "at://did:plc:abc/app.bsky.feed.post/3k", Service: "whatsapp",
		At: time.Date(2021, 10, 4, 15, 44, 3, 120_000_000, time.UTC), Voice: 1<<64 - 1, Kind: event.Report,
		Symptoms: []event.Symptom{event.Connection, event.Messages}, Lang: "it", Country: "IT", Place: "Città", Repost: true,
		Partial: true, Print: 99, With: []string{"telegram", "x"}, Blames: "meta", Phrase: "#whatsappdown",
		URL: "https://bsky.app/?a=1&b=<2>", AuthorAgeDays: &age, AuthorFollowers: -3,
	}
}

// oddTexts are what JSON writers and readers disagree about.
func oddTexts() []string {
	return []string{"", "a", "ä", "日本", "\"", "\\", "\n", "\x00", "\x7f", "\u2028", "\u2029", "\ufffd", "\xff", "a\xc3", "<&>", "😅", "\ufeff"}
}

func TestMentionsAreEncodedAsJSON(t *testing.T) {
	t.Parallel()
	mentions := []event.Mention{{}, fullMention(), {At: time.Date(2021, 1, 2, 3, 4, 5, 6, time.FixedZone("x", 5400))}}
	for _, text := range oddTexts() {
		m := fullMention()
		m.Post, m.Place, m.Phrase, m.With = text, text, "x"+text+"y", []string{text, "z" + text}
		mentions = append(mentions, m)
	}
	for _, m := range mentions {
		want, err := nats.Encode(&m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := nats.AppendMention(nil, &m)
		if err != nil || !bytes.Equal(want, got) {
			t.Errorf("%v\nwant %s\n got %s", err, want, got)
		}
		checkParse(t, got)
	}
	far := event.Mention{At: time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)}
	if _, err := nats.AppendMention(nil, &far); err == nil {
		t.Error("a time that JSON cannot hold was encoded")
	}
}

// checkParse compares our reading of a line with that of encoding/json, from several starting points.
func checkParse(t *testing.T, line []byte) {
	t.Helper()
	full := fullMention()
	odd := fullMention()
	odd.Source, odd.Service, odd.Place, odd.With = `\n`, "\n", `\u0041`, []string{"\n", `\"`}
	for _, before := range []event.Mention{{}, full, odd} {
		var want, got event.Mention
		wantErr := json.Unmarshal(line, &want)
		gotErr := nats.ParseMention(line, &got, &before)
		if (wantErr == nil) != (gotErr == nil) {
			t.Fatalf("encoding/json says %v, we say %v, of %q", wantErr, gotErr, line)
		}
		if wantErr == nil {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", line, diff)
			}
		}
	}
	if diff := cmp.Diff(fullMention(), full); diff != "" {
		t.Fatalf("the mention before was changed (-want +got):\n%s", diff)
	}
}

func TestMentionsAreReadAsJSON(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		``, `null`, `{}`, `[]`, `{`, `{"source":"a"}`, `{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report"}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report"} `,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report"}}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":01,"kind":"report"}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04 15:44:03Z","voice":1,"kind":"report"}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":18446744073709551616,"kind":"report"}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","symptoms":[]}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","symptoms":["x",]}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","with":["telegram"]}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","with":["telegram","x","y"]}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","with":["telegram","y"]}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","author_age_days":-1,"author_followers":1.5}`,
		`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","lang":"\u00e9","repost":false}`,
		`{"source":"\n","post":"b","service":"\n","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report","place":"\u0041","with":["\n","\""]}`,
		"{\"source\":\"\n\",\"post\":\"b\",\"service\":\"\n\",\"at\":\"2021-10-04T15:44:03Z\",\"voice\":1,\"kind\":\"report\"}",
		`{"SOURCE":"a","post":"b","voice":1}`,
	} {
		checkParse(t, []byte(line))
	}
}

func TestSharedListsAreNotAppendedTo(t *testing.T) {
	t.Parallel()
	first, second := fullMention(), event.Mention{}
	line, err := nats.AppendMention(nil, &first)
	if err != nil {
		t.Fatal(err)
	}
	first.With = append(make([]string, 0, 8), first.With...)
	if err := nats.ParseMention(line, &second, &first); err != nil {
		t.Fatal(err)
	}
	_ = append(second.With, "other")
	if got := first.With[:3]; got[2] == "other" {
		t.Error("appending to the second list wrote into the first")
	}
}

func FuzzParseMention(f *testing.F) {
	for _, text := range oddTexts() {
		m := fullMention()
		m.Post = text
		line, err := nats.Encode(&m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) { checkParse(t, line) })
}

func FuzzDecodeMention(f *testing.F) {
	f.Add("outcry.mentions.c", []byte(`{"source":"a","post":"b","service":"c","at":"2021-10-04T15:44:03Z","voice":1,"kind":"report"}`+"\n\n"))
	f.Add("outcry.marks.a", []byte(`{"source":"a","at":"2021-10-04T15:44:03Z","blind":true}`))
	f.Fuzz(func(t *testing.T, subject string, data []byte) {
		record, weight, err := nats.DecodeMention(subject, data)
		switch {
		case err != nil:
		case (record.Pack == nil) == (record.Mark == nil) || weight < 1:
			t.Fatalf("decoded %+v of weight %d", record, weight)
		case record.Pack != nil && len(record.Pack.Mentions) != weight:
			t.Fatalf("%d mentions weigh %d", len(record.Pack.Mentions), weight)
		}
	})
}

func FuzzDecodeReading(f *testing.F) {
	f.Add("outcry.readings.c", []byte(`{"service":"c","at":"2021-10-04T15:44:10Z","voices":1,"posts":1,"kinds":{"report":1}}`))
	f.Add("outcry.ticks.1", []byte(`{"partition":1,"of":2,"at":"2021-10-04T15:44:10Z"}`))
	f.Fuzz(func(t *testing.T, subject string, data []byte) {
		record, weight, err := nats.DecodeReading(subject, data)
		if err == nil && ((record.Reading == nil) == (record.Tick == nil) || weight != 1) {
			t.Fatalf("decoded %+v of weight %d", record, weight)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "_", "_": "_5f", "whatsapp-2": "whatsapp-2", "A.b": "_41_2eb", "ä": "_c3_a4", "a *>": "a_20_2a_3e",
	} {
		if got := nats.Token(name); got != want {
			t.Errorf("Token(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzTokensDiffer(f *testing.F) {
	f.Add("a", "A")
	f.Add("", "_")
	f.Add("_41", "A")
	f.Fuzz(func(t *testing.T, a, b string) {
		if (nats.Token(a) == nats.Token(b)) != (a == b) {
			t.Errorf("%q gives %q and %q gives %q", a, nats.Token(a), b, nats.Token(b))
		}
	})
}

func TestEventIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]struct {
		outage string
		seq    int
		ok     bool
	}{
		"01HX-3": {"01HX", 3, true}, "a-b-12": {"a-b", 12, true}, "-3": {"", 0, false}, "3": {"", 0, false}, "a-": {"a", 0, false},
		"a-x": {"a", 0, false}, "a-0": {"a", 0, false}, "a--1": {"a-", 1, true}, "": {"", 0, false},
	} {
		outage, seq, ok := nats.SplitID(id)
		if outage != want.outage || seq != want.seq || ok != want.ok {
			t.Errorf("SplitID(%q) = %q, %d, %v, want %v", id, outage, seq, ok, want)
		}
	}
}

func TestOldServersAreRefused(t *testing.T) {
	t.Parallel()
	for version, ok := range map[string]bool{
		"2.10.29": false, "1.4.1": false, "2.11.0": true, "2.11.17-RC.1": true, "2.15.2": true, "3.0.0": true, "": true, "dev": true,
	} {
		if err := nats.CheckVersion(version); (err == nil) != ok {
			t.Errorf("version %q: %v", version, err)
		}
	}
}
