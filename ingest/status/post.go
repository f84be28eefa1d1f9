package status

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// update is one thing that a page says.
type update struct {
	// id is unique on the page and stays.
	id string
	// about is what it may concern: names of incident and components.
	about string
	text  string
	url   string
	at    time.Time
}

// maxText bounds a post's text, in bytes: a page's words about an incident, not its history.
const maxText = 16 << 10

// posts makes a post for every service of the page that the update is about, each by the service's own account.
func (p *page) posts(u *update) []event.Post {
	concerned := p.concerned(u)
	list := make([]event.Post, 0, len(concerned))
	for i := range concerned {
		s := &concerned[i]
		id := p.address.Host + "/" + u.id
		if len(p.services) > 1 {
			id += "/" + s.ID
		}
		list = append(list, event.Post{
			ID: id, Source: Network, CreatedAt: u.at, Author: "status:" + s.ID, AuthorHandle: s.Handles[0], Text: u.text, URL: u.url,
			Services: []string{s.ID},
		})
	}
	return list
}

// concerned picks, on a page of several services, those whose names the update has; if there is none, it is about all.
func (p *page) concerned(u *update) []event.Service {
	if len(p.services) == 1 {
		return p.services
	}
	about := strings.ToLower(u.about + "\n" + u.text)
	var named []event.Service
	for i := range p.services {
		if strings.Contains(about, strings.ToLower(p.services[i].Name)) {
			named = append(named, p.services[i])
		}
	}
	if len(named) == 0 {
		return p.services
	}
	return named
}

// cut shortens a text to at most n bytes, between characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// sentence joins what is not empty.
func sentence(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(strings.ToValidUTF8(p, "")); p != "" {
			kept = append(kept, p)
		}
	}
	return cut(strings.Join(kept, ". "), maxText)
}
