package mastodon

import (
	"net/url"

	"github.com/outcry/outcry/event"
)

// ParsePage is parsePage.
func ParsePage(body []byte) (posts []event.Post, last string, err error) {
	p, err := parsePage(body)
	if err != nil {
		return nil, "", err
	}
	return p.posts, p.last, nil
}

// StreamingHost is streamingHost.
func StreamingHost(base *url.URL, instance []byte) *url.URL { return streamingHost(base, instance) }

// Hear reads a message of a WebSocket as a source does; err is the server's.
func Hear(raw []byte) (posts []event.Post, dropped map[string]int, err error) {
	s := &socket{groups: map[string][]string{"isitdown": {"isitdown"}}, first: []string{"isitdown"}}
	t, err := s.parse(raw)
	if err != nil {
		return nil, nil, err
	}
	p := &page{}
	p.hear(&t)
	return p.posts, p.dropped, nil
}
