package slack

// Slack's limits, in characters (counted as UTF-16, the strictest reading), with room to spare where the limit is not documented.
const (
	maxHeader  = 150
	maxField   = 500 // Slack allows 2000; nothing that long can be read at a glance.
	maxSection = 3000
	maxContext = 1000
	maxText    = 1000
	maxButton  = 75
)

// payload is what an incoming webhook takes. Text is shown in notifications, where blocks are not.
type payload struct {
	Text        string  `json:"text"`
	Blocks      []block `json:"blocks"`
	UnfurlLinks bool    `json:"unfurl_links"`
	UnfurlMedia bool    `json:"unfurl_media"`
}

// block is a header (Text), a section (Text or Fields), a context (Elements of type text) or actions (of type button).
type block struct {
	Type     string `json:"type"`
	Text     *text  `json:"text,omitempty"`
	Fields   []text `json:"fields,omitempty"`
	Elements []any  `json:"elements,omitempty"`
}

// button is what people press; Value is the outage that it is about.
type button struct {
	Type   string `json:"type"`
	Text   text   `json:"text"`
	Action string `json:"action_id"`
	Value  string `json:"value"`
	Style  string `json:"style,omitempty"`
}

// What buttons are for.
const (
	actionTakeOver = "outcry_take_over"
	actionMuteHour = "outcry_mute_hour"
	actionMute     = "outcry_mute"
)

// text is text with Slack's markup, or without.
type text struct {
	Type string `json:"type"`
	Text string `json:"text"`
	// Verbatim keeps Slack from making links and mentions of marked-up text on its own.
	Verbatim bool `json:"verbatim,omitempty"`
}

func header(line string) block {
	return block{Type: "header", Text: &text{Type: "plain_text", Text: line}}
}

func section(markup string) block {
	return block{Type: "section", Text: &text{Type: "mrkdwn", Text: markup, Verbatim: true}}
}

func fields(markup ...string) block {
	b := block{Type: "section"}
	for _, m := range markup {
		b.Fields = append(b.Fields, text{Type: "mrkdwn", Text: m, Verbatim: true})
	}
	return b
}

func aside(element text) block {
	return block{Type: "context", Elements: []any{element}}
}

func press(label, action, outage string) button {
	return button{Type: "button", Text: text{Type: "plain_text", Text: escape(label, maxButton)}, Action: action, Value: outage}
}
