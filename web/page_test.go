package web_test

import (
	"context"
	"encoding/xml"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"golang.org/x/net/html"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; go test ./web -update writes it anew):\n%s", file, diff)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	quiet := web.NewBoard(nil)
	must(t, quiet.HandleMark(t.Context(), event.Mark{Source: "bluesky", At: at(15, 0, 0)}))
	must(t, quiet.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 0, 0)}))
	deaf := web.NewBoard(nil)
	must(t, deaf.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 0, 0), Unheard: true, Blind: []string{"bluesky"}}))
	tests := []struct {
		name  string
		board *web.Board
		path  string
		code  int
	}{
		{"empty.html", web.NewBoard(nil), "/", http.StatusOK},
		{"quiet.html", quiet, "/?part=1", http.StatusOK},
		{"deaf.html", deaf, "/?part=1", http.StatusOK},
		{"evening.html", evening(t), "/", http.StatusOK},
		{"outage.html", evening(t), "/outages/meta-1633362060?part=1", http.StatusOK},
		{"unknown.html", evening(t), "/outages/nothing", http.StatusNotFound},
		{"feed.atom", evening(t), "/feed.atom", http.StatusOK},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := get(t, newServer(t, web.Config{}, test.board, nil), test.path)
			if got.Code != test.code {
				t.Errorf("%s gives %d, want %d", test.path, got.Code, test.code)
			}
			golden(t, test.name, got.Body.String())
		})
	}
}

// TestStrangersTextStaysText gives every text of an outage a try at breaking out of where it stands.
func TestStrangersTextStaysText(t *testing.T) {
	t.Parallel()
	const attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u2067\x00"
	o := meta()
	o.ConfirmedAt = ptr(at(14, 59, 0))
	o.Name, o.ID = attack, `x"><script>1</script>`
	o.Scope.Label, o.Scope.Places = attack, []string{attack}
	o.Phase, o.Severity, o.Cause = event.Phase(attack), event.Severity(attack), &event.Cause{Service: attack, Basis: attack}
	for i := range o.Services {
		o.Services[i].Name, o.Services[i].Role = attack, event.Role(attack)
	}
	for i := range o.Symptoms {
		o.Symptoms[i].ID = attack
	}
	for i := range o.Scope.Countries {
		o.Scope.Countries[i].Code = attack
	}
	o.Evidence.Phrases, o.Evidence.Sources, o.Evidence.Languages = []string{attack}, []string{attack}, []string{attack}
	o.Evidence.PostsSample = []event.PostRef{{Source: attack, URL: "https://h/" + attack}, {Source: "x", URL: "javascript:alert(1)"}, {Source: "x", URL: "javascript://h/%0aalert(1)"}, {Source: "x", URL: "data:text/html,x"}}
	board := web.NewBoard(nil)
	must(t, board.Handle(t.Context(), event.NewEvent(event.Type(attack), attack, at(15, 0, 0), o)))
	must(t, board.HandleMark(t.Context(), event.Mark{Source: attack, At: at(15, 0, 0)}))
	must(t, board.HandleReading(t.Context(), event.Reading{Service: "whatsapp", At: at(15, 0, 0), Voices: 3}))
	handler := newDepsServer(t, web.Config{}, board, web.Deps{
		Log: zap.NewNop(),
		Words: func(e *event.Event) web.Words {
			return web.Words{Headline: e.Data.Name, Sure: e.Data.Name, Happened: e.Data.Name}
		},
		Report: func(context.Context, string, string) ([]byte, error) { return nil, web.ErrNoReport },
	}).Handler()
	for _, path := range []string{"/", "/outages/" + strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E", "/", "%2F").Replace(o.ID)} {
		got := get(t, handler, path)
		if got.Code != http.StatusOK {
			t.Fatalf("%s gives %d", path, got.Code)
		}
		checkTree(t, path, got.Body.String())
	}
	var feed struct {
		Titles []string `xml:"entry>title"`
	}
	must(t, xml.Unmarshal(get(t, handler, "/feed.atom").Body.Bytes(), &feed))
	if len(feed.Titles) != 1 || !strings.HasPrefix(feed.Titles[0], `"'><script>alert(1)</script>`) {
		t.Errorf("the feed has the titles %q, want one that is still text", feed.Titles)
	}
}

// checkTree parses a page as browsers do, and looks for what can run or leave.
func checkTree(t *testing.T, path, page string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	must(t, err)
	for node := range tree.Descendants() {
		if node.Type == html.TextNode && strings.ContainsAny(node.Data, "\u202e\u2067\x00") {
			t.Errorf("%s: text turns direction: %q", path, node.Data)
		}
		if node.Type != html.ElementNode {
			continue
		}
		if node.Data == "iframe" {
			t.Errorf("%s has a <%s>", path, node.Data)
		}
		for _, attribute := range node.Attr {
			switch value := attribute.Val; {
			case strings.HasPrefix(attribute.Key, "on"), attribute.Key == "style":
				t.Errorf("%s: <%s> has %s", path, node.Data, attribute.Key)
			case (attribute.Key == "src" || attribute.Key == "srcset") && value != "/app.js" && !strings.HasPrefix(value, "/outages/"):
				t.Errorf("%s: <%s> loads %q", path, node.Data, value)
			case attribute.Key == "href" && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "https://") && value != "#board":
				t.Errorf("%s: <%s> leads to %q", path, node.Data, value)
			}
		}
	}
}

// TestPagesAreAccessible looks for what readers of the pages who do not see them depend on.
func TestPagesAreAccessible(t *testing.T) {
	t.Parallel()
	handler := newDepsServer(t, web.Config{}, evening(t), web.Deps{
		Log:    zap.NewNop(),
		Report: func(context.Context, string, string) ([]byte, error) { return []byte("x"), nil },
	}).Handler()
	for _, path := range []string{"/", "/outages/" + metaID} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			checkAccess(t, get(t, handler, path).Body.String())
		})
	}
}

func checkAccess(t *testing.T, page string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	must(t, err)
	seen, level := map[string]int{}, 0
	named := map[string]bool{}
	for node := range tree.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		seen[node.Data]++
		attributes := map[string]string{}
		for _, attribute := range node.Attr {
			attributes[attribute.Key] = attribute.Val
		}
		if id := attributes["id"]; id != "" {
			if named[id] {
				t.Errorf("id %q stands twice", id)
			}
			named[id] = true
		}
		if len(node.Data) == 2 && node.Data[0] == 'h' && node.Data[1] >= '1' && node.Data[1] <= '6' {
			if now := int(node.Data[1] - '0'); now > level+1 {
				t.Errorf("a heading of level %d follows one of level %d", now, level)
			} else {
				level = now
			}
		}
		if node.Data == "svg" && attributes["aria-hidden"] == "" && attributes["aria-label"] == "" || node.Data == "img" && attributes["alt"] == "" {
			t.Error("a picture has no words")
		}
	}
	for _, tag := range []string{"h1", "main", "title"} {
		if seen[tag] != 1 {
			t.Errorf("there are %d <%s>, want one", seen[tag], tag)
		}
	}
	if !strings.Contains(page, `<html lang="en">`) || !strings.Contains(page, `aria-live="polite"`) {
		t.Error("the page has no language or no live region")
	}
}

// TestWhatSilenceMeans holds what the page says while nothing is down, by the states of the sources.
func TestWhatSilenceMeans(t *testing.T) {
	t.Parallel()
	const deaf, over, calm, early = "No source can be heard", "at the end of what there was to hear", "Nobody complains", "Nothing was heard yet"
	for _, tc := range []struct {
		states []event.SourceState
		tick   bool
		want   string
	}{
		{nil, false, early},
		{[]event.SourceState{event.SourceConnecting}, false, early},
		{[]event.SourceState{event.SourceLive, event.SourceBlind}, true, calm},
		{[]event.SourceState{event.SourceBackingOff}, true, calm},
		{[]event.SourceState{event.SourceStalled, event.SourceStopped}, true, calm},
		{[]event.SourceState{event.SourceBlind, event.SourceStopped}, true, deaf},
		{[]event.SourceState{event.SourceBlind, event.SourceDone}, true, deaf},
		{[]event.SourceState{event.SourceDone, event.SourceDone}, true, over},
	} {
		board := web.NewBoard(nil)
		if tc.tick {
			must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 0, 0)}))
		}
		for i, state := range tc.states {
			must(t, board.HandleSource(t.Context(), event.SourceStatus{Source: string(rune('a' + i)), State: state, At: at(15, 0, 0), Rate: 2.5}))
		}
		server := newDepsServer(t, web.Config{}, board, web.Deps{Log: zap.NewNop(), Now: func() time.Time { return at(15, 0, 59) }})
		if got := get(t, server.Handler(), "/?part=1").Body.String(); !strings.Contains(got, tc.want) {
			t.Errorf("%v: the page says %s, want %q", tc.states, got, tc.want)
		}
	}
}
