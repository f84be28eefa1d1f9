package x

import (
	"strings"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/rawjson"
)

// Network is the source that posts of X carry.
const Network = "x"

// Ids of posts since November 2010 ("snowflakes") hold milliseconds since this epoch above their lowest 22 bits.
const (
	snowflakeEpochMS = 1288834974657
	snowflakeShift   = 22
	// maxSkew is how far the two times of one post can lie apart: created_at is cut to whole seconds.
	maxSkew = time.Second
)

// timeOf gives when a post was made: to the millisecond by its id where created_at agrees or is missing, else created_at.
func timeOf(id, created rawjson.Value) (time.Time, bool) {
	stated, isStated := created.Time()
	if !isStated {
		stated, isStated = created.RubyDate()
	}
	exact, isExact := snowflake(id)
	switch {
	case isExact && !isStated && len(created) == 0:
		return exact, event.PlausibleTime(exact)
	case isExact && isStated && exact.Sub(stated).Abs() <= maxSkew:
		return exact, event.PlausibleTime(exact)
	}
	return stated, isStated && event.PlausibleTime(stated)
}

// snowflake reads the time within an id. Ids before November 2010 were counted up and hold none.
func snowflake(id rawjson.Value) (time.Time, bool) {
	n, ok := rawjson.Value(id.Bytes()).Int()
	if !ok || n < 1<<40 {
		return time.Time{}, false
	}
	return time.UnixMilli(n>>snowflakeShift + snowflakeEpochMS).UTC(), true
}

// timeIn gives the time of one post in JSON, whose id stands under idKey.
func timeIn(tweet []byte, idKey string) (time.Time, bool) {
	var id, created rawjson.Value
	for k, v := range rawjson.Fields(tweet) {
		switch string(k) {
		case idKey:
			id = v
		case "created_at":
			created = v
		}
		if id != nil && created != nil {
			break
		}
	}
	return timeOf(id, created)
}

// newestIn gives the newest time among posts in an array.
func newestIn(tweets rawjson.Value, idKey string) (time.Time, bool) {
	var newest time.Time
	for e := range rawjson.Elements(tweets) {
		if t, ok := timeIn(e, idKey); ok && t.After(newest) {
			newest = t
		}
	}
	return newest, !newest.IsZero()
}

// countIn counts the posts in an array; whatever else a message holds is one.
func countIn(tweets rawjson.Value) int {
	if !tweets.IsArray() {
		return 1
	}
	n := 0
	for range rawjson.Elements(tweets) {
		n++
	}
	return n
}

// plain undoes the escaping of the three characters that X escapes in texts.
var plain = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// link gives the address at which a person can read a post.
func link(handle, id string) string {
	if handle == "" {
		handle = "i"
	}
	return "https://x.com/" + handle + "/status/" + id
}

// isWithheldNotice tells X's own notice from the text in whose place it stands.
func isWithheldNotice(text string) bool {
	return text == "" || strings.Contains(text, " withheld in ") && strings.Contains(text, "response to a")
}
