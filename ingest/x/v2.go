package x

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// V2 is the JSON of API 2: messages of the filtered stream ({"data":{…}}), search pages ({"data":[…]}) and tweets that a
// tool has flattened ({"id","author_id","text"}).
type V2 struct{}

var _ ingest.Format = V2{}

// Name implements ingest.Format.
func (V2) Name() string { return "x api v2" }

// Detect implements ingest.Format.
func (V2) Detect(message []byte) bool {
	flat := 0
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "data", "includes", "matching_rules":
			return v.IsObject() || v.IsArray()
		case "errors":
			return v.IsArray()
		case "author_id", "text", "id":
			flat++
		case "id_str", "uri", "did":
			return false
		}
	}
	return flat == 3
}

// Time implements ingest.Format.
func (V2) Time(message []byte) (time.Time, bool) {
	flat := false
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "data":
			if v.IsArray() {
				return newestIn(v, "id")
			}
			return timeIn(v, "id")
		case "author_id":
			flat = true
		}
	}
	if !flat {
		return time.Time{}, false
	}
	return timeIn(message, "id")
}

// Count tells how many tweets a message holds without decoding it.
func (V2) Count(message []byte) int {
	data, _ := rawjson.Find(message, "data")
	return countIn(data)
}

// Decode implements ingest.Format. Of a page it gives every post that can be used, and the drops of the others.
func (V2) Decode(dst []event.Post, message []byte) ([]event.Post, error) {
	if err := ingest.CheckMessage(message); err != nil {
		return dst, err
	}
	data, ok := rawjson.Find(message, "data")
	if !ok {
		return decodeBare(dst, message)
	}
	var about page
	if err := unmarshal(message, &about); err != nil {
		return dst, err
	}
	switch {
	case data.IsObject():
		before := len(dst)
		dst, err := decodeTweet(dst, data, &about.Includes)
		setServices(dst[before:], &about)
		return dst, err
	case data.IsArray():
		var errs []error
		for raw := range rawjson.Elements(data) {
			var err error
			if dst, err = decodeTweet(dst, raw, &about.Includes); err != nil {
				errs = append(errs, err)
			}
			if errors.Is(err, errCounts) {
				break
			}
		}
		return dst, errors.Join(errs...)
	}
	return dst, ingest.Dropf(ingest.ReasonSyntax, "data is neither a tweet nor an array of tweets")
}

// setServices takes the tags of the rules for the services that the tweet is about, as they are where rules were made for services.
// A service may have several rules, and a tweet may fit more than one.
func setServices(posts []event.Post, about *page) {
	for i := range posts {
		for _, rule := range about.Rules {
			if id := serviceOf(rule.Tag); id != "" && !slices.Contains(posts[i].Services, id) {
				posts[i].Services = append(posts[i].Services, id)
			}
		}
	}
}

// decodeBare reads a message without an envelope: a flattened tweet, or an error of the API.
func decodeBare(dst []event.Post, message []byte) ([]event.Post, error) {
	if e, ok := rawjson.Find(message, "errors"); ok && e.IsArray() {
		return dst, &ingest.Drop{Reason: ingest.ReasonNoAccess, Err: errNoAccess}
	}
	if _, ok := rawjson.Find(message, "author_id"); !ok {
		return dst, ingest.Dropf(ingest.ReasonUnknown, "a message of X without data")
	}
	return decodeTweet(dst, message, &includes{})
}

var (
	errNoAccess = errors.New("errors of the API in place of a tweet")
	errCounts   = errors.New("tweet counts, not tweets")
)

// unmarshal is json.Unmarshal with a Drop for an error.
func unmarshal(raw []byte, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return &ingest.Drop{Reason: ingest.ReasonSyntax, Err: err}
	}
	return nil
}

func decodeTweet(dst []event.Post, raw []byte, about *includes) ([]event.Post, error) {
	var t tweet
	if err := unmarshal(raw, &t); err != nil {
		return dst, err
	}
	if t.Count != nil && t.ID == "" {
		return dst, &ingest.Drop{Reason: ingest.ReasonUnknown, Err: errCounts}
	}
	p := event.Post{ID: t.ID, Source: Network, Author: t.AuthorID, Lang: t.Lang}
	text, found := wholeText(t.Text, t.Entities, t.NoteTweet)
	text, found = refer(&p, &t, about, text, found)
	p.Text = plain.Replace(text)
	for _, h := range found.Hashtags {
		p.Tags = append(p.Tags, h.Tag)
	}
	setAuthor(&p, &t, about)
	setGeo(&p, &t, about)
	p.URL = link(p.AuthorHandle, p.ID)
	// An edit is the post again: its identity is the id of the first version.
	if len(t.History) > 0 && t.History[0] != "" {
		p.ID = t.History[0]
	}
	var ok bool
	if p.CreatedAt, ok = timeIn(raw, "id"); !ok && t.CreatedAt != "" {
		return dst, &ingest.Drop{Reason: ingest.ReasonTime, Err: errTime}
	}
	if t.Withheld != nil && isWithheldNotice(p.Text) {
		return dst, &ingest.Drop{Reason: ingest.ReasonWithheld, Err: errWithheld}
	}
	if err := ingest.CheckPost(&p); err != nil {
		return dst, err
	}
	return append(dst, p), nil
}

// wholeText prefers the note, in which texts of more than 280 characters stand in full.
func wholeText(text string, found entities, n *note) (string, entities) {
	if n != nil && n.Text != "" {
		return n.Text, n.Entities
	}
	return text, found
}

// refer sets what the post answers, quotes or passes on. The text of a repost is cut off; the original's is preferred.
func refer(p *event.Post, t *tweet, about *includes, text string, found entities) (string, entities) {
	for i := range t.Referenced {
		ref := &t.Referenced[i]
		switch ref.Type {
		case "replied_to":
			p.ReplyTo = ref.ID
		case "quoted":
			p.QuoteOf = ref.ID
		case "retweeted":
			p.RepostOf = ref.ID
			if n := slices.IndexFunc(about.Tweets, func(o tweet) bool { return o.ID == ref.ID }); n >= 0 {
				original := &about.Tweets[n]
				text, found = wholeText(original.Text, original.Entities, original.NoteTweet)
			} else if ref.Text != "" {
				text, found = wholeText(ref.Text, ref.Entities, ref.Note)
			}
		}
	}
	return text, found
}

func setAuthor(p *event.Post, t *tweet, about *includes) {
	u := t.Author
	if u == nil {
		n := slices.IndexFunc(about.Users, func(u user) bool { return u.ID == t.AuthorID })
		if n < 0 {
			return
		}
		u = &about.Users[n]
	}
	p.AuthorHandle = u.Username
	p.AuthorFollowers = u.Metrics.Followers
	p.AuthorVerified = u.Verified
	p.Place = u.Location
	if at, err := time.Parse(time.RFC3339, u.CreatedAt); err == nil {
		p.AuthorCreatedAt = at.UTC()
	}
}

// setGeo prefers where the post was made to where its author says to live.
func setGeo(p *event.Post, t *tweet, about *includes) {
	if t.Geo == nil {
		return
	}
	at := place{ID: t.Geo.PlaceID, FullName: t.Geo.FullName, CountryCode: t.Geo.CountryCode}
	if n := slices.IndexFunc(about.Places, func(o place) bool { return o.ID == at.ID }); n >= 0 {
		at = about.Places[n]
	}
	p.Country = at.CountryCode
	if at.FullName != "" {
		p.Place = at.FullName
	}
}
