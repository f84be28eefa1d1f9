package status

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/outcry/outcry/internal/hypertext"
)

// parseFeed reads an RSS or Atom feed into updates, oldest first; bad is how many entries could not be used. An entry that
// changes is an update of its own.
func parseFeed(body []byte) (updates []update, bad int, err error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errNoPage, err)
	}
	for _, item := range feed.Items {
		if item == nil {
			continue
		}
		u, ok := entry(item)
		if !ok {
			bad++
			continue
		}
		updates = append(updates, u)
	}
	slices.Reverse(updates) // feeds begin with the newest
	slices.SortStableFunc(updates, func(a, b update) int { return a.at.Compare(b.at) })
	return updates, bad, nil
}

func entry(item *gofeed.Item) (update, bool) {
	id := item.GUID
	if id == "" {
		id = item.Link
	}
	at := item.UpdatedParsed
	if at == nil {
		at = item.PublishedParsed
	}
	if id == "" || at == nil {
		return update{}, false
	}
	said := item.Content
	if said == "" {
		said = item.Description
	}
	text := hypertext.Text(said)
	return update{
		id: cut(id, maxID) + "/" + digest(item.Title, text, at.UTC().Format(time.RFC3339)), about: item.Title, url: item.Link, at: at.UTC(),
		text: sentence(item.Title, newest(text)),
	}, true
}

// maxID bounds the part of an id that a feed gives.
const maxID = 200

// leadLines is how many lines of an entry are its newest word: a date, and what is said. Entries tell the whole story, the
// newest first, and the words of an hour ago would be taken for those of now.
const leadLines = 2

func newest(text string) string {
	var lead []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lead = append(lead, line)
		}
		if len(lead) == leadLines {
			break
		}
	}
	return strings.Join(lead, "\n")
}

// digest is a short fingerprint.
func digest(parts ...string) string {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
