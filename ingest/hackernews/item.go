package hackernews

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/hypertext"
)

type item struct {
	ID      int64  `json:"id"`
	By      string `json:"by"`
	Time    int64  `json:"time"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Parent  int64  `json:"parent"`
	Deleted bool   `json:"deleted"`
	Dead    bool   `json:"dead"`
}

// decode appends the post that an item is. What was deleted, or flagged until it was dead, is none.
func decode(dst []event.Post, raw []byte) ([]event.Post, error) {
	if err := ingest.CheckMessage(raw); err != nil {
		return dst, err
	}
	var it item
	if err := json.Unmarshal(raw, &it); err != nil {
		return dst, &ingest.Drop{Reason: ingest.ReasonSyntax, Err: err}
	}
	if it.Deleted || it.Dead {
		return dst, ingest.Dropf(ingest.ReasonDeleted, "the item was deleted")
	}
	p := event.Post{
		Source: Network, Author: it.By, AuthorHandle: it.By, Text: strings.TrimSpace(hypertext.Text(it.Title) + "\n" + hypertext.Text(it.Text)),
	}
	if it.ID > 0 {
		p.ID = strconv.FormatInt(it.ID, 10)
		p.URL = "https://news.ycombinator.com/item?id=" + p.ID
	}
	if it.Parent > 0 {
		p.ReplyTo = strconv.FormatInt(it.Parent, 10)
	}
	if it.Time > 0 {
		p.CreatedAt = time.Unix(it.Time, 0).UTC()
	}
	if err := ingest.CheckPost(&p); err != nil {
		return dst, err
	}
	return append(dst, p), nil
}
