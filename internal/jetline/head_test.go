package jetline_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/outcry/outcry/internal/jetline"
)

const line = `{"did":"did:plc:q235v55g5unth4zjjdpacfdr","time_us":1779719009157119,"kind":"commit","commit":{"rev":"3mmoojpaqkn2z","operation":"create","collection":"app.bsky.feed.post",` +
	`"rkey":"3mmoojp4cd223","record":{"$type":"app.bsky.feed.post","createdAt":"2026-05-25T14:23:28.757Z","langs":["en"],"text":"good morning"},"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4"}}`

func TestBegins(t *testing.T) {
	t.Parallel()
	if !jetline.Begins([]byte(line)) || !strings.HasPrefix(line[jetline.Len:], `"langs"`) {
		t.Fatalf("a new post is not known; what follows is %q", line[jetline.Len:])
	}
	for old, other := range map[string]string{
		"q235v55g5unth4zjjdpacfdr":   `q235v55g5","x":"zjjdpacfdr`,
		"3mmoojpaqkn2z":              `3mmoojpaqk\"z`,
		"create":                     "delete",
		"2026-05-25T14:23:28.757Z":   "2026-05-25T14:23:28Z",
		`"kind":"commit"`:            `"kind":"account"`,
		"app.bsky.feed.post\",\"rke": "app.bsky.feed.like\",\"rke",
	} {
		if changed := strings.Replace(line, old, other, 1); jetline.Begins([]byte(changed)) {
			t.Errorf("%s is taken for a new post", changed)
		}
	}
	for n := range jetline.Len {
		if jetline.Begins([]byte(line[:n])) {
			t.Fatalf("%d bytes are taken for a whole beginning", n)
		}
	}
}

func TestReply(t *testing.T) {
	t.Parallel()
	id := `{"cid":"bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxoswy4","uri":"at://did:plc:q235v55g5unth4zjjdpacfdr/app.bsky.feed.post/3mmoojp4cd223"}`
	reply := `{"parent":` + id + `,"root":` + id + `}`
	if got := jetline.Reply([]byte(reply + `,"text":"good morning"}`)); got != len(reply) {
		t.Fatalf("an answer is %d bytes long, not %d", got, len(reply))
	}
	for old, other := range map[string]string{
		"q235v55g5unth4zjjdpacfdr": `q235v55g5","x":"zjjdpacfdr`,
		"3mmoojp4cd223":            `3mmoojp4cd\"3`,
		"did:plc:":                 "did:web:",
		`"root"`:                   `"text"`,
	} {
		if changed := strings.Replace(reply, old, other, 1); jetline.Reply([]byte(changed)) > 0 {
			t.Errorf("%s is taken for an answer", changed)
		}
	}
	for n := range len(reply) {
		if jetline.Reply([]byte(reply[:n])) > 0 {
			t.Fatalf("%d bytes are taken for a whole answer", n)
		}
	}
}

func TestTimeUS(t *testing.T) {
	t.Parallel()
	var want struct {
		TimeUS int64 `json:"time_us"`
	}
	if err := json.Unmarshal([]byte(line), &want); err != nil {
		t.Fatal(err)
	}
	if us, ok := jetline.TimeUS([]byte(line)); !ok || us != want.TimeUS {
		t.Errorf("TimeUS = %d, %v, want %d", us, ok, want.TimeUS)
	}
	if us, ok := jetline.TimeUS([]byte(strings.Replace(line, "1779719009157119", "-77971900915711", 1))); ok {
		t.Errorf("%d is no time", us)
	}
}
