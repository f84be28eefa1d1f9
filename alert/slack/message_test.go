package slack_test

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"
	"unicode/utf16"

	slackgo "github.com/slack-go/slack"

	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds each message twice: as Slack takes it, and as its reader sees it.
func TestGolden(t *testing.T) {
	t.Parallel()
	var seen strings.Builder
	for _, named := range alerttest.Lives() {
		body := message(t, &named.Event)
		alerttest.Golden(t, *update, named.Name+".json", alerttest.Indent(t, body))
		seen.WriteString("──── " + named.Name + "\n" + render(t, body) + "\n")
	}
	alerttest.Golden(t, *update, "as-seen.txt", seen.String())
}

func message(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := slack.Message(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// decode reads a message with a Slack client that knows the blocks.
func decode(t *testing.T, body []byte) slackgo.WebhookMessage {
	t.Helper()
	var m slackgo.WebhookMessage
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatalf("slack-go cannot read the message: %v\n%s", err, body)
	}
	return m
}

// render shows a message as its reader sees it: entities resolved, fields side by side.
func render(t *testing.T, body []byte) string {
	t.Helper()
	m := decode(t, body)
	unescape := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "\u2060", "").Replace
	var b strings.Builder
	b.WriteString("(notification) " + unescape(m.Text) + "\n")
	for _, one := range m.Blocks.BlockSet {
		switch one := one.(type) {
		case *slackgo.HeaderBlock:
			b.WriteString("# " + unescape(one.Text.Text) + "\n")
		case *slackgo.SectionBlock:
			for i, field := range one.Fields {
				label, text, _ := strings.Cut(field.Text, "\n")
				b.WriteString("  " + unescape(strings.Trim(label, "*")+": "+text))
				if i%2 == 1 || i == len(one.Fields)-1 {
					b.WriteString("\n")
				} else {
					b.WriteString("  |")
				}
			}
			if one.Text != nil {
				b.WriteString("  " + unescape(strings.ReplaceAll(one.Text.Text, "\n", "\n  ")) + "\n")
			}
		case *slackgo.ContextBlock:
			for _, element := range one.ContextElements.Elements {
				b.WriteString("  · " + unescape(element.(*slackgo.TextBlockObject).Text) + "\n")
			}
		case *slackgo.ActionBlock:
			for _, element := range one.Elements.ElementSet {
				b.WriteString("  [" + element.(*slackgo.ButtonBlockElement).Text.Text + "]")
			}
			b.WriteString("\n")
		default:
			t.Errorf("unexpected block %T", one)
		}
	}
	return b.String()
}

// checkLimits holds a message against Slack's limits.
func checkLimits(t *testing.T, body []byte) {
	t.Helper()
	m := decode(t, body)
	size := func(text string) int { return len(utf16.Encode([]rune(text))) }
	within := func(what, text string, limit int) {
		if size(text) > limit || text == "" {
			t.Errorf("%s is %d characters long, want 1 to %d", what, size(text), limit)
		}
	}
	if len(m.Blocks.BlockSet) > 50 || len(body) > 13_000 {
		t.Errorf("the message has %d blocks and %d bytes, want at most 50 and 13000", len(m.Blocks.BlockSet), len(body))
	}
	within("text", m.Text, 4000)
	for _, one := range m.Blocks.BlockSet {
		switch one := one.(type) {
		case *slackgo.HeaderBlock:
			within("header", one.Text.Text, 150)
		case *slackgo.SectionBlock:
			if len(one.Fields) > 10 {
				t.Errorf("a section has %d fields, want at most 10", len(one.Fields))
			}
			for _, field := range one.Fields {
				within("field", field.Text, 2000)
			}
			if one.Text != nil {
				within("section", one.Text.Text, 3000)
			}
		case *slackgo.ContextBlock:
			for _, element := range one.ContextElements.Elements {
				within("context", element.(*slackgo.TextBlockObject).Text, 3000)
			}
		case *slackgo.ActionBlock:
			for _, element := range one.Elements.ElementSet {
				within("button", element.(*slackgo.ButtonBlockElement).Text.Text, 75)
				within("value", element.(*slackgo.ButtonBlockElement).Value, 2000)
			}
		}
	}
}
