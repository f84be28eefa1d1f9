package jetline

import "slices"

// Parts of what is done to a post or to a person, and through whose repost it was done.
var (
	post   = []piece{{`","subject":{"cid":"`, 59}, {`","uri":"at://did:plc:`, 24}, {`/app.bsky.feed.post/`, 13}, {`"}`, 0}}
	person = []piece{{`","subject":"did:plc:`, 24}, {`"`, 0}}
	via    = []piece{{`,"via":{"cid":"`, 59}, {`","uri":"at://did:plc:`, 24}, {`/app.bsky.feed.repost/`, 13}, {`"}`, 0}}
)

// wordless are lines of records that hold no words of people. More than half of a stream's lines are written so.
var wordless = []form{
	created("app.bsky.feed.like", post),
	created("app.bsky.feed.like", post, via),
	created("app.bsky.feed.repost", post),
	created("app.bsky.feed.repost", post, via),
	created("app.bsky.graph.follow", person),
	created("app.bsky.graph.block", person),
}

// created is how the whole line of a new record is written, with the members that follow its time.
func created(collection string, members ...[]piece) form {
	end := []piece{{`},"cid":"`, 59}, {`"}}`, 0}}
	return formOf(slices.Concat(opening(collection), slices.Concat(members...), end))
}

// Wordless reports whether line, from its first byte to its last, is a like, a repost, a follow or a block, written as nearly all are,
// without an escape.
func Wordless(line []byte) bool {
	for i := range wordless {
		if f := &wordless[i]; f.len == len(line) && f.begins(line) {
			return true
		}
	}
	return false
}
