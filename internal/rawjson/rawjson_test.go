package rawjson_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/rawjson"
)

func TestFieldsStopAtWhatIsNoMember(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		raw  string
		want map[string]string
	}{
		"plain":   {`{"a":1,"b":"x\"}","c":[{"d":"]"}],"e":{}}`, map[string]string{"a": "1", "b": `"x\"}"`, "c": `[{"d":"]"}]`, "e": "{}"}},
		"spaced":  {" {\n \"a\" : true ,\r\n\t\"b\" : null } ", map[string]string{"a": "true", "b": "null"}},
		"cut":     {`{"a":1,"b":"x`, map[string]string{"a": "1"}},
		"array":   {`[1]`, map[string]string{}},
		"empty":   {``, map[string]string{}},
		"slashes": {`{"a":"\\","b":2}`, map[string]string{"a": `"\\"`, "b": "2"}},
	} {
		got := map[string]string{}
		for k, v := range rawjson.Fields([]byte(tc.raw)) {
			got[string(k)] = string(v)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	if s, ok := rawjson.Value(`"a\u00e9\ud83d\ude05\n"`).Text(); !ok || s != "aé😅\n" {
		t.Errorf("Text = %q, %v", s, ok)
	}
	if n, ok := rawjson.Value(`-12`).Int(); !ok || n != -12 {
		t.Errorf("Int = %d, %v", n, ok)
	}
	for _, bad := range []string{`1.5`, `1e3`, `"1"`, `99999999999999999999`, ``, `+1`} {
		if n, ok := rawjson.Value(bad).Int(); ok {
			t.Errorf("Int(%s) = %d, want none", bad, n)
		}
	}
	var all []string
	if !rawjson.Value(`["a", "b"]`).SetStrings(&all) || !cmp.Equal(all, []string{"a", "b"}) {
		t.Errorf("SetStrings = %q", all)
	}
	if rawjson.Value(`["a", 1]`).SetStrings(&all) || rawjson.Value(`"a"`).SetStrings(&all) {
		t.Error("SetStrings took something that is no array of strings")
	}
}

func FuzzRubyDate(f *testing.F) {
	for _, s := range []string{"Sat Mar 10 14:03:15 +0000 2018", "Sun Feb 29 00:00:00 +0000 2015", "Mon Jan 02 15:04:05 -0700 2006", "Sat Mar 10 24:03:15 +0000 2018"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := rawjson.Value(`"` + s + `"`).RubyDate()
		want, err := time.Parse(time.RubyDate, s)
		if ok && err == nil && !got.Equal(want) {
			t.Errorf("RubyDate(%q) = %v, want %v", s, got, want)
		}
	})
}

// FuzzFields holds the walk against encoding/json on every valid object with distinct keys.
func FuzzFields(f *testing.F) {
	for _, s := range []string{`{"a":1,"b":"x\"}","c":[{"d":"]"}],"e":{}}`, `{"":[[]],"x":-1e5 , "y" : "\\"}`, `[1,{"a":2},"x,]"]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) || !utf8.Valid(raw) { // encoding/json puts U+FFFD where it is not UTF-8
			for range rawjson.Fields(raw) { // must end and not panic
				continue
			}
			return
		}
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil && list != nil {
			i := 0
			for e := range rawjson.Elements(raw) {
				if string(e) != string(list[i]) {
					t.Fatalf("element %d of %s is %s, want %s", i, raw, e, list[i])
				}
				i++
			}
			if i != len(list) {
				t.Fatalf("%d elements of %s, want %d", i, raw, len(list))
			}
			return
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(raw, &object) != nil {
			return
		}
		got := map[string]rawjson.Value{}
		for k, v := range rawjson.Fields(raw) {
			key, ok := rawjson.Value(`"` + string(k) + `"`).Text()
			if !ok {
				t.Fatalf("key %q of %s cannot be read", k, raw)
			}
			got[key] = v
		}
		if len(got) != len(object) {
			t.Fatalf("%d fields of %s, want %d", len(got), raw, len(object))
		}
		for k, v := range object {
			if string(got[k]) != string(v) {
				t.Fatalf("field %q of %s is %s, want %s", k, raw, got[k], v)
			}
		}
	})
}

func TestValidAtTheLimitOfDepth(t *testing.T) {
	t.Parallel()
	for _, depth := range []int{1, 63, 64, 65, 9999, 10000, 10001} {
		raw := []byte(strings.Repeat("[", depth) + strings.Repeat("]", depth))
		if got, want := rawjson.Valid(raw), json.Valid(raw); got != want {
			t.Errorf("depth %d: %v, want %v", depth, got, want)
		}
	}
}

// FuzzValid holds Valid against json.Valid.
func FuzzValid(f *testing.F) {
	for _, s := range []string{
		`{"a":1,"b":"x\"}","c":[{"d":"]"}],"e":{}}`, ` [ 1 , -0.5e+10 , true,false , null , "\u00e9\n\/" ] `, `"plain text of more than eight bytes \\"`,
		`01`, `1.`, `-`, `1e`, `{"a"}`, `{"a":}`, `{,}`, `[1,]`, `[}`, `"\x"`, `"\u12"`, "\"\t\"", "\"0123456\x1f\"", "\"caf\xc3\xa9 \xff\xfe 12345678\"", `{} {}`, ``, ` `, `tru`, `nulll`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got, want := rawjson.Valid(raw), json.Valid(raw); got != want {
			t.Fatalf("Valid(%q) = %v, want %v", raw, got, want)
		}
	})
}

func BenchmarkValid(b *testing.B) {
	raw := []byte(`{"did":"did:plc:q235v55g5unth4zjjdpacfdr","time_us":1779719009157119,"kind":"commit","commit":{"rev":"3mmoojpaqkn2z","operation":"create",` +
		`"collection":"app.bsky.feed.post","rkey":"3mmoojp4cd223","record":{"$type":"app.bsky.feed.post","createdAt":"2026-05-25T14:23:28.757Z","langs":["en"],` +
		`"text":"is it only me or is everything down, from the phone to the fridge?"},"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4"}}`)
	for name, valid := range map[string]func([]byte) bool{"rawjson": rawjson.Valid, "encoding-json": json.Valid} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if !valid(raw) {
					b.Fatal("not valid")
				}
			}
		})
	}
}
