package x

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/dghubble/go-twitter/twitter"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// V1 is the JSON of API 1.1: single tweets as in streams and their archives, and search results ({"statuses":[…]}).
type V1 struct{}

var _ ingest.Format = V1{}

// Name implements ingest.Format.
func (V1) Name() string { return "x api v1.1" }

// Detect implements ingest.Format.
func (V1) Detect(message []byte) bool {
	found := 0
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "id_str", "user":
			found++
		case "statuses":
			return v.IsArray()
		case "uri", "account", "data":
			return false
		default:
			if isNotice(string(k), v) {
				return true
			}
		}
		if found == 2 {
			return true
		}
	}
	return false
}

// isNotice reports whether a field is by which the stream's own messages are known.
func isNotice(key string, v rawjson.Value) bool {
	switch key {
	case "delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning":
		return v.IsObject()
	case "friends":
		return v.IsArray()
	}
	return false
}

// Time implements ingest.Format.
func (V1) Time(message []byte) (time.Time, bool) {
	var id, created rawjson.Value
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "id_str":
			id = v
		case "created_at":
			created = v
		case "statuses":
			return newestIn(v, "id_str")
		}
		if id != nil && created != nil {
			break
		}
	}
	if id == nil {
		return time.Time{}, false
	}
	return timeOf(id, created)
}

// Count tells how many tweets a message holds without decoding it.
func (V1) Count(message []byte) int {
	if message = message[rawjson.Space(message, 0):]; bytes.HasPrefix(message, []byte(`{"created_at"`)) {
		return 1 // as nearly all do in archives
	}
	statuses, _ := rawjson.Find(message, "statuses")
	return countIn(statuses)
}

// Decode implements ingest.Format. Deletes, limits and other notices of the stream hold no post.
func (V1) Decode(dst []event.Post, message []byte) ([]event.Post, error) {
	if err := ingest.CheckMessage(message); err != nil {
		return dst, err
	}
	for k, v := range rawjson.Fields(message) {
		if isNotice(string(k), v) {
			return dst, nil
		}
		if string(k) == "statuses" && v.IsArray() {
			return decodeStatuses(dst, v)
		}
	}
	p, err := decodeStatus(message)
	if err != nil {
		return dst, err
	}
	return append(dst, p), nil
}

func decodeStatuses(dst []event.Post, statuses rawjson.Value) ([]event.Post, error) {
	var errs []error
	for raw := range rawjson.Elements(statuses) {
		p, err := decodeStatus(raw)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		dst = append(dst, p)
	}
	return dst, errors.Join(errs...)
}

func decodeStatus(raw []byte) (event.Post, error) {
	var t twitter.Tweet
	typeErr := json.Unmarshal(raw, &t)
	// A field of another type ends nothing by itself: archives differ in many that are of no use here.
	if mismatch := (*json.UnmarshalTypeError)(nil); typeErr != nil && !errors.As(typeErr, &mismatch) {
		return event.Post{}, &ingest.Drop{Reason: ingest.ReasonSyntax, Err: typeErr}
	}
	p := event.Post{ID: t.IDStr, Source: Network, Lang: t.Lang, ReplyTo: t.InReplyToStatusIDStr, QuoteOf: t.QuotedStatusIDStr}
	said := &t
	if t.RetweetedStatus != nil {
		said = t.RetweetedStatus
		p.RepostOf = said.IDStr
	}
	text, entities := fullText(said)
	p.Text = plain.Replace(text)
	p.Tags = hashtags(entities)
	setUser(&p, t.User)
	setPlace(&p, t.Place)
	p.URL = link(p.AuthorHandle, p.ID)
	var ok bool
	if p.CreatedAt, ok = timeIn(raw, "id_str"); !ok && t.CreatedAt != "" {
		return p, &ingest.Drop{Reason: ingest.ReasonTime, Err: errTime}
	}
	if t.WithheldCopyright || len(t.WithheldInCountries) > 0 {
		if isWithheldNotice(p.Text) {
			return p, &ingest.Drop{Reason: ingest.ReasonWithheld, Err: errWithheld}
		}
	}
	err := ingest.CheckPost(&p)
	if typeErr != nil && (err != nil || p.Text == "") {
		return p, &ingest.Drop{Reason: ingest.ReasonSyntax, Err: typeErr}
	}
	return p, err
}

var (
	errWithheld = errors.New("the text of the tweet is withheld")
	errTime     = errors.New("created_at of the tweet is no usable time")
)

// fullText gives a tweet's whole text and what X found in it; streams cut texts at 140 characters and put the rest aside.
func fullText(t *twitter.Tweet) (string, *twitter.Entities) {
	switch {
	case t.ExtendedTweet != nil && t.ExtendedTweet.FullText != "":
		if t.ExtendedTweet.Entities == nil {
			return t.ExtendedTweet.FullText, t.Entities
		}
		return t.ExtendedTweet.FullText, t.ExtendedTweet.Entities
	case t.FullText != "":
		return t.FullText, t.Entities
	}
	return t.Text, t.Entities
}

func hashtags(e *twitter.Entities) []string {
	if e == nil || len(e.Hashtags) == 0 {
		return nil
	}
	tags := make([]string, 0, len(e.Hashtags))
	for i := range e.Hashtags {
		tags = append(tags, e.Hashtags[i].Text)
	}
	return tags
}

func setUser(p *event.Post, u *twitter.User) {
	if u == nil {
		return
	}
	p.Author = u.IDStr
	p.AuthorHandle = u.ScreenName
	p.AuthorFollowers = u.FollowersCount
	p.AuthorVerified = u.Verified
	p.Place = u.Location
	if t, err := time.Parse(time.RubyDate, u.CreatedAt); err == nil {
		p.AuthorCreatedAt = t.UTC()
	}
}

// setPlace prefers where the post was made to where its author says to live.
func setPlace(p *event.Post, place *twitter.Place) {
	if place == nil {
		return
	}
	p.Country = place.CountryCode
	if place.FullName != "" {
		p.Place = place.FullName
	}
}
