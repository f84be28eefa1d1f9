package bluesky

import (
	"bytes"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/jetline"
	"github.com/outcry/outcry/internal/rawjson"
)

// Network is the source that posts of Bluesky carry.
const Network = "bluesky"

// postCollection is the collection that holds posts; likes, follows and other apps' records are of no use here.
const postCollection = "app.bsky.feed.post"

// Jetstream is the JSON of Jetstream: version 1 ({"did","time_us","kind","commit":{…}}), version 2 (the same flat, in
// {"$type":"message","payload":{…}}) and the archive's mixture of both. The time of a post is the network's, never the client's.
type Jetstream struct{}

var _ ingest.Format = Jetstream{}

// Name implements ingest.Format.
func (Jetstream) Name() string { return "bluesky jetstream" }

// Detect implements ingest.Format.
func (Jetstream) Detect(message []byte) bool {
	if jetline.Begins(message) {
		return true
	}
	did, kind := false, false
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "payload":
			typ, _ := rawjson.Find(v, "$type")
			return bytes.Contains(typ, []byte("jetstream.subscribeEvents#"))
		case "did":
			did = v.IsString()
		case "kind", "commit":
			kind = true
		}
		if did && kind {
			return true
		}
	}
	return false
}

// Glance tells when a message was sent that holds a new post, by how it begins; false: it cannot tell.
func (Jetstream) Glance(message []byte) (time.Time, bool) {
	if !jetline.Begins(message) {
		return time.Time{}, false
	}
	us, ok := jetline.TimeUS(message)
	t := time.UnixMicro(us).UTC()
	return t, ok && event.PlausibleTime(t)
}

// Time implements ingest.Format.
func (j Jetstream) Time(message []byte) (time.Time, bool) {
	if t, ok := j.Glance(message); ok {
		return t, true
	}
	for k, v := range rawjson.Fields(message) {
		switch string(k) {
		case "time_us":
			us, ok := v.Int()
			t := time.UnixMicro(us).UTC()
			return t, ok && event.PlausibleTime(t)
		case "time":
			t, ok := v.Time()
			return t, ok && event.PlausibleTime(t)
		case "payload":
			return Jetstream{}.Time(v)
		}
	}
	return time.Time{}, false
}

var (
	rawPost   = []byte(`"` + postCollection + `"`)
	rawDelete = []byte(`"operation":"delete"`)
	rawUpdate = []byte(`"operation":"update"`)
)

// Count tells how many posts a message holds, 0 or 1, without decoding it. It may take a rare other message for a post.
func (Jetstream) Count(message []byte) int {
	at := collectionOf(message)
	if at < 0 {
		return 0
	}
	near := message[max(0, at-besideCollection):min(len(message), at+len(rawPost)+besideCollection)]
	if bytes.Contains(near, rawDelete) {
		return 0
	}
	return 1
}

// collectionOf is where the name of the posts' collection stands; -1: nowhere. A dot is sought, of which there are few before it.
func collectionOf(message []byte) int {
	at := bytes.Index(message, rawPost[rawDot:]) - rawDot
	if at >= 0 && bytes.HasPrefix(message[at:], rawPost) {
		return at
	}
	return bytes.Index(message, rawPost)
}

// rawDot is the place of the first dot in rawPost.
const rawDot = len(`"app`)

// besideCollection is how far from the collection the operation is sought: between them stands at most a key of a record.
const besideCollection = 128

// Decode implements ingest.Format. Deletes, identity and account messages and other collections hold no post.
func (j Jetstream) Decode(dst []event.Post, message []byte) ([]event.Post, error) {
	if err := ingest.CheckMessage(message); err != nil {
		return dst, err
	}
	m, ok := parse(message)
	if !ok {
		return dst, ingest.Dropf(ingest.ReasonSyntax, "a field of a jetstream message is of another type than it should be")
	}
	if m.collection != postCollection || (m.operation != "create" && m.operation != "update") {
		return dst, nil
	}
	if m.did == "" || m.rkey == "" {
		return dst, ingest.Dropf(ingest.ReasonField, "a jetstream commit has no did or no rkey")
	}
	at, ok := j.Time(message)
	if !ok {
		return dst, ingest.Dropf(ingest.ReasonTime, "a jetstream commit has no usable time_us or time")
	}
	p := event.Post{
		ID:        m.id(),
		Source:    Network,
		CreatedAt: at,
		Author:    m.did,
		URL:       "https://bsky.app/profile/" + m.did + "/post/" + m.rkey,
	}
	if !readRecord(&p, m.record) {
		return dst, ingest.Dropf(ingest.ReasonSyntax, "a field of a bluesky post is of another type than it should be")
	}
	if err := ingest.CheckPost(&p); err != nil {
		return dst, err
	}
	return append(dst, p), nil
}

// commit is what the three wire forms of a commit have in common.
type commit struct {
	did, operation, collection, rkey string
	record                           rawjson.Value
}

// id is the id of the post that the commit is about.
func (c *commit) id() string { return c.did + "/" + c.rkey }

// parse reads a message of any form; false: a field is of a wrong type.
func parse(message []byte) (commit, bool) {
	var c commit
	ok := c.fill(message, 0)
	return c, ok
}

// fill takes the commit's fields from an object and from the envelopes payload and commit within it.
func (c *commit) fill(object []byte, depth int) bool {
	for k, v := range rawjson.Fields(object) {
		ok := true
		switch string(k) {
		case "payload", "commit":
			if depth < 2 && v.IsObject() {
				ok = c.fill(v, depth+1)
			}
		case "did":
			ok = v.SetString(&c.did)
		case "operation":
			ok = v.SetString(&c.operation)
		case "collection":
			ok = v.SetString(&c.collection)
		case "rkey":
			ok = v.SetString(&c.rkey)
		case "record":
			c.record = v
		}
		if !ok {
			return false
		}
	}
	return true
}

// readRecord takes over what the post's record says; false: a field is of a wrong type.
func readRecord(p *event.Post, record rawjson.Value) bool {
	if !record.IsObject() {
		return false
	}
	for k, v := range rawjson.Fields(record) {
		ok := true
		switch string(k) {
		case "text":
			ok = v.SetString(&p.Text)
		case "langs":
			p.Lang = firstString(v)
		case "tags":
			p.Tags = appendStrings(p.Tags, v)
		case "facets":
			p.Tags = appendFacetTags(p.Tags, v)
		case "reply":
			parent, _ := rawjson.Find(v, "parent")
			p.ReplyTo = postID(parent)
		case "embed":
			p.QuoteOf = quoted(v)
		}
		if !ok {
			return false
		}
	}
	return true
}

func firstString(v rawjson.Value) string {
	for e := range rawjson.Elements(v) {
		s, _ := e.Text()
		return s
	}
	return ""
}

func appendStrings(dst []string, v rawjson.Value) []string {
	for e := range rawjson.Elements(v) {
		if s, ok := e.Text(); ok && s != "" {
			dst = append(dst, s)
		}
	}
	return dst
}

// appendFacetTags appends the hashtags among a text's facets.
func appendFacetTags(dst []string, facets rawjson.Value) []string {
	for facet := range rawjson.Elements(facets) {
		features, _ := rawjson.Find(facet, "features")
		for feature := range rawjson.Elements(features) {
			typ, _ := rawjson.Find(feature, "$type")
			tag, ok := rawjson.Find(feature, "tag")
			if !ok || string(typ.Bytes()) != "app.bsky.richtext.facet#tag" {
				continue
			}
			if s, ok := tag.Text(); ok && s != "" {
				dst = append(dst, s)
			}
		}
	}
	return dst
}

// quoted gives the id of the post that an embed quotes: embed.record has it directly, or a level deeper when there are also media.
func quoted(embed rawjson.Value) string {
	record, _ := rawjson.Find(embed, "record")
	if id := postID(record); id != "" {
		return id
	}
	inner, _ := rawjson.Find(record, "record")
	return postID(inner)
}

// postID turns a reference {"cid","uri":"at://did/app.bsky.feed.post/rkey"} into a post's id; "" if it points at something else.
func postID(ref rawjson.Value) string {
	v, _ := rawjson.Find(ref, "uri")
	uri, _ := v.Text()
	rest, ok := strings.CutPrefix(uri, "at://")
	if !ok {
		return ""
	}
	did, rkey, ok := strings.Cut(rest, "/"+postCollection+"/")
	if !ok || did == "" || rkey == "" {
		return ""
	}
	return did + "/" + rkey
}
