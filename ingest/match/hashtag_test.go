package match_test

import (
	"bufio"
	"encoding/json"
	"html"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/internal/datatest"
)

func TestHashtags(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"#whatsappdown, #InstaDown!", []string{"whatsappdown", "InstaDown"}},
		{"＃ｔｉｋｔｏｋdown", []string{"ｔｉｋｔｏｋdown"}},
		{"#توقف_واتساب الآن", []string{"توقف_واتساب"}},
		{"#B站崩了# 大家也是吗", []string{"B站崩了"}},
		{"#微博崩了##B站崩了#怎么回事", []string{"微博崩了", "B站崩了"}},
		{"#ไอจีล่ม #เฟสล่ม", []string{"ไอจีล่ม", "เฟสล่ม"}},
		{"#व्हाट्सऐप_डाउन", []string{"व्हाट्सऐप_डाउन"}},
		{"https://example.com/#down example.com/#down", nil},
		{"isn&#39;t it? #1", nil},
		{"#️⃣ press #️⃣", nil},
		{"foo#bar", nil},
		{"#foo://bar", nil},
		{"https://t.co/abc/#insta", []string{"insta"}},
		{"https://t.co/abc?#insta", nil},
		{"https://example.com/＃insta seehttps://example.com/#down", []string{"insta", "down"}},
		{"https://example.com/https://www.#down example.com:443/a#b", nil},
		{"RT @someone: it is #whatsappdown, " + strings.Repeat("so ", 33) + "#instad…", []string{"whatsappdown"}},
		{"RT @someone: it is #whatsappdown and #instadown…", []string{"whatsappdown", "instadown"}},
		{"cut by another network #instad…", []string{"instad"}},
	} {
		if diff := cmp.Diff(c.want, match.Hashtags(c.text)); diff != "" {
			t.Errorf("Hashtags(%q):\n%s", c.text, diff)
		}
	}
}

func TestHashtagsConform(t *testing.T) {
	t.Parallel()
	raw := datatest.Read(t, "twitter-text", "extract.json")
	type spot struct {
		Hashtag string `json:"hashtag"`
		Indices [2]int `json:"indices"`
	}
	type suite[T any] []struct {
		Description, Text string
		Expected          []T
	}
	var file struct {
		Hashtags suite[string]
		Astral   suite[string] `json:"hashtags_from_astral"`
		Spots    suite[spot]   `json:"hashtags_with_indices"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, c := range append(file.Hashtags, file.Astral...) {
		if diff := cmp.Diff(c.Expected, match.Hashtags(c.Text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %q:\n%s", c.Description, c.Text, diff)
		}
	}
	for _, c := range file.Spots {
		var got []spot
		for _, h := range match.HashtagSpans(c.Text) {
			got = append(got, spot{h.Name, [2]int{utf8.RuneCountInString(c.Text[:h.Start]), utf8.RuneCountInString(c.Text[:h.End])}})
		}
		if diff := cmp.Diff(c.Expected, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %q:\n%s", c.Description, c.Text, diff)
		}
	}
	if n := len(file.Hashtags) + len(file.Astral) + len(file.Spots); n != 76 {
		t.Errorf("%d cases read, want 76", n)
	}
}

func TestHashtagsAgreeWithX(t *testing.T) {
	t.Parallel()
	f, err := os.Open(datatest.Path(t, "hashtag_oracle.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, agree := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); rows++ {
		var row struct {
			Text     string
			Hashtags []string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		diff := cmp.Diff(row.Hashtags, match.Hashtags(html.UnescapeString(row.Text)), cmpopts.EquateEmpty())
		if diff == "" {
			agree++
			continue
		}
		t.Errorf("%q:\n%s", row.Text, diff)
	}
	t.Logf("%d of %d posts agree", agree, rows)
}
