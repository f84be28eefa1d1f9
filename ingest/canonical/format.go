package canonical

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// Format is outcry's own form of a post. Unknown fields are ignored.
type Format struct {
	source string
}

var _ ingest.Format = (*Format)(nil)

// New makes the format. source is what a post's source is taken for where the post does not say.
func New(source string) *Format { return &Format{source: source} }

// Name implements ingest.Format.
func (*Format) Name() string { return "outcry post" }

// Detect implements ingest.Format: an object with at least two of a post's four required fields, and none by which the
// wire formats of the networks are known.
func (*Format) Detect(message []byte) bool {
	known := 0
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "id", "created_at", "author", "text":
			if v.IsObject() || v.IsArray() {
				return false
			}
			known++
		case "id_str", "author_id", "uri", "account", "user", "did", "data", "payload":
			return false
		}
	}
	return known >= 2
}

// Time implements ingest.Format.
func (*Format) Time(message []byte) (time.Time, bool) {
	v, ok := rawjson.Find(message, "created_at")
	if !ok {
		return time.Time{}, false
	}
	t, ok := v.Time()
	return t, ok && event.PlausibleTime(t)
}

// Decode implements ingest.Format.
func (f *Format) Decode(dst []event.Post, message []byte) ([]event.Post, error) {
	if err := ingest.CheckMessage(message); err != nil {
		return dst, err
	}
	if !rawjson.Value(message[rawjson.Space(message, 0):]).IsObject() {
		return dst, &ingest.Drop{Reason: ingest.ReasonUnknown, Err: errNoObject}
	}
	p := event.Post{Source: f.source}
	var created rawjson.Value
	for k, v := range rawjson.Fields(message) {
		if string(k) == "created_at" {
			if created == nil {
				created = v
			}
			continue
		}
		if !assign(&p, string(k), v) {
			return dst, ingest.Dropf(ingest.ReasonSyntax, "field %q of a post is of another type than it should be", k)
		}
	}
	if err := setCreated(&p, created); err != nil {
		return dst, err
	}
	if err := ingest.CheckPost(&p); err != nil {
		return dst, err
	}
	return append(dst, p), nil
}

var (
	errNoObject = errors.New("a post must be a JSON object")
	errDate     = errors.New(`created_at must be an RFC 3339 time such as "2021-10-04T15:44:03Z"`)
)

// setCreated reads created_at. Absent and null are left to event.Post.Check.
func setCreated(p *event.Post, v rawjson.Value) error {
	switch {
	case v == nil || v.IsNull():
		return nil
	case !v.IsString():
		return &ingest.Drop{Reason: ingest.ReasonSyntax, Err: errDate}
	}
	t, ok := v.Time()
	if !ok {
		return &ingest.Drop{Reason: ingest.ReasonTime, Err: errDate}
	}
	p.CreatedAt = t
	return nil
}

// assign sets the field that key names; false: it is required, and v is of a wrong type. What may be absent is as good as absent
// where it cannot be read: archives write numbers as text, dates without a time, and "" for what they do not know.
func assign(p *event.Post, key string, v rawjson.Value) bool {
	switch key {
	case "id":
		return setID(&p.ID, v)
	case "author":
		return setID(&p.Author, v)
	case "text":
		return v.SetString(&p.Text)
	case "source":
		if string(v) != `""` {
			v.SetString(&p.Source)
		}
	case "lang":
		v.SetString(&p.Lang)
	case "place":
		v.SetString(&p.Place)
	case "country":
		v.SetString(&p.Country)
	case "repost_of":
		setID(&p.RepostOf, v)
	case "reply_to":
		setID(&p.ReplyTo, v)
	case "quote_of":
		setID(&p.QuoteOf, v)
	case "url":
		v.SetString(&p.URL)
	default:
		assignRest(p, key, v)
	}
	return true
}

// setID sets what names a post or an author: text, or a whole number.
func setID(dst *string, v rawjson.Value) bool {
	if _, ok := v.Int(); ok {
		*dst = string(v)
		return true
	}
	return v.SetString(dst)
}

// assignRest sets what few posts have.
func assignRest(p *event.Post, key string, v rawjson.Value) {
	switch key {
	case "tags":
		v.SetStrings(&p.Tags)
	case "services":
		v.SetStrings(&p.Services)
	case "author_created_at":
		setDate(&p.AuthorCreatedAt, v)
	case "author_followers":
		setCount(&p.AuthorFollowers, v)
	case "author_verified":
		v.SetBool(&p.AuthorVerified)
	case "author_handle":
		v.SetString(&p.AuthorHandle)
	}
}

// setDate sets a time, or the beginning of a day.
func setDate(dst *time.Time, v rawjson.Value) {
	if v.SetTime(dst) {
		return
	}
	if t, err := time.Parse(time.DateOnly, string(v.Bytes())); err == nil {
		*dst = t
	}
}

// setCount sets a count, however it is written: 12, 12.0, "12".
func setCount(dst *int, v rawjson.Value) {
	if n, err := strconv.ParseFloat(strings.Trim(string(v), `"`), 64); err == nil && n >= 0 && n <= math.MaxInt32 {
		*dst = int(n)
	}
}
