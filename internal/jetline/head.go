package jetline

import "bytes"

// piece is a part of a line that is always the same, and how many bytes of an id or a time follow it.
type piece struct {
	text string
	rest int
}

// pieces is how the lines begin; the last byte of all is followed by the record's next member.
var pieces = [...]piece{
	{`{"did":"did:plc:`, 24}, {`","time_us":`, 16}, {`,"kind":"commit","commit":{"rev":"`, 13},
	{`","operation":"create","collection":"app.bsky.feed.post","rkey":"`, 13},
	{`","record":{"$type":"app.bsky.feed.post","createdAt":"`, 24}, {`",`, 0},
}

// Lengths within the beginning of a line: all of it, and how many quotes stand in it; and where its time stands.
const (
	Len      = 273
	quotes   = 38
	timeFrom = 52
	timeTo   = 68
)

// Begins reports whether line begins as the lines of new posts do: with a did of the PLC, a time in microseconds, a revision, a key, and
// the type of a post and the time of its author, none of which has an escape. Its record goes on at line[Len:].
func Begins(line []byte) bool {
	if len(line) < Len {
		return false
	}
	i := 0
	for k := range pieces {
		p := &pieces[k]
		if string(line[i:i+len(p.text)]) != p.text {
			return false
		}
		i += len(p.text) + p.rest
	}
	return bytes.Count(line[:Len], []byte{'"'}) == quotes && bytes.IndexByte(line[:Len], '\\') < 0
}

// TimeUS gives the time of a line of which Begins, in microseconds since 1970; false: it is no number.
func TimeUS(line []byte) (us int64, ok bool) {
	for _, c := range line[timeFrom:timeTo] {
		if c < '0' || c > '9' {
			return 0, false
		}
		us = us*10 + int64(c-'0')
	}
	return us, true
}
