package event

import (
	"errors"
	"time"
)

// Post is what somebody said in public, in the canonical form that all sources are brought to.
type Post struct {
	// ID is unique within Source.
	ID string `json:"id"`
	// Source names the network the post was made on: "bluesky", "x", "mastodon" …
	Source string `json:"source"`
	// CreatedAt is when the post was made, by the network's clock where it has one.
	CreatedAt time.Time `json:"created_at"`
	// Author identifies the account within Source.
	Author string `json:"author"`
	// Text is the post's plain text.
	Text string `json:"text"`
	// Lang is a BCP 47 tag as the network or the client stated it.
	Lang string `json:"lang,omitempty"`
	// Place is the stated location, free text.
	Place string `json:"place,omitempty"`
	// Country is an ISO 3166 alpha-2 code from the post's own geo fields.
	Country string `json:"country,omitempty"`
	// RepostOf, ReplyTo and QuoteOf are ids of other posts within Source.
	RepostOf string `json:"repost_of,omitempty"`
	ReplyTo  string `json:"reply_to,omitempty"`
	QuoteOf  string `json:"quote_of,omitempty"`
	// URL is where a person can read the post.
	URL string `json:"url,omitempty"`
	// Tags are the hashtags that the network itself found, without '#'.
	Tags []string `json:"tags,omitempty"`
	// AuthorCreatedAt is when the account was made; zero: unknown.
	AuthorCreatedAt time.Time `json:"author_created_at,omitzero"`
	// AuthorFollowers is how many accounts follow the author; 0: unknown or none.
	AuthorFollowers int `json:"author_followers,omitempty"`
	// AuthorVerified says that the network vouches for the author.
	AuthorVerified bool `json:"author_verified,omitempty"`
	// AuthorHandle is the author's public name, without '@'.
	AuthorHandle string `json:"author_handle,omitempty"`
	// Services names services (ids) that the post's feed already knows it to be about.
	Services []string `json:"services,omitempty"`
}

// Errors that Post.Check returns, in the order in which it looks.
var (
	ErrNoID     = errors.New("post has no id")
	ErrNoAuthor = errors.New("post has no author")
	ErrNoTime   = errors.New("post has no created_at")
	ErrBadTime  = errors.New("post's created_at is outside 2004 to 2100")
)

// The years in which a post can have been made: social networks are not older, and a later date is a broken clock.
const (
	minYear = 2004
	maxYear = 2100
)

// Check reports what a post lacks to be used; nil means that it can be.
func (p *Post) Check() error {
	switch {
	case p.ID == "":
		return ErrNoID
	case p.Author == "":
		return ErrNoAuthor
	case p.CreatedAt.IsZero():
		return ErrNoTime
	case !PlausibleTime(p.CreatedAt):
		return ErrBadTime
	}
	return nil
}

// PlausibleTime reports whether a post can have been made at t.
func PlausibleTime(t time.Time) bool { return minYear <= t.Year() && t.Year() <= maxYear }
