package mastodon

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/hypertext"
)

type status struct {
	URI        string  `json:"uri"`
	URL        string  `json:"url"`
	CreatedAt  string  `json:"created_at"`
	ReplyTo    string  `json:"in_reply_to_id"`
	Warning    string  `json:"spoiler_text"`
	Visibility string  `json:"visibility"`
	Language   string  `json:"language"`
	Content    string  `json:"content"`
	Reblog     *status `json:"reblog"`
	Quote      *quote  `json:"quote"`
	Account    account `json:"account"`
	Tags       []tag   `json:"tags"`
}

type tag struct {
	Name string `json:"name"`
}

type quote struct {
	Status *struct {
		URI string `json:"uri"`
	} `json:"quoted_status"`
}

type account struct {
	Acct      string    `json:"acct"`
	URL       string    `json:"url"`
	CreatedAt time.Time `json:"created_at"`
	Followers int       `json:"followers_count"`
}

// decodeStatus appends the post that a status is. Its id is the status's URI, by which it is one post through whatever server it is read.
func decodeStatus(dst []event.Post, raw []byte) ([]event.Post, error) {
	var s status
	if err := json.Unmarshal(raw, &s); err != nil {
		return dst, &ingest.Drop{Reason: ingest.ReasonSyntax, Err: err}
	}
	if s.Visibility != "" && s.Visibility != "public" && s.Visibility != "unlisted" {
		return dst, nil
	}
	handle := address(&s.Account)
	p := event.Post{
		ID: s.URI, Source: Network, Author: handle, AuthorHandle: handle, ReplyTo: s.ReplyTo, URL: s.URL,
		AuthorCreatedAt: s.Account.CreatedAt.UTC(), AuthorFollowers: s.Account.Followers,
	}
	said := &s
	if s.Reblog != nil {
		said = s.Reblog
		p.RepostOf = said.URI
	}
	p.Text, p.Lang = textOf(said), said.Language
	for _, t := range said.Tags {
		p.Tags = append(p.Tags, t.Name)
	}
	if said.Quote != nil && said.Quote.Status != nil {
		p.QuoteOf = said.Quote.Status.URI
	}
	var ok bool
	if p.CreatedAt, ok = timeOf(raw); !ok && s.CreatedAt != "" {
		return dst, ingest.Dropf(ingest.ReasonTime, "created_at of the status is no usable time")
	}
	if err := ingest.CheckPost(&p); err != nil {
		return dst, err
	}
	return append(dst, p), nil
}

// textOf puts a status's content warning, under which people also say what is wrong, before its text.
func textOf(s *status) string {
	text := hypertext.Text(s.Content)
	if s.Warning == "" {
		return text
	}
	return strings.TrimSpace(s.Warning + "\n" + text)
}

// address gives name@server. A server leaves itself out of the names of its own accounts.
func address(a *account) string {
	if a.Acct == "" || strings.Contains(a.Acct, "@") {
		return a.Acct
	}
	home, err := url.Parse(a.URL)
	if err != nil || home.Host == "" {
		return a.Acct
	}
	return a.Acct + "@" + home.Host
}
